// Real work: what one range of commits, or one work tree, changed, and which orders it is held against.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "planner/order.h"
#include "planner/repository.h"

namespace planner {

/// What became of a file that an order declares to append to; the worse the later.
enum class Growth { grew, unknown, rewritten };

/// What a symbol that somebody declared was, and which of the touched places it covers.
struct SymbolTouch {
  bool before = false, after = false;  ///< does it exist in the old file, in the new one?
  std::set<std::size_t> places;        ///< positions in FileParts::places
};

/// Which symbols and gaps of a file were touched.
struct FileParts {
  struct Place {
    std::string name;        ///< "C.f", "<after C.f>", "<imports>"
    std::uint32_t line = 0;  ///< the first that was touched; of the old file where lines only went
    bool gap() const { return name.starts_with('<'); }
  };
  bool known = false;
  std::string why_not;                         ///< a clause, when it is not known
  std::vector<Place> places;                   ///< in the order of the file
  std::map<std::string, SymbolTouch> symbols;  ///< as orders write them: "C.f"
};

struct Work {
  std::vector<OrderId> orders;  ///< judged together, against the union of their scopes; ordered by id text; empty: none
  std::string name;             ///< as the user knows it: "fix-03", "main..HEAD", a directory
  ObjectId base;                ///< empty: from nothing
  std::vector<ObjectId> other_bases;  ///< after criss-cross merges: as good as `base`
  ObjectId head;                      ///< empty: a work tree's files
  std::vector<Change> changes;        ///< by path
  std::vector<Commit> commits;        ///< base..head, oldest first
  std::vector<HiddenPath> hidden;
  std::map<std::string, std::vector<std::size_t>> touched;  ///< path -> positions in `commits`; empty: not looked up
  std::set<std::string> present;                     ///< exact paths declared by the orders that exist at the base
  std::map<std::string, Growth> growth;              ///< changed paths that one of the orders declares to append to
  std::string target;                                ///< name of the branch this is measured against, or empty
  std::vector<Change> meanwhile;                     ///< changed on the target since the base, by others
  std::map<std::string, FileParts> parts;            ///< changed files of which an order or a rule names a symbol
  std::map<std::string, FileParts> meanwhile_parts;  ///< the same of what changed on the target, for what is read
  std::set<std::string> ends_only;                   ///< changed paths of which only the ends of lines changed
  std::map<std::string, ObjectId> removals;  ///< added paths and symbols that a completed order deleted -> the commit
  std::set<std::string> dirty_before;  ///< changed paths that stood so before the session began; left out of `changes`
  std::vector<std::string> unknown_orders;  ///< named by trailers, and in no document
};

/// What the user said: orders (ids), and a revision, a range, or a directory.
struct WorkRequest {
  std::vector<std::string> orders;  ///< empty: found by `branch:`, else by Work-Order trailers
  std::string base;                 ///< empty: computed
  std::string head;                 ///< empty: HEAD, or the files of `directory`
  std::string directory;            ///< absolute path of a work tree: uncommitted and untracked files too
  std::string branch = {};          ///< that the work was done on, where `head` does not say it
};

/// "REV" or "BASE..HEAD". An error of kind input for anything else.
Result<WorkRequest> work_request(std::string_view range);

struct Target {
  std::string name;
  ObjectId tip;
};

/// A revision alone is measured from its merge base with the target, one that is in the target already from its first
/// parent, an explicit base from its merge base with the head. After criss-cross merges, what stands in one of the
/// merge bases or on the other side is not this work; without a target, only the last is measured. A branch
/// that is contained in the target and shows nothing of its orders has no work of its own: what its tip holds is
/// somebody else's. More than one piece of work only where the orders come from trailers that differ from commit to
/// commit.
Result<std::vector<Work>> gather(Repository&, const Orders&, const WorkRequest&, const std::optional<Target>&);

/// Gathers all; ranges that are the same become one piece of work, judged against the union of their orders.
Result<std::vector<Work>> gather_all(Repository&, const Orders&, const std::vector<WorkRequest>&,
                                     const std::optional<Target>&);

/// "WO-1", "WO-1 and WO-2", "WO-1, WO-2 and WO-3".
std::string names_of(const Orders&, const std::vector<OrderId>&);

}  // namespace planner
