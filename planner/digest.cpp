// Digests by libmd's SHA-256 over a plain, unambiguous rendering of bound orders: lengths before texts, sets sorted.
#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <sha2.h>

#include "planner/plan.h"

namespace planner {
namespace {

std::string sha256(const std::string& text) {
  std::array<char, SHA256_DIGEST_STRING_LENGTH> hex{};
  SHA256Data(reinterpret_cast<const std::uint8_t*>(text.data()), text.size(), hex.data());
  return hex.data();
}

std::string field(std::string_view text) { return fmt::format("{}:{}", text.size(), text); }

std::string set_of(std::vector<std::string> items) {
  std::sort(items.begin(), items.end());
  std::string out = fmt::format("{}[", items.size());
  for (const std::string& item : items) out += field(item);
  return out + "]";
}

std::string entries(const std::vector<Entry>& list) {
  std::vector<std::string> items;
  for (const Entry& e : list)
    if (!e.claimed)
      items.push_back(fmt::format("{}{}{}{}{}", static_cast<int>(e.resource.kind), field(e.resource.text),
                                  to_string(e.intent), e.tolerates_writes ? "~" : "", field(e.after)));
  return set_of(std::move(items));
}

std::string optional_entries(const std::optional<std::vector<Entry>>& list) { return list ? entries(*list) : "?"; }

std::string uses(const std::vector<ResourceUse>& list) {
  std::vector<std::string> items;
  for (const ResourceUse& u : list)
    if (!u.claimed) items.push_back(fmt::format("{}{}{}", to_string(u.mode), u.pool, field(u.name)));
  return set_of(std::move(items));
}

std::string dependencies(const std::vector<Dependency>& list) {
  std::vector<std::string> items;
  for (const Dependency& d : list) items.push_back(fmt::format("{}{}", static_cast<int>(d.kind), d.target));
  return set_of(std::move(items));
}

std::string scope(const Order& o) {
  return field(o.id) + optional_entries(o.write) + optional_entries(o.read) + uses(o.keys) + uses(o.resources) +
         field(o.exploration);
}

std::string resources(const std::vector<Resource>& list) {
  std::vector<std::string> items;
  for (const Resource& r : list) items.push_back(r.text);
  return set_of(std::move(items));
}

}  // namespace

std::string pair_digest(const Order& a, const Order& b) {
  return sha256(a.id < b.id ? scope(a) + scope(b) : scope(b) + scope(a)).substr(0, 8);
}

std::string input_digest(const Orders& orders) {
  std::string text = "interlock.plan/1";
  for (const Order& o : orders.list) {
    if (!o.declared) continue;  // what the ledger adds is no input
    text += scope(o) + field(o.title) + entries(o.proposed) + dependencies(o.depends_on) + dependencies(o.before) +
            entries(o.do_not_touch) + entries(o.permits);
    text += fmt::format("{},{},{},{}", o.priority.value_or(0), o.estimate.value_or(0), o.closed,
                        to_string(o.written_status.value_or(o.status))) +
            field(o.branch);
  }
  std::vector<std::string> decisions;
  for (const Decision& d : orders.decisions)
    decisions.push_back(fmt::format("{},{},{},{}", orders.list[d.between[0].index()].id,
                                    orders.list[d.between[1].index()].id, static_cast<int>(d.choice),
                                    orders.list[d.chosen.index()].id));
  text += set_of(std::move(decisions));
  const Rules& rules = orders.rules;
  text += resources(rules.append) + resources(rules.regenerate) + resources(rules.companion) +
          resources(rules.barrier) + resources(rules.removed);
  for (const Pool& pool : rules.pools) text += fmt::format("{}={}", field(pool.name), pool.capacity);
  return sha256(text);
}

}  // namespace planner
