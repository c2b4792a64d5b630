// The block for a session's prompt: Markdown that people and interlock itself read back as the same scope.
#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "parsers/markdown_ids.h"
#include "planner/report/markdown_escape.h"
#include "planner/report/report.h"
#include "planner/report/scope_words.h"
#include "planner/report/words.h"

namespace planner::report {
namespace {

using parsers::Intent;

/// A bare name could stand for a file of that name anywhere: `./` says that it is at the top.
std::string path_of(const std::string& text) {
  return code(text.find('/') == std::string::npos || text.find("::") < text.find('/') ? "./" + text : text);
}

std::string entry(const Entry& e) {
  const std::string path = path_of(e.resource.text);
  switch (e.intent) {
    case Intent::create:
      return path + " (new)";
    case Intent::remove:
      return path + " (delete)";
    case Intent::append:
      return path + " (append)";
    case Intent::modify:
    case Intent::rename:
      break;
  }
  return path;
}

/// "`a`, `b` (new), `c` -> `d`", or "none". A rename and the file it makes stand side by side.
std::string entries(const std::vector<Entry>& list) {
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const bool pair = list[i].intent == Intent::rename && i + 1 < list.size() && list[i + 1].intent == Intent::create &&
                      list[i + 1].where == list[i].where;
    if (pair) {
      parts.push_back(fmt::format("{} -> {}", path_of(list[i].resource.text), path_of(list[i + 1].resource.text)));
      ++i;
    } else {
      parts.push_back(entry(list[i]));
    }
  }
  return parts.empty() ? "none" : fmt::format("{}", fmt::join(parts, ", "));
}

/// Orders first and the rest as a sentence of its own, which is how the reader tells them apart.
std::string dependencies(const std::vector<Dependency>& list) {
  std::vector<std::string> orders, others;
  for (const Dependency& d : list) {
    switch (d.kind) {
      case parsers::Dependency::Kind::order:
        orders.push_back(escaped(d.target));
        break;
      case parsers::Dependency::Kind::commit:
        others.push_back(code("commit:" + d.target));
        break;
      case parsers::Dependency::Kind::path:
        others.push_back(code("path:" + d.target));
        break;
      case parsers::Dependency::Kind::external:
        others.push_back(code("external:" + d.target));
        break;
    }
  }
  if (orders.empty() && others.empty()) return "none";
  return fmt::format("{}{}{}", fmt::join(orders, ", "), orders.empty() || others.empty() ? "" : "; ",
                     fmt::join(others, ", "));
}

std::string used(const std::vector<ResourceUse>& list) {
  std::vector<std::string> parts;
  for (const ResourceUse& use : list)
    parts.push_back(code(use.name) + (use.mode == parsers::Mode::shared ? " (shared)" : ""));
  return fmt::format("{}", fmt::join(parts, ", "));
}

class ScopeBlock {
 public:
  ScopeBlock(const ScopeAnswer& answer, bool comment)
      : answer_(answer), comment_(comment), order_(answer.orders.list[answer.order.index()]) {}

  std::string print() {
    front_matter();
    out_ += "# " + escaped(order_.id);
    if (!order_.title.empty() && order_.title != order_.id) out_ += ": " + escaped(order_.title);
    out_ += "\n\n";
    if (!answer_.changed_since_plan.empty()) changed();
    scope();
    start();
    if (!answer_.owned.empty() || answer_.owned_more > 0) others();
    rules();
    return without_cell_escapes(std::move(out_));
  }

 private:
  /// There is no table in here, and inside a code span a backslash before a bar would belong to the path.
  static std::string without_cell_escapes(std::string text) {
    for (std::size_t at = text.find("\\|"); at != std::string::npos; at = text.find("\\|", at)) text.erase(at, 1);
    return text;
  }

  /// Ids that a reader of headings would not take for one are said once more where any word is an id.
  void front_matter() {
    if (comment_) return;
    std::vector<std::string> needs;
    for (const Dependency& d : order_.depends_on)
      if (d.kind == parsers::Dependency::Kind::order && !parsers::is_order_id(d.target)) needs.push_back(d.target);
    if (parsers::is_order_id(order_.id) && needs.empty()) return;
    out_ = fmt::format("---\nid: {}\n", parsers::printable(order_.id));
    if (!needs.empty()) out_ += parsers::printable(fmt::format("depends_on: [{}]", fmt::join(needs, ", "))) + "\n";
    out_ += "---\n";
  }

