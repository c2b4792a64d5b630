#include "parsers/shell_word.h"

#include <algorithm>
#include <optional>

namespace parsers {
namespace {

constexpr std::size_t most_braces = 64;

/// A word while it grows: every byte with whether it stood in quotes, because only bare ones are special.
struct Growing {
  std::string text;
  std::string quoted;  // 'q' or '.' by byte of text
  bool known = true;

  void add(char c, bool in_quotes) {
    text += c;
    quoted += in_quotes ? 'q' : '.';
  }
  void add(std::string_view more, bool in_quotes) {
    text += more;
    quoted.append(more.size(), in_quotes ? 'q' : '.');
  }
  bool bare(std::size_t at, std::string_view set) const {
    return quoted[at] == '.' && set.find(text[at]) != std::string_view::npos;
  }
  Growing part(std::size_t from, std::size_t to) const {
    return {text.substr(from, to - from), quoted.substr(from, to - from), known};
  }
};

void add_bare(Growing& out, std::string_view raw) {
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] != '\\' || i + 1 == raw.size()) {
      out.add(raw[i], false);
    } else if (raw[++i] != '\n') {
      out.add(raw[i], true);
    }
  }
}

void add_double_quoted(Growing& out, std::string_view raw) {
  constexpr std::string_view escapable = "$`\"\\";
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] == '$' || raw[i] == '`') out.known = false;
    if (raw[i] == '\\' && i + 1 < raw.size() && raw[i + 1] == '\n') {
      ++i;
    } else if (raw[i] == '\\' && i + 1 < raw.size() && escapable.find(raw[i + 1]) != std::string_view::npos) {
      out.add(raw[++i], true);
    } else {
      out.add(raw[i], true);
    }
  }
}

/// $'...': the escapes that stand for one byte; others leave the word unknown.
void add_ansi_c(Growing& out, std::string_view raw) {
  constexpr std::string_view letters = "\\'\"?abefnrtv";
  constexpr std::string_view values = "\\'\"?\a\b\x1b\f\n\r\t\v";
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] != '\\' || i + 1 == raw.size()) {
      out.add(raw[i], true);
      continue;
    }
    const std::size_t letter = letters.find(raw[++i]);
    if (letter == std::string_view::npos) out.known = false;
    out.add(letter == std::string_view::npos ? raw[i] : values[letter], true);
  }
}

std::string_view inside(std::string_view raw, std::size_t before) {
  return raw.size() > before ? raw.substr(before, raw.size() - before - 1) : std::string_view();
}

bool is_home(std::string_view raw) { return raw == "$HOME" || raw == "${HOME}"; }

void add_node(Growing& out, TSNode node, std::string_view text, std::string_view home, int depth);

/// The children of a node and the bytes between them.
void add_children(Growing& out, TSNode node, std::string_view text, std::string_view home, int depth) {
  std::uint32_t at = ts_node_start_byte(node);
  const std::uint32_t count = ts_node_child_count(node);
  for (std::uint32_t i = 0; i < count; ++i) {
    const TSNode child = ts_node_child(node, i);
    add_bare(out, text.substr(at, ts_node_start_byte(child) - at));
    add_node(out, child, text, home, depth + 1);
    at = ts_node_end_byte(child);
  }
  add_bare(out, text.substr(at, ts_node_end_byte(node) - at));
}

void add_string(Growing& out, TSNode node, std::string_view text, std::string_view home) {
  std::string_view raw = inside(text_of(node, text), 1);
  // "$HOME/..." is the one expansion whose value is known.
  for (const std::string_view name : {std::string_view("${HOME}"), std::string_view("$HOME")})
    if (!home.empty() && raw.starts_with(name) && (raw.size() == name.size() || raw[name.size()] == '/')) {
      out.add(home, true);
      raw.remove_prefix(name.size());
      break;
    }
  add_double_quoted(out, raw);
}

