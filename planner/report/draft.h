// A draft to text.
#pragma once

#include <string>

#include "planner/draft_answer.h"

namespace planner::report {

/// The canonical document, with the evidence behind every line that was drafted.
std::string text(const DraftAnswer&);
/// schemas/draft.schema.json
std::string json(const DraftAnswer&);

}  // namespace planner::report