  void label(std::string_view name, const std::string& value) { out_ += fmt::format("**{}:** {}\n", name, value); }

  void changed() {
    out_ += "The plan was approved for other inputs; since then this has changed:\n\n";
    for (const std::string& line : answer_.changed_since_plan) out_ += "- " + escaped(line) + "\n";
    out_ += "\n";
  }

  void scope() {
    out_ += "## Session Scope\n\n";
    label("Write set", order_.write ? entries(*order_.write) : "unknown");
    if (order_.read) label("Read set", entries(*order_.read));
    label("Dependencies", dependencies(order_.depends_on));
    if (!order_.before.empty()) label("Blocks", dependencies(order_.before));
    if (!order_.permits.empty()) label("May write", entries(order_.permits));
    if (!order_.resources.empty()) label("Resources", used(order_.resources));
    if (!order_.keys.empty()) label("Keys", used(order_.keys));
    std::vector<std::string> hands_off;
    const auto add = [&](const std::string& path) {
      std::string item = path_of(path);
      if (std::find(hands_off.begin(), hands_off.end(), item) == hands_off.end()) hands_off.push_back(std::move(item));
    };
    for (const Entry& e : order_.do_not_touch) add(e.resource.text);
    for (const ScopeAnswer::Owned& owned : answer_.owned) add(owned.entry);
    if (order_.closed) hands_off.push_back("any file not listed above");
    if (!hands_off.empty()) label("Do NOT touch", fmt::format("{}", fmt::join(hands_off, ", ")));
    if (!order_.write)
      out_ += order_.proposed.empty()
                  ? "\nNo write set is declared for this order. Ask for one before you change anything.\n"
                  : "\nThe write set of this order is only proposed. Have it accepted before you change anything.\n";
    out_ += "\n";
  }

  void start() {
    out_ += "## Start\n\n";
    if (!answer_.not_now.empty()) out_ += fmt::format("**Do not start now:** {}\n\n", escaped(answer_.not_now));
    for (const Reasoned& wait : answer_.waits_for)
      out_ += fmt::format("- Wait for {}: {}\n", escaped(answer_.orders.list[wait.order.index()].id), reason(wait));
    for (const std::string& path : answer_.read_again)
      out_ += fmt::format("- Then read {} again: it will have changed\n", code(path));
    if (!answer_.waits_for.empty()) out_ += "\n";
    if (!answer_.base.empty())
      out_ += fmt::format("Start from {}, in a work tree of your own:\n\n", code(answer_.base));
    const std::vector<std::string> commands = start_commands(answer_);
    if (!commands.empty()) out_ += code_block("sh", fmt::format("{}", fmt::join(commands, "\n"))) + "\n";
    out_ += "End every commit message with the trailer:\n\n" + code_block("", trailer(answer_)) + "\n";
  }

  std::string reason(const Reasoned& wait) const {
    const auto names = [](const std::vector<Dependency>& list, OrderId id) {
      return std::any_of(list.begin(), list.end(), [&](const Dependency& d) {
        return d.kind == parsers::Dependency::Kind::order && d.order == id;
      });
    };
    const Order& other = answer_.orders.list[wait.order.index()];
    if (wait.reason.starts_with("dependency on ")) {
      if (names(order_.depends_on, wait.order)) return "this order depends on it";
      if (names(other.before, answer_.order)) return "it is to be done before this order";
    }
    return escaped(wait.reason);
  }

  void others() {
    out_ += "## Others at the same time\n\nThese belong to sessions that may run beside yours:\n\n";
    for (const ScopeAnswer::Owned& owned : answer_.owned)
      out_ += fmt::format("- {} of {}\n", code(owned.entry), escaped(listed(owned.owners)));
    if (answer_.owned_more > 0) out_ += fmt::format("- and {} more\n", answer_.owned_more);
    out_ += "\n";
  }

  void rules() {
    out_ +=
        "## When you need another file\n\n"
        "Stop and say so, if it belongs to somebody else or is not to be touched. Any other file may be added; say why "
        "in\n"
        "the commit message:\n\n";
    out_ += code_block("", "Scope-Add: path/of/the/file -- the reason");
  }

  const ScopeAnswer& answer_;
  bool comment_;  ///< for a web page: never read back
  const Order& order_;
  std::string out_;
};

}  // namespace

std::string text(const ScopeAnswer& answer) { return ScopeBlock(answer, false).print(); }

std::string markdown(const ScopeAnswer& answer) { return ScopeBlock(answer, true).print(); }

}  // namespace planner::report