void add_node(Growing& out, TSNode node, std::string_view text, std::string_view home, int depth) {
  const std::string_view type = type_of(node);
  const std::string_view raw = text_of(node, text);
  if (type == "raw_string") {
    out.add(inside(raw, 1), true);
  } else if (type == "ansi_c_string") {
    add_ansi_c(out, inside(raw, 2));
  } else if (type == "string") {
    add_string(out, node, text, home);
  } else if ((type == "concatenation" || type == "command_name") && depth < 8) {
    add_children(out, node, text, home, depth);
  } else if ((type == "simple_expansion" || type == "expansion") && is_home(raw) && !home.empty()) {
    out.add(home, true);
  } else if (type == "word" || type == "number" || type == "variable_name" || !ts_node_is_named(node)) {
    if (raw.find_first_of("$`") != std::string_view::npos && raw.find('\\') == std::string_view::npos) {
      out.known = false;  // the grammar leaves some expansions inside words
    }
    add_bare(out, raw);
  } else {
    out.known = false;
    out.add(raw, true);
  }
}

/// The first bare {a,b} of a word; nullopt: none.
struct Braces {
  std::size_t open;
  std::size_t close;
  std::vector<std::size_t> commas;
};
std::optional<Braces> find_braces(const Growing& word) {
  for (std::size_t open = 0; open < word.text.size(); ++open) {
    if (!word.bare(open, "{")) continue;
    Braces found{open, 0, {}};
    int depth = 0;
    for (std::size_t i = open + 1; i < word.text.size(); ++i) {
      if (word.bare(i, "{")) ++depth;
      if (word.bare(i, ",") && depth == 0) found.commas.push_back(i);
      if (!word.bare(i, "}")) continue;
      if (depth-- > 0) continue;
      found.close = i;
      break;
    }
    if (found.close != 0 && !found.commas.empty()) return found;
  }
  return std::nullopt;
}

void expand(Growing word, std::vector<Growing>& out) {
  const std::optional<Braces> braces = out.size() < most_braces ? find_braces(word) : std::nullopt;
  if (!braces) {
    // A range like {1..9}, or more than is worth the effort.
    if (out.size() >= most_braces) word.known = false;
    const std::size_t dots = word.text.find("..");
    if (dots != std::string::npos && word.text.rfind('{', dots) != std::string::npos &&
        word.bare(word.text.rfind('{', dots), "{"))
      word.known = false;
    out.push_back(std::move(word));
    return;
  }
  std::size_t from = braces->open + 1;
  std::vector<std::size_t> ends = braces->commas;
  ends.push_back(braces->close);
  for (const std::size_t end : ends) {
    if (out.size() >= most_braces) return;
    Growing one = word.part(0, braces->open);
    for (const Growing& more : {word.part(from, end), word.part(braces->close + 1, word.text.size())}) {
      one.text += more.text;
      one.quoted += more.quoted;
    }
    from = end + 1;
    expand(std::move(one), out);
  }
}

}  // namespace

std::vector<ShellWord> words_of(TSNode node, std::string_view text, std::string_view home) {
  Growing grown;
  add_node(grown, node, text, home, 0);
  std::vector<Growing> expanded;
  expand(std::move(grown), expanded);
  std::vector<ShellWord> out;
  for (Growing& word : expanded) {
    ShellWord one{std::move(word.text), word.known, false};
    for (std::size_t i = 0; i < one.text.size(); ++i)
      one.pattern =
          one.pattern || (word.quoted[i] == '.' && std::string_view("*?[").find(one.text[i]) != std::string_view::npos);
    if (!one.text.empty() && one.text[0] == '~' && word.quoted[0] == '.') {
      if (!home.empty() && (one.text.size() == 1 || one.text[1] == '/'))
        one.text.replace(0, 1, home);
      else
        one.known = false;
    }
    if (!one.known) {
      one.text = std::string(text_of(node, text));
      one.pattern = false;
    }
    out.push_back(std::move(one));
  }
  return out;
}

ShellWord quoted_text(std::string_view raw) {
  Growing grown;
  add_double_quoted(grown, raw);
  return {std::move(grown.text), grown.known, false};
}

}  // namespace parsers
