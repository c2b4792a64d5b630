#include "planner/edited_places.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>

#include "planner/index_symbols.h"

namespace planner {
namespace {

bool is_gap(std::string_view place) { return place.starts_with('<'); }

bool blank(std::string_view line) { return line.find_first_not_of(" \t\r\f\v") == std::string_view::npos; }

}  // namespace

bool HunkText::empty() const {
  return std::all_of(removed.begin(), removed.end(), blank) && std::all_of(added.begin(), added.end(), blank);
}

HunkText EditedPlaces::text_of(const LineHunk& hunk) const {
  return {slice(old_lines_, hunk.old_first, hunk.old_count), slice(new_lines_, hunk.new_first, hunk.new_count)};
}

std::vector<std::string> EditedPlaces::of(const LineHunk& hunk) const {
  if (hunk.old_count > 0) return places_at(*text_.old_outline, hunk.old_first, hunk.old_first + hunk.old_count - 1);
  std::set<std::string> out;
  bool new_symbol = false;
  for (const std::string& name :
       places_at(*text_.new_outline, hunk.new_first, hunk.new_first + std::max(1U, hunk.new_count) - 1)) {
    const bool known = std::any_of(text_.old_outline->definitions.begin(), text_.old_outline->definitions.end(),
                                   [&](const parsers::Definition& d) { return d.block && d.name == name; });
    if (known)
      out.insert(name);
    else
      new_symbol = true;
  }
  if (new_symbol) out.insert(gap_before(hunk.old_first));
  return {out.begin(), out.end()};
}

std::vector<std::string_view> EditedPlaces::slice(const std::vector<std::string_view>& lines, std::uint32_t first,
                                                  std::uint32_t count) {
  const std::size_t begin = std::min<std::size_t>(first - 1, lines.size());
  return {lines.begin() + static_cast<std::ptrdiff_t>(begin),
          lines.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(begin + count, lines.size()))};
}

/// The gap into which lines in front of old line `line` fall; where two blocks touch it has no text of its own.
std::string EditedPlaces::gap_before(std::uint32_t line) const {
  const auto at = [&](std::uint32_t l) {
    return l == 0 || l > old_lines_.size() ? std::vector<std::string>() : places_at(*text_.old_outline, l, l);
  };
  const std::vector<std::string> above = at(line - 1), below = at(line);
  for (const auto* names : {&above, &below})
    for (const std::string& name : *names)
      if (is_gap(name)) return name;
  return above.empty() ? "<module>" : fmt::format("<after {}>", above.back());
}

bool has_places(const EditedText& text) {
  return text.old_outline != nullptr && text.new_outline != nullptr && text.old_outline->proven() &&
         text.new_outline->proven();
}

}  // namespace planner
