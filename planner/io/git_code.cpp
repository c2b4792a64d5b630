#include "planner/io/git_code.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "parsers/code_identifiers.h"
#include "planner/index_records.h"
#include "planner/io/blob_id.h"
#include "planner/io/code_listing.h"
#include "planner/io/index_cache.h"
#include "planner/io/source_directory.h"

namespace planner::io {
namespace {

using parsers::Language;

constexpr std::size_t most_source_bytes = std::size_t{1} << 20;
constexpr std::size_t most_named_bytes = std::size_t{32} << 20;
constexpr std::size_t most_data_bytes = std::size_t{1} << 20;  // of a file in no known language
constexpr std::size_t threads = 2;

/// Calls `work(thread)` on every thread.
template <class Work>
void on_threads(const Work& work) {
  std::array<std::jthread, threads - 1> others;
  for (std::size_t i = 0; i < others.size(); ++i) others[i] = std::jthread([&work, i] { work(i + 1); });
  work(0);
}

/// A header `.h` is C where nothing else is C++.
std::vector<CodeFile> with_languages(const std::vector<ListedFile>& listed) {
  std::vector<CodeFile> out;
  out.reserve(listed.size());
  const auto is_header = [](std::string_view path) { return path.ends_with(".h"); };
  bool cpp = false;
  for (const ListedFile& file : listed) {
    out.push_back({file.path, parsers::language_of(file.path)});
    cpp = cpp || (out.back().language == Language::cpp && !is_header(file.path));
  }
  if (cpp) return out;
  for (CodeFile& file : out)
    if (is_header(file.path)) file.language = Language::c;
  return out;
}

/// What git takes for binary.
bool is_binary(std::string_view bytes) { return bytes.substr(0, 8000).find('\0') != std::string_view::npos; }

struct Contents {
  std::optional<std::string> bytes;
  ObjectId id;
  std::string why;
};

class GitCode final : public Code {
 public:
  GitCode(GitRepository& repository, std::string top, std::vector<ListedFile> listed)
      : repository_(repository),
        top_(std::move(top)),
        listed_(std::move(listed)),
        files_(with_languages(listed_)),
        outlines_(listed_.size()) {}

  const std::vector<CodeFile>& files() const override { return files_; }
  std::optional<CodeFileId> find(std::string_view path) const override {
    const auto at = std::lower_bound(files_.begin(), files_.end(), path,
                                     [](const CodeFile& file, std::string_view key) { return file.path < key; });
    if (at == files_.end() || at->path != path) return std::nullopt;
    return CodeFileId(static_cast<std::size_t>(at - files_.begin()));
  }

  std::vector<CodeFileId> mentioning(std::string_view name) override {
    read_names();
    const std::uint64_t hash = parsers::name_hash(name);
    std::vector<CodeFileId> out;
    for (auto at = std::lower_bound(names_.begin(), names_.end(), std::pair(hash, std::uint32_t{0}));
         at != names_.end() && at->first == hash; ++at)
      out.emplace_back(at->second);
    return out;
  }
  const std::vector<UnreadFile>& unread() override {
    read_names();
    return unread_;
  }

  const parsers::CodeOutline& outline(CodeFileId id) override {
    if (!outlines_[id.value]) prepare({id});
    return *outlines_[id.value];
  }

  void prepare(const std::vector<CodeFileId>& wanted) override {
    std::vector<CodeFileId> missing;
    for (const CodeFileId id : wanted)
      if (!outlines_[id.value]) missing.push_back(id);
    std::sort(missing.begin(), missing.end());
    missing.erase(std::unique(missing.begin(), missing.end()), missing.end());
    for (const CodeFileId id : missing) {
      const std::optional<std::string> bytes = files_[id.value].language ? text(id) : std::nullopt;
      auto outline = std::make_unique<parsers::CodeOutline>();
      if (bytes)
        *outline = parsers::outline(*files_[id.value].language, *bytes);
      else
        outline->status = parsers::OutlineStatus::binary;
      outlines_[id.value] = std::move(outline);
    }
  }

  std::optional<std::string> text(CodeFileId id) override {
    SourceDirectory disk(top_);
    return contents(disk, id.value, most_source_bytes).bytes;
  }

 private:
  Contents contents(SourceDirectory& disk, std::size_t file, std::size_t most_bytes) {
    const ListedFile& listed = listed_[file];
    const std::string& format = repository_.layout().object_format;
    if (!top_.empty()) {
      const SourceText read = disk.read(listed.path, most_bytes);
      ObjectId id = read.why.empty() ? blob_id(read.bytes, format) : std::string();
      if (listed.place != ListedFile::Place::object || id == listed.blob)
        return {read.why.empty() ? std::optional(std::string(read.bytes)) : std::nullopt, std::move(id), read.why};
    }
    auto got = repository_.blobs({listed.blob}, most_bytes);
    if (!got) return {std::nullopt, {}, got.error().what};
    if (!got->front()) return {std::nullopt, {}, "its contents are not in the repository, or too large"};
    return {std::move(got->front()), listed.blob, {}};
  }

  void read_names() {
    if (std::exchange(names_read_, true)) return;
    if (const auto place = repository_.scratch(); !place) return;
    std::atomic<std::size_t> next = 0;
    std::array<std::vector<std::pair<std::uint64_t, std::uint32_t>>, threads> found;
    std::array<std::vector<UnreadFile>, threads> unread;
    on_threads([&](std::size_t thread) {
      SourceDirectory disk(top_);
      parsers::NameReader reader;
      for (std::size_t file = next++; file < files_.size(); file = next++) {
        const bool source = files_[file].language.has_value();
        const Contents read = contents(disk, file, source ? most_named_bytes : most_data_bytes);
        if (!read.bytes) {
          unread[thread].push_back({CodeFileId(file), read.why});
        } else if (source || !is_binary(*read.bytes)) {
          for (const parsers::CodeName& name : reader.read(*read.bytes))
            found[thread].emplace_back(name.hash, static_cast<std::uint32_t>(file));
        }
      }
    });
    for (std::size_t i = 0; i < threads; ++i) {
      names_.insert(names_.end(), found[i].begin(), found[i].end());
      unread_.insert(unread_.end(), unread[i].begin(), unread[i].end());
    }
    std::sort(names_.begin(), names_.end());
    std::sort(unread_.begin(), unread_.end(), [](const UnreadFile& a, const UnreadFile& b) { return a.file < b.file; });
  }

  GitRepository& repository_;
  std::string top_;  // of the work tree; empty: there is none
  std::vector<ListedFile> listed_;
  std::vector<CodeFile> files_;
  std::vector<std::unique_ptr<parsers::CodeOutline>> outlines_;
  bool names_read_ = false;
  std::vector<std::pair<std::uint64_t, std::uint32_t>> names_;
  std::vector<UnreadFile> unread_;
};

}  // namespace

Result<std::unique_ptr<Code>> GitCodeSource::at(const Tree& tree) {
  const GitLayout& layout = repository_.layout();
  return std::make_unique<GitCode>(repository_, layout.has_work_tree ? layout.top : std::string(), list_tree(tree));
}

Result<std::unique_ptr<Code>> GitCodeSource::in_worktree(const std::string& directory) {
  const Result<GitLayout> there = repository_.worktree_at(directory);
  if (!there) return tl::make_unexpected(there.error());
  Result<std::vector<ListedFile>> listed = list_worktree(*there);
  if (!listed) return tl::make_unexpected(listed.error());
  return std::make_unique<GitCode>(repository_, there->top, std::move(*listed));
}

}  // namespace planner::io
