// Lines of a terminal: widths, breaks and restrained colours.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace planner::report {

inline constexpr std::size_t page_width = 80;

/// Characters of UTF-8 text; colours take no room.
std::size_t cells(std::string_view);

/// Broken at spaces so that lines fit the page; the first is indented by `indent`, the others by `hanging`. A word that
/// is longer than a line keeps its length, so that paths can be copied.
std::vector<std::string> wrap(std::string_view text, std::size_t indent, std::size_t hanging);

/// Filled with spaces up to `width` cells.
std::string padded(std::string text, std::size_t width);

/// Cut to `width` cells, with "..." at its end when something is missing.
std::string shortened(std::string_view text, std::size_t width);

enum class Ink { plain, bold, red, yellow, green };

/// Paints words; without colour it leaves them alone.
struct Pen {
  bool color = false;
  std::string operator()(Ink, std::string_view) const;
};

}  // namespace planner::report
