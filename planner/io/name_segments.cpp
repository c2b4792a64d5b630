#include "planner/io/name_segments.h"

#include <unistd.h>
#include <unordered_set>
#include <utility>

#include "planner/io/files.h"
#include "planner/io/index_files.h"

namespace planner::io {
namespace {

constexpr std::string_view kind = "names";
constexpr std::size_t most_table_bytes = std::size_t{1} << 31;

}  // namespace

NameSegments::NameSegments(std::string directory, std::uint64_t version)
    : directory_(std::move(directory)), version_(version) {
  for (const IndexFile& file : index_files(directory_, kind, version_)) {
    Result<std::string> bytes = read_file(file.path, most_table_bytes);
    if (!bytes) continue;
    if (std::optional<NameTable> table = NameTable::open(std::move(*bytes), version_))
      segments_.push_back({file.path, std::move(*table), {}});
    else
      ::unlink(file.path.c_str());  // so that its blobs are kept anew
  }
}

std::optional<NameSegments::Place> NameSegments::find(std::string_view id) const {
  for (std::size_t i = 0; i < segments_.size(); ++i)
    if (const auto text = segments_[i].table.find(id)) return Place{static_cast<std::uint32_t>(i), *text};
  return std::nullopt;
}

void NameSegments::add(std::string bytes) {
  std::string copy = bytes;
  std::optional<NameTable> table = NameTable::open(std::move(copy), version_);
  if (table) segments_.push_back({"", std::move(*table), std::move(bytes)});
}

Result<void> NameSegments::publish() {
  if (directory_.empty()) return {};
  for (Segment& segment : segments_) {
    if (!segment.path.empty()) continue;
    const std::vector<IndexFile> there = index_files(directory_, kind, version_);
    Result<std::string> path = write_index_file(directory_, kind, version_, there.empty() ? 1 : there.back().number + 1,
                                                {segment.unpublished});
    if (!path) return tl::make_unexpected(path.error());
    segment.path = std::move(*path);
    segment.unpublished = {};
  }
  return {};
}

Result<void> NameSegments::tidy(std::uint64_t most_bytes,
                                const std::function<bool(std::string_view id)>& in_use) const {
  std::uint64_t all = 0;
  for (const Segment& segment : segments_) {
    if (segment.path.empty()) return {};  // what is not on disk cannot be joined there
    all += segment.table.bytes();
  }
  if (segments_.size() < 2) return {};
  if (all > most_bytes) return join(0, in_use);
  // From the newest back, as long as the next is not much larger than all behind it.
  std::size_t first = segments_.size() - 1;
  std::uint64_t behind = segments_[first].table.bytes();
  for (; first > 0 && segments_[first - 1].table.bytes() < behind * 4; --first)
    behind += segments_[first - 1].table.bytes();
  if (segments_.size() - first < 2) return {};
  return join(first, [](std::string_view) { return true; });
}

/// The tables from `first` on as one. Two processes that do it at once leave two, which the next joins.
Result<void> NameSegments::join(std::size_t first, const std::function<bool(std::string_view id)>& keep) const {
  std::vector<NameLists> lists;
  std::vector<NamedText> texts;
  std::unordered_set<std::string_view> seen;
  for (std::size_t i = first; i < segments_.size(); ++i) {
    const NameTable& table = segments_[i].table;
    std::vector<std::uint32_t> renumber(table.texts(), NameTable::no_text);
    for (std::uint32_t text = 0; text < table.texts(); ++text) {
      const std::string_view id = table.id(text);
      if (!table.find(id) || !keep(id) || !seen.insert(id).second) continue;
      renumber[text] = static_cast<std::uint32_t>(texts.size());
      texts.push_back({std::string(id), table.kind(text)});
    }
    lists.push_back(table.lists(renumber));
  }
  const std::string bytes = name_table(lists, texts, version_);
  const std::vector<IndexFile> there = index_files(directory_, kind, version_);
  const Result<std::string> path =
      write_index_file(directory_, kind, version_, there.empty() ? 1 : there.back().number + 1, {bytes});
  if (!path) return tl::make_unexpected(path.error());
  for (std::size_t i = first; i < segments_.size(); ++i) ::unlink(segments_[i].path.c_str());
  return {};
}

}  // namespace planner::io
