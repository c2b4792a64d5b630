// What the code index holds, for people and for machines.
#pragma once

#include <string>

#include "planner/index_answer.h"

namespace planner::report {

std::string text(const IndexAnswer&);
/// schemas/index.schema.json.
std::string json(const IndexAnswer&);

}  // namespace planner::report
