// Phrases that mean the same under every label.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace parsers {

/// ASCII lower case.
std::string lowered(std::string_view);

/// "a\\|b" of a table's cell as "a|b"; the path `a\\|b` could not be meant, it would be refused.
std::string without_pipe_escapes(std::string_view);

/// "none", "None.", "N/A — nothing to do". "None, except x" says something.
bool says_none(std::string_view value);

/// What follows the exception in "None, except x"; nullopt when the value does not begin so.
std::optional<std::string_view> exception_of_none(std::string_view value);

/// "except", "but" and the like: what follows them is not meant by what stands before them.
bool makes_exception(std::string_view text);

/// "any file not listed above": everything that is not declared.
bool means_all_the_rest(std::string_view value);

/// Whether `word` stands in `text` as a word of its own. REQUIRES: both in lower case.
bool has_word(std::string_view text, std::string_view word);

/// Offset of the last whole word `word` in `text`, npos when there is none. REQUIRES: both in lower case.
std::size_t last_word(std::string_view text, std::string_view word);

}  // namespace parsers
