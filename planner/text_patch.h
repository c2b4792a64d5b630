// Edits of a text, and the patch that carries them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace planner {

/// `length` bytes from `offset` on give way to `text`.
struct TextEdit {
  std::size_t offset = 0;
  std::size_t length = 0;
  std::string text;
};

/// REQUIRES: edits lie inside `before` and do not overlap. Several at one place are made in the order given.
std::string edited(std::string_view before, std::vector<TextEdit> edits);

/// The unified diff of those edits with three lines of context, as `git apply` takes it: "--- a/NAME", names quoted as
/// git quotes them, "\ No newline at end of file" where there is none. Empty when nothing changes. O(text).
std::string unified_patch(std::string_view name, std::string_view before, std::vector<TextEdit> edits);

}  // namespace planner
