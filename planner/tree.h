// The tracked files of one commit as a value.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace planner {

struct TreeEntry {
  std::string path;        ///< bytes as git has them
  std::uint32_t mode = 0;  ///< 0100644, 0100755, 0120000 (symlink), 0160000 (submodule)
  std::string blob;        ///< full object id, hex
};

class Tree {
 public:
  Tree() = default;
  explicit Tree(std::vector<TreeEntry> entries);

  const std::vector<TreeEntry>& entries() const { return entries_; }  ///< ordered by path bytes
  const TreeEntry* find(std::string_view path) const;                 ///< O(log n)
  bool has_file(std::string_view path) const { return find(path) != nullptr; }
  bool has_directory(std::string_view path) const;  ///< `path` without a trailing slash
  /// Positions of the files whose last component is `name`, ascending.
  const std::vector<std::uint32_t>& named(std::string_view name) const;

 private:
  std::vector<TreeEntry> entries_;
  std::unordered_map<std::string, std::vector<std::uint32_t>> by_name_;
};

}  // namespace planner
