// One pass over a parsed file: definitions, names, imports and errors in the order they stand in.
#pragma once

#include <string_view>
#include <vector>

#include "parsers/code_outline.h"
#include "parsers/code_tables.h"

namespace parsers {

struct CodeFacts {
  CodeOutline outline;                   ///< without gaps
  std::vector<CodeRange> import_pieces;  ///< whole lines of imports that belong to the file, by begin
  bool too_deep = false;                 ///< definitions lie in each other so deep that nobody can have written it
};

/// REQUIRES: `root` is of the tables' grammar and parsed from `parsed`, which differs from `text` in blanked bytes
/// only.
CodeFacts walk_code(const CodeTables&, TSNode root, std::string_view parsed, std::string_view text);

}  // namespace parsers
