// Which words are paths.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace parsers {

/// "12-40", "L3", "lines 3-9", "7283-end": what may follow a path and its colon.
bool is_line_range(std::string_view);

/// "a.py:12-40" and "a.py#L3" without the lines; "a.py::f" stays.
std::string_view without_lines(std::string_view token);

/// Ends in something like ".py" that is used for source text, data or documents.
bool has_known_extension(std::string_view token);

/// Ends in a dot and lower case letters, whatever they mean.
bool has_lower_extension(std::string_view token);

/// Whether a word in back-ticks is a path, a pattern, a symbol in a file or an @area, and not code.
bool names_a_path(std::string_view token);

/// Whether a word outside of back-ticks can only be meant as a path: "and/or" and "TCP/IP" are words.
bool is_bare_path(std::string_view token);

/// Whether such a word is a path even in the middle of a sentence: "src/a.py" and "docs/" are, "melee/ranged" is not.
bool is_plain_path(std::string_view token);

/// Whether a word in back-ticks is a path even in the middle of a sentence: "src/a.py" is, "pytest src/a.py" is not.
bool is_quoted_path(std::string_view token);

/// "src/{a,b}/" -> "src/a/", "src/b/". Empty when there would be more than 256.
std::vector<std::string> expand_braces(std::string_view path);

}  // namespace parsers
