// What git's own three-way merge of two commits comes to.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace planner {

/// A version of a path that git could not bring together with the others.
struct MergeStage {
  std::string path;
  int stage = 0;  ///< 1: the merge base, 2: the first commit, 3: the second
  std::uint32_t mode = 0;
  std::string blob;
};

/// What git says about one or more paths.
struct MergeMessage {
  std::vector<std::string> paths;
  std::string kind;  ///< git's own: "CONFLICT (contents)", "Auto-merging"
  std::string text;  ///< without the line end
  bool conflict() const { return kind.starts_with("CONFLICT"); }
};

struct Merge {
  enum class State { clean, conflicted, unproven };
  State state = State::unproven;
  std::string tree;                ///< merged; files in conflict hold markers. Empty: unproven
  std::vector<MergeStage> stages;  ///< by path, then stage
  std::vector<MergeMessage> said;  ///< in git's order
  std::string why;                 ///< unproven: what kept git from merging

  /// In conflict, by path, each once.
  std::vector<std::string> paths() const;
};

/// A path that both sides changed and that is to be merged by a program of the user's, which is never run.
struct MergeDriver {
  std::string path;
  std::string driver;
};

}  // namespace planner
