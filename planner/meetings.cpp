#include "planner/meetings.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace planner {
namespace {

using parsers::PathPattern;

/// All uses of one file (its symbols included), one directory or one pattern.
struct Spot {
  std::string text;
  bool wide = false;  // directory or pattern
  std::vector<Use> uses;
};

bool is_wide(const Resource& resource) {
  return resource.kind == Resource::Kind::directory || resource.kind == Resource::Kind::pattern;
}

std::vector<Spot> collect(const Orders& orders) {
  std::map<std::string_view, Spot> places;
  const auto add = [&](OrderId order, Use::Role role, const std::vector<Entry>& entries) {
    for (const Entry& entry : entries) {
      Spot& place = places[entry.resource.path()];
      place.wide = is_wide(entry.resource);
      place.uses.push_back({order, role, &entry});
    }
  };
  for (std::size_t i = 0; i < orders.list.size(); ++i) {
    const Order& order = orders.list[i];
    if (!order.open()) continue;
    if (order.write) add(OrderId(i), Use::Role::write, *order.write);
    if (order.read) add(OrderId(i), Use::Role::read, *order.read);
    add(OrderId(i), Use::Role::permit, order.permits);
  }
  std::vector<Spot> out;
  out.reserve(places.size());
  for (auto& [text, place] : places) {
    place.text = text;
    out.push_back(std::move(place));
  }
  return out;
}

bool has_writer(const std::vector<Use>& uses) {
  return std::any_of(uses.begin(), uses.end(), [](const Use& use) { return use.role == Use::Role::write; });
}

bool several_orders(const std::vector<Use>& uses) {
  return std::any_of(uses.begin(), uses.end(), [&](const Use& use) { return use.order != uses.front().order; });
}

std::string self_witness(const Spot& place) {
  if (!place.wide) return place.text;
  const PathPattern pattern(place.text);
  return common_path(pattern, pattern).value_or(place.text);
}

}  // namespace

std::vector<Meeting> find_meetings(const Orders& orders) {
  const std::vector<Spot> places = collect(orders);  // ordered by text
  std::vector<Meeting> meetings;
  for (const Spot& place : places)
    if (has_writer(place.uses) && several_orders(place.uses))
      meetings.push_back({place.text, self_witness(place), place.uses, {}});

  const auto meet = [&](const Spot& a, const Spot& b, std::string witness) {
    if (!has_writer(a.uses) && !has_writer(b.uses)) return;
    const bool a_narrower = std::tuple(a.wide, a.wide ? SIZE_MAX - a.text.size() : 0, std::string_view(a.text)) <
                            std::tuple(b.wide, b.wide ? SIZE_MAX - b.text.size() : 0, std::string_view(b.text));
    meetings.push_back({(a_narrower ? a : b).text, std::move(witness), a.uses, b.uses});
  };
  std::vector<std::pair<const Spot*, PathPattern>> wides;
  for (const Spot& place : places)
    if (place.wide) wides.emplace_back(&place, PathPattern(place.text));
  for (std::size_t w = 0; w < wides.size(); ++w) {
    const auto& [wide, pattern] = wides[w];
    const std::string_view prefix = pattern.literal_prefix();
    auto at = std::lower_bound(places.begin(), places.end(), prefix,
                               [](const Spot& place, std::string_view key) { return place.text < key; });
    for (; at != places.end() && at->text.starts_with(prefix); ++at)
      if (!at->wide && pattern.matches(at->text)) meet(*wide, *at, at->text);
    for (std::size_t v = w + 1; v < wides.size(); ++v)
      if (auto witness = common_path(pattern, wides[v].second)) meet(*wide, *wides[v].first, std::move(*witness));
  }
  std::stable_sort(meetings.begin(), meetings.end(), [](const Meeting& a, const Meeting& b) {
    return std::tie(a.resource, a.witness) < std::tie(b.resource, b.witness);
  });
  return meetings;
}

}  // namespace planner
