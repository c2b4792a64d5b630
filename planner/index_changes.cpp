#include "planner/index_changes.h"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

namespace planner {
namespace {

using parsers::CodeOutline;
using parsers::Definition;
using parsers::no_definition;

using Pairs = std::vector<std::uint32_t>;  // of each new definition: the old one

/// Pairs what is still free on both sides and has the same key, in the order it stands in.
template <class Key>
void pair_up(const CodeOutline& before, const CodeOutline& after, Pairs& old_of, std::vector<bool>& taken,
             const Key& key) {
  using Value = decltype(key(before.definitions.front()));
  std::map<Value, std::vector<std::uint32_t>> free;
  for (std::size_t i = before.definitions.size(); i-- > 0;)
    if (!taken[i]) free[key(before.definitions[i])].push_back(static_cast<std::uint32_t>(i));
  for (std::size_t i = 0; i < after.definitions.size(); ++i) {
    if (old_of[i] != no_definition) continue;
    const auto found = free.find(key(after.definitions[i]));
    if (found == free.end() || found->second.empty()) continue;
    old_of[i] = found->second.back();
    taken[old_of[i]] = true;
    found->second.pop_back();
  }
}

using BodyKey = std::tuple<parsers::SymbolKind, std::uint64_t>;

/// Free definitions with a body of their own, by it; several of one body tell nothing.
std::map<BodyKey, std::vector<std::uint32_t>> by_body(const CodeOutline& outline, const std::vector<bool>& taken) {
  std::map<BodyKey, std::vector<std::uint32_t>> out;
  for (std::size_t i = 0; i < outline.definitions.size(); ++i) {
    const Definition& d = outline.definitions[i];
    if (!taken[i] && d.block && d.body != 0) out[{d.kind, d.body}].push_back(static_cast<std::uint32_t>(i));
  }
  return out;
}

std::vector<bool> paired(const Pairs& old_of) {
  std::vector<bool> out;
  for (const std::uint32_t old : old_of) out.push_back(old != no_definition);
  return out;
}

void pair_renamed(const CodeOutline& before, const CodeOutline& after, Pairs& old_of, std::vector<bool>& taken) {
  const auto old_bodies = by_body(before, taken);
  for (const auto& [body, added] : by_body(after, paired(old_of))) {
    const auto removed = old_bodies.find(body);
    if (added.size() != 1 || removed == old_bodies.end() || removed->second.size() != 1) continue;
    old_of[added[0]] = removed->second[0];
    taken[removed->second[0]] = true;
  }
}

}  // namespace

std::string_view to_string(SymbolChange::Kind kind) {
  static constexpr std::array<std::string_view, 5> names = {"added", "removed", "renamed", "signature", "body"};
  return names[static_cast<std::size_t>(kind)];
}

std::vector<SymbolChange> symbol_changes(const CodeOutline& before, const CodeOutline& after) {
  Pairs old_of(after.definitions.size(), no_definition);
  std::vector<bool> taken(before.definitions.size(), false);
  pair_up(before, after, old_of, taken,
          [](const Definition& d) { return std::tuple(d.name, d.kind, d.parameters, d.signature, d.body); });
  pair_up(before, after, old_of, taken, [](const Definition& d) { return std::tuple(d.name, d.kind, d.parameters); });
  pair_up(before, after, old_of, taken, [](const Definition& d) { return d.name; });
  pair_renamed(before, after, old_of, taken);

  std::vector<SymbolChange> out;
  for (std::uint32_t i = 0; i < after.definitions.size(); ++i) {
    const Definition& now = after.definitions[i];
    SymbolChange change{SymbolChange::Kind::added, now.name, "", old_of[i], i};
    if (old_of[i] != no_definition) {
      const Definition& then = before.definitions[old_of[i]];
      if (then.name != now.name) {
        change.kind = SymbolChange::Kind::renamed;
        change.before = then.name;
      } else if (then.signature != now.signature || then.kind != now.kind) {
        change.kind = SymbolChange::Kind::signature;
      } else if (then.body != now.body) {
        change.kind = SymbolChange::Kind::body;
      } else {
        continue;
      }
    }
    out.push_back(std::move(change));
  }
  for (std::uint32_t i = 0; i < before.definitions.size(); ++i)
    if (!taken[i]) out.push_back({SymbolChange::Kind::removed, before.definitions[i].name, "", i, no_definition});
  return out;
}

}  // namespace planner
