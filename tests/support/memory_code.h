// The source files of a test, where the program would read a version of a repository.
#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "parsers/code_identifiers.h"
#include "planner/code.h"

namespace support {

class MemoryCode final : public planner::Code {
 public:
  /// Path to text.
  explicit MemoryCode(const std::map<std::string, std::string>& texts) {
    for (const auto& [path, text] : texts) {
      files_.push_back({path, parsers::language_of(path)});
      texts_.push_back(text);
      std::vector<std::uint64_t>& names = names_.emplace_back();
      parsers::read_names(text, names);
      std::sort(names.begin(), names.end());
    }
    outlines_.resize(files_.size());
  }

  const std::vector<planner::CodeFile>& files() const override { return files_; }
  std::optional<planner::CodeFileId> find(std::string_view path) const override {
    const auto found = std::lower_bound(files_.begin(), files_.end(), path,
                                        [](const planner::CodeFile& f, std::string_view p) { return f.path < p; });
    if (found == files_.end() || found->path != path) return std::nullopt;
    return planner::CodeFileId(static_cast<std::size_t>(found - files_.begin()));
  }
  std::vector<planner::CodeFileId> mentioning(std::string_view name) override {
    std::vector<planner::CodeFileId> out;
    const std::uint64_t hash = parsers::name_hash(name);
    for (std::size_t i = 0; i < names_.size(); ++i)
      if (std::binary_search(names_[i].begin(), names_[i].end(), hash)) out.emplace_back(i);
    return out;
  }
  const std::vector<planner::UnreadFile>& unread() override { return unread_; }
  const parsers::CodeOutline& outline(planner::CodeFileId file) override {
    std::unique_ptr<parsers::CodeOutline>& kept = outlines_[file.index()];
    if (kept == nullptr) {
      ++parsed;
      const auto language = files_[file.index()].language;
      kept = std::make_unique<parsers::CodeOutline>();
      kept->status = parsers::OutlineStatus::binary;
      if (language) *kept = parsers::outline(*language, texts_[file.index()]);
    }
    return *kept;
  }
  std::optional<std::string> text(planner::CodeFileId file) override { return texts_[file.index()]; }

  std::size_t parsed = 0;  ///< files parsed so far

 private:
  std::vector<planner::CodeFile> files_;
  std::vector<std::string> texts_;
  std::vector<planner::UnreadFile> unread_;
  std::vector<std::vector<std::uint64_t>> names_;  // hashes, ascending
  std::vector<std::unique_ptr<parsers::CodeOutline>> outlines_;
};

}  // namespace support
