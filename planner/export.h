// What a plan knows, written back into the files that the orders came from, as far as their formats can say it.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "parsers/diagnostic.h"
#include "planner/plan.h"
#include "planner/text_patch.h"

namespace planner {

/// What was learned about orders that may not run at once, or not in any order, and that no declared dependency, direct
/// or through others, says already.
struct Learned {
  /// Reduced: which must be finished before the other starts, by the conflicts and the schedule; ascending.
  std::vector<std::pair<OrderId, OrderId>> before_after;
  /// Never at once, in no order of its own; ascending pairs. Resources of more than `hub_users` users are left out.
  std::vector<std::pair<OrderId, OrderId>> exclusive;
  /// The first goes before the second because the one reads what the other writes; ascending.
  std::vector<std::pair<OrderId, OrderId>> reader_first;
};
/// O(conflicts + orders * chains through them).
Learned learned_from(const Orders&, const Plan&);

/// The same as waits that follow `ranks` (by order, smaller first) wherever nothing demands another direction: for
/// lists of tasks that people read from the top. Together with what is declared they close no cycle.
std::vector<std::pair<OrderId, OrderId>> waits_by_rank(const Orders&, const Learned&,
                                                       const std::vector<std::size_t>& ranks);

/// One file with its edits, and a line about each for people.
struct FileExport {
  std::size_t source = 0;  ///< position in Reading::sources
  std::vector<TextEdit> edits;
  std::vector<std::string> said;
};

/// Takes back "[P]" where a task writes what an earlier one of the same run of marks writes, and adds
/// "(depends on T012)" to tasks that only the code keeps apart.
FileExport export_spec_kit(const parsers::Source&, const Orders&, const Plan&, const Learned&);
/// conflicts_with and depends_on in the front matter.
FileExport export_ccpm(const parsers::Source&, const Orders&, const Learned&);
/// `blocks` dependencies.
FileExport export_beads(const parsers::Source&, const Orders&, const Learned&);
/// Entries of "dependencies".
FileExport export_task_master(const parsers::Source&, const Orders&, const Learned&);

/// Comments of a canonical document, any text; an empty one is left out.
struct YamlRemarks {
  std::function<std::string(const Order&)> order;                ///< above it
  std::function<std::string(const Order&, const Entry&)> entry;  ///< behind an entry of its write or read set
};

/// The canonical document of all orders and decisions; what was read out of sentences carries a comment that says so,
/// where no other is given.
std::string export_yaml(const Orders&, const YamlRemarks& = {});

/// The id as its own file has it, without the family that tells it from others.
std::string_view own_id(std::string_view id);

}  // namespace planner
