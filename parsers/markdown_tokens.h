// The value of a path label as words: back-ticked, a link's text, or what stands between blanks and commas.
#pragma once

#include <string_view>
#include <vector>

namespace parsers {

struct MarkdownToken {
  std::string_view place;  ///< with its line range, without quotes
  std::string_view text;   ///< without line range
  bool quoted = false;     ///< in back-ticks or a link
  std::size_t end = 0;     ///< offset behind it; 0: there is none
};

class MarkdownTokens {
 public:
  explicit MarkdownTokens(std::string_view text) : x_text(text) {}

  std::string_view text() const { return x_text; }
  std::size_t size() const { return x_text.size(); }
  char at(std::size_t i) const { return i < x_text.size() ? x_text[i] : '\0'; }
  std::size_t skip_blanks(std::size_t from) const;

  /// The token that begins at `from`.
  MarkdownToken token(std::size_t from) const;

  std::size_t end_of_line(std::size_t from) const;

  /// End of the item that `from` lies in: the next comma, semicolon or line break outside of brackets and back-ticks.
  std::size_t end_of_item(std::size_t from) const;

  /// Offset of the bracket that closes the one at `from`, the line's last byte when none does.
  std::size_t closing_bracket(std::size_t from) const;

  /// Length of "<br>" at `from`, 0 when there is none.
  std::size_t line_break(std::size_t from) const;

  /// Whether the token is a path, in the place where a list expects one.
  static bool is_path(const MarkdownToken&);

  /// The tokens of [from, to) that are paths wherever they stand.
  std::vector<MarkdownToken> paths_in(std::size_t from, std::size_t to) const;

 private:
  std::string_view link_at(std::size_t from) const;

  std::string_view x_text;
  mutable std::size_t x_line_from = 1;
  mutable std::size_t x_line_end = 0;
};

}  // namespace parsers
