#include "planner/app/ledger_access.h"

#include <algorithm>
#include <chrono>
#include <fmt/format.h>

#include "planner/io/ledger_door.h"

namespace planner::app {
namespace {

tl::unexpected<Failure> refuse(Error error) { return tl::make_unexpected(Failure{{}, std::move(error)}); }

std::int64_t now_ms() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

bool ends(Event::Kind kind) {
  return kind == Event::Kind::released || kind == Event::Kind::completed || kind == Event::Kind::broken ||
         kind == Event::Kind::reopened;
}

/// The claim that the events of one transaction are about.
Claim claim_of(const std::vector<Event>& events, const std::optional<Claim>& before) {
  const Event& last = events.back();
  if (auto after = claim_after(before, events)) return *after;
  if (before && before->id == last.claim) return *before;
  return {last.claim, last.fence, last.agent, last.work_order, last.holds, last.at, last.at, last.ttl_ms};
}

}  // namespace

tl::unexpected<Failure> refuse_call(std::string what, std::string remedy) {
  return refuse({Error::Kind::input, std::move(what), std::move(remedy)});
}

std::optional<Error> unfit(const std::string& what, const std::string& text) {
  constexpr std::size_t most = 1024;
  if (text.empty()) return Error{Error::Kind::input, what + " is empty", ""};
  if (text.size() > most) return Error{Error::Kind::input, fmt::format("{} is longer than {} bytes", what, most), ""};
  if (parsers::printable(text) != text)
    return Error{Error::Kind::input, fmt::format("{} holds what cannot be printed: \"{}\"", what, text), ""};
  return std::nullopt;
}

Answer<parsers::Config> read_configuration(World& world) {
  auto source = world.sources.config();
  if (!source) return refuse(source.error());
  if (!*source) return parsers::Config{};
  Failure failure;
  failure.reading.sources.push_back(std::move(**source));
  auto read = parsers::read_config(failure.reading.sources[0], parsers::FileId{0});
  if (!parsers::has_errors(read.diagnostics)) return std::move(read.value);
  failure.reading.diagnostics = std::move(read.diagnostics);
  return tl::make_unexpected(std::move(failure));
}

Answer<Ledger*> open_ledger(World& world, const std::string& configured, bool create) {
  if (!world.ledger) return refuse({Error::Kind::world, "there is no ledger here", "run it inside a git repository"});
  auto ledger = world.ledger->open(configured, create);
  if (!ledger) return refuse(ledger.error());
  return *ledger;
}

Answer<ClaimAnswer> settle(World& world, Ledger& ledger, const std::string& key, std::int64_t wait_ms,
                           const std::function<Ruling(const LedgerSnapshot&)>& rule) {
  const std::string used = key.empty() ? io::fresh_key() : key;
  const std::int64_t until = now_ms() + wait_ms;
  for (;;) {
    Ruling ruling;
    ClaimAnswer answer;
    std::optional<Claim> before;
    answer.prefix = world.ledger->prefix();
    const auto done = ledger.transact(used, [&](const LedgerSnapshot& snapshot) {
      ruling = rule(snapshot);
      answer.now = snapshot.now();
      if (!ruling.events.empty()) before = snapshot.claim(ruling.events.back().claim);
      return ruling.events;
    });
    if (!done) return refuse(done.error());
    if (!done->empty()) {
      answer.granted = true;
      answer.ended = ends(done->back().kind);
      answer.claim = claim_of(*done, before);
      answer.work_order = answer.claim->work_order;
      if (answer.now.clock.empty()) answer.now = done->back().at;
      answer.reason = to_string(done->back().kind);
      return answer;
    }
    Denial& denial = *ruling.denial;
    const std::int64_t left = until - now_ms();
    if (!denial.passes || left <= 0) {
      answer.denied_by = std::move(denial.by);
      answer.reason = std::move(denial.reason);
      return answer;
    }
    // Whoever ends early wakes us; else the first lease in the way runs out.
    const std::int64_t nap = denial.wait_ms > 0 ? std::min(left, denial.wait_ms) : left;
    if (auto waited = ledger.wait_for_change(nap); !waited) return refuse(waited.error());
  }
}

}  // namespace planner::app
