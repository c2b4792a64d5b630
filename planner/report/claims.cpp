// What the ledger answered, as text and Markdown.
#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "planner/claim_orders.h"
#include "planner/report/claim_words.h"
#include "planner/report/markdown_escape.h"
#include "planner/report/text_parts.h"

namespace planner::report {
namespace {

std::string of_order(const Claim& claim) { return claim.work_order.empty() ? "" : " for " + claim.work_order; }

/// "released c3 (fence 3) of ann for WO-1"
std::string ended(const ClaimAnswer& answer) {
  const Claim& claim = *answer.claim;
  return fmt::format("{} {} (fence {}) of {}{}", answer.reason, claim.id, claim.fence, claim.agent, of_order(claim));
}

std::string held(const ClaimAnswer& answer) {
  const Claim& claim = *answer.claim;
  return fmt::format("{} {} (fence {}) to {}{}", answer.reason, claim.id, claim.fence, claim.agent, of_order(claim));
}

std::string verdict(const ClaimAnswer& answer) {
  if (!answer.granted) return "denied: " + answer.reason;
  return answer.ended ? ended(answer) : held(answer);
}

/// Expired claims by their state, live ones by what is left of the lease.
std::string lease(const Claim& claim, const Moment& now) {
  if (claim.expired(now))
    return claim.renewed.clock == now.clock
               ? fmt::format("EXPIRED {} ago", duration((now.ns - claim.renewed.ns) / 1'000'000 - claim.ttl_ms))
               : "EXPIRED: its host has restarted";
  return fmt::format("{} left", duration(claim.ttl_ms - (now.ns - claim.renewed.ns) / 1'000'000));
}

std::size_t live_of(const StatusAnswer& answer) {
  return static_cast<std::size_t>(std::count_if(answer.claims.begin(), answer.claims.end(),
                                                [&](const Claim& c) { return !c.expired(answer.now); }));
}

std::string headline(const StatusAnswer& answer) {
  if (answer.claims.empty()) return "nothing is claimed";
  const std::size_t live = live_of(answer), expired = answer.claims.size() - live;
  std::string out = fmt::format("{} live claim{}", live, live == 1 ? "" : "s");
  if (expired != 0) out += fmt::format(", {} expired", expired);
  return out;
}

}  // namespace

std::string text(const ClaimAnswer& answer, TextStyle style) {
  Page page(style);
  page.verdict(safe(verdict(answer)), answer.granted ? Ink::green : Ink::red);
  changed_section(page, answer.changed_since_plan);
  if (answer.granted && !answer.ended) {
    page.section(
        fmt::format("Holds until {} ({})", utc(answer.claim->expires_wall_ms()), duration(answer.claim->ttl_ms)),
        Page::Rank::lead);
    for (const std::string& thing : held_things(*answer.claim, answer.prefix)) page.line(safe(thing));
    page.section("Then", Page::Rank::lead);
    const std::string who = fmt::format("{} --fence {}", answer.claim->id, answer.claim->fence);
    page.verbatim("interlock renew " + who);
    page.verbatim("interlock complete " + who);
    page.verbatim(fmt::format("commit trailer: Claim-Fence: {}", answer.claim->fence));
  }
  if (!answer.denied_by.empty()) page.section("Held by", Page::Rank::lead);
  for (const Denier& denier : answer.denied_by)
    page.line(safe(fmt::format("{} {}{} since {}, {}: {}", denier.claim.id, denier.claim.agent, of_order(denier.claim),
                               duration(age_ms(denier.claim, answer.now)), lease(denier.claim, answer.now),
                               describe(out_of_ledger(denier.theirs, answer.prefix)))));
  return page.print();
}

std::string text(const StatusAnswer& answer, TextStyle style) {
  Page page(style);
  page.verdict(headline(answer), Ink::green);
  for (const Claim& claim : answer.claims) {
    page.section(safe(fmt::format("{} (fence {}) {}{}: {}", claim.id, claim.fence, claim.agent, of_order(claim),
                                  lease(claim, answer.now))),
                 Page::Rank::lead, claim.expired(answer.now) ? Ink::red : Ink::bold);
    for (const std::string& thing : held_things(claim, "")) page.line(safe(thing));
  }
  return page.print();
}

/// The view that trails a backlog file: a table, one claim a row.
std::string markdown(const StatusAnswer& answer) {
  std::string out = fmt::format("### Claims\n\n{}, as of {}\n", headline(answer), utc(answer.now.wall_ms));
  if (answer.claims.empty()) return "### Claims\n\nnothing is claimed\n";
  out += "\n| claim | fence | work order | agent | state | until | holds |\n|---|---|---|---|---|---|---|\n";
  for (const Claim& claim : answer.claims) {
    std::vector<std::string> things;
    for (const std::string& thing : held_things(claim, "")) things.push_back(code(thing));
    out += fmt::format("| {} | {} | {} | {} | {} | {} | {} |\n", claim.id, claim.fence, escaped(claim.work_order),
                       escaped(claim.agent), claim.expired(answer.now) ? "**expired**" : "live",
                       utc(claim.expires_wall_ms()), fmt::join(things, ", "));
  }
  return out;
}

std::string text(const DoctorAnswer& answer, TextStyle style) {
  Page page(style);
  if (answer.ledger.empty()) {
    page.verdict("there is no ledger yet; the first claim makes it", Ink::green);
  } else if (answer.problems.empty()) {
    page.verdict(safe(fmt::format("{} is sound{}: {} events, {} claims", answer.ledger,
                                  answer.rebuilt ? ", its claims made anew" : "", answer.events, answer.claims)),
                 Ink::green);
  } else {
    page.verdict(safe(fmt::format("{} is not sound", answer.ledger)), Ink::red);
    page.section("Problems", Page::Rank::lead);
    for (const std::string& problem : answer.problems) page.line(safe(problem));
  }
  return page.print();
}

std::string text(const Event& event) {
  return fmt::format("{} {} {}\n", event.seq, utc(event.at.wall_ms), safe(in_words(event)));
}

}  // namespace planner::report
