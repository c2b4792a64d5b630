#include "planner/report/claim_words.h"

#include <algorithm>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "planner/claim_orders.h"

namespace planner::report {

std::string utc(std::int64_t wall_ms) {
  // Years of four digits; a clock that says otherwise is shown at its end.
  const std::int64_t seconds = std::clamp<std::int64_t>(wall_ms / 1000, 0, 253'402'300'799);
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(static_cast<std::time_t>(seconds)));
}

std::string duration(std::int64_t ms) {
  const std::int64_t s = std::max<std::int64_t>(ms, 0) / 1000;
  if (s < 60) return fmt::format("{}s", s);
  if (s < 3600) return s % 60 == 0 || s >= 600 ? fmt::format("{}m", s / 60) : fmt::format("{}m {}s", s / 60, s % 60);
  if (s < 86400) return s % 3600 < 60 ? fmt::format("{}h", s / 3600) : fmt::format("{}h {}m", s / 3600, s % 3600 / 60);
  return s % 86400 < 3600 ? fmt::format("{}d", s / 86400) : fmt::format("{}d {}h", s / 86400, s % 86400 / 3600);
}

std::int64_t age_ms(const Claim& claim, const Moment& now) {
  return claim.granted.clock == now.clock ? (now.ns - claim.granted.ns) / 1'000'000
                                          : std::max<std::int64_t>(0, now.wall_ms - claim.granted.wall_ms);
}

std::vector<std::string> held_things(const Claim& claim, const std::string& prefix) {
  std::vector<std::string> out;
  for (const Hold& hold : claim.holds)
    if (hold.kind != Hold::Kind::order) out.push_back(describe(out_of_ledger(hold, prefix)));
  return out;
}

std::string in_words(const Event& event) {
  std::vector<std::string> things;
  for (const Hold& hold : event.holds)
    if (hold.kind != Hold::Kind::order) things.push_back(describe(hold));
  std::string out = fmt::format("{} {} (fence {}) {} {}", to_string(event.kind), event.claim, event.fence,
                                event.kind == Event::Kind::granted ? "to" : "of", event.agent);
  if (!event.work_order.empty()) out += " for " + event.work_order;
  if (!things.empty()) out += fmt::format(": {}", fmt::join(things, ", "));
  if (!event.note.empty())
    out += event.kind == Event::Kind::expired ? ", taken over by " + event.note : ": " + event.note;
  return out;
}

}  // namespace planner::report
