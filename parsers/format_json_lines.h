// JSON, one value a line.
#pragma once

#include <functional>
#include <string_view>

#include "parsers/format_reader.h"

namespace parsers {

/// Calls `take` for every line that holds a JSON value, its places those of the file; a broken line is a warning, and
/// an error when no line could be read. O(text).
void each_json_line(FormatReader&, const std::function<void(const Node&)>& take);

/// The first line of `text` that is not blank and no comment.
std::string_view first_line(std::string_view text);

}  // namespace parsers
