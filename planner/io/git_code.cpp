#include "planner/io/git_code.h"

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "parsers/code_identifiers.h"
#include "planner/index_names.h"
#include "planner/index_records.h"
#include "planner/index_version.h"
#include "planner/io/code_listing.h"
#include "planner/io/code_reading.h"
#include "planner/io/index_cache.h"
#include "planner/io/index_files.h"
#include "planner/io/name_segments.h"

namespace planner::io {
namespace {

using parsers::Language;
using parsers::OutlineStatus;
using Place = ListedFile::Place;

constexpr std::size_t most_source_bytes = std::size_t{1} << 20;
constexpr std::size_t most_named_bytes = std::size_t{32} << 20;
constexpr std::uint64_t most_cache_bytes = std::uint64_t{512} << 20;
constexpr std::uint64_t most_name_bytes = std::uint64_t{256} << 20;
constexpr std::size_t most_pairs = std::size_t{12} << 20;  // of names and texts that a thread collects for one table
/// Less than this is read again sooner than kept.
constexpr std::size_t kept_files = 16, kept_bytes = std::size_t{256} << 10;
constexpr std::size_t most_waiting = std::size_t{32} << 20;
/// From so many unknown files on, it pays to ask which of them stand on disk unchanged.
constexpr std::size_t worth_listing = 200;

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

/// The bytes of an id; REQUIRES: hex.
std::string raw_id(const ObjectId& id) {
  const auto digit = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
  std::string out(id.size() / 2, '\0');
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = static_cast<char>(digit(id[2 * i]) * 16 + digit(id[2 * i + 1]));
  return out;
}

/// What git takes for binary.
bool is_binary(std::string_view bytes) { return bytes.substr(0, 8000).find('\0') != std::string_view::npos; }

class GitCode final : public Code {
 public:
  GitCode(GitRepository& repository, const GitLayout& layout, std::vector<ListedFile> listed, std::int64_t asked)
      : repository_(repository),
        layout_(layout),
        directory_(index_directory(layout)),
        listed_(std::move(listed)),
        files_(with_languages(listed_)),
        outlines_(listed_.size()),
        reading_(repository, layout.has_work_tree ? layout.top : std::string(), asked) {}
  GitCode(const GitCode&) = delete;
  GitCode& operator=(const GitCode&) = delete;
  ~GitCode() override { keep_outlines(); }

  const std::vector<CodeFile>& files() const override { return files_; }
  std::optional<CodeFileId> find(std::string_view path) const override {
    const auto at = std::lower_bound(files_.begin(), files_.end(), path,
                                     [](const CodeFile& file, std::string_view key) { return file.path < key; });
    if (at == files_.end() || at->path != path) return std::nullopt;
    return CodeFileId(static_cast<std::size_t>(at - files_.begin()));
  }
  CodeEffort effort() const override { return effort_; }

  std::vector<CodeFileId> mentioning(std::string_view name) override;
  const std::vector<UnreadFile>& unread() override {
    look_up_names();
    return unread_;
  }
  const parsers::CodeOutline& outline(CodeFileId id) override {
    if (!outlines_[id.value]) prepare({id});
    return *outlines_[id.value];
  }
  void prepare(const std::vector<CodeFileId>&) override;
  void forget(const std::vector<CodeFileId>& files) override {
    for (const CodeFileId id : files) outlines_[id.value].reset();
  }
  std::optional<std::string> text(CodeFileId) override;

 private:
  /// Empty: nothing can be kept.
  static std::string index_directory(const GitLayout& layout) {
    const Result<std::string> state = state_directory(layout);
    return state ? *state + "/index" : std::string();
  }
  IndexCache& cache() {
    if (!cache_) cache_.emplace(directory_, index_version());
    return *cache_;
  }
  static std::uint32_t section(Language language) { return static_cast<std::uint32_t>(language); }

  void look_up_names();
  void place(const std::vector<std::uint32_t>& files, std::vector<std::uint32_t>& missing);
  void read_names(const std::vector<std::uint32_t>& files);
  void find_on_disk(const std::vector<std::uint32_t>& files);
  void keep_names();
  void keep_outlines();

