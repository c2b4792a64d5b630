#include "planner/io/sql_snapshot.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

#include "planner/claim_projection.h"
#include "planner/crc32c.h"

namespace planner::io {
namespace {

constexpr const char* all_claims =
    "SELECT fence, agent, work_order, granted_clock, granted_ns, granted_wall_ms, renewed_clock, renewed_ns, "
    "renewed_wall_ms, ttl_ms, holds FROM interlock_claim ORDER BY fence";
constexpr const char* one_claim =
    "SELECT fence, agent, work_order, granted_clock, granted_ns, granted_wall_ms, renewed_clock, renewed_ns, "
    "renewed_wall_ms, ttl_ms, holds FROM interlock_claim WHERE fence = $1";
constexpr const char* events_by_claim =
    "SELECT seq, id, kind, claim, fence, agent, work_order, clock, at_ns, wall_ms, ttl_ms, holds, note, hash "
    "FROM interlock_event WHERE fence = $1 ORDER BY seq";
constexpr const char* events_by_number =
    "SELECT seq, id, kind, claim, fence, agent, work_order, clock, at_ns, wall_ms, ttl_ms, holds, note, hash "
    "FROM interlock_event WHERE seq > $1 ORDER BY seq LIMIT $2";
constexpr const char* number_of_id = "SELECT seq FROM interlock_event WHERE id = $1";
constexpr const char* completed =
    "SELECT work_order, claim, agent, fence, clock, at_ns, wall_ms, commit_id FROM interlock_completion "
    "WHERE work_order = $1";
constexpr const char* all_completed =
    "SELECT work_order, claim, agent, fence, clock, at_ns, wall_ms, commit_id FROM interlock_completion";

constexpr const char* holds_named = "SELECT fence, hold FROM interlock_hold WHERE kind = $1 AND front = $2";
constexpr const char* holds_by_front =
    "SELECT fence, hold FROM interlock_hold WHERE kind = $1 AND front >= $2 AND front < $3";
constexpr const char* holds_by_back =
    "SELECT fence, hold FROM interlock_hold WHERE kind = $1 AND back >= $2 AND back < $3";
constexpr const char* holds_by_base =
    "SELECT fence, hold FROM interlock_hold WHERE kind = $1 AND base <> '' AND base >= $2 AND base < $3";
constexpr const char* every_first_hold = "SELECT fence, hold FROM interlock_hold WHERE position = 0";
constexpr const char* count_by_front =
    "SELECT count(*) FROM (SELECT 1 FROM interlock_hold WHERE kind = $1 AND front >= $2 AND front < $3 LIMIT $4) AS n";
constexpr const char* count_by_back =
    "SELECT count(*) FROM (SELECT 1 FROM interlock_hold WHERE kind = $1 AND back >= $2 AND back < $3 LIMIT $4) AS n";
constexpr const char* count_by_base =
    "SELECT count(*) FROM (SELECT 1 FROM interlock_hold WHERE kind = $1 AND base <> '' AND base >= $2 AND base < $3 "
    "LIMIT $4) AS n";

constexpr std::int64_t handful = 128;
constexpr std::int64_t most_counted = 1 << 12;

std::optional<Fence> fence_of(std::string_view id) {
  Fence fence = 0;
  if (!id.starts_with('c')) return std::nullopt;
  const auto read = std::from_chars(id.data() + 1, id.data() + id.size(), fence);
  const bool whole = read.ec == std::errc{} && read.ptr == id.data() + id.size() && fence <= INT64_MAX;
  return whole && id == fmt::format("c{}", fence) ? std::optional(fence) : std::nullopt;
}

std::int64_t as_number(Fence fence) { return static_cast<std::int64_t>(fence); }

tl::unexpected<Error> damaged(const std::string& name, std::string_view what) {
  return world_error(fmt::format("the ledger {} is damaged: {}", name, what),
                     "nothing is granted on it; `interlock doctor` says what is wrong, `interlock doctor --rebuild` "
                     "makes the claims anew from the events");
}

Completion completion_from(const SqlRow& row) {
  return {row.text(0),
          row.text(1),
          row.text(2),
          static_cast<Fence>(row.number(3)),
          {row.text(4), row.number(5), row.number(6)},
          row.text(7)};
}

}  // namespace

std::uint64_t checksum_of(const Claim& c) {
  return crc32c(fmt::format("{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}", c.fence, c.agent, c.work_order, c.granted.clock,
                            c.granted.ns, c.granted.wall_ms, c.renewed.clock, c.renewed.ns, c.renewed.wall_ms, c.ttl_ms,
                            encode_holds(c.holds)));
}

std::uint64_t checksum_of(const LedgerHead& h) {
  return crc32c(fmt::format("{}|{}|{}|{}|{}|{}", h.fence, h.seq, h.hash, h.at_ns, h.claims, h.checksum));
}

Event event_from(const SqlRow& row) {
  Event event;
  event.seq = row.number(0);
  event.id = row.text(1);
  const auto kind = event_kind_from(row.text(2));
  const auto holds = decode_holds(row.text(11));
  event.kind = kind.value_or(Event::Kind::granted);
  event.claim = row.text(3);
  event.fence = static_cast<Fence>(row.number(4));
  event.agent = row.text(5);
  event.work_order = row.text(6);
  event.at = {row.text(7), row.number(8), row.number(9)};
  event.ttl_ms = row.number(10);
  event.holds = holds.value_or(std::vector<Hold>{});
  event.note = row.text(12);
  event.hash = kind && holds ? row.text(13) : "unreadable";  // no hash fits it
  return event;
}

Claim claim_from(const SqlRow& row) {
  const auto fence = static_cast<Fence>(row.number(0));
  Claim claim{fmt::format("c{}", fence),
              fence,
              row.text(1),
              row.text(2),
              {},
              {row.text(3), row.number(4), row.number(5)},
              {row.text(6), row.number(7), row.number(8)},
              row.number(9)};
  claim.holds = decode_holds(row.text(10)).value_or(std::vector<Hold>{});
  return claim;
}

Result<SqlSnapshot> SqlSnapshot::open(SqlSession& session, bool writing) {
  SqlSnapshot out(session);
  if (auto loaded = out.load_head(writing); !loaded) return tl::make_unexpected(loaded.error());
  if (auto fits = session.check(out.head_); !fits) return tl::make_unexpected(fits.error());
  auto now = session.clock(out.head_.at_ns);
  if (!now) return tl::make_unexpected(now.error());
  out.now_ = *now;
  if (out.head_.claims <= few_claims)
    if (auto loaded = out.load_few(); !loaded) return tl::make_unexpected(loaded.error());
  return out;
}

Result<void> SqlSnapshot::load_head(bool writing) {
  int rows = 0;
  std::uint64_t own = 0;
  const char* plain = "SELECT fence, seq, hash, at_ns, claims, checksum, own FROM interlock_head";
  const auto read = session_->run(writing ? session_->locked_head() : plain, {}, [&](const SqlRow& row) {
    ++rows;
    head_ = {static_cast<Fence>(row.number(0)),        row.number(1), row.text(2), row.number(3), row.number(4),
             static_cast<std::uint64_t>(row.number(5))};
    own = static_cast<std::uint64_t>(row.number(6));
    return true;
  });
  if (!read) return tl::make_unexpected(read.error());
  if (rows != 1 || own != checksum_of(head_)) return damaged(session_->name(), "its head is not what was written");
  // The last event has to be the one that the head names.
  std::vector<Event> last;
  const auto ask_last = session_->run(events_by_number, {head_.seq - 2, std::int64_t{3}}, [&](const SqlRow& row) {
    last.push_back(event_from(row));
    return true;
  });
  if (!ask_last) return tl::make_unexpected(ask_last.error());
  const bool none = last.empty() && head_.seq == 0;
  const bool chained =
      !last.empty() && last.back().seq == head_.seq && last.back().hash == head_.hash &&
      head_.hash == event_hash(last.size() > 1 ? last[last.size() - 2].hash : std::string(), last.back());
  if (!none && !chained) return damaged(session_->name(), "its last event is not what was written");
  return {};
}

Result<void> SqlSnapshot::load_few() {
  std::uint64_t sum = 0;
  few_.emplace();
  const auto read = session_->run(all_claims, {}, [&](const SqlRow& row) {
    Claim claim = claim_from(row);
    sum += checksum_of(claim);
    const Fence fence = claim.fence;
    few_->emplace(fence, std::move(claim));
    return true;
  });
  if (!read) return tl::make_unexpected(read.error());
  if (sum != head_.checksum || static_cast<std::int64_t>(few_->size()) != head_.claims)
    return damaged(session_->name(), "its claims are not what was written");
  return {};
}

bool SqlSnapshot::ask(const char* sql, const std::vector<SqlValue>& values, const SqlSession::Visit& row) const {
  if (failed_) return false;
  auto answered = session_->run(sql, values, row);
  if (!answered) failed_ = std::move(answered.error());
  return answered.has_value();
}

std::vector<Event> SqlSnapshot::under_key(const std::string& key) const {
  std::optional<std::int64_t> first;
  ask(number_of_id, {key + "/0"}, [&](const SqlRow& row) {
    first = row.number(0);
    return false;
  });
  std::vector<Event> out;
  if (!first) return out;
  ask(events_by_number, {*first - 1, std::int64_t{INT32_MAX}}, [&](const SqlRow& row) {
    Event event = event_from(row);
    if (event.id.substr(0, event.id.rfind('/')) != key) return false;
    out.push_back(std::move(event));
    return true;
  });
  return out;
}

std::optional<Claim> SqlSnapshot::claim(const std::string& id) const {
  const auto fence = fence_of(id);
  if (!fence) return std::nullopt;
  if (few_) {
    const auto known = few_->find(*fence);
    return known == few_->end() ? std::nullopt : std::optional(known->second);
  }
  std::optional<Claim> out;
  ask(one_claim, {as_number(*fence)}, [&](const SqlRow& row) {
    out = claim_from(row);
    return false;
  });
  return out;
}

std::vector<Claim> SqlSnapshot::claims() const {
  std::vector<Claim> out;
  if (few_) {
    for (const auto& [fence, claim] : *few_) out.push_back(claim);
    return out;
  }
  ask(all_claims, {}, [&](const SqlRow& row) {
    out.push_back(claim_from(row));
    return true;
  });
  return out;
}

std::optional<Completion> SqlSnapshot::completion(const std::string& work_order) const {
  std::optional<Completion> out;
  ask(completed, {work_order}, [&](const SqlRow& row) {
    out = completion_from(row);
    return false;
  });
  return out;
}

std::vector<Completion> SqlSnapshot::completions() const {
  std::vector<Completion> out;
  ask(all_completed, {}, [&](const SqlRow& row) {
    out.push_back(completion_from(row));
    return true;
  });
  return out;
}

std::vector<Event> SqlSnapshot::history(const std::string& claim) const {
  std::vector<Event> out;
  if (const auto fence = fence_of(claim))
    ask(events_by_claim, {as_number(*fence)}, [&](const SqlRow& row) {
      out.push_back(event_from(row));
      return true;
    });
  return out;
}

std::vector<Event> SqlSnapshot::events_after(std::int64_t seq, std::size_t most) const {
  std::vector<Event> out;
  ask(events_by_number, {seq, static_cast<std::int64_t>(most)}, [&](const SqlRow& row) {
    out.push_back(event_from(row));
    return true;
  });
  return out;
}

bool SqlSnapshot::visit_holds(const char* sql, const std::vector<SqlValue>& values, const Visit& visit) const {
  bool wants_more = true;
  const bool answered = ask(sql, values, [&](const SqlRow& row) {
    const auto holds = decode_holds(row.text(1));
    if (!holds || holds->size() != 1) {
      if (!failed_) failed_ = damaged(session_->name(), "a hold cannot be read").value();
      return wants_more = false;
    }
    // The rule may ask about the claim meanwhile: by another statement.
    return wants_more = visit(fmt::format("c{}", row.number(0)), holds->front());
  });
  return answered && wants_more;
}

std::int64_t SqlSnapshot::count(const char* sql, const std::vector<SqlValue>& values) const {
  std::int64_t count = 0;
  ask(sql, values, [&](const SqlRow& row) {
    count = row.number(0);
    return false;
  });
  return count;
}

/// Files that a directory or pattern may meet: by whichever literal end of it fewer have.
bool SqlSnapshot::files_of(const HoldKeys& keys, const Visit& visit) const {
  struct Way {
    const char *count, *holds;
    const std::string* key;
  };
  const Way ways[] = {{count_by_front, holds_by_front, &keys.front},
                      {count_by_back, holds_by_back, &keys.back},
                      {count_by_base, holds_by_base, &keys.base}};
  const std::string kind = "e";
  const Way* best = &ways[0];
  std::int64_t fewest = most_counted;
  for (const Way& way : ways) {
    if (way.key->empty() || fewest <= handful) continue;
    const std::int64_t found = count(way.count, {kind, *way.key, behind(*way.key), fewest});
    if (found < fewest) best = &way, fewest = found;
  }
  return visit_holds(best->holds, {kind, *best->key, behind(*best->key)}, visit);
}

/// Directories and patterns that another may meet: of their literal beginnings, and ends, one begins with the other.
bool SqlSnapshot::wides_of(const HoldKeys& keys, const Visit& visit) const {
  struct Way {
    const char *count, *holds;
    const std::string* key;
    bool front;
  };
  const Way ways[] = {{count_by_front, holds_by_front, &keys.front, true},
                      {count_by_back, holds_by_back, &keys.back, false}};
  const std::string kind = "w";
  const auto shorter = [](const Way& way) {
    return beginnings(way.key->substr(0, way.key->size() < 2 ? 0 : way.key->size() - 2));
  };
  const Way* best = &ways[0];
  std::int64_t fewest = most_counted;
  for (const Way& way : ways) {
    if (way.key->empty() || fewest <= handful) continue;
    const std::int64_t found = count(way.count, {kind, *way.key, behind(*way.key), fewest}) +
                               count(session_->count_by_beginnings(way.front), {kind, shorter(way), fewest});
    if (found < fewest) best = &way, fewest = found;
  }
  if (!visit_holds(best->holds, {kind, *best->key, behind(*best->key)}, visit)) return false;
  return best->key->empty() || visit_holds(session_->holds_by_beginnings(best->front), {kind, shorter(*best)}, visit);
}

void SqlSnapshot::candidates(const Hold& hold, const Visit& visit) const {
  if (few_) {
    for (const auto& [fence, claim] : *few_)
      for (const Hold& held : claim.holds)
        if (!visit(claim.id, held)) return;
    return;
  }
  const HoldKeys keys = keys_of(hold);
  if (keys.kind == 'a') {
    visit_holds(every_first_hold, {}, visit);
    return;
  }
  if (!visit_holds(holds_named, {std::string("a"), std::string()}, visit)) return;
  if (keys.kind == 'w') {
    if (files_of(keys, visit)) wides_of(keys, visit);
    return;
  }
  if (!visit_holds(holds_named, {std::string(1, keys.kind), keys.front}, visit) || keys.kind != 'e') return;
  // Of the patterns, all that begin as the path does; or, where many do, that end as it does.
  std::string front = beginnings(keys.front), back = beginnings(keys.back);
  const std::string kind = "w";
  const std::int64_t by_front = count(session_->count_by_beginnings(true), {kind, front, most_counted});
  const bool by_back =
      by_front > handful && count(session_->count_by_beginnings(false), {kind, back, by_front}) < by_front;
  visit_holds(session_->holds_by_beginnings(!by_back), {kind, by_back ? back : front}, visit);
}

}  // namespace planner::io
