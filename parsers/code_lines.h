// Lines of a text: where they begin, and stretches widened to whole ones.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "parsers/code_outline.h"

namespace parsers {

class CodeLines {
 public:
  explicit CodeLines(std::string_view text);

  std::uint32_t line(std::uint32_t byte) const;    ///< from 1. O(log lines)
  std::uint32_t column(std::uint32_t byte) const;  ///< from 1, in bytes

  /// [begin, end) with its lines.
  CodeRange range(std::uint32_t begin, std::uint32_t end) const;

  /// The same where only spacing stands before it in its first line, and only spacing, `;` `,` or a comment behind it
  /// in its last: then with those and the line's end.
  CodeRange widened(std::uint32_t begin, std::uint32_t end) const;

 private:
  std::string_view text_;
  std::vector<std::uint32_t> begins_;
};

}  // namespace parsers
