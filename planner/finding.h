// The currency of answers about the user's work: findings, and the evidence both they and conflicts show.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace planner {

/// How certain a statement is. `declared`: the orders say so; `proved`: git or a parser shows it; `inferred`: by name
/// or statistics; `unproven`: it could not be looked up.
enum class Certainty { declared, proved, inferred, unproven };
std::string_view to_string(Certainty);

/// A place as people open it. line 0: the whole file.
struct Place {
  std::string file;
  std::uint32_t line = 0;
  friend auto operator<=>(const Place&, const Place&) = default;
};

enum class FindingSeverity { error, warning, note };
std::string_view to_string(FindingSeverity);

/// Something else that belongs to a finding: the other side, the commit, the entry that forbids.
struct Related {
  Place where;
  std::string message;
};

struct Finding {
  std::string rule;  ///< kebab-case name, as in the manual
  FindingSeverity severity = FindingSeverity::error;
  Certainty certainty = Certainty::declared;
  std::string work_order;  ///< id, or empty
  std::string message;     ///< one sentence
  Place where;
  std::vector<Related> related;
};

/// Ordered as answers print them: severity, rule, work order, place, message.
void sort_findings(std::vector<Finding>&);

/// Of one rule, severity and work order in one file 20 stand; one more, where the rest begins, says how many there are.
/// REQUIRES: sorted. O(n).
void fold_findings(std::vector<Finding>&);

}  // namespace planner
