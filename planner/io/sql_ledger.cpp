#include "planner/io/sql_ledger.h"

#include <fmt/format.h>

#include "planner/claim_projection.h"
#include "planner/io/hold_keys.h"
#include "planner/io/sql_snapshot.h"

namespace planner::io {
namespace {

constexpr const char* add_event =
    "INSERT INTO interlock_event (seq, id, kind, claim, fence, agent, work_order, clock, at_ns, wall_ms, ttl_ms, "
    "holds, note, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
constexpr const char* add_claim =
    "INSERT INTO interlock_claim (fence, agent, work_order, granted_clock, granted_ns, granted_wall_ms, "
    "renewed_clock, renewed_ns, renewed_wall_ms, ttl_ms, holds) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
constexpr const char* change_claim =
    "UPDATE interlock_claim SET renewed_clock = $2, renewed_ns = $3, renewed_wall_ms = $4, ttl_ms = $5, holds = $6 "
    "WHERE fence = $1";
constexpr const char* end_claim = "DELETE FROM interlock_claim WHERE fence = $1";
constexpr const char* add_hold =
    "INSERT INTO interlock_hold (fence, position, kind, front, back, base, hold) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7)";
constexpr const char* end_holds = "DELETE FROM interlock_hold WHERE fence = $1";
constexpr const char* add_completion =
    "INSERT INTO interlock_completion (work_order, claim, agent, fence, clock, at_ns, wall_ms, commit_id) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
constexpr const char* end_completion = "DELETE FROM interlock_completion WHERE work_order = $1";
constexpr const char* change_head =
    "UPDATE interlock_head SET fence = $1, seq = $2, hash = $3, at_ns = $4, claims = $5, checksum = $6, own = $7";
constexpr const char* all_events =
    "SELECT seq, id, kind, claim, fence, agent, work_order, clock, at_ns, wall_ms, ttl_ms, holds, note, hash "
    "FROM interlock_event ORDER BY seq";
constexpr const char* all_holds =
    "SELECT fence, position, kind, front, back, base, hold FROM interlock_hold ORDER BY fence, position";

std::int64_t as_number(std::uint64_t n) { return static_cast<std::int64_t>(n); }

/// Writes what events change in the tables, one after the other.
class Writer {
 public:
  Writer(SqlSession& session, LedgerHead head) : session_(session), head_(std::move(head)) {}

  const LedgerHead& head() const { return head_; }

  /// `before`: the claim as it was, where the event belongs to one.
  Result<void> project(const Event& event, const std::optional<Claim>& before) {
    head_.seq = event.seq;
    head_.hash = event.hash;
    head_.at_ns = event.at.ns;
    head_.fence = std::max(head_.fence, event.fence);
    if (event.kind == Event::Kind::reopened) return session_.run(end_completion, {event.work_order}, {});
    const std::optional<Claim> after = claim_with(event, before);
    if (before) count(*before, -1);
    if (after) count(*after, 1);
    switch (event.kind) {
      case Event::Kind::granted:
        return insert(*after);
      case Event::Kind::extended:
        return change(*after).and_then([&] { return insert_holds(*after, before->holds.size()); });
      case Event::Kind::renewed:
        return change(*after);
      default:
        return end(event);
    }
  }

  Result<void> append(const Event& e) {
    return session_.run(
        add_event,
        {e.seq, e.id, std::string(to_string(e.kind)), e.claim, as_number(e.fence), e.agent, e.work_order, e.at.clock,
         e.at.ns, e.at.wall_ms, e.ttl_ms, encode_holds(e.holds), e.note, e.hash},
        {});
  }

  Result<void> insert(const Claim& c) {
    auto done =
        session_.run(add_claim,
                     {as_number(c.fence), c.agent, c.work_order, c.granted.clock, c.granted.ns, c.granted.wall_ms,
                      c.renewed.clock, c.renewed.ns, c.renewed.wall_ms, c.ttl_ms, encode_holds(c.holds)},
                     {});
    return done ? insert_holds(c, 0) : std::move(done);
  }

  Result<void> insert(const Completion& c) {
    return session_.run(
        add_completion,
        {c.work_order, c.claim, c.agent, as_number(c.fence), c.at.clock, c.at.ns, c.at.wall_ms, c.commit}, {});
  }

  void count(const Claim& claim, int sign) {
    head_.claims += sign;
    head_.checksum += sign > 0 ? checksum_of(claim) : -checksum_of(claim);
  }

  Result<void> save() {
    return session_.run(change_head,
                        {as_number(head_.fence), head_.seq, head_.hash, head_.at_ns, head_.claims,
                         as_number(head_.checksum), as_number(checksum_of(head_))},
                        {});
  }

