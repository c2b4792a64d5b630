// Where an edit of a file happens: the blocks and gaps that its hunks touch.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "planner/compare_work.h"

namespace planner {

/// What a hunk took away and put there, for comparing hunks of different bases.
struct HunkText {
  std::vector<std::string_view> removed, added;
  friend bool operator==(const HunkText&, const HunkText&) = default;
  bool empty() const;  ///< nothing but blank lines
};

class EditedPlaces {
 public:
  /// REQUIRES: read, and it outlives this.
  explicit EditedPlaces(const EditedText& text)
      : text_(text), old_lines_(lines_of(text.before)), new_lines_(lines_of(text.after)) {}

  HunkText text_of(const LineHunk&) const;

  /// The blocks and gaps, as the old file names them, each once. REQUIRES: both outlines.
  std::vector<std::string> of(const LineHunk&) const;

 private:
  static std::vector<std::string_view> slice(const std::vector<std::string_view>& lines, std::uint32_t first,
                                             std::uint32_t count);
  std::string gap_before(std::uint32_t line) const;

  const EditedText& text_;
  std::vector<std::string_view> old_lines_, new_lines_;
};

/// Both outlines are there and proven: the hunks have places.
bool has_places(const EditedText&);

}  // namespace planner
