#include <algorithm>
#include <chrono>
#include <fmt/format.h>

#include "planner/app/claim.h"
#include "planner/app/ledger_access.h"

namespace planner::app {
namespace {

using Rule = std::function<Ruling(const LedgerSnapshot&)>;

tl::unexpected<Failure> refuse(Error error) { return tl::make_unexpected(Failure{{}, std::move(error)}); }

/// The ledger there is; null: none yet.
Answer<Ledger*> existing(World& world) {
  const auto config = read_configuration(world);
  if (!config) return tl::make_unexpected(config.error());
  return open_ledger(world, config->ledger, false);
}

/// An act on a claim that must be there.
Answer<ClaimAnswer> act(World& world, const std::string& claim, const Rule& rule) {
  if (auto error = unfit("CLAIM-ID", claim)) return refuse(std::move(*error));
  const auto ledger = existing(world);
  if (!ledger) return tl::make_unexpected(ledger.error());
  if (*ledger) return settle(world, **ledger, "", 0, rule);
  ClaimAnswer none;
  none.reason = fmt::format("there is no claim {}: there is no ledger yet", claim);
  return none;
}

std::int64_t now_ms() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

}  // namespace

Answer<ClaimAnswer> renew(World& world, const Held& held, std::int64_t ttl_ms) {
  return act(world, held.claim, [&](const LedgerSnapshot& s) { return rule_renew(s, held.claim, held.fence, ttl_ms); });
}

Answer<ClaimAnswer> release(World& world, const Held& held) {
  return act(world, held.claim, [&](const LedgerSnapshot& s) { return rule_release(s, held.claim, held.fence); });
}

Answer<ClaimAnswer> complete(World& world, const CompleteWords& words) {
  std::string commit;
  if (!words.commit.empty()) {
    if (!world.repository) return refuse_call("--commit needs a git repository, and there is none here");
    auto found = world.repository->commit(words.commit);
    if (!found) return refuse(found.error());
    commit = std::move(*found);
  }
  if (!words.verify.empty()) {
    const auto ledger = existing(world);
    if (!ledger) return tl::make_unexpected(ledger.error());
    std::optional<Claim> claim;
    std::optional<Denial> late;
    Moment now;
    if (*ledger) {
      auto looked = (*ledger)->read([&](const LedgerSnapshot& s) {
        claim = s.claim(words.held.claim);
        late = stale(s, words.held.claim, words.held.fence);
        now = s.now();
      });
      if (!looked) return refuse(looked.error());
    }
    if (claim && !late) {
      if (claim->work_order.empty())
        return refuse_call(
            fmt::format("{} is no claim of a work order, so there is nothing to verify it against", claim->id));
      VerifyRequest request;
      request.orders.orders = words.verify;
      request.work_orders = {claim->work_order};
      request.head = words.commit;
      auto verified = verify(world, request);
      if (!verified) return tl::make_unexpected(verified.error());
      const auto errors = std::count_if(verified->findings.begin(), verified->findings.end(),
                                        [](const Finding& f) { return f.severity == FindingSeverity::error; });
      if (errors != 0) {
        ClaimAnswer answer;
        answer.work_order = claim->work_order;
        answer.now = now;
        answer.reading = std::move(verified->reading);
        answer.reason = fmt::format("verify finds {} error{} in the work of {}, first: {}", errors,
                                    errors == 1 ? "" : "s", claim->work_order, verified->findings.front().message);
        return answer;
      }
    }
  }
  return act(world, words.held.claim,
             [&](const LedgerSnapshot& s) { return rule_complete(s, words.held.claim, words.held.fence, commit); });
}

Answer<ClaimAnswer> break_claim(World& world, const std::string& claim, const std::string& reason) {
  if (auto error = unfit("--reason", reason)) return refuse(std::move(*error));
  return act(world, claim, [&](const LedgerSnapshot& s) { return rule_break(s, claim, reason); });
}

Answer<StatusAnswer> status(World& world) {
  const auto ledger = existing(world);
  if (!ledger) return tl::make_unexpected(ledger.error());
  StatusAnswer answer;
  if (!*ledger) return answer;
  answer.ledger = (*ledger)->name();
  auto looked = (*ledger)->read([&](const LedgerSnapshot& snapshot) {
    answer.claims = snapshot.claims();
    answer.now = snapshot.now();
  });
  if (!looked) return refuse(looked.error());
  return answer;
}

Answer<DoctorAnswer> doctor(World& world, bool rebuild) {
  const auto ledger = existing(world);
  if (!ledger) return tl::make_unexpected(ledger.error());
  DoctorAnswer answer;
  if (!*ledger) return answer;
  answer.ledger = (*ledger)->name();
  if (rebuild) {
    auto done = (*ledger)->rebuild();
    if (!done) return refuse(done.error());
    answer.rebuilt = true;
  }
  auto problems = (*ledger)->problems();
  if (!problems) return refuse(problems.error());
  answer.problems = std::move(*problems);
  if (!answer.problems.empty()) return answer;
  auto counted = (*ledger)->read([&](const LedgerSnapshot& s) {
    answer.events = s.last_seq();
    answer.claims = s.claims().size();
  });
  if (!counted) return refuse(counted.error());
  return answer;
}

Answer<void> watch(World& world, std::optional<std::int64_t> since, std::optional<std::int64_t> most_ms,
                   const std::function<bool(const Event&)>& tell) {
  const auto config = read_configuration(world);
  if (!config) return tl::make_unexpected(config.error());
  const auto ledger = open_ledger(world, config->ledger, true);
  if (!ledger) return tl::make_unexpected(ledger.error());
  const std::int64_t until = most_ms ? now_ms() + *most_ms : INT64_MAX;
  for (;;) {
    std::vector<Event> events;
    auto looked = (*ledger)->read([&](const LedgerSnapshot& s) {
      if (!since) since = s.last_seq();
      events = s.events_after(*since, 1'000);
    });
    if (!looked) return refuse(looked.error());
    for (const Event& event : events) {
      since = event.seq;
      if (!tell(event)) return {};
    }
    if (!events.empty()) continue;
    const std::int64_t left = until - now_ms();
    if (left <= 0) return {};
    if (auto waited = (*ledger)->wait_for_change(std::min<std::int64_t>(left, 10'000)); !waited)
      return refuse(waited.error());
  }
}

}  // namespace planner::app
