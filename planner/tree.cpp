#include "planner/tree.h"

#include <algorithm>

namespace planner {

Tree::Tree(std::vector<TreeEntry> entries) : entries_(std::move(entries)) {
  std::sort(entries_.begin(), entries_.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const std::string& path = entries_[i].path;
    by_name_[path.substr(path.rfind('/') + 1)].push_back(static_cast<std::uint32_t>(i));
  }
}

const TreeEntry* Tree::find(std::string_view path) const {
  const auto at = std::lower_bound(entries_.begin(), entries_.end(), path,
                                   [](const TreeEntry& entry, std::string_view key) { return entry.path < key; });
  return at != entries_.end() && at->path == path ? &*at : nullptr;
}

bool Tree::has_directory(std::string_view path) const {
  const std::string below = std::string(path) + "/";
  const auto at = std::lower_bound(entries_.begin(), entries_.end(), below,
                                   [](const TreeEntry& entry, const std::string& key) { return entry.path < key; });
  return at != entries_.end() && at->path.starts_with(below);
}

const std::vector<std::uint32_t>& Tree::named(std::string_view name) const {
  static const std::vector<std::uint32_t> none;
  const auto at = by_name_.find(std::string(name));
  return at == by_name_.end() ? none : at->second;
}

}  // namespace planner
