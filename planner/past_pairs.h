// Branches of the past held against each other in twos: what git cannot merge, and whom a plan would have kept apart.
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "planner/compare_work.h"
#include "planner/past_order.h"

namespace planner {

/// A branch, or a state of one, with what it changed.
struct PastState {
  BranchWork work;
  std::ptrdiff_t seen = -1;             ///< how new its base is: more is newer
  std::vector<std::string_view> paths;  ///< whatever it touches, under old and new names; ascending
};
/// `paths` of a work that stays where it is.
std::vector<std::string_view> touched_paths(const BranchWork&);
std::vector<std::string_view> common_paths(const PastState& a, const PastState& b);

/// Who writes a path, under its old or its new name.
using Writers = std::map<std::string_view, std::vector<std::pair<const PastState*, const FileEdit*>>>;
Writers writers_of(const std::vector<const PastState*>&);

using StatePair = std::pair<const PastState*, const PastState*>;

class PastPairs {
 public:
  explicit PastPairs(Repository& repository) : repository_(repository), reader_(repository) {}

  /// Merges all pairs, and finds out which of their conflicts are drift. Valid as long as the states.
  Result<void> merge(std::vector<StatePair>);
  /// Reads what `merge` and the questions below need: of each group of states what two of them touch.
  Result<void> read(const std::vector<std::vector<const PastState*>>& groups);

  const std::vector<StatePair>& pairs() const { return pairs_; }

  /// Of a merged pair; REQUIRES: read, with the pair as a group.
  struct Collided {
    std::set<std::string> paths;  ///< that git cannot merge, and that are the pair's own
    bool drift = false;           ///< git cannot merge the two, but none of it is the pair's own
  };
  Collided collided(std::size_t pair);
  /// Of two commits of one line, the earlier first; REQUIRES: read, as a group. Nobody merged them, so it goes by the
  /// lines: the later changes what the earlier wrote or stands beside, or one removes what the other changes. What the
  /// earlier created is what the later is built on.
  std::set<std::string> would_collide(const PastState& earlier, const PastState& later);

  /// Do both sides only insert lines in this file, where they meet?
  bool only_insertions(const StatePair&, std::string_view path);

  /// The paths for which a plan keeps the two apart, with what they dispute there, for each granularity.
  using Alarms = std::array<std::map<std::string, std::string>, 3>;
  Alarms alarms(const PastState& a, const PastState& b);

  /// The work orders of some states, by their position, as far as they meet: what only one writes is left out.
  Orders orders_of(const std::vector<const PastState*>&, const Writers&, Granularity);

 private:
  std::vector<const Merge*> drift_of(const StatePair&) const;
  const WrittenFile& written(const FileEdit&);
  const parsers::CodeOutline* version(const std::vector<std::pair<const PastState*, const FileEdit*>>&);

  Repository& repository_;
  EditReader reader_;
  std::vector<StatePair> pairs_;
  std::vector<Merge> merges_;  // as pairs_
  std::map<std::pair<ObjectId, ObjectId>, std::size_t> drift_;
  std::vector<Merge> drift_merges_;
  std::map<const FileEdit*, std::unique_ptr<WrittenFile>> written_;
};

}  // namespace planner
