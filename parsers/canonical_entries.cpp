#include "parsers/canonical_entries.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <optional>
#include <utility>

#include "parsers/document_keys.h"

namespace parsers {
namespace {

struct Prefix {
  std::string_view text;
  Dependency::Kind kind;
};
constexpr std::array<Prefix, 3> prefixes{{{"commit:", Dependency::Kind::commit},
                                          {"path:", Dependency::Kind::path},
                                          {"external:", Dependency::Kind::external}}};

constexpr std::array<std::string_view, 5> intent_names{"modify", "create", "delete", "rename", "append"};
constexpr std::array<std::string_view, 2> mode_names{"exclusive", "shared"};

const Prefix* prefix_of(std::string_view text) {
  for (const Prefix& prefix : prefixes)
    if (text.substr(0, prefix.text.size()) == prefix.text) return &prefix;
  return nullptr;
}

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

bool is_commit(std::string_view text) {
  return text.size() >= 4 && text.size() <= 64 &&
         text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

}  // namespace

bool accept_id(const std::string& id, Location where, std::vector<Diagnostic>& diagnostics) {
  const auto refuse = [&](std::string message, std::string remedy) {
    diagnostics.push_back({Severity::error, where, std::move(message), std::move(remedy)});
    return false;
  };
  if (id.empty()) return refuse("an empty id", "give the order a name, such as WO-1");
  if (id.size() > 200)
    return refuse(fmt::format("an id of {} bytes, more than the limit of 200", id.size()), "shorten it");
  if (has_control(id))
    return refuse(fmt::format("a control character in the id {}", quote(id)), "write it on one line");
  if (id.front() == ' ' || id.back() == ' ')
    return refuse(fmt::format("a blank at the start or end of the id {}", quote(id)), "remove it");
  if (id == "*") return refuse("\"*\" means every order and cannot be an id", "choose another");
  if (const Prefix* prefix = prefix_of(id))
    return refuse(fmt::format("the id {} begins with {}, which names no order", quote(id), prefix->text),
                  "choose another; nothing could depend on it");
  return true;
}

bool EntryReader::complain(Location where, std::string message, std::string remedy) {
  x_diagnostics.push_back({Severity::error, where, std::move(message), std::move(remedy)});
  return false;
}

void EntryReader::note(Location where, std::string_view key, std::string text) {
  x_readings.push_back({where, x_order, std::string(key), std::move(text)});
}

std::vector<ScopeEntry> EntryReader::scope(const std::vector<Node>& items, std::string_view key) {
  std::vector<ScopeEntry> entries;
  for (const Node& item : items) {
    ScopeEntry entry;
    if (!scope_entry(item, key, entry)) continue;
    note(entry.where, key, entry.text);
    entries.push_back(std::move(entry));
  }
  return entries;
}

bool EntryReader::scope_entry(const Node& item, std::string_view key, ScopeEntry& entry) {
  const std::string in = fmt::format("\"{}\"", key);
  entry.where = item.where;
  if (item.kind != Node::Kind::mapping) {
    std::optional<std::string> text = text_of(item, "an entry of " + in, x_diagnostics);
    if (!text) return false;
    entry.text = *std::move(text);
    return accept_path(entry.text, item.where, in, x_diagnostics);
  }
  const Fields fields(item, fmt::format("an entry of {}", in), entry_keys, x_diagnostics);
  if (fields.find("path") == nullptr)
    return complain(item.where, fmt::format("an entry of {} without a path", in), "write it as {path: FILE, ...}");
  std::optional<std::string> path = fields.text("path");
  if (!path) return false;
  entry.text = *std::move(path);
  entry.where = fields.place("path");
  if (!accept_path(entry.text, entry.where, in, x_diagnostics)) return false;
  if (!intent(fields, key, entry)) return false;
  if (const std::optional<bool> tolerates = fields.boolean("tolerates_writes")) entry.tolerates_writes = *tolerates;
  if (fields.find("tolerates_writes") != nullptr && key != "read")
    return complain(fields.place("tolerates_writes"), fmt::format("\"tolerates_writes\" in {}", in),
                    "only an entry of \"read\" can tolerate writes");
  return true;
}

/// Reads intent, to and after, which belong together.
bool EntryReader::intent(const Fields& fields, std::string_view key, ScopeEntry& entry) {
  if (key != "write") {
    for (std::string_view only : {"intent", "to", "after"})
      if (fields.find(only) != nullptr)
        return complain(fields.place(only), fmt::format("\"{}\" in \"{}\"", only, key),
                        "only an entry of \"write\" has one");
    return true;
  }
  if (const std::optional<std::string> word = fields.text("intent")) {
    const std::optional<Intent> known = intent_from(*word);
    if (!known)
      return complain(fields.place("intent"), fmt::format("unknown intent {}", quote(*word)),
                      fmt::format("an intent is {}", alternatives(intent_names)));
    entry.intent = *known;
    entry.intent_declared = true;
  } else if (fields.find("intent") != nullptr) {
    return false;
  }
  const bool renames = entry.intent == Intent::rename;
  if (renames && fields.find("to") == nullptr)
    return complain(entry.where, "a rename without its target", "add \"to: NEW-PATH\"");
  if (!renames && fields.find("to") != nullptr)
    return complain(fields.place("to"), "\"to\" without \"intent: rename\"", "only a rename has a target");
  if (entry.intent != Intent::create && fields.find("after") != nullptr)
    return complain(fields.place("after"), "\"after\" without \"intent: create\"",
                    "it says behind which symbol a new symbol goes");
  if (renames) {
    entry.to = fields.text("to").value_or("");
    if (fields.find("to")->kind != Node::Kind::scalar ||
        !accept_path(entry.to, fields.place("to"), "\"to\"", x_diagnostics))
      return false;
  }
  if (fields.find("after") != nullptr) {
    const std::optional<std::string> after = fields.text("after");
    if (!after) return false;
    if (after->empty() || has_control(*after))
      return complain(fields.place("after"), "\"after\" names no symbol", "write it as Class.method");
    entry.after = *after;
  }
  return true;
}

std::vector<Dependency> EntryReader::dependencies(const std::vector<Node>& items, std::string_view key) {
  std::vector<Dependency> out;
  for (const Node& item : items) {
    const std::optional<std::string> text = text_of(item, fmt::format("an entry of \"{}\"", key), x_diagnostics);
    Dependency found;
    found.where = item.where;
    if (!text || !dependency(*text, key, found)) continue;
    note(item.where, key, *text);
    out.push_back(std::move(found));
  }
  return out;
}

bool EntryReader::dependency(const std::string& text, std::string_view key, Dependency& found) {
  const Prefix* prefix = prefix_of(text);
  if (prefix != nullptr && key == "before")
    return complain(found.where, fmt::format("\"before\" wants ids of orders, not {}", quote(text)),
                    "only an order can come after this one");
  found.target = text;
  if (prefix == nullptr) {
    if (!accept_id(text, found.where, x_diagnostics)) return false;
    if (text == x_order)
      return complain(found.where,
                      fmt::format("{} {} itself", quote(text), key == "before" ? "comes before" : "depends on"),
                      "remove the entry");
    return true;
  }
  found.kind = prefix->kind;
  found.target = text.substr(prefix->text.size());
  if (found.kind == Dependency::Kind::commit && !is_commit(found.target))
    return complain(found.where, fmt::format("{} is no commit id", quote(found.target)),
                    "write 4 to 64 hexadecimal digits");
  if (found.kind == Dependency::Kind::path)
    return accept_path(found.target, found.where, "\"depends_on\"", x_diagnostics);
  if (found.kind == Dependency::Kind::external && (found.target.empty() || has_control(found.target)))
    return complain(found.where, "\"external:\" names nothing", "write what is waited for, as in external:OPS-7");
  return true;
}

std::vector<ResourceUse> EntryReader::resources(const std::vector<Node>& items) {
  std::vector<ResourceUse> out;
  for (const Node& item : items) {
    ResourceUse use;
    use.where = item.where;
    std::optional<std::string> name;
    if (item.kind == Node::Kind::mapping) {
      const Fields fields(item, "an entry of \"resources\"", resource_keys, x_diagnostics);
      if (fields.find("name") == nullptr) {
        complain(item.where, "a resource without a name", "write it as {name: NAME, mode: shared}");
        continue;
      }
      name = fields.text("name");
      use.where = fields.place("name");
      if (const std::optional<std::string> mode = fields.text("mode")) {
        use.mode_declared = true;
        use.mode = *mode == "shared" ? Mode::shared : Mode::exclusive;
        if (*mode != "shared" && *mode != "exclusive")
          complain(fields.place("mode"), fmt::format("unknown mode {}", quote(*mode)),
                   fmt::format("a mode is {}", alternatives(mode_names)));
      }
    } else {
      name = text_of(item, "an entry of \"resources\"", x_diagnostics);
    }
    if (!name) continue;
    if (name->empty() || has_control(*name)) {
      complain(use.where, "a resource without a name", "write it as db:test, or as the name of a pool");
      continue;
    }
    use.name = *std::move(name);
    note(use.where, "resources", use.name);
    out.push_back(std::move(use));
  }
  return out;
}

std::vector<Key> EntryReader::keys(const std::vector<Node>& items) {
  std::vector<Key> out;
  for (const Node& item : items) {
    std::optional<std::string> name = text_of(item, "an entry of \"keys\"", x_diagnostics);
    if (!name) continue;
    if (name->empty() || has_control(*name)) {
      complain(item.where, "a key without a name", "write it as issue:42");
      continue;
    }
    note(item.where, "keys", *name);
    out.push_back({*std::move(name), item.where});
  }
  return out;
}

}  // namespace parsers
