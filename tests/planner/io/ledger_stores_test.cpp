// SQLite and PostgreSQL keep the same promises: one suite for both.
#include <atomic>
#include <cstdlib>
#include <gtest/gtest.h>
#include <memory>
#include <random>
#include <set>
#include <thread>

#include "planner/claim_projection.h"
#include "planner/claim_rules.h"
#include "planner/io/postgres_ledger.h"
#include "planner/io/sql_snapshot.h"
#include "planner/io/sqlite_ledger.h"
#include "tests/support/ledger_history.h"
#include "tests/support/postgres_server.h"
#include "tests/support/temporary_repository.h"

namespace planner::io {
namespace {

support::PostgresServer& server() {
  static support::PostgresServer one;
  return one;
}

class LedgerStores : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    if (GetParam() == "sqlite") {
      ASSERT_EQ(::mkdir((directory / "interlock").c_str(), 0755), 0);
      return;
    }
    if (server().url().empty()) GTEST_SKIP() << "PostgreSQL is not installed";
    static int schemas = 0;
    const std::string schema = "t" + std::to_string(++schemas);
    ASSERT_EQ(std::system(("psql -q '" + server().url() + "' -c 'CREATE SCHEMA " + schema + "'").c_str()), 0);
    url = server().url() + "&options=-csearch_path%3D" + schema;
  }

