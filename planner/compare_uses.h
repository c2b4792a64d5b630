// What one side takes away, renames or re-signs against what the other newly uses.
//
// A use counts when the code index binds it (grades X, I, P) in the version of the side that wrote it, and no longer
// binds it, or binds it to something that does not take the call, in what git merges out of both. So a definition that
// moved and is passed on, or that somebody brought back, raises no alarm, and a bare name is no evidence.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "planner/code.h"
#include "planner/compare_rules.h"
#include "planner/links.h"

namespace planner {

class UseComparison {
 public:
  UseComparison(Repository&, CodeSource&, EditReader&);
  ~UseComparison();

  /// Both ways. `b_is_large`: the second side is what landed on the target, of which only the files are read that the
  /// first has to do with. Names decide first: a version is opened only when a new line spells something that is gone.
  /// A pair that would take more than 20,000 references to bind is said to be unproven by a note. The sides must live
  /// as long as this. REQUIRES: the edits of the sides are read, but those of a large one.
  Result<std::vector<Finding>> compare(const BranchWork& a, const BranchWork& b, const Merge&, bool b_is_large);

 private:
  struct Version;
  struct Gone;
  struct Losses;
  struct NewLines;
  struct Use;

  Result<Version*> version(const ObjectId& tree_ish, bool keep);
  Result<void> one_way(const BranchWork& remover, const BranchWork& user, const Merge&, bool remover_is_large,
                       bool user_is_large, std::vector<Finding>&);
  Result<std::vector<Use>> new_uses(const BranchWork& user, bool large, const Losses&);
  /// What a side took away, made once for all its pairs.
  Result<const Losses*> losses_of(const BranchWork& remover, bool large);
  /// What stands on the new lines of an edit, made once.
  const NewLines& new_lines(const FileEdit&);
  std::vector<Gone> gone_of(const BranchWork&);
  /// Counts work done for the pair; false: it has been enough.
  bool afford(std::size_t steps);

  Repository& repository_;
  CodeSource& code_;
  EditReader& reader_;
  std::map<ObjectId, std::unique_ptr<Version>> versions_;  // "": what git merged last
  std::map<const BranchWork*, std::unique_ptr<Losses>> losses_;
  std::map<const EditedText*, std::unique_ptr<NewLines>> new_lines_;
  std::size_t steps_ = 0;  // of this pair
};

}  // namespace planner
