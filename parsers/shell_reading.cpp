#include "parsers/shell_reading.h"

#include <algorithm>

#include "parsers/shell_command.h"

namespace parsers {
namespace {

using Kind = ShellAction::Kind;

constexpr int deepest_script = 8;
constexpr int deepest_tree = 200;
constexpr std::uint32_t most_effort = 20'000;  // about 150 ms; a line of a session takes one or two units
constexpr std::size_t most_actions = 500;

/// Where the commands run; copied for what runs in a subshell.
struct Place {
  std::optional<std::string> directory = "";
  bool piped = false;
};

/// Walks the tree of one script in the order in which a shell would run it.
class ScriptWalk {
 public:
  ScriptWalk(std::string_view text, std::string_view home, ShellReading& reading, int depth)
      : x_text(text),
        x_home(home),
        x_depth(depth),
        x_sink{reading, [this](std::string_view script, const ShellCommand& from) { read_script(script, from); }} {}

  void read(Place& place) {
    if (x_depth > deepest_script) return x_sink.unread("scripts inside scripts, more than 8 deep");
    if (x_text.size() > most_shell_bytes) return x_sink.unread("a command of more than 64 KiB");
    const CodeTree tree = parse_code(tree_sitter_bash(), x_text, most_effort);
    if (!tree) return x_sink.unread("a command that takes too long to read");
    visit(ts_tree_root_node(tree.get()), place, 0);
  }

 private:
  std::string piece(TSNode node) const { return std::string(text_of(node, x_text).substr(0, 80)); }

  void read_script(std::string_view script, const ShellCommand& from) {
    Place inside{from.directory, false};
    ScriptWalk(script, x_home, x_sink.reading, x_depth + 1).read(inside);
  }

  void visit_children(TSNode node, Place& place, int depth) {
    const std::uint32_t count = ts_node_child_count(node);
    TSTreeCursor cursor = ts_tree_cursor_new(node);
    bool more = count > 0 && ts_tree_cursor_goto_first_child(&cursor);
    for (; more; more = ts_tree_cursor_goto_next_sibling(&cursor))
      visit(ts_tree_cursor_current_node(&cursor), place, depth);
    ts_tree_cursor_delete(&cursor);
  }

  void visit(TSNode node, Place& place, int depth) {
    if (depth > deepest_tree) return x_sink.unread("a command that is nested too deeply");
    if (x_sink.reading.actions.size() >= most_actions) return x_sink.unread("more than 500 things that one line does");
    if (ts_node_is_error(node) || ts_node_is_missing(node)) x_sink.unread("near \"" + piece(node) + "\"");
    const std::string_view type = type_of(node);
    if (type == "command") return command(node, place, depth);
    if (type == "redirected_statement") return redirected(node, place, depth);
    if (type == "pipeline") return pipeline(node, place, depth);
    if (type == "subshell" || type == "command_substitution" || type == "process_substitution") {
      Place inside = place;
      return visit_children(node, inside, depth + 1);
    }
    if (type == "comment" || type == "heredoc_start" || type == "heredoc_end" || type == "word" || type == "raw_string")
      return;
    const bool maybe = type == "if_statement" || type == "while_statement" || type == "for_statement" ||
                       type == "case_statement" || type == "c_style_for_statement" || type == "function_definition";
    const std::optional<std::string> before = place.directory;
    visit_children(node, place, depth + 1);
    // Whether the body ran is not known, and so is where we are when it moved.
    if (maybe && place.directory != before) place.directory = std::nullopt;
  }

  void pipeline(TSNode node, const Place& place, int depth) {
    bool first = true;
    for_each_named_child(node, [&](TSNode part) {
      Place inside = place;
      inside.piped = !first || place.piped;
      first = false;
      visit(part, inside, depth + 1);
    });
  }

  /// The body runs where its redirections are opened, unless it is a list: then they belong to its last command.
  void redirected(TSNode node, Place& place, int depth) {
    std::optional<std::string> input;
    for_each_named_child(node, [&](TSNode child) {
      if (type_of(child) == "heredoc_redirect") input = here_document(child);
      if (type_of(child) == "herestring_redirect") input = here_string(child);
    });
    x_input = std::move(input);
    for_each_named_child(node, [&](TSNode child) {
      if (!type_of(child).ends_with("_redirect")) visit(child, place, depth + 1);
    });
    x_input.reset();
    for_each_named_child(node, [&](TSNode child) {
      if (type_of(child).ends_with("_redirect")) redirect(child, node, place, depth);
    });
  }

  std::optional<std::string> here_document(TSNode node) const {
    const auto body = child_of_type(node, "heredoc_body");
    return body ? std::optional(std::string(text_of(*body, x_text))) : std::nullopt;
  }

  std::optional<std::string> here_string(TSNode node) const {
    if (ts_node_named_child_count(node) == 0) return std::nullopt;
    const auto words = words_of(ts_node_named_child(node, ts_node_named_child_count(node) - 1), x_text, x_home);
    return words.size() == 1 && words[0].known ? std::optional(words[0].text) : std::nullopt;
  }

