#include "planner/report/decision_words.h"

#include <algorithm>
#include <fmt/format.h>

#include "planner/proof.h"

namespace planner::report {
namespace {

/// Plain in YAML's flow style and never anything but a string.
bool is_plain(std::string_view text) {
  static constexpr std::string_view words[] = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"};
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  const auto ok = [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.'; };
  if (text.empty() || !letter(text[0]) || !std::all_of(text.begin(), text.end(), ok)) return false;
  std::string lower(text);
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return std::find(std::begin(words), std::end(words), lower) == std::end(words);
}

std::string yaml_text(std::string_view text) {
  std::string out = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

std::string yaml_id(std::string_view id) { return is_plain(id) ? std::string(id) : yaml_text(id); }

}  // namespace

std::string cost(const Choice& choice, const Plan& plan) {
  if (!choice.makespan) return "not computed: too many decisions are open";
  const graph::Time more = *choice.makespan - plan.makespan;
  const std::string total = amount(*choice.makespan, plan.unit);
  if (more == 0) return total + ", as planned";
  return fmt::format("{}, {} {}", total, more < 0 ? -more : more, more < 0 ? "less" : "more");
}

std::string decision_line(const Orders& orders, const DecisionNeeded& needed) {
  const Choice* best = nullptr;
  for (const Choice& choice : needed.choices)
    if (choice.choose.starts_with("first:") && (!best || choice.makespan < best->makespan)) best = &choice;
  if (!best && !needed.choices.empty()) best = &needed.choices.front();
  return fmt::format("{{between: [{}, {}], choose: {}, digest: {}}}", yaml_id(name(orders, needed.between[0])),
                     yaml_id(name(orders, needed.between[1])), yaml_text(best ? best->choose : "together"),
                     yaml_text(needed.digest));
}

PairConflicts disputed(const Plan& plan, const DecisionNeeded& needed) {
  const auto key = [](const OrderId(&between)[2]) { return std::pair(between[0], between[1]); };
  PairConflicts out;
  auto at = std::lower_bound(plan.conflicts.begin(), plan.conflicts.end(), key(needed.between),
                             [&](const Conflict& c, const auto& pair) { return key(c.between) < pair; });
  for (; at != plan.conflicts.end() && key(at->between) == key(needed.between); ++at)
    if (at->resolution == Resolution::decide) out.push_back(&*at);
  return out;
}

}  // namespace planner::report