  std::unique_ptr<Ledger> open(bool create = true) const {
    auto ledger = GetParam() == "sqlite" ? open_sqlite_ledger(directory / "interlock/ledger", {create, 60'000, {}})
                                         : open_postgres_ledger(url, {create, 60'000});
    EXPECT_TRUE(ledger) << ledger.error().what;
    return ledger ? std::move(*ledger) : nullptr;
  }

  /// A statement as somebody with the database in hand could run it.
  void meddle(const std::string& sql) const {
    const std::string call = GetParam() == "sqlite"
                                 ? "sqlite3 '" + directory.path() + "/interlock/ledger/ledger.sqlite'"
                                 : "psql -q '" + url + "' -c";
    ASSERT_EQ(std::system((call + " \"" + sql + "\"").c_str()), 0);
  }

  support::TemporaryDirectory directory;
  std::string url;
};

Hold write(const std::string& text) { return {Hold::Kind::file, resource_from(text), true}; }

std::string fresh_key() {
  static std::atomic<int> keys{0};
  return "key-" + std::to_string(++keys) + "-" + std::to_string(::getpid());
}

Ruling grant(Ledger& ledger, const ClaimRequest& request, const std::string& key = fresh_key()) {
  Ruling ruling;
  auto done = ledger.transact(key, [&](const LedgerSnapshot& snapshot) {
    ruling = rule_grant(snapshot, request, {});
    return ruling.events;
  });
  EXPECT_TRUE(done) << done.error().what;
  if (done) ruling.events = *done;
  return ruling;
}

std::vector<Event> all_events(Ledger& ledger) {
  std::vector<Event> events;
  const auto read = ledger.read([&](const LedgerSnapshot& s) { events = s.events_after(0, 1'000'000); });
  EXPECT_TRUE(read) << read.error().what;
  return events;
}

void expect_sound(Ledger& ledger) {
  const auto problems = ledger.problems();
  ASSERT_TRUE(problems) << problems.error().what;
  EXPECT_EQ(*problems, std::vector<std::string>{});
  EXPECT_EQ(support::wrong_with(all_events(ledger)), "");
}

TEST_P(LedgerStores, AbsentUntilSomebodyWrites) {
  EXPECT_EQ(open(false), nullptr);
  EXPECT_NE(open(true), nullptr);
  EXPECT_NE(open(false), nullptr);
}

TEST_P(LedgerStores, WhatOneWritesTheOtherSees) {
  const auto one = open(), other = open();
  const Ruling first =
      grant(*one, {"ann", "WO-1", {write("src/a.py"), {Hold::Kind::order, {Resource::Kind::named, "WO-1"}}}, 60'000});
  ASSERT_EQ(first.events.size(), 1u);
  const Ruling second = grant(*other, {"bob", "", {write("src/*.py")}, 60'000});
  ASSERT_TRUE(second.denial);
  EXPECT_EQ(second.denial->by.front().claim.agent, "ann");
  ASSERT_TRUE(
      other->transact(fresh_key(), [](const LedgerSnapshot& s) { return rule_complete(s, "c1", 1, "abc").events; }));
  std::optional<Completion> done;
  ASSERT_TRUE(one->read([&](const LedgerSnapshot& s) { done = s.completion("WO-1"); }));
  ASSERT_TRUE(done);
  EXPECT_EQ(done->commit, "abc");
  EXPECT_EQ(grant(*other, {"bob", "", {write("src/*.py")}, 60'000}).events.front().fence, 2u);
  expect_sound(*one);
}

TEST_P(LedgerStores, AKeyHappensOnce) {
  const auto ledger = open();
  const Ruling first = grant(*ledger, {"ann", "", {write("a")}, 60'000}, "retry");
  const Ruling again = grant(*open(), {"ann", "", {write("a")}, 60'000}, "retry");
  EXPECT_EQ(first.events, again.events);
  EXPECT_EQ(grant(*ledger, {"ann", "", {write("b")}, 60'000}, "retr").events.front().fence, 2u);
  EXPECT_EQ(all_events(*ledger).size(), 2u);
}

TEST_P(LedgerStores, TextOfAllKinds) {
  const auto ledger = open();
  const std::string odd = "tab\there 'quote' \"double\" \\ back ü 🚂 ; DROP TABLE interlock_event; --";
  Hold key{Hold::Kind::key, {Resource::Kind::named, odd}};
  key.exploration = odd;
  ASSERT_FALSE(grant(*ledger, {odd, "", {key, write("dir/" + std::string("ü.py"))}, 60'000}).denial);
  std::vector<Claim> claims;
  ASSERT_TRUE(open()->read([&](const LedgerSnapshot& s) { claims = s.claims(); }));
  ASSERT_EQ(claims.size(), 1u);
  EXPECT_EQ(claims[0].agent, odd);
  EXPECT_EQ(claims[0].holds[0], key);
  expect_sound(*ledger);
}

/// Words that make many overlaps: few segments, many patterns.
std::string random_entry(std::mt19937& random) {
  static const char* segments[] = {"a",    "b",    "ab",   "a*",        "*b",     "**",
                                   "x.py", "*.py", "[ab]", "test_x.py", "test_*", "?"};
  std::string out;
  const std::size_t length = 1 + random() % 4;
  for (std::size_t i = 0; i < length; ++i) {
    if (i != 0) out += "/";
    out += segments[random() % std::size(segments)];
  }
  if (random() % 4 == 0) out += "/";
  return out;
}

TEST_P(LedgerStores, TheIndexFindsWhateverOverlaps) {
  const auto ledger = open();
  std::mt19937 random(7);
  std::map<std::string, std::vector<Hold>> held;
  std::vector<Event> events;
  // More claims than are read whole, without asking whether they may be granted.
  ASSERT_TRUE(ledger->transact("many", [&](const LedgerSnapshot& snapshot) {
    for (int i = 1; i <= few_claims + 300; ++i) {
      Event event;
      event.kind = Event::Kind::granted;
      event.fence = static_cast<Fence>(i);
      event.claim = "c" + std::to_string(i);
      event.at = snapshot.now();
      event.ttl_ms = 600'000;
      event.holds = {write(random_entry(random)), write(random_entry(random))};
      if (i % 50 == 0) event.holds.push_back({Hold::Kind::named, {Resource::Kind::named, "n" + std::to_string(i % 7)}});
      if (i == 444) event.holds = {{Hold::Kind::alone, {Resource::Kind::named, "*"}}};
      held[event.claim] = event.holds;
      events.push_back(event);
    }
    return events;
  }));
  ASSERT_TRUE(ledger->read([&](const LedgerSnapshot& snapshot) {
    for (int probe = 0; probe < 300; ++probe) {
      const Hold mine = probe % 20 == 0
                            ? Hold{Hold::Kind::named, {Resource::Kind::named, "n" + std::to_string(probe % 7)}}
                            : write(random_entry(random));
      std::multiset<std::string> expected, found;
      for (const auto& [claim, holds] : held)
        for (const Hold& theirs : holds)
          if (exclusion(mine, theirs, {})) expected.insert(claim + " " + describe(theirs));
      snapshot.candidates(mine, [&](const std::string& claim, const Hold& theirs) {
        if (exclusion(mine, theirs, {})) found.insert(claim + " " + describe(theirs));
        return true;
      });
      ASSERT_EQ(expected, found) << describe(mine);
    }
  }));
  EXPECT_TRUE(grant(*ledger, {"late", "", {write("zz/new.txt")}, 60'000}).denial);  // c444 works alone
  const auto problems = ledger->problems();
  ASSERT_TRUE(problems);
  EXPECT_EQ(*problems, std::vector<std::string>{});
}

TEST_P(LedgerStores, ManyAtOnceNeverHoldTheSame) {
  constexpr int sessions = 6, rounds = 40;
  std::vector<std::thread> threads;
  for (int t = 0; t < sessions; ++t)
    threads.emplace_back([&, t] {
      const auto ledger = open();
      std::mt19937 random(static_cast<unsigned>(t));
      for (int round = 0; round < rounds; ++round) {
        const Ruling ruling = grant(*ledger, {"s" + std::to_string(t), "", {write(random_entry(random))}, 60'000},
                                    "t" + std::to_string(t) + "-" + std::to_string(round));
        if (ruling.denial) continue;
        const Event granted = ruling.events.back();
        ASSERT_TRUE(
            ledger->transact("e" + std::to_string(t) + "-" + std::to_string(round), [&](const LedgerSnapshot& s) {
              return round % 2 == 0 ? rule_release(s, granted.claim, granted.fence).events
                                    : rule_complete(s, granted.claim, granted.fence, "").events;
            }));
      }
    });
  for (std::thread& thread : threads) thread.join();
  expect_sound(*open());
}

TEST_P(LedgerStores, DamageIsFoundAndTheProjectionMadeAnew) {
  const auto ledger = open();
  ASSERT_FALSE(grant(*ledger, {"ann", "", {write("a")}, 600'000}).denial);
  ASSERT_FALSE(grant(*ledger, {"bob", "", {write("b")}, 600'000}).denial);
  meddle("UPDATE interlock_claim SET ttl_ms = 1 WHERE fence = 1");
  const auto refused = ledger->transact("k", [](const LedgerSnapshot& s) {
    return rule_grant(s, {"eve", "", {write("a")}, 60'000}, {}).events;
  });
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().what.find("damaged"), std::string::npos);
  ASSERT_TRUE(ledger->problems());
  EXPECT_FALSE(ledger->problems()->empty());
  ASSERT_TRUE(ledger->rebuild());
  EXPECT_TRUE(grant(*ledger, {"eve", "", {write("a")}, 60'000}).denial);
  meddle("DELETE FROM interlock_hold WHERE fence = 2");
  EXPECT_FALSE(ledger->problems()->empty());
  ASSERT_TRUE(ledger->rebuild());
  expect_sound(*ledger);
}

TEST_P(LedgerStores, EventsDoNotChange) {
  const auto ledger = open();
  ASSERT_FALSE(grant(*ledger, {"ann", "", {write("a")}, 600'000}).denial);
  const std::string call = GetParam() == "sqlite" ? "sqlite3 '" + directory.path() + "/interlock/ledger/ledger.sqlite'"
                                                  : "psql -q '" + url + "' -v ON_ERROR_STOP=1 -c";
  for (const std::string sql : {"UPDATE interlock_event SET agent = 'eve'", "DELETE FROM interlock_event"})
    EXPECT_NE(std::system((call + " \"" + sql + "\" 2>/dev/null").c_str()), 0);
}

TEST_P(LedgerStores, AChangeWakesWhoWaits) {
  const auto ledger = open(), other = open();
  ASSERT_TRUE(ledger->wait_for_change(1));
  std::thread later([&] {
    ::usleep(100'000);
    grant(*other, {"ann", "", {write("a")}, 60'000});
  });
  const auto start = host_clock()->ns;
  for (int i = 0; i < 20 && all_events(*ledger).empty(); ++i) ASSERT_TRUE(ledger->wait_for_change(5'000));
  EXPECT_LT(host_clock()->ns - start, 4'000'000'000);
  later.join();
}

INSTANTIATE_TEST_SUITE_P(Both, LedgerStores, testing::Values("sqlite", "postgres"),
                         [](const auto& which) { return which.param; });

TEST(PostgresLedger, TheServerRestartsAndNothingIsLost) {
  support::PostgresServer own;
  if (own.url().empty()) GTEST_SKIP() << "PostgreSQL is not installed";
  auto ledger = open_postgres_ledger(own.url(), {true, 30'000});
  ASSERT_TRUE(ledger) << ledger.error().what;
  ASSERT_FALSE(grant(**ledger, {"ann", "", {write("a")}, 600'000}).denial);
  for (const std::string mode : {"fast", "immediate"}) {
    own.restart(mode);
    EXPECT_TRUE(grant(**ledger, {"bob", "", {write("a")}, 600'000}).denial) << mode;
    EXPECT_FALSE(grant(**ledger, {"bob", "", {write("b-" + mode)}, 600'000}).denial) << mode;
  }
  // Restarted while the rule is at work: what it decided is decided again.
  int runs = 0;
  const auto done = (*ledger)->transact("during", [&](const LedgerSnapshot& s) {
    if (++runs == 1) own.restart("fast");
    return rule_grant(s, {"cut", "", {write("c")}, 600'000}, {}).events;
  });
  ASSERT_TRUE(done) << done.error().what;
  EXPECT_EQ(done->size(), 1u);
  EXPECT_EQ(runs, 2);
  expect_sound(**ledger);
}

TEST(PostgresLedger, NoErrorShowsThePassword) {
  for (const std::string url : {"postgresql://u:sesame@127.0.0.1:1/db?connect_timeout=2",
                                "postgresql://u:sesame@/db?host=%zz", "postgresql://u:sesame@h/db?password"}) {
    const auto ledger = open_postgres_ledger(url, {true, 1'000});
    ASSERT_FALSE(ledger);
    EXPECT_EQ((ledger.error().what + ledger.error().remedy).find("sesame"), std::string::npos) << ledger.error().what;
  }
}

}  // namespace
}  // namespace planner::io