  void redirect(TSNode node, TSNode statement, Place& place, int depth) {
    if (type_of(node) == "heredoc_redirect" || type_of(node) == "herestring_redirect") {
      // Redirections and pipelines may stand inside, behind the word that ends the document.
      const std::uint32_t count = ts_node_named_child_count(node);
      for (std::uint32_t i = 0; i < count; ++i) {
        const TSNode child = ts_node_named_child(node, i);
        if (type_of(child) == "file_redirect")
          redirect(child, statement, place, depth);
        else
          visit(child, place, depth + 1);
      }
      return;
    }
    std::string sign;
    const std::uint32_t count = ts_node_child_count(node);
    for (std::uint32_t i = 0; i < count; ++i) {
      const TSNode child = ts_node_child(node, i);
      if (ts_node_is_error(child)) sign += text_of(child, x_text);
      if (!ts_node_is_named(child)) sign += text_of(child, x_text);
    }
    visit_children(node, place, depth + 1);  // substitutions in the name
    if (sign.find('>') == std::string::npos) return;
    const auto destination = child_in(node, "destination");
    if (!destination) return;
    ShellCommand command;
    command.text = std::string(text_of(statement, x_text));
    if (const std::size_t line = command.text.find('\n'); line != std::string::npos) command.text.resize(line);
    command.directory = place.directory;
    const std::vector<ShellWord> words = words_of(*destination, x_text, x_home);
    const bool descriptor =
        sign.ends_with('&') && words.size() == 1 && words[0].text.find_first_not_of("0123456789-") == std::string::npos;
    if (!descriptor) x_sink.act(Kind::write, command, words);
  }

  void command(TSNode node, Place& place, int depth) {
    ShellCommand command;
    command.text = std::string(text_of(node, x_text));
    if (const std::size_t line = command.text.find('\n'); line != std::string::npos) command.text.resize(line);
    command.directory = place.directory;
    command.piped = place.piped;
    command.input = x_input;
    std::vector<TSNode> redirects;
    const std::uint32_t count = ts_node_child_count(node);
    TSTreeCursor cursor = ts_tree_cursor_new(node);
    bool more = count > 0 && ts_tree_cursor_goto_first_child(&cursor);
    for (; more; more = ts_tree_cursor_goto_next_sibling(&cursor)) {
      const TSNode child = ts_tree_cursor_current_node(&cursor);
      const std::string_view type = type_of(child);
      if (type.ends_with("_redirect")) {
        redirects.push_back(child);
        if (type == "herestring_redirect") command.input = here_string(child);
        if (type == "heredoc_redirect") command.input = here_document(child);
      } else if (type == "variable_assignment") {
        const std::string_view raw = text_of(child, x_text);
        if (raw.starts_with("GIT_DIR=")) command.git_dir = std::string(raw.substr(8));
        visit_children(child, place, depth + 1);
      } else if (ts_node_is_error(child)) {
        x_sink.unread("near \"" + piece(child) + "\"");
        visit_children(child, place, depth + 1);
      } else if (ts_node_is_named(child)) {
        visit(child, place, depth + 1);  // substitutions run first
        for (ShellWord& word : words_of(child, x_text, x_home)) command.words.push_back(std::move(word));
      }
    }
    ts_tree_cursor_delete(&cursor);
    for (const TSNode child : redirects) redirect(child, node, place, depth);
    run(std::move(command), place);
  }

  void run(ShellCommand command, Place& place) {
    if (command.words.empty() || (command.words.size() == 1 && command.words[0].text.empty())) return;
    const std::string& program = command.words[0].text;
    if (program == "cd" || program == "pushd" || program == "popd") return change_directory(command, place);
    if (program == "apply_patch" || program == "applypatch") return patch(command);
    const auto inner = unwrapped(std::move(command), x_sink);
    if (!inner) return;
    if (!read_git_command(*inner, x_sink)) read_writing_command(*inner, x_sink);
  }

  void patch(const ShellCommand& command) {
    if (command.input)
      x_sink.reading.patches.push_back({*command.input, command.directory});
    else if (command.words.size() == 2 && command.words[1].known)
      x_sink.reading.patches.push_back({command.words[1].text, command.directory});
    else
      x_sink.unread("the patch in \"" + command.text.substr(0, 120) + "\"");
  }

  void change_directory(const ShellCommand& command, Place& place) const {
    std::size_t at = 1;
    while (at < command.words.size() &&
           (command.words[at].text == "-P" || command.words[at].text == "-L" || command.words[at].text == "--"))
      ++at;
    if (at >= command.words.size()) {
      place.directory =
          command.words[0].text == "cd" && !x_home.empty() ? std::optional(std::string(x_home)) : std::nullopt;
      return;
    }
    const ShellWord& to = command.words[at];
    if (!to.known || to.pattern || to.text.starts_with('-') || to.text.starts_with('+'))
      place.directory = std::nullopt;
    else if (to.text.starts_with('/'))
      place.directory = to.text;
    else if (place.directory)
      place.directory = joined_path(*place.directory, to.text);
  }

  std::string_view x_text;
  std::string_view x_home;
  int x_depth;
  ShellSink x_sink;
  std::optional<std::string> x_input;  // of the statement that is being visited
};

}  // namespace

ShellReading read_shell(std::string_view text, std::string_view home) {
  ShellReading reading;
  Place place;
  ScriptWalk(text, home, reading, 0).read(place);
  return reading;
}

}  // namespace parsers
