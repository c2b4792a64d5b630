#include "parsers/markdown_labels.h"

#include <algorithm>
#include <array>

#include "parsers/markdown_document.h"
#include "parsers/markdown_entries.h"
#include "parsers/markdown_ids.h"
#include "parsers/markdown_words.h"

namespace parsers {
namespace {

using enum LabelKind;
constexpr auto none = std::nullopt;
constexpr bool weak = true;
constexpr bool single = true;

constexpr Label labels[] = {
    {"write set", write, none, false, single},
    {"write sets", write, none, false, single},
    {"writeset", write, none, false, single},
    {"files to write", write, none, false, single},
    {"writes", write, none},
    {"write", write, none, weak},
    {"files to modify", write, none, false, single},
    {"files to edit", write, none, false, single},
    {"files to change", write, none, false, single},
    {"files to touch", write, none, false, single},
    {"files to create/modify", write, none, false, single},
    {"files to modify/create", write, none, false, single},
    {"files to create or modify", write, none, false, single},
    {"files modified", write, none, false, single},
    {"files changed", write, none, false, single},
    {"files touched", write, none, false, single},
    {"files affected", write, none, weak},
    {"affected files", write, none, weak},
    {"affected paths", write, none},
    {"allowed paths", write, none},
    {"allowed files", write, none},
    {"files to create", write, Intent::create, false, single},
    {"new files", write, Intent::create, weak},
    {"gate file", write, Intent::create},
    {"gate files", write, Intent::create},
    {"files to delete", write, Intent::remove, false, single},
    {"files to remove", write, Intent::remove, false, single},
    {"files to rename", write, Intent::rename, false, single},
    {"files you own", write, none, false, single},
    {"files i will modify", write, none, false, single},
    {"owns", write, none, weak},
    {"owned files", write, none, weak},
    {"modified files", write, none, weak},
    {"files", write, none, weak},
    {"file", write, none, weak},
    {"target files", write, none, weak},
    {"target file", write, none, weak},
    {"scope", write, none, weak},
    {"zone", write, none, weak},
    {"create", write, Intent::create, weak},
    {"modify", write, Intent::modify, weak},
    {"edit", write, Intent::modify, weak},
    {"delete", write, Intent::remove, weak},
    {"remove", write, Intent::remove, weak},
    {"rename", write, Intent::rename, weak},
    {"append", write, Intent::append, weak},
    {"add", write, Intent::create, weak},
    {"new", write, Intent::create, weak},
    {"new file", write, Intent::create, weak},
    {"update", write, Intent::modify, weak},
    {"change", write, Intent::modify, weak},
    {"replace", write, Intent::modify, weak},
    {"move", write, Intent::rename, weak},
    {"create/modify", write, none, weak},
    {"modify/create", write, none, weak},
    {"create or modify", write, none, weak},
    {"add/modify", write, none, weak},
    {"test", write, none, weak},
    {"tests", write, none, weak},
    {"test file", write, none, weak},
    {"test files", write, none, weak},

    {"read set", read, none, false, single},
    {"read sets", read, none, false, single},
    {"readset", read, none, false, single},
    {"reads", read, none},
    {"read", read, none, weak},
    {"read only", read, none},
    {"read only files", read, none},
    {"required reading", read, none},
    {"files to read", read, none, false, single},
    {"files you may read but not edit", read, none, false, single},
    {"files you may read", read, none, false, single},
    {"files i will read but not modify", read, none, false, single},
    {"verification ref", read, none},
    {"verification refs", read, none},
    {"references", read, none, weak},
    {"reference", read, none, weak},

    {"dependencies", depends_on, none},
    {"dependency", depends_on, none},
    {"dependency set", depends_on, none},
    {"depends on", depends_on, none},
    {"depends", depends_on, none},
    {"prerequisite", depends_on, none},
    {"prerequisites", depends_on, none},
    {"preconditions", depends_on, none},
    {"blocked by", depends_on, none},
    {"must run after", depends_on, none},
    {"runs after", depends_on, none},
    {"waits for", depends_on, none},
    {"after", depends_on, none, weak},
    {"follows", depends_on, none, weak},
    {"needs", depends_on, none, weak},
    {"precedes", before, none, weak},
    {"must run before", before, none},
    {"blocks", before, none},
    {"before", before, none},

    {"do not touch", do_not_touch, none, false, single},
    {"dont touch", do_not_touch, none, false, single},
    {"must not touch", do_not_touch, none, false, single},
    {"must not modify", do_not_touch, none, false, single},
    {"out of bounds", do_not_touch, none},
    {"do not modify", do_not_touch, none, false, single},
    {"do not edit", do_not_touch, none, false, single},
    {"forbidden", do_not_touch, none},
    {"forbidden paths", do_not_touch, none},
    {"forbidden files", do_not_touch, none},
    {"must not change", do_not_touch, none},
    {"files not to touch", do_not_touch, none, false, single},
    {"files not to modify", do_not_touch, none, false, single},
    {"off limits", do_not_touch, none},
    {"scope boundaries", boundaries, none},
    {"boundaries", boundaries, none, weak},
    {"permits", permits, none, false, single},
    {"may write", permits, none, false, single},

    {"resources", resources, none},
    {"resource", resources, none, weak},
    {"keys", keys, none, weak},
    {"key", keys, none, weak},
    {"priority", priority, none},
    {"estimate", estimate, none},
    {"estimated time", estimate, none},
    {"effort", estimate, none},
    {"status", status, none},
    {"branch", branch, none},
    {"exploration", exploration, none},
    {"root", root, none, weak},
    {"title", title, none, weak},
    {"work order", order_id, none},
    {"work order id", order_id, none},
    {"wo", order_id, none},
    {"wo id", order_id, none},
    {"location", evidence, none},
    {"locations", evidence, none},
    {"parallel safe", other, none},
    {"conflicts with", other, none},
    {"requires", other, none, weak},
    {"emits", other, none, weak},
    {"test command", other, none, weak},
    {"kernel touch", other, none},
    {"gate label", other, none},
    {"gate count", other, none},
    {"commit", other, none},
    {"severity", other, none},
    {"bugs", other, none},
    {"source", other, none},
    {"note", other, none},
    {"notes", other, none},
    {"blockers", other, none},
    {"owner", other, none},
    {"assigned to", other, none},
    {"date", other, none},
};

const Label* find_by_normal_name(std::string_view name) {
  const auto* const found =
      std::find_if(std::begin(labels), std::end(labels), [&](const Label& l) { return l.name == name; });
  return found == std::end(labels) ? nullptr : found;
}

constexpr std::size_t longest_label = 60;

bool is_label_text(std::string_view name) {
  if (name.empty() || name.size() > longest_label || std::count(name.begin(), name.end(), ' ') > 7) return false;
  return name.find_first_of("`|\"<>=;\n") == std::string_view::npos && name.find("](") == std::string_view::npos;
}

constexpr std::string_view wide_colon = "：";

/// "Add: `a.py`" names a file, "Update: all tests pass" does not.
bool is_everyday_verb(const LabelledText& written) {
  if (written.label == nullptr || !written.label->weak || !written.label->intent || written.rest.empty()) return false;
  for (const std::string_view verb : {"add", "new", "update", "change", "replace", "move"})
    if (written.label->name == verb) return !begins_with_path(written.rest);
  return false;
}

/// "After: WO-1" names an order, "After: the page is empty" does not.
bool is_everyday_order(const LabelledText& written) {
  return written.label != nullptr && written.label->weak &&
         (written.label->kind == depends_on || written.label->kind == before) && !heading_id(written.rest);
}

LabelledText settled(LabelledText written) {
  if (is_everyday_verb(written) || is_everyday_order(written)) written.label = nullptr;
  return written;
}

/// Length of a pictograph, arrow or dingbat at the front of `text`, 0 when there is none.
std::size_t symbol_length(std::string_view text) {
  if (text.starts_with("\xF0\x9F") && text.size() > 3) return 4;
  if (text.starts_with("\uFE0F") || text.starts_with("\u200D")) return 3;
  const bool symbol = text.size() > 2 && text[0] == '\xE2' && static_cast<unsigned char>(text[1]) >= 0x86 &&
                      static_cast<unsigned char>(text[1]) <= 0xAF;
  return symbol ? 3 : 0;
}

/// `name` without the symbols that decorate its front.
std::string_view without_symbols(std::string_view name) {
  std::string_view rest = name;
  while (const std::size_t length = symbol_length(rest)) {
    if (rest.data() == name.data() && (rest.starts_with("\uFE0F") || rest.starts_with("\u200D"))) return name;
    rest.remove_prefix(length);
  }
  return rest;
}

/// "**Name:** rest", "**Name** (4): rest", "*Name*: rest".
std::optional<LabelledText> split_bold(std::string_view line) {
  const char mark = line[0];
  const std::size_t width = std::min<std::size_t>(line.find_first_not_of(mark), 3);
  if (line.size() <= width * 2) return std::nullopt;
  const std::size_t end = line.substr(0, longest_label + 40).find(line.substr(0, width), width);
  if (end == std::string_view::npos || end == width) return std::nullopt;
  std::string_view name = trim(line.substr(width, end - width));
  std::string_view rest = line.substr(end + width);
  if (name.ends_with(':')) {
    name = trim(name.substr(0, name.size() - 1));
  } else if (!name.ends_with(wide_colon)) {  // that one stays in the name, which makes it a name in disguise
    std::string_view tail = rest.substr(std::min(rest.find_first_not_of(' '), rest.size()));
    if (tail.starts_with('(') && tail.find("):") != std::string_view::npos && tail.find("):") < longest_label)
      tail = tail.substr(tail.find("):") + 1);
    const bool known = find_label(name) != nullptr && !find_label(name)->weak;
    if (tail.starts_with(':'))
      rest = tail.substr(1);
    else if (tail.starts_with(wide_colon))
      rest = tail.substr(wide_colon.size());
    else if (known && (tail.empty() || tail.starts_with("— ") || tail.starts_with("– ") || tail.starts_with("- ")))
      rest = tail.empty() ? tail : tail.substr(tail.find(' '));
    else if (known && introduces(*find_label(name), tail))
      rest = tail;
    else
      return std::nullopt;
  }
  if (!is_label_text(name)) return std::nullopt;
  return settled({find_label(name), name, trim(rest), line, true});
}

/// "Write set - a.py".
std::optional<LabelledText> split_dashed(std::string_view line) {
  const std::string_view near = line.substr(0, longest_label + 1);
  for (const std::string_view dash : {" - ", " — ", " – "}) {
    const std::size_t at = near.find(dash);
    if (at == std::string_view::npos) continue;
    const Label* label = find_label(near.substr(0, at));
    const std::string_view rest = trim(line.substr(at + dash.size()));
    if (label != nullptr && introduces(*label, rest)) return LabelledText{label, trim(near.substr(0, at)), rest, line};
  }
  return std::nullopt;
}

}  // namespace

bool introduces(const Label& label, std::string_view rest) {
  if (label.weak) return false;
  if (is_path_set(label.kind)) return begins_with_path(rest) || says_none(rest);
  return (label.kind == depends_on || label.kind == before) && (heading_id(rest) || says_none(rest));
}

std::span<const Label> known_labels() { return labels; }

std::string normal_label(std::string_view written) {
  std::string out;
  int brackets = 0;
  written = without_symbols(trim(written));
  for (std::size_t i = 0; i < written.size(); ++i) {
    if (written.substr(i).starts_with("(s)")) {
      out += 's';
      i += 2;
    } else if (written.substr(i).starts_with("\u00A0")) {
      out += ' ';
      i += 1;
    } else if (written.substr(i).starts_with("’")) {
      i += 2;
    } else if (written[i] == '(') {
      ++brackets;
    } else if (written[i] == ')') {
      --brackets;
    } else if (brackets <= 0) {
      const char c = written[i];
      const bool space = c == ' ' || c == '\t' || c == '-' || c == '_' || c == '\n';
      if (space && !out.empty() && out.back() != ' ') out += ' ';
      if (!space && c != '*' && c != '`' && c != '\'')
        out += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    }
  }
  while (!out.empty() && std::string_view(" :.?").find(out.back()) != std::string_view::npos) out.pop_back();
  return out;
}

const Label* find_label(std::string_view written) {
  return written.size() > longest_label ? nullptr : find_by_normal_name(normal_label(written));
}

bool is_path_set(LabelKind kind) { return kind == write || kind == read || kind == do_not_touch || kind == permits; }

std::string_view to_string(LabelKind kind) {
  constexpr std::string_view names[] = {"write",        "read",      "depends_on",  "before",   "do_not_touch",
                                        "permits",      "resources", "keys",        "priority", "estimate",
                                        "status",       "branch",    "exploration", "root",     "title",
                                        "do_not_touch", "id",        "mentioned",   "unread"};
  return names[static_cast<std::size_t>(kind)];
}

std::optional<LabelledText> split_label(std::string_view line) {
  line = trim(line);
  if (line.size() < 3) return std::nullopt;
  if ((line[0] == '*' || line[0] == '_') && line[1] != ' ') return split_bold(line);
  if (auto dashed = split_dashed(line)) return dashed;
  std::size_t colon = line.substr(0, longest_label + 1).find(':');
  if (const std::size_t wide = line.substr(0, longest_label + 1).find(wide_colon); wide < colon) {
    const std::string_view name = trim(line.substr(0, wide + wide_colon.size()));
    return LabelledText{nullptr, name, trim(line.substr(wide + wide_colon.size())), line};
  }
  if (colon == std::string_view::npos || colon == 0) return std::nullopt;
  if (colon + 1 < line.size() && line[colon + 1] != ' ' && line[colon + 1] != '\t') return std::nullopt;
  const std::string_view name = trim(line.substr(0, colon));
  if (!is_label_text(name) || name.find_first_of("*.,[]{}") != std::string_view::npos) return std::nullopt;
  return settled({find_label(name), name, trim(line.substr(colon + 1)), line, false});
}

}  // namespace parsers
