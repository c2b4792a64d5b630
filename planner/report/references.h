// Links as rows: who uses what, one use a line.
#pragma once

#include <string>
#include <vector>

#include "planner/links.h"

namespace planner::report {

/// Tab-separated, without a header: using file, line, column (from 0), name, defining file, line of the definition, its
/// qualified name, its kind, `name`, `attr` (a member of something) or `import`, the qualified name of what is around
/// the use, grade. Imports that use a file as such have no name and no row. `links` are of one file.
std::string reference_rows(Code&, const std::vector<Link>& links);

}  // namespace planner::report
