#include "parsers/config.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <utility>

#include "parsers/document_fields.h"
#include "parsers/document_keys.h"

namespace parsers {
namespace {

constexpr std::array<std::string_view, 2> isolation_names{"shared", "worktree"};
constexpr std::array<std::string_view, 3> policy_names{"observe", "protect", "strict"};

/// git check-ref-format's rules, and no leading dash, which git would take for an option.
bool is_ref_name(std::string_view name) {
  if (name.empty() || name.front() == '-' || name.front() == '/' || name.back() == '/' || name.back() == '.')
    return false;
  if (name == "@" || name.size() > 1024) return false;
  for (std::string_view part : {"..", "//", "@{", "/.", ".lock/"})
    if (name.find(part) != std::string_view::npos) return false;
  if (name.front() == '.' || name.ends_with(".lock")) return false;
  return std::none_of(name.begin(), name.end(), [](char c) {
    return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F ||
           std::string_view("~^:?*[\\").find(c) != std::string_view::npos;
  });
}

bool is_plain_name(std::string_view name) {
  return !name.empty() && name.front() != '@' && name.size() <= 200 &&
         std::none_of(name.begin(), name.end(),
                      [](char c) { return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F; });
}

/// Whether a text could show the password of a database URL, perhaps cut short.
bool may_hold_password(std::string_view text) {
  const std::size_t scheme = text.find("://");
  return (scheme != std::string_view::npos && text.find_first_of("@:", scheme + 1) != std::string_view::npos) ||
         text.find("password=") != std::string_view::npos || text.find("password:") != std::string_view::npos;
}

class Reader {
 public:
  explicit Reader(const Source& source) : x_source(source) {}

  Parsed<Config> read(FileId file) {
    Parsed<Node> document = read_yaml(x_source, file);
    x_out.diagnostics = std::move(document.diagnostics);
    // An empty file, or one of comments only, configures nothing.
    if (document.value.kind != Node::Kind::null) {
      const Fields fields(document.value, "interlock.yaml", config_keys, x_out.diagnostics);
      if (fields.is_mapping()) members(fields);
    }
    for (Diagnostic& d : x_out.diagnostics) hide_password(d);
    return std::move(x_out);
  }

 private:
  void members(const Fields& fields) {
    Config& config = x_out.value;
    target(fields);
    if (const std::string word = choice(fields, "isolation", isolation_names); !word.empty())
      config.isolation = *isolation_from(word);
    if (const std::string word = choice(fields, "policy", policy_names); !word.empty())
      config.policy = *policy_from(word);
    if (const std::optional<bool> require = fields.boolean("require_order")) config.require_order = *require;
    if (const Node* node = fields.find("classes")) {
      const Fields classes(*node, "\"classes\"", class_keys, x_out.diagnostics);
      config.classes.append = paths(classes, "append");
      config.classes.regenerate = paths(classes, "regenerate");
      config.classes.companion = paths(classes, "companion");
      config.classes.barrier = paths(classes, "barrier");
    }
    pools(fields);
    areas(fields);
    config.series = paths(fields, "series");
    std::erase_if(config.series, [&](const ConfiguredPath& path) { return !accept_series(path); });
    config.removed = paths(fields, "removed");
    ledger(fields);
  }

  void target(const Fields& fields) {
    const std::optional<std::string> text = fields.text("target");
    if (!text) return;
    if (is_ref_name(*text))
      x_out.value.target = *text;
    else
      complain(fields.place("target"), fmt::format("{} cannot name a branch", quote(*text)),
               "write the name of a branch, such as main or origin/main");
  }

  void pools(const Fields& fields) {
    const Node* node = fields.find("pools");
    if (node == nullptr || !wants_mapping(fields, "pools", "pools: {gpu: 2}")) return;
    for (const auto& [name, value] : node->members) {
      if (!accept_name(name, "pool")) continue;
      Node placed{value.kind, value.kind == Node::Kind::null ? name.where : value.where, value.text, value.quoted, {},
                  {}};
      if (const std::optional<std::int64_t> capacity =
              count_of(placed, fmt::format("the pool {}", quote(name.text)), x_out.diagnostics))
        x_out.value.pools[name.text] = {*capacity, name.where};
    }
  }

