// The lexical tier of the code index: which names a text mentions at all, in any language, comments and strings
// included, so that nothing a parser would find is missed. It only says who could possibly use a name.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace parsers {

/// Names are known by their hash, because they are only ever compared. Of the first run of letters, digits, '_' and
/// non-ASCII characters in `name` that does not begin with a digit, as the text is cut: "save" of Ruby's `save!`, "el"
/// of
/// `$el`, "r" of Rust's `r#type`. Spaces and signs part names where they are not ASCII as well, and so do bytes that
/// are no UTF-8. 0: there is none.
std::uint64_t name_hash(std::string_view name);

/// Every mention of a name in any bytes, in the order of the text. Replaces what `out` held, and keeps its memory.
/// O(bytes), about a nanosecond for two of them.
void read_names(std::string_view text, std::vector<std::uint64_t>& out);

/// The lines of `text` that mention `name`, cut as above, ascending.
std::vector<std::uint32_t> lines_naming(std::string_view text, std::string_view name);

}  // namespace parsers
