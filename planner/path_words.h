// Files whose paths say what a text says.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "planner/tree.h"

namespace planner {

class PathWords {
 public:
  /// O(bytes of all paths).
  explicit PathWords(const Tree&);

  struct Match {
    std::uint32_t file = 0;  ///< position in the tree
    std::int64_t weight = 0;
    std::vector<std::string> words;  ///< in common, the rarest first
  };

  /// `words`: in lower case, with how much each matters; those of two letters and those of every eighth path tell
  /// nothing. Files with one of them in their name: the more rare words the path shares, and the more of its own
  /// name they are, the greater the weight; ties by path. O(files that share a word, for words that are not
  /// everywhere).
  std::vector<Match> like(const std::vector<std::pair<std::string, std::int64_t>>& words, std::size_t most) const;

 private:
  struct Use {
    std::uint32_t file = 0;
    bool name = false;  ///< in the last component
  };
  const Tree& tree_;
  std::unordered_map<std::string, std::vector<Use>> uses_;
  std::vector<std::uint32_t> name_parts_;  // by file: words of its last component, its ending apart
};

/// "cart" of "carts".
std::string singular(std::string word);

}  // namespace planner
