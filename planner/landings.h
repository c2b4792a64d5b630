// The branches that came into the target, out of its history alone: where each left it, what it had seen when, and
// which of them were in flight at once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "planner/past.h"

namespace planner {

/// A state in which a branch can be held against others: what landed, or what it was before it took in the target.
struct BranchState {
  ObjectId tip;
  ObjectId base;                ///< the best common ancestor with the target as it was then
  std::ptrdiff_t seen = -1;     ///< the newest position of the line that the tip contains; -1: none
  std::vector<std::size_t> on;  ///< positions at which commits landed that the branch was built on; ascending
};

/// Work that came in: a branch that a merge on the line brought in (an octopus brings in one for each parent), or a
/// commit of the line, squashed or rebased.
struct Landing {
  ObjectId merge;  ///< the merge; of commits that landed in one go the last
  std::string subject;
  std::int64_t time = 0;            ///< of the commit, seconds since 1970
  std::int64_t authored = 0;        ///< commits: when the first of them was written
  std::int64_t number = 0;          ///< commits: of the pull request that the subject ends with, "(#42)"; 0: none
  std::size_t position = 0;         ///< of the merge on the line, the oldest is 0
  std::ptrdiff_t left = -1;         ///< position at which the branch first left the line
  std::vector<BranchState> states;  ///< the oldest first; the last is what landed; never empty
};

/// Two parents that somebody merged: a landing, or a branch taking in the target.
struct PastMerge {
  std::size_t landing = 0;  ///< whose
  ObjectId ours, theirs;
  std::ptrdiff_t from = -1, to = -1;  ///< it brought together the branch and positions (from, to] of the line
};

struct Landings {
  enum class Kind { merges, commits };
  Kind kind = Kind::merges;
  std::vector<ObjectId> line;     ///< the target's own commits, the oldest first
  std::vector<Landing> list;      ///< by position, then parent
  std::vector<PastMerge> merges;  ///< by landing, the oldest first
};

/// `commits`: what the head of the target reaches, children before their parents, the head first; history may be cut
/// off at the end. The line follows first parents. O(commits).
Landings landings_of(const std::vector<PastCommit>& commits);

/// The same for a target on which work lands squashed or rebased: commits of one parent, those that were committed
/// within five seconds of each other taken together. Two were in flight at once when the later one has the smaller
/// number, and so was opened first, or was written an hour before it landed and before the other landed.
Landings landed_commits_of(const std::vector<PastCommit>& commits);

/// The states in which two landings were in flight at once, neither having seen the other land: what landed first, and
/// the newest state of the second that had not seen it. nullopt: never, or the second was built on the first.
struct InFlight {
  std::size_t first = 0, second = 0;  ///< positions in Landings::list
  std::size_t state = 0;              ///< of the second
};
std::optional<InFlight> in_flight(const Landings&, std::size_t a, std::size_t b);

}  // namespace planner
