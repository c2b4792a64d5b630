// The value of a path label, taken apart: which of its words are paths, and which are prose about them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "parsers/work_order.h"

namespace parsers {

/// One path as it stands in the text.
struct PathMention {
  std::string_view place;          ///< points into the document
  std::vector<std::string> paths;  ///< without quotes and line range; several when braces were expanded
  std::string to;                  ///< "`a` -> `b`"
  std::optional<Intent> intent;    ///< "`a` (new)", "Create `a`"
};

struct PathList {
  std::vector<PathMention> paths;
  std::vector<std::string_view> prose;   ///< what was left unread
  std::vector<std::string_view> errors;  ///< braces that expand to more than 256 paths
  bool empty_on_purpose = false;         ///< "none", "N/A", "-"
  bool all_the_rest = false;             ///< "any file not listed above"
};

/// Reads a comma, semicolon or newline separated list. With `search`, back-ticked paths are also found behind prose
/// ("the table in `a.py`"); without, an item has to begin with its path.
PathList read_paths(std::string_view value, bool search);

/// Whether `value` begins with something that can only be a path.
bool begins_with_path(std::string_view value);

/// "none", "None.", "N/A — nothing to do".
bool says_none(std::string_view value);

}  // namespace parsers