 private:
  static std::optional<Claim> claim_with(const Event& event, const std::optional<Claim>& before) {
    Projection state;
    if (before) state.claims.emplace(before->fence, *before);
    state.last_seq = event.seq - 1;
    state.last_fence = event.kind == Event::Kind::granted ? event.fence - 1 : event.fence;
    Event alone = event;
    alone.hash = event_hash({}, alone);
    apply(state, alone);
    const auto after = state.claims.find(event.fence);
    return after == state.claims.end() ? std::nullopt : std::optional(after->second);
  }

  Result<void> insert_holds(const Claim& c, std::size_t from) {
    for (std::size_t i = from; i < c.holds.size(); ++i) {
      const HoldKeys keys = keys_of(c.holds[i]);
      auto done = session_.run(add_hold,
                               {as_number(c.fence), static_cast<std::int64_t>(i), std::string(1, keys.kind), keys.front,
                                keys.back, keys.base, encode_holds({c.holds[i]})},
                               {});
      if (!done) return done;
    }
    return {};
  }

  Result<void> change(const Claim& c) {
    return session_.run(
        change_claim,
        {as_number(c.fence), c.renewed.clock, c.renewed.ns, c.renewed.wall_ms, c.ttl_ms, encode_holds(c.holds)}, {});
  }

  Result<void> end(const Event& event) {
    auto done = session_.run(end_claim, {as_number(event.fence)}, {});
    if (done) done = session_.run(end_holds, {as_number(event.fence)}, {});
    if (!done || event.kind != Event::Kind::completed || event.work_order.empty()) return done;
    done = session_.run(end_completion, {event.work_order}, {});
    if (!done) return done;
    return insert(Completion{event.work_order, event.claim, event.agent, event.fence, event.at, event.note});
  }

