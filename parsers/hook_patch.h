// The envelope in which Codex (and others after it) writes edits: *** Begin Patch, *** Update File: PATH, ...
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace parsers {

/// One file that a tool changes. Paths as written.
struct HookEdit {
  enum class Kind { write, create, remove, move };
  Kind kind = Kind::write;
  std::string path;
  std::string to;  ///< of a move
  friend bool operator==(const HookEdit&, const HookEdit&) = default;
};

struct HookPatch {
  std::vector<HookEdit> edits;  ///< in the order of the text
  std::vector<std::string> unread;
};

/// Headers are lines of their own; what a hunk holds is never one. Text around the envelope is skipped.
HookPatch read_hook_patch(std::string_view text);

}  // namespace parsers