  void areas(const Fields& fields) {
    const Node* node = fields.find("areas");
    if (node == nullptr || !wants_mapping(fields, "areas", "areas: {billing: [\"packages/billing/**\"]}")) return;
    std::vector<std::string_view> names;
    for (const auto& [name, ignored] : node->members) names.push_back(name.text);
    const Fields lists(*node, "\"areas\"", names, x_out.diagnostics);
    for (const auto& [name, ignored] : node->members)
      if (accept_name(name, "area")) x_out.value.areas[name.text] = paths(lists, name.text);
  }

  void ledger(const Fields& fields) {
    const std::optional<std::string> text = fields.text("ledger");
    if (!text) return;
    const bool postgres = text->starts_with("postgresql://") || text->starts_with("postgres://");
    const bool printable_text =
        std::none_of(text->begin(), text->end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
    if (text->empty() || !printable_text || (!postgres && text->find("://") != std::string::npos) ||
        text->front() == '-')
      complain(fields.place("ledger"), "\"ledger\" names no store",
               "write the path of an SQLite file, or a URL that begins with postgresql://");
    else
      x_out.value.ledger = *text;
  }

  std::vector<ConfiguredPath> paths(const Fields& fields, std::string_view key) {
    std::vector<ConfiguredPath> out;
    const std::vector<Node>* items = fields.is_mapping() ? fields.list(key) : nullptr;
    if (items == nullptr) return out;
    const std::string in = quote(key);
    for (const Node& item : *items)
      if (const std::optional<std::string> text = text_of(item, "an entry of " + in, x_out.diagnostics))
        if (accept_path(*text, item.where, in, x_out.diagnostics)) out.push_back({*text, item.where});
    return out;
  }

  bool accept_series(const ConfiguredPath& path) {
    const std::size_t first = path.text.find("{n}");
    if (first != std::string::npos && path.text.find("{n}", first + 1) == std::string::npos) return true;
    complain(path.where, fmt::format("the series {} wants {{n}} once, where its numbers are", quote(path.text)),
             "write it as db/migrations/{n}_*.sql");
    return false;
  }

  bool accept_name(const Node& name, std::string_view what) {
    if (is_plain_name(name.text)) return true;
    complain(name.where, fmt::format("{} cannot name a{} {}", quote(name.text), what == "area" ? "n" : "", what),
             "a name has no blanks and no @ in front");
    return false;
  }

  bool wants_mapping(const Fields& fields, std::string_view key, std::string_view example) {
    const Node& node = *fields.find(key);
    if (node.kind == Node::Kind::mapping) return true;
    complain(fields.place(key), fmt::format("\"{}\" wants a mapping, not {}", key, in_words(node)),
             fmt::format("write it as {}", example));
    return false;
  }

  std::string choice(const Fields& fields, std::string_view key, std::span<const std::string_view> names) {
    const std::optional<std::string> text = fields.text(key);
    if (!text || std::find(names.begin(), names.end(), *text) != names.end()) return text.value_or("");
    complain(fields.place(key), fmt::format("\"{}\" wants {}, not {}", key, alternatives(names), quote(*text)),
             suggestion(*text, names));
    return {};
  }

  /// A diagnostic is printed with its line, and that line could show the ledger's password to whoever reads a CI log.
  void hide_password(Diagnostic& d) const {
    if (may_hold_password(d.message)) d.message = "a value or a key is out of place";
    if (may_hold_password(d.remedy)) d.remedy.clear();
    if (!may_hold_password(line_text(x_source, d.where))) return;
    d.message += fmt::format(" (line {}, not shown because it may hold a password)", d.where.line);
    d.where.line = d.where.column = 0;
  }

  void complain(Location where, std::string message, std::string remedy) {
    x_out.diagnostics.push_back({Severity::error, where, std::move(message), std::move(remedy)});
  }

  const Source& x_source;
  Parsed<Config> x_out;
};

}  // namespace

std::string_view to_string(Isolation isolation) { return isolation_names[isolation == Isolation::shared ? 0 : 1]; }
std::string_view to_string(Policy policy) { return policy_names[static_cast<std::size_t>(policy)]; }

std::optional<Isolation> isolation_from(std::string_view name) {
  if (name == "shared") return Isolation::shared;
  if (name == "worktree") return Isolation::worktree;
  return std::nullopt;
}

std::optional<Policy> policy_from(std::string_view name) {
  if (name == "observe") return Policy::observe;
  if (name == "protect") return Policy::protect;
  if (name == "strict") return Policy::strict;
  return std::nullopt;
}

Parsed<Config> read_config(const Source& source, FileId file) { return Reader(source).read(file); }

}  // namespace parsers