  SqlSession& session_;
  LedgerHead head_;
};

struct Replay {
  Projection state;
  std::optional<std::string> wrong;  ///< the first event that does not follow
};

Result<Replay> replay(SqlSession& session) {
  Replay out;
  auto read = session.run(all_events, {}, [&](const SqlRow& row) {
    out.wrong = apply(out.state, event_from(row));
    return !out.wrong;
  });
  if (!read) return tl::make_unexpected(read.error());
  return out;
}

std::uint64_t checksum_of_all(const Projection& state) {
  std::uint64_t sum = 0;
  for (const auto& [fence, claim] : state.claims) sum += checksum_of(claim);
  return sum;
}

/// The tables against what the events make.
Result<void> compare(SqlSession& session, const SqlSnapshot& snapshot, const Projection& state,
                     std::vector<std::string>& wrong) {
  std::map<Fence, Claim> claims;
  for (Claim& claim : snapshot.claims()) claims.emplace(claim.fence, claim);
  if (claims != state.claims) wrong.push_back("the claims are not those that the events make");
  std::map<std::string, Completion> done;
  for (Completion& completion : snapshot.completions()) done.emplace(completion.work_order, completion);
  if (done != state.completions) wrong.push_back("the completed orders are not those that the events make");
  const LedgerHead& head = snapshot.head();
  if (head.fence < state.last_fence || head.seq != state.last_seq || head.hash != state.last_hash ||
      head.claims != static_cast<std::int64_t>(state.claims.size()) || head.checksum != checksum_of_all(state))
    wrong.push_back("the head is not that of the events");
  bool same = true;
  std::map<std::pair<Fence, std::size_t>, const Hold*> expected;
  for (const auto& [fence, claim] : state.claims)
    for (std::size_t i = 0; i < claim.holds.size(); ++i) expected.emplace(std::pair(fence, i), &claim.holds[i]);
  auto read = session.run(all_holds, {}, [&](const SqlRow& row) {
    const auto known = expected.find({static_cast<Fence>(row.number(0)), static_cast<std::size_t>(row.number(1))});
    const HoldKeys keys{row.text(2).empty() ? '?' : row.text(2)[0], row.text(3), row.text(4), row.text(5)};
    same = known != expected.end() && keys_of(*known->second) == keys && encode_holds({*known->second}) == row.text(6);
    if (same) expected.erase(known);
    return same;
  });
  if (!same || !expected.empty()) wrong.push_back("the index over what is held is not that of the claims");
  return read;
}

}  // namespace

Result<std::vector<Event>> SqlLedger::attempt(const std::string& key, const Rule& rule, LedgerHead& head) {
  auto snapshot = SqlSnapshot::open(*session_, true);
  if (!snapshot) return tl::make_unexpected(snapshot.error());
  head = snapshot->head();
  std::vector<Event> known = snapshot->under_key(key);
  if (!known.empty() || snapshot->failed()) {
    if (snapshot->failed()) return tl::make_unexpected(*snapshot->failed());
    return known;
  }
  std::vector<Event> events = rule(*snapshot);
  if (snapshot->failed()) return tl::make_unexpected(*snapshot->failed());
  if (events.empty()) return events;
  seal(events, key, snapshot->head().seq, snapshot->head().hash);
  Writer writer(*session_, snapshot->head());
  for (const Event& event : events) {
    auto done = writer.append(event);
    if (done) done = writer.project(event, snapshot->claim(event.claim));
    if (!done) return tl::make_unexpected(done.error());
  }
  if (snapshot->failed()) return tl::make_unexpected(*snapshot->failed());
  if (auto saved = writer.save(); !saved) return tl::make_unexpected(saved.error());
  head = writer.head();
  return events;
}

Result<std::vector<Event>> SqlLedger::transact(const std::string& key, const Rule& rule) {
  for (;;) {
    LedgerHead head;
    auto begun = session_->begin(true);
    auto events = begun ? attempt(key, rule, head) : tl::make_unexpected(begun.error());
    if (events) {
      auto ended = session_->commit();
      if (ended) {
        session_->remember(head);
        return events;
      }
      events = tl::make_unexpected(ended.error());
    }
    session_->roll_back();
    if (!session_->recovered()) return events;
  }
}

Result<void> SqlLedger::read(const std::function<void(const LedgerSnapshot&)>& look) {
  for (;;) {
    auto begun = session_->begin(false);
    auto snapshot = begun ? SqlSnapshot::open(*session_, false) : tl::make_unexpected(begun.error());
    if (snapshot) look(*snapshot);
    const bool failed = !snapshot || snapshot->failed();
    if (!failed) {
      session_->roll_back();
      return {};
    }
    Error error = snapshot ? *snapshot->failed() : snapshot.error();
    session_->roll_back();
    if (!session_->recovered()) return tl::make_unexpected(std::move(error));
  }
}

Result<std::vector<std::string>> SqlLedger::problems() {
  auto begun = session_->begin(false);
  if (!begun) return tl::make_unexpected(begun.error());
  auto wrong = session_->damage();
  if (wrong && wrong->empty()) {
    const auto replayed = replay(*session_);
    if (!replayed) {
      wrong = tl::make_unexpected(replayed.error());
    } else if (replayed->wrong) {
      wrong->push_back(*replayed->wrong);
    } else {
      const auto snapshot = SqlSnapshot::open(*session_, false);
      if (!snapshot)
        wrong->push_back(snapshot.error().what);
      else if (auto compared = compare(*session_, *snapshot, replayed->state, *wrong); !compared)
        wrong = tl::make_unexpected(compared.error());
    }
  }
  session_->roll_back();
  return wrong;
}

Result<void> SqlLedger::rebuild() {
  auto done = session_->begin(true);
  if (done) done = session_->run(session_->locked_head(), {}, {});
  if (done) done = rebuild_projection(*session_);
  if (done) done = session_->commit();
  if (!done) session_->roll_back();
  return done;
}

Result<void> rebuild_projection(SqlSession& session) {
  const auto replayed = replay(session);
  if (!replayed) return tl::make_unexpected(replayed.error());
  if (replayed->wrong)
    return world_error(fmt::format("the events of {} are damaged: {}", session.name(), *replayed->wrong),
                       "restore it from a backup, or move it away and start a new one while no session is at work");
  const Projection& state = replayed->state;
  LedgerHead head{state.last_fence, state.last_seq, state.last_hash, 0, 0, 0};
  session.start_over(head);
  Result<void> done =
      session.run("SELECT at_ns FROM interlock_event ORDER BY seq DESC LIMIT 1", {}, [&](const SqlRow& row) {
        head.at_ns = row.number(0);
        return false;
      });
  for (const char* sql : {"DELETE FROM interlock_claim", "DELETE FROM interlock_hold",
                          "DELETE FROM interlock_completion", "DELETE FROM interlock_head"})
    if (done) done = session.run(sql, {}, {});
  if (done)
    done = session.run(
        "INSERT INTO interlock_head (fence, seq, hash, at_ns, claims, checksum, own) VALUES (0, 0, '', 0, 0, 0, 0)", {},
        {});
  Writer writer(session, head);
  for (const auto& [fence, claim] : state.claims) {
    if (done) done = writer.insert(claim);
    writer.count(claim, 1);
  }
  for (const auto& [order, completion] : state.completions)
    if (done) done = writer.insert(completion);
  return done ? writer.save() : done;
}

}  // namespace planner::io
