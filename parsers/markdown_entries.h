// The value of a path label, taken apart: which of its words are paths, and which are prose about them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/work_order.h"

namespace parsers {

/// One path as it stands in the text.
struct PathMention {
  std::string_view place;          ///< points into the document, without the line range
  std::string_view lines;          ///< ":12-40" behind it, empty when there is none
  std::vector<std::string> paths;  ///< without quotes and line range; several when braces were expanded
  std::string to;                  ///< "`a` -> `b`"
  std::optional<Intent> intent;    ///< "`a` (new)", "Create `a`"
};

struct PathList {
  std::vector<PathMention> paths;
  std::vector<std::string_view> prose;   ///< what was left unread
  std::vector<std::string_view> left;    ///< paths within that prose: something the author may have meant to declare
  std::vector<std::string_view> errors;  ///< braces that expand to more than 256 paths
  bool empty_on_purpose = false;         ///< "none", "N/A", "-"
  bool all_the_rest = false;             ///< "any file not listed above"
};

enum class PathForm {
  leading,   ///< the label is an everyday word: the value has to begin with a path
  list,      ///< a list of paths with remarks
  sentence,  ///< paths are also found behind prose ("the table in `a.py`")
};

/// Reads a comma, semicolon, `<br>` or newline separated list. An item with a path in it is read in doubt: a set that
/// is too wide costs time, one that is too narrow costs work.
PathList read_paths(std::string_view value, PathForm);

/// Whether `value` begins with something that can only be a path.
bool begins_with_path(std::string_view value);

/// What "create", "new" and the like say about how a file is written.
std::optional<Intent> intent_word(std::string_view);

}  // namespace parsers
