// Pieces that several Markdown answers share; all of it safe for a web page.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "planner/report/headlines.h"
#include "planner/report/markdown_escape.h"
#include "planner/report/words.h"

namespace planner::report {

/// Rows that a comment can hold; what is left out is counted.
inline constexpr std::size_t most_rows = 100;

/// Cells are Markdown already.
std::string table(const std::vector<std::string>& head, const std::vector<std::vector<std::string>>& rows);

/// Folded away under its title.
std::string details(std::string_view title, const std::string& body);

/// "`WO-1`, `WO-2`".
std::string code_list(const Orders&, const std::vector<OrderId>&, std::string_view separator = ", ");

/// A list item for each piece of evidence, with both sides.
std::string conflict_items(const Orders&, const PairConflicts&);
std::string hub_items(const Orders&, const std::vector<Hub>&);

std::string finding_table(const std::vector<const Finding*>&);
/// Heading and table, or nothing.
std::string finding_part(const std::vector<Finding>&);
std::string changed_part(const std::vector<std::string>& changed_since_plan);
std::string diagnostics_part(const Reading&);

}  // namespace planner::report
