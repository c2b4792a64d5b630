// The block for a session's prompt: Markdown that people and interlock itself read back as the same scope.
#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "planner/report/markdown_escape.h"
#include "planner/report/report.h"
#include "planner/report/scope_words.h"

namespace planner::report {
namespace {

using parsers::Intent;

std::string entry(const Entry& e) {
  const std::string path = code(e.resource.text);
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
      parts.push_back(fmt::format("{} -> {}", code(list[i].resource.text), code(list[i + 1].resource.text)));
      ++i;
    } else {
      parts.push_back(entry(list[i]));
    }
  }
  return parts.empty() ? "none" : fmt::format("{}", fmt::join(parts, ", "));
}

std::string dependency(const Dependency& d) {
  switch (d.kind) {
    case parsers::Dependency::Kind::order:
      return escaped(d.target);
    case parsers::Dependency::Kind::commit:
      return code("commit:" + d.target);
    case parsers::Dependency::Kind::path:
      return code("path:" + d.target);
    case parsers::Dependency::Kind::external:
      break;
  }
  return code("external:" + d.target);
}

std::string used(const std::vector<ResourceUse>& list) {
  std::vector<std::string> parts;
  for (const ResourceUse& use : list)
    parts.push_back(code(use.name) + (use.mode == parsers::Mode::shared ? " (shared)" : ""));
  return fmt::format("{}", fmt::join(parts, ", "));
}

class ScopeBlock {
 public:
  explicit ScopeBlock(const ScopeAnswer& answer) : answer_(answer), order_(answer.orders.list[answer.order.index()]) {}

  std::string print() {
    out_ = "# " + escaped(order_.id);
    if (!order_.title.empty() && order_.title != order_.id) out_ += ": " + escaped(order_.title);
    out_ += "\n\n";
    if (!answer_.changed_since_plan.empty()) changed();
    scope();
    start();
    if (answer_.owned.empty() && answer_.owned_more == 0) return rules(), out_;
    others();
    rules();
    return out_;
  }

 private:
  void label(std::string_view name, const std::string& value) { out_ += fmt::format("**{}:** {}\n", name, value); }

  void changed() {
    out_ += "The plan was approved for other inputs; since then this has changed:\n\n";
    for (const std::string& line : answer_.changed_since_plan) out_ += "- " + escaped(line) + "\n";
    out_ += "\n";
  }

  void scope() {
    out_ += "## Session Scope\n\n";
    if (order_.write) label("Write set", entries(*order_.write));
    if (order_.read) label("Read set", entries(*order_.read));
    std::vector<std::string> needs;
    for (const Dependency& d : order_.depends_on) needs.push_back(dependency(d));
    label("Dependencies", needs.empty() ? "none" : fmt::format("{}", fmt::join(needs, ", ")));
    std::vector<std::string> later;
    for (const Dependency& d : order_.before) later.push_back(dependency(d));
    if (!later.empty()) label("Blocks", fmt::format("{}", fmt::join(later, ", ")));
    if (!order_.permits.empty()) label("May write", entries(order_.permits));
    if (!order_.resources.empty()) label("Resources", used(order_.resources));
    if (!order_.keys.empty()) label("Keys", used(order_.keys));
    std::vector<std::string> hands_off;
    for (const Entry& e : order_.do_not_touch) hands_off.push_back(code(e.resource.text));
    for (const ScopeAnswer::Owned& owned : answer_.owned) hands_off.push_back(code(owned.entry));
    if (order_.closed) hands_off.push_back("any file not listed above");
    if (!hands_off.empty()) label("Do NOT touch", fmt::format("{}", fmt::join(hands_off, ", ")));
    if (!order_.write) out_ += "\nNo write set is declared for this order. Ask for one before you change anything.\n";
    out_ += "\n";
  }

  void start() {
    out_ += "## Start\n\n";
    for (const Reasoned& wait : answer_.waits_for)
      out_ +=
          fmt::format("- Wait for {}: {}\n", escaped(answer_.orders.list[wait.order.index()].id), escaped(wait.reason));
    if (!answer_.waits_for.empty()) out_ += "\n";
    if (!answer_.base.empty())
      out_ += fmt::format("Start from {}, in a work tree of your own:\n\n", code(answer_.base));
    const std::vector<std::string> commands = start_commands(answer_);
    if (!commands.empty()) out_ += code_block("sh", fmt::format("{}", fmt::join(commands, "\n"))) + "\n";
    out_ += "End every commit message with the trailer:\n\n" + code_block("", trailer(answer_)) + "\n";
  }

  void others() {
    out_ += "## Others at the same time\n\nThese belong to sessions that may run beside yours:\n\n";
    for (const ScopeAnswer::Owned& owned : answer_.owned)
      out_ += fmt::format("- {} of {}\n", code(owned.entry), escaped(owned.owner));
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
  const Order& order_;
  std::string out_;
};

}  // namespace

std::string text(const ScopeAnswer& answer) { return ScopeBlock(answer).print(); }

std::string markdown(const ScopeAnswer& answer) { return ScopeBlock(answer).print(); }

}  // namespace planner::report