  GitRepository& repository_;
  GitLayout layout_;
  std::string directory_;  // of the cache
  std::vector<ListedFile> listed_;
  std::vector<CodeFile> files_;
  std::vector<std::unique_ptr<parsers::CodeOutline>> outlines_;
  CodeReading reading_;
  std::optional<IndexCache> cache_;
  std::size_t waiting_ = 0;  // bytes of records that are not kept yet
  std::optional<NameSegments> names_;
  std::vector<std::vector<std::vector<std::uint32_t>>> of_text_;  // [segment][text]: files, mostly one
  std::unordered_map<std::uint32_t, std::string> why_unread_;
  std::vector<UnreadFile> unread_;
  CodeEffort effort_;
};

std::vector<CodeFileId> GitCode::mentioning(std::string_view name) {
  look_up_names();
  const std::uint64_t hash = parsers::name_hash(name);
  std::vector<std::uint32_t> texts, files;
  for (std::size_t segment = 0; segment < names_->size(); ++segment) {
    texts.clear();
    names_->table(segment).mentioning(hash, texts);
    for (const std::uint32_t text : texts)
      files.insert(files.end(), of_text_[segment][text].begin(), of_text_[segment][text].end());
  }
  std::sort(files.begin(), files.end());
  return {files.begin(), files.end()};
}

/// Which files the tables know, and which not.
void GitCode::place(const std::vector<std::uint32_t>& files, std::vector<std::uint32_t>& missing) {
  while (of_text_.size() < names_->size()) of_text_.emplace_back(names_->table(of_text_.size()).texts());
  for (const std::uint32_t file : files) {
    const auto found = listed_[file].blob.empty() ? std::nullopt : names_->find(raw_id(listed_[file].blob));
    if (!found) {
      missing.push_back(file);
      continue;
    }
    of_text_[found->segment][found->text].push_back(file);
    const NamedText::Kind kind = names_->table(found->segment).kind(found->text);
    if (kind == NamedText::Kind::too_large) why_unread_[file] = "is too large";
    if (kind == NamedText::Kind::binary && files_[file].language) why_unread_[file] = "is binary";
  }
}

void GitCode::look_up_names() {
  if (names_) return;
  names_.emplace(directory_, index_version());
  std::vector<std::uint32_t> all(files_.size()), missing, still;
  for (std::uint32_t i = 0; i < all.size(); ++i) all[i] = i;
  place(all, missing);
  effort_.kept = all.size() - missing.size();
  if (!missing.empty()) {
    find_on_disk(missing);
    read_names(missing);
    place(missing, still);
    keep_names();
  }
  for (const std::uint32_t file : still) why_unread_.emplace(file, "cannot be read");
  for (auto& [file, why] : why_unread_) unread_.push_back({CodeFileId(file), std::move(why)});
  std::sort(unread_.begin(), unread_.end(), [](const UnreadFile& a, const UnreadFile& b) { return a.file < b.file; });
}

/// A commit's files that stand in the work tree as well are faster to read there.
void GitCode::find_on_disk(const std::vector<std::uint32_t>& files) {
  const auto stored = std::count_if(files.begin(), files.end(),
                                    [&](std::uint32_t file) { return listed_[file].place == Place::object; });
  if (static_cast<std::size_t>(stored) < worth_listing || !layout_.has_work_tree) return;
  const Result<WorktreeListing> there = list_worktree(layout_);
  if (!there) return;
  reading_ = CodeReading(repository_, layout_.top, there->asked);
  auto at = there->files.begin();
  for (ListedFile& file : listed_) {
    while (at != there->files.end() && at->path < file.path) ++at;
    if (at == there->files.end()) return;
    if (at->path == file.path && at->blob == file.blob && file.place == Place::object) file.place = at->place;
  }
}

/// As tables in memory; each content once.
void GitCode::read_names(const std::vector<std::uint32_t>& files) {
  std::vector<std::uint32_t> wanted;
  std::unordered_set<std::string_view> seen;
  for (const std::uint32_t file : files)
    if (listed_[file].blob.empty() || seen.insert(listed_[file].blob).second) wanted.push_back(file);
  std::vector<std::pair<std::uint32_t, std::string>> failures[reading_threads];
  std::array<std::size_t, reading_threads> bytes{};
  constexpr std::size_t slice = 100'000;
  for (std::size_t first = 0; first < wanted.size(); first += slice) {
    const std::vector<std::uint32_t> here(
        wanted.begin() + static_cast<std::ptrdiff_t>(first),
        wanted.begin() + static_cast<std::ptrdiff_t>(std::min(first + slice, wanted.size())));
    std::unordered_map<std::uint32_t, std::uint32_t> number;
    for (std::uint32_t i = 0; i < here.size(); ++i) number.emplace(here[i], i);
    std::vector<NamedText> texts(here.size());
    std::array<NameCollector, reading_threads> collectors;
    std::array<std::vector<std::uint64_t>, reading_threads> hashes;
    std::vector<ObjectId> ids(here.size());
    reading_.read(listed_, here, CodeReading::Trust::stat, most_named_bytes,
                  [&](std::size_t thread, std::uint32_t file, const CodeContents& contents) {
                    const std::uint32_t text = number.find(file)->second;
                    ids[text] = contents.id;
                    if (contents.too_large) texts[text].kind = NamedText::Kind::too_large;
                    if (!contents.why.empty()) {
                      failures[thread].emplace_back(file, contents.why);
                      return;
                    }
                    bytes[thread] += contents.bytes.size();
                    if (is_binary(contents.bytes)) {
                      texts[text].kind = NamedText::Kind::binary;
                      return;
                    }
                    parsers::read_names(contents.bytes, hashes[thread]);
                    collectors[thread].add(text, hashes[thread]);
                  });
    for (std::uint32_t i = 0; i < here.size(); ++i) {
      if (ids[i].empty()) continue;
      texts[i].id = raw_id(ids[i]);
      listed_[here[i]].blob = ids[i];
      ++effort_.read;
    }
    std::vector<NameLists> lists(reading_threads);
    on_reading_threads([&](std::size_t thread) { lists[thread] = collectors[thread].take(); });
    names_->add(name_table(lists, texts, index_version()));
  }
  for (std::size_t i = 0; i < reading_threads; ++i) {
    effort_.bytes += bytes[i];
    for (auto& [file, why] : failures[i]) why_unread_[file] = std::move(why);
  }
}

void GitCode::keep_names() {
  if (effort_.read < kept_files && effort_.bytes < kept_bytes) return;
  if (!names_->publish()) return;
  std::unordered_set<std::string> here;
  if (!names_->tidy(most_name_bytes, [&](std::string_view id) {
        if (here.empty())
          for (const ListedFile& file : listed_)
            if (!file.blob.empty()) here.insert(raw_id(file.blob));
        return here.contains(std::string(id));
      }))
    return;
  sweep_index_files(directory_, index_version(), most_cache_bytes);
}

void GitCode::prepare(const std::vector<CodeFileId>& wanted) {
  std::vector<std::uint32_t> missing;
  const auto closed = [&](std::uint32_t file, OutlineStatus status) {
    outlines_[file] = std::make_unique<parsers::CodeOutline>();
    outlines_[file]->status = status;
  };
  const auto from_cache = [&](std::uint32_t file) {
    const auto record = cache().find({listed_[file].blob, section(*files_[file].language)});
    auto outline = record ? outline_in(*record) : std::nullopt;
    if (!outline) return false;
    outlines_[file] = std::make_unique<parsers::CodeOutline>(std::move(*outline));
    return true;
  };
  for (const CodeFileId id : wanted) {
    const std::uint32_t file = id.value;
    if (outlines_[file]) continue;
    if (!files_[file].language)
      closed(file, OutlineStatus::binary);
    else if (!listed_[file].blob.empty() && from_cache(file))
      ++effort_.outlines_kept;
    else
      missing.push_back(file);
  }
  std::sort(missing.begin(), missing.end());
  missing.erase(std::unique(missing.begin(), missing.end()), missing.end());
  if (missing.empty()) return;
  cache();  // before there are threads
  std::array<std::vector<std::pair<IndexKey, std::string>>, reading_threads> fresh;
  std::array<std::vector<std::pair<std::uint32_t, ObjectId>>, reading_threads> ids;
  std::array<std::size_t, reading_threads> kept{};
  reading_.read(listed_, missing, CodeReading::Trust::bytes, most_source_bytes,
                [&](std::size_t thread, std::uint32_t file, const CodeContents& contents) {
                  if (!contents.why.empty())
                    return closed(file, contents.too_large ? OutlineStatus::too_large : OutlineStatus::binary);
                  const Language language = *files_[file].language;
                  IndexKey key{contents.id, section(language)};
                  if (listed_[file].blob.empty()) {
                    ids[thread].emplace_back(file, contents.id);
                    const auto record = cache_->find(key);
                    auto outline = record ? outline_in(*record) : std::nullopt;
                    if (outline) {
                      outlines_[file] = std::make_unique<parsers::CodeOutline>(std::move(*outline));
                      ++kept[thread];
                      return;
                    }
                  }
                  outlines_[file] = std::make_unique<parsers::CodeOutline>(parsers::outline(language, contents.bytes));
                  fresh[thread].emplace_back(std::move(key), record_of(*outlines_[file]));
                });
  for (std::size_t i = 0; i < reading_threads; ++i) {
    effort_.outlines_kept += kept[i];
    effort_.outlines_parsed += fresh[i].size();
    for (auto& [key, record] : fresh[i]) {
      waiting_ += record.size();
      cache().put(std::move(key), std::move(record));
    }
    for (auto& [file, id] : ids[i]) listed_[file].blob = std::move(id);
  }
  if (waiting_ > most_waiting) keep_outlines();
}

void GitCode::keep_outlines() {
  if (std::exchange(waiting_, 0) == 0 || directory_.empty()) return;
  if (cache_->publish()) sweep_index_files(directory_, index_version(), most_cache_bytes);
}

std::optional<std::string> GitCode::text(CodeFileId id) {
  std::optional<std::string> out;
  reading_.read(listed_, {id.value}, CodeReading::Trust::bytes, most_source_bytes,
                [&](std::size_t, std::uint32_t file, const CodeContents& contents) {
                  if (!contents.why.empty()) return;
                  out = contents.bytes;
                  listed_[file].blob = contents.id;
                });
  return out;
}

}  // namespace

Result<std::unique_ptr<Code>> GitCodeSource::at(const Tree& tree) {
  return std::make_unique<GitCode>(repository_, repository_.layout(), list_tree(tree), 0);
}

Result<std::unique_ptr<Code>> GitCodeSource::in_worktree(const std::string& directory) {
  const bool own = directory == repository_.top() && repository_.layout().has_work_tree;
  const Result<GitLayout> there = own ? repository_.layout() : repository_.worktree_at(directory);
  if (!there) return tl::make_unexpected(there.error());
  Result<WorktreeListing> listed = list_worktree(*there);
  if (!listed) return tl::make_unexpected(listed.error());
  return std::make_unique<GitCode>(repository_, *there, std::move(listed->files), listed->asked);
}

}  // namespace planner::io
