// Text from outside made safe for Markdown on a web page: no HTML, links, mentions, references or table cells of its
// own.
#pragma once

#include <string>
#include <string_view>

#include "planner/finding.h"

namespace planner::report {

/// As prose, also inside a table cell.
std::string escaped(std::string_view);

/// As a code span, also inside a table cell; the fence is longer than any run of back-ticks in it.
std::string code(std::string_view);
std::string code(const Place&);

/// As a fenced block, one line each.
std::string code_block(std::string_view language, std::string_view lines);

}  // namespace planner::report
