// Paragraphs that several text answers share; all of it safe for a terminal.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "planner/report/headlines.h"
#include "planner/report/page.h"
#include "planner/report/words.h"

namespace planner::report {

/// Text from outside, made safe.
std::string safe(std::string_view);
std::string safe(const Place&);

/// What a pair disputes: each kind, and under it both sides with file and line.
void conflict_lines(Page&, const Orders&, const PairConflicts&);

/// "write-write src/a.py; 90 writers: ..." and where some of them say so.
void hub_lines(Page&, const Orders&, const Hub&);

/// "src/a.py:3: error: message [rule]" and the related places.
void finding_lines(Page&, const Finding&);
Ink ink_of(FindingSeverity);

/// A section of its own, if there are any.
void finding_section(Page&, const std::vector<Finding>&);
void changed_section(Page&, const std::vector<std::string>& changed_since_plan);
void diagnostics_section(Page&, const Reading&);

}  // namespace planner::report
