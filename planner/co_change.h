// What history knows: which files change together.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace planner {

/// One path as one commit changed it.
struct PastChange {
  enum class Kind : std::uint8_t { written, removed, renamed };
  Kind kind = Kind::written;
  std::string_view path;
  std::string_view from;  ///< renamed: what it was called before
};

/// Files change together with the file a person is about to change: how often, among how many.
struct CoChange {
  std::string path;
  std::int64_t permille = 0;  ///< how likely, from past commits like this one; no more than an order
  std::string with;           ///< the given file it changed with most often
  std::size_t together = 0;   ///< commits that changed both
  std::size_t of = 0;         ///< commits that changed `with`
};

/// The commits of a history, followed through renames; those of more than 30 files tell nothing.
class ChangeHistory {
 public:
  /// The commits in their order, the oldest first.
  void add(const std::vector<PastChange>&);

  std::size_t commits() const { return commits_.size(); }
  bool knows(std::string_view path) const { return by_path_.contains(std::string(path)); }

  /// Files that are still there and most likely change with the given ones, the likeliest first, then by path; none
  /// where even the first is unlikely.
  ///
  /// Nearest neighbours: every past commit that shares files with the given ones votes for its others, by how much it
  /// resembles them (cosine, squared) and how recent it is (half after 300 commits); a file named like one of the given
  /// gets a tenth on top. Zimmermann et al., "Mining Version Histories to Guide Software Changes" (ICSE 2004), is the
  /// plain counting that this is held against. O(commits of the given files * their files).
  std::vector<CoChange> likely_with(const std::vector<std::string>& given, std::size_t most) const;

 private:
  using FileNumber = std::uint32_t;
  FileNumber number_of(std::string_view path);
  void count(CoChange&, FileNumber file, const std::vector<FileNumber>& given) const;

  std::unordered_map<std::string, FileNumber> by_path_;  // files that are there
  std::vector<std::string> paths_;                       // by number: what it is called now; empty: it is gone
  std::vector<std::vector<FileNumber>> commits_;         // ascending numbers
  std::vector<std::vector<std::uint32_t>> of_file_;      // positions in commits_, ascending
};

}  // namespace planner
