#include "planner/verify_symbols.h"

#include <algorithm>
#include <fmt/format.h>

namespace planner {
namespace {

using parsers::Intent;

constexpr std::size_t most_named = 5;
constexpr const char* not_looked_into = "which symbols changed was not looked up";

bool is_symbol(const Entry& entry) { return entry.resource.kind == Resource::Kind::symbol; }

const FileParts* parts_of(const Work& work, const std::string& path) {
  const auto found = work.parts.find(path);
  return found == work.parts.end() ? nullptr : &found->second;
}

const SymbolTouch* touch_of(const FileParts& parts, std::string_view symbol) {
  const auto found = parts.symbols.find(std::string(symbol));
  return found == parts.symbols.end() ? nullptr : &found->second;
}

std::string why_unknown(const FileParts* parts) {
  return parts && !parts->why_not.empty() ? parts->why_not : not_looked_into;
}

/// May this entry touch the place?
bool allows(const Entry& entry, const FileParts& parts, std::size_t place) {
  const FileParts::Place& touched = parts.places[place];
  if (touched.name == "<imports>") return true;
  const SymbolTouch* own = touch_of(parts, entry.resource.symbol());
  if (own && own->places.contains(place)) return true;
  if (!touched.gap() || !own || own->before) return false;
  if (entry.after.empty()) return true;
  const std::string_view after = entry.after;
  return touched.name.ends_with(fmt::format(" {}>", after)) || touched.name.ends_with(fmt::format(".{}>", after)) ||
         touched.name == after || touched.name.ends_with(fmt::format(" {}>", entry.resource.symbol()));
}

}  // namespace

std::optional<Outside> places_outside(const Work& work, const std::vector<const Entry*>& entries,
                                      const std::string& path) {
  if (std::any_of(entries.begin(), entries.end(), [](const Entry* e) { return !is_symbol(*e); })) return std::nullopt;
  const FileParts* parts = parts_of(work, path);
  Outside out;
  if (!parts || !parts->known) {
    out.why_not = why_unknown(parts);
    return out;
  }
  out.known = true;
  for (std::size_t i = 0; i < parts->places.size(); ++i)
    if (std::none_of(entries.begin(), entries.end(), [&](const Entry* e) { return allows(*e, *parts, i); }))
      out.places.push_back(parts->places[i]);
  return out;
}

Claim claim_in(const std::vector<Entry>& entries, const Work& work, const std::string& path, const Outside* within) {
  const FileParts* parts = parts_of(work, path);
  if (within && within->known && within->places.empty()) return {};
  Claim out;
  for (const Entry& entry : entries) {
    if (!covers(entry.resource, path)) continue;
    if (!is_symbol(entry)) {
      // Of a file whose symbols are ours in part it is not known whether the rest was touched.
      if (within && !within->known) return {&entry, false, within->why_not, 0};
      return {&entry, true, {}, within ? within->places.front().line : 0};
    }
    const SymbolTouch* touch = parts && parts->known ? touch_of(*parts, entry.resource.symbol()) : nullptr;
    if (!touch) {
      if (!out.entry) out = {&entry, false, why_unknown(parts), 0};
      continue;
    }
    const auto touched = std::find_if(touch->places.begin(), touch->places.end(), [&](std::size_t place) {
      return !within || std::any_of(within->places.begin(), within->places.end(),
                                    [&](const FileParts::Place& p) { return p.name == parts->places[place].name; });
    });
    if (touched != touch->places.end() && (!out.entry || !out.proved))
      out = {&entry, true, {}, parts->places[*touched].line};
  }
  return out;
}

SymbolIntent broken_symbol_intent(const Work& work, const std::vector<const Entry*>& entries, const std::string& path) {
  const FileParts* parts = parts_of(work, path);
  if (!parts || !parts->known) return {};
  for (const Entry* entry : entries) {
    const SymbolTouch* touch = is_symbol(*entry) ? touch_of(*parts, entry->resource.symbol()) : nullptr;
    if (!touch || !entry->intent_declared) continue;
    switch (entry->intent) {
      case Intent::create:
        if (touch->before) return {entry, "declared to be created, and it was there before"};
        break;
      case Intent::remove:
        if (touch->after) return {entry, "declared to be deleted, and it is still there"};
        break;
      case Intent::modify:
      case Intent::append:
        if (touch->before && !touch->after) return {entry, "declared to be changed, and it is gone"};
        break;
      case Intent::rename:
        break;
    }
  }
  return {};
}

std::string named(const std::vector<FileParts::Place>& places) {
  std::string out;
  for (std::size_t i = 0; i < std::min(places.size(), most_named); ++i)
    out += fmt::format("{}{} (line {})", i == 0 ? "" : ", ", places[i].name, places[i].line);
  return places.size() > most_named ? fmt::format("{} and {} more", out, places.size() - most_named) : out;
}

std::string only_declared(const std::vector<const Entry*>& entries) {
  std::string out;
  for (std::size_t i = 0; i < std::min(entries.size(), most_named); ++i)
    out += fmt::format("{}\"{}\"", i == 0 ? "" : i + 1 == entries.size() ? " and " : ", ", entries[i]->written);
  return entries.size() > most_named ? fmt::format("{} and {} more", out, entries.size() - most_named) : out;
}

}  // namespace planner
