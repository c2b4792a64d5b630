#include "planner/verify_fences.h"

#include <charconv>
#include <fmt/format.h>

#include "planner/verify_rules.h"

namespace planner {
namespace {

constexpr std::string_view trailer = "claim-fence";

bool is_trailer(std::string_view key) {
  return key.size() == trailer.size() && std::equal(key.begin(), key.end(), trailer.begin(), [](char a, char b) {
           return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b;
         });
}

Fence fence_from(const std::string& value) {
  Fence fence = 0;
  const char* end = value.data() + value.size();
  const auto read = std::from_chars(value.data(), end, fence);
  return read.ec == std::errc{} && read.ptr == end ? fence : 0;
}

FenceState state_of(Fence fence, const LedgerSnapshot& snapshot) {
  using Kind = FenceState::Kind;
  const std::string id = fmt::format("c{}", fence);
  if (const auto claim = snapshot.claim(id)) {
    if (!claim->expired(snapshot.now())) return {Kind::good, ""};
    return {Kind::stale, "its lease has run out"};
  }
  const std::vector<Event> history = snapshot.history(id);
  if (history.empty()) return {Kind::unknown, "this ledger never gave it"};
  const Event& last = history.back();
  if (last.kind == Event::Kind::expired)
    return {Kind::stale, fmt::format("its lease ran out, and {} took over", last.note)};
  if (last.kind == Event::Kind::broken) return {Kind::stale, fmt::format("the claim was broken: {}", last.note)};
  return {Kind::good, ""};
}

}  // namespace

std::set<Fence> named_fences(const std::vector<Work>& works) {
  std::set<Fence> out;
  for (const Work& work : works)
    for (const Commit& commit : work.commits)
      for (const Trailer& t : commit.trailers)
        if (is_trailer(t.key)) out.insert(fence_from(t.value));
  return out;
}

std::map<Fence, FenceState> fence_states(const std::set<Fence>& fences, const LedgerSnapshot& snapshot) {
  std::map<Fence, FenceState> out;
  for (const Fence fence : fences)
    out[fence] = fence == 0 ? FenceState{FenceState::Kind::unknown, "it is no number"} : state_of(fence, snapshot);
  return out;
}

std::vector<Finding> verify_fences(const Orders& orders, const std::vector<Work>& works,
                                   const std::map<Fence, FenceState>& states) {
  std::vector<Finding> out;
  for (const Work& work : works)
    for (const Commit& commit : work.commits)
      for (const Trailer& t : commit.trailers) {
        const auto state = is_trailer(t.key) ? states.find(fence_from(t.value)) : states.end();
        if (state == states.end() || state->second.kind == FenceState::Kind::good) continue;
        const bool stale = state->second.kind == FenceState::Kind::stale;
        const std::string who = work.orders.size() == 1 ? orders.list[work.orders[0].index()].id : std::string();
        out.push_back(finding("stale-fence", orders.rules.policy, stale ? Certainty::proved : Certainty::unproven, who,
                              stale ? fmt::format("commit {} was made under fence {}, which is stale: {}",
                                                  commit.id.substr(0, 10), t.value, state->second.why)
                                    : fmt::format("commit {} names the fence \"{}\", and {}", commit.id.substr(0, 10),
                                                  t.value, state->second.why),
                              {}));
        if (stale)
          out.back().related.push_back(
              {{},
               "what was done since may be somebody else's: compare it with theirs, claim again, amend the trailer"});
      }
  return out;
}

}  // namespace planner
