// What interlock would have been worth here: the branches that came into the target, replayed as if they had been work
// orders.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "planner/config_proposal.h"
#include "planner/past.h"
#include "planner/past_order.h"
#include "planner/work.h"

namespace planner {

/// The newest landings that are looked at, and the pairs of them that git merges; more is an even sample.
inline constexpr std::size_t most_landings = 300, most_pairs = 2'000;
/// Commits of history that are read.
inline constexpr std::size_t most_past_commits = 200'000;
/// A branch that changes more is no work order.
inline constexpr std::size_t most_past_files = 100;
/// Sets of orders that are planned, and how many orders are in one.
inline constexpr std::size_t most_windows = 25, most_window_orders = 40;

/// Which landings count: those after a commit of the target, those since a time, or the newest.
struct BacktestWindow {
  std::string since;                       ///< as the user said it; empty: the newest `most_landings`
  std::optional<std::int64_t> not_before;  ///< seconds since 1970
  std::optional<ObjectId> after;           ///< what this commit's history holds is left out
};

/// How one granularity did on pairs of branches in flight at once.
struct Foresight {
  Granularity granularity = Granularity::file;
  std::size_t alarms = 0;    ///< pairs that the plan keeps apart
  std::size_t foreseen = 0;  ///< of them those that collided
  std::size_t merges = 0;    ///< merges that conflicted when they were made, and were foreseen
};

/// Orders in flight at once, planned by one granularity: steps without a cap on agents.
struct PlannedWindow {
  ObjectId at;  ///< the merge that landed then
  std::size_t orders = 0;
  std::array<std::int64_t, 3> steps{};  ///< by granularity
};

/// Two orders that collided in a file.
struct Collision {
  std::string path;
  std::size_t pairs = 0;               ///< that git could not merge there
  std::size_t writers = 0;             ///< branches that wrote it
  std::size_t shared = 0;              ///< pairs in flight at once that both wrote it, of those git was asked about
  std::size_t insertions = 0;          ///< of `pairs`: both only insert lines, at one place
  std::array<std::string, 2> example;  ///< merges of the first such pair
};

/// Two branches that took one number of a series.
struct SeriesCollision {
  std::string series;              ///< "db/migrations/{n}_*.sql"
  std::vector<std::string> paths;  ///< of the newest collision
  std::size_t pairs = 0;
};

struct Backtest {
  std::string target;
  ObjectId head;
  BacktestWindow window;
  std::size_t commits = 0;           ///< on the target's own line, in all
  bool by_commits = false;           ///< hardly anything lands by merges: landed commits stand in for branches
  std::size_t landings = 0;          ///< branches that merges brought in, or commits that landed, in all
  std::size_t in_window = 0;         ///< of them in the window, before the bound
  std::size_t branches = 0;          ///< replayed
  std::size_t left_out = 0;          ///< left out: more than `most_past_files` files, or none
  std::int64_t first = 0, last = 0;  ///< times of the landings that are replayed
  std::size_t in_flight = 0;         ///< pairs in flight at once
  std::size_t overlapping = 0;       ///< of them those that wrote a common file
  std::size_t examined = 0;          ///< of those the ones that git was asked about: all, or an even sample
  std::size_t conflicting = 0;       ///< of the examined: git cannot merge the two
  std::size_t drift = 0;             ///< of the examined: conflicts with the target alone, which are not counted
  std::size_t collided = 0;          ///< branches in a conflicting pair
  std::array<Foresight, 3> foresight;
  std::size_t made = 0;              ///< merges that people made: landings, and branches that took in the target
  std::size_t conflicted = 0;        ///< of them those that git could not make alone
  std::size_t between_branches = 0;  ///< of those the ones in which a replayed branch wrote a file in conflict
  std::vector<PlannedWindow> windows;
  std::vector<Collision> collisions;    ///< most pairs first, then by path
  std::vector<SeriesCollision> series;  ///< likewise
  ConfigProposal suggestions;           ///< for interlock.yaml; no resources, no notes
};

/// Says now and then how far it is: for people who wait.
using Progress = std::function<void(std::string_view)>;

/// `series`: as configured. Two branches are in flight at once when neither had the other's landing in its base; which
/// state of them is compared, see planner/landings.h. What git cannot merge is what collides, but for drift
/// (planner/compare_textual.h). Pairs without a common path are taken to merge.
Result<Backtest> backtest(Repository&, Past&, const Target&, const BacktestWindow&,
                          const std::vector<std::string>& series, const Progress&);

}  // namespace planner
