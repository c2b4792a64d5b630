// What is wrong with orders before anything is planned, and with waves that somebody made by hand.
#pragma once

#include <optional>
#include <vector>

#include "planner/answers.h"
#include "planner/tree.h"

namespace planner {

/// Contradictions of an order with itself and with the tree (nullptr: not known). O(entries log entries + tree).
std::vector<Finding> lint(const Orders&, const Tree*);

/// What the text of an order says that it changes and its declaration omits, and the reverse; marks of running side by
/// side ("[P]", "parallel: true") that what is written contradicts, done orders included as notes. O(entries log
/// entries
/// + pairs that share a file), sections of thousands of patterns apart.
std::vector<Finding> lint_text(const Orders&);

/// Names that some file system takes for one, at least one of which an open order writes. Part of every plan.
std::vector<Finding> name_collisions(const Orders&, const Tree*);

/// Holds Orders::waves against the conflicts of the plan: two that must not run at once in one wave, or an order in a
/// wave before one it has to wait for, is an error finding. nullopt: there are no hand-made waves.
std::optional<HandMadePlan> check_waves(const Orders&, const Plan&, std::vector<Finding>& findings);

/// The name as case-insensitive and normalising file systems see it: Unicode case folding and NFC (by utf8proc); bytes
/// that are not UTF-8 stay as they are.
std::string folded_name(std::string_view path);

}  // namespace planner
