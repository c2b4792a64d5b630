#include "parsers/hook_patch.h"

#include <algorithm>

namespace parsers {
namespace {

constexpr std::size_t most_edits = 2000;

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

std::string_view next_line(std::string_view& rest) {
  const std::size_t end = std::min(rest.find('\n'), rest.size());
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return line;
}

/// The rest of a line behind a marker; empty: another line.
std::string_view behind(std::string_view line, std::string_view marker) {
  return line.starts_with(marker) ? trimmed(line.substr(marker.size())) : std::string_view();
}

}  // namespace

HookPatch read_hook_patch(std::string_view text) {
  HookPatch out;
  const std::size_t begin = text.find("*** Begin Patch");
  if (begin == std::string_view::npos) {
    out.unread.push_back("a patch without \"*** Begin Patch\"");
    return out;
  }
  text.remove_prefix(begin);
  next_line(text);
  bool in_update = false;
  bool ended = false;
  while (!text.empty() && !ended) {
    const std::string_view line = next_line(text);
    // Inside a hunk only a line that begins with the stars is a header; elsewhere they may be indented.
    const std::string_view header = in_update ? line : trimmed(line);
    if (!header.starts_with("***")) continue;
    if (out.edits.size() >= most_edits) {
      out.unread.push_back("a patch of more than 2000 files");
      break;
    }
    in_update = in_update && !header.starts_with("*** Begin");
    if (const std::string_view added = behind(header, "*** Add File:"); !added.empty()) {
      out.edits.push_back({HookEdit::Kind::create, std::string(added), {}});
      in_update = false;
    } else if (const std::string_view updated = behind(header, "*** Update File:"); !updated.empty()) {
      out.edits.push_back({HookEdit::Kind::write, std::string(updated), {}});
      in_update = true;
    } else if (const std::string_view removed = behind(header, "*** Delete File:"); !removed.empty()) {
      out.edits.push_back({HookEdit::Kind::remove, std::string(removed), {}});
      in_update = false;
    } else if (const std::string_view moved = behind(header, "*** Move to:"); !moved.empty() && in_update) {
      out.edits.back().kind = HookEdit::Kind::move;
      out.edits.back().to = std::string(moved);
    } else if (trimmed(header) == "*** End Patch") {
      ended = true;
    } else if (trimmed(header) != "*** End of File") {
      out.unread.push_back("\"" + std::string(header.substr(0, 60)) + "\" in a patch");
    }
    if (out.unread.size() >= 20) break;
  }
  if (!ended && out.unread.empty()) out.unread.push_back("a patch without \"*** End Patch\"");
  return out;
}

}  // namespace parsers
