// Paths and patterns of one repository: their syntax, what they match, and whether two of them can meet.
//
// A pattern has the meaning of git's wildmatch with WM_PATHNAME: `*` and `?` stop at '/', `**/`, `/**/` and `/**` cross
// it, `[...]` is a bracket expression that never matches '/'. There are no backslash escapes, and a bracket expression
// also matches its own literal text, because app/[slug]/page.tsx is a file name. `dir/` covers everything below dir.
#pragma once

#include <bitset>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parsers {

/// Why `text` cannot name something inside a repository, in words for a person; nullopt when it can.
/// Refuses: empty, absolute (leading / or ~ or drive letter), `.` `..` and `.git` (any case) components, empty
/// components, NUL, newline, backslash, more than 4 KiB. A leading `./` is for the caller to strip.
std::optional<std::string> path_error(std::string_view text);

/// True when `text` has a character that makes it a pattern: * ? [
bool is_pattern(std::string_view text);

/// A compiled path, directory (`dir/`) or pattern. Matching is O(path * segments of the pattern), never exponential.
class PathPattern {
 public:
  /// REQUIRES: pattern_error(text) is nullopt.
  explicit PathPattern(std::string_view text);

  /// As path_error, and more than 1 KiB or 64 segments.
  static std::optional<std::string> pattern_error(std::string_view text);

  bool matches(std::string_view path) const;
  const std::string& text() const { return text_; }

  /// The longest leading part without wildcards: every match begins with it.
  std::string_view literal_prefix() const { return std::string_view(text_).substr(0, prefix_); }
  bool is_literal() const { return literal_; }

  /// The shortest path both match, ties by '/', a-z, 0-9, A-Z, '_', '-', then the other bytes; no `.`, `..` or `.git`
  /// segment in it. nullopt: no path is matched by both. Decided on the product of the two automata,
  /// O(states * states), source: Hopcroft and Ullman, section 3.2 (intersection of regular sets).
  friend std::optional<std::string> common_path(const PathPattern&, const PathPattern&);

 private:
  using Bytes = std::bitset<256>;
  struct Edge {
    std::uint32_t to;
    std::uint32_t bytes;  // index into classes_
  };
  struct Meeting;
  std::uint32_t add_state();
  void add_edge(std::uint32_t from, std::uint32_t to, const Bytes&);
  std::uint32_t add_literal(std::uint32_t from, std::string_view text);
  void compile(std::string_view pattern);

  std::string text_;
  std::size_t prefix_ = 0;
  bool literal_ = true;  // an exact path: no automaton is built
  std::vector<std::vector<Edge>> edges_;
  std::vector<Bytes> classes_;
  std::vector<bool> accepting_;
};

std::optional<std::string> common_path(const PathPattern&, const PathPattern&);

}  // namespace parsers
