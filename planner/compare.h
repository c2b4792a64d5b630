// Branches and work trees that are alive, pair by pair: what git sees when they meet, and what it does not.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "planner/code.h"
#include "planner/finding.h"
#include "planner/merge_order.h"
#include "planner/repository.h"
#include "planner/work.h"

namespace planner {

/// What the user named: a revision, or a work tree with what is not committed in it.
struct BranchRequest {
  std::string name;
  std::string revision;   ///< empty: HEAD of the work tree
  std::string directory;  ///< absolute path of a work tree; empty: the revision alone
};

struct ComparedBranch {
  std::string name;
  ObjectId head;
  ObjectId base;         ///< where it left the target; empty: nowhere
  bool drifted = false;  ///< it conflicts with the target itself
};

struct ComparedPair {
  std::array<std::string, 2> between;
  std::vector<Finding> findings;  ///< sorted; paths and lines are those of the branch that a finding names
};

struct Comparison {
  std::string target;                    ///< empty: there is none
  std::vector<ComparedBranch> branches;  ///< by name
  /// All pairs of branches in their order, then those of a branch with what landed on the target since its base, as far
  /// as there is something to say about them.
  std::vector<ComparedPair> pairs;
  MergeOrder merge_order;
};

/// Conflicts that a branch has with the target, or with what the other branch of a pair is based on, are said of the
/// branch and not of its pairs. A branch that another one contains, or that adds nothing to the target, has no
/// findings. `series`: "db/migrations/{n}_*.sql". `code`: null: what needs to know who uses what is left out.
Result<Comparison> compare(Repository&, CodeSource* code, std::vector<BranchRequest>, const std::optional<Target>&,
                           const std::vector<std::string>& series);

}  // namespace planner
