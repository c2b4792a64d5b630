// Was the work done under claims that were theirs? Commits say so with the trailer `Claim-Fence: N`.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "planner/ledger.h"
#include "planner/work.h"

namespace planner {

/// Every fence that a commit of the work names; what is no number is 0.
std::set<Fence> named_fences(const std::vector<Work>&);

/// What the ledger says of a fence.
struct FenceState {
  enum class Kind { good, stale, unknown };
  Kind kind = Kind::unknown;
  std::string why;  ///< stale, unknown
};
std::map<Fence, FenceState> fence_states(const std::set<Fence>&, const LedgerSnapshot&);

/// stale-fence: a commit under a claim that had ended otherwise than by its holder, or whose lease has run out;
/// unproven where the ledger does not know the fence, or could not be asked.
std::vector<Finding> verify_fences(const Orders&, const std::vector<Work>&, const std::map<Fence, FenceState>&);

}  // namespace planner
