// What cmark needs to see of a text to find its blocks, and nothing that makes its inline parser work hard.
#pragma once

#include <string>
#include <string_view>

namespace parsers {

/// A text of the same lines in which everything that only matters inside a line is replaced: cmark finds the same
/// blocks, but meets no brackets, emphasis or links (some of which cost it quadratic time) and at most 64 nested
/// containers.
std::string markdown_skeleton(std::string_view text);

/// Blanks comments and code spans of more than one line, neither of which a reader of the page can mistake for a label.
/// O(length).
void blank_inline_comments(char* text, std::size_t length);

}  // namespace parsers
