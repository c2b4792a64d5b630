// The lexical tier of the code index: which names a text mentions at all, in any language, comments and strings
// included, so that nothing a parser would find is missed. It only says who could possibly use a name.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace parsers {

/// One name of a text; names are known by their hash, because they are only ever compared.
struct CodeName {
  std::uint64_t hash = 0;
  std::uint32_t first_line = 0;  ///< from 1
  std::uint32_t count = 0;       ///< mentions
  friend bool operator==(const CodeName&, const CodeName&) = default;
};

/// Of the first run of letters, digits, '_' and non-ASCII bytes in `name` that does not begin with a digit, as the text
/// is cut: "save" of Ruby's `save!`, "el" of `$el`, "r" of Rust's `r#type`. 0: there is none.
std::uint64_t name_hash(std::string_view name);

/// Reads texts one after the other; keeps its memory between them.
class NameReader {
 public:
  /// The different names of any bytes, by hash. O(bytes). REQUIRES: less than 4 GiB.
  std::vector<CodeName> read(std::string_view text);

 private:
  void insert(std::uint64_t hash, std::uint32_t line);
  void grow();

  std::vector<CodeName> slots_;  // by the hash's first bits, then the next free one; count 0: free
  unsigned shift_ = 0;
  std::size_t used_ = 0;
};

/// The name in what `read` gave; null: not mentioned. O(log names).
const CodeName* find_name(std::span<const CodeName>, std::uint64_t hash);

/// The lines of `text` that mention `name`, cut as above, ascending.
std::vector<std::uint32_t> lines_naming(std::string_view text, std::string_view name);

}  // namespace parsers
