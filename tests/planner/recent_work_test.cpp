#include "planner/recent_work.h"

#include <gmock/gmock.h>

#include "tests/support/bound_orders.h"

namespace planner {
namespace {

TEST(RecentWork, ReadsDurationsAndTimes) {
  EXPECT_EQ(duration_of("30m"), 1'800);
  EXPECT_EQ(duration_of("2h"), 7'200);
  EXPECT_EQ(duration_of("1d"), 86'400);
  EXPECT_EQ(duration_of("90s"), 90);
  for (const char* bad : {"", "m", "30", "x30m", "-5m", "99999999999d", "main"}) EXPECT_FALSE(duration_of(bad)) << bad;
  EXPECT_EQ(time_of("@1700000000"), 1'700'000'000);
  EXPECT_EQ(time_of("2023-11-14T22:13:20Z"), 1'700'000'000);
  EXPECT_EQ(time_of("2023-11-14T22:13"), 1'699'999'980);
  EXPECT_EQ(time_of("1970-01-01"), 0);
  EXPECT_EQ(time_of("2024-02-29"), 1'709'164'800);
  for (const char* bad : {"2023-13-01", "2023-1-1", "yesterday", "@x", "2023-11-14X22:13"})
    EXPECT_FALSE(time_of(bad)) << bad;
}

TEST(RecentWork, PrintsWhatItReads) {
  for (const std::int64_t seconds : {0LL, 951'782'399LL, 951'782'400LL, 1'700'000'000LL, 4'102'444'800LL, -1LL})
    EXPECT_EQ(time_of(printed_time(seconds)), seconds) << printed_time(seconds);
  EXPECT_EQ(printed_time(1'700'000'000), "2023-11-14T22:13:20Z");
}

std::vector<std::string> said(const std::vector<Finding>& findings) {
  std::vector<std::string> out;
  for (const Finding& f : findings)
    out.push_back(std::string(to_string(f.severity)) + " " + f.rule + " " + f.work_order + " " +
                  (f.related.empty() ? f.message : f.related[0].where.file));
  return out;
}

Change change(Change::Kind kind, const std::string& path) {
  Change out;
  out.kind = kind;
  out.path = path;
  return out;
}

TEST(RecentWork, NamesTheNewestTouchOfWhatAnOrderWrites) {
  const Orders orders = support::bound_orders(
      "work_orders:\n"
      "  - {id: A, write: [src/a.py, 'lib/**'], branch: mine}\n"
      "  - {id: B, write: [src/b.py], status: done}\n");
  const auto commit = [](const char* id, std::int64_t time, std::vector<Change> changes, std::string order = {}) {
    RecentCommit out{id, "Ann", time, "work", {}, std::move(changes)};
    if (!order.empty()) out.trailers.push_back({"Work-Order", std::move(order)});
    return out;
  };
  using enum Change::Kind;
  const std::vector<RecentCommit> commits{
      commit("1111111111aa", 10, {change(modified, "src/a.py"), change(removed, "lib/x.py")}),
      commit("2222222222aa", 20, {change(removed, "src/a.py"), change(modified, "src/b.py")}),
      commit("3333333333aa", 30, {change(modified, "lib/own.py")}, "A")};
  const std::vector<DirtyWork> dirty{{"/w/other", "", {change(modified, "lib/y.py")}},
                                     {"/w/mine", "mine", {change(modified, "lib/z.py")}}};
  EXPECT_THAT(said(recent_work(orders, commits, dirty)),
              testing::ElementsAre("warning recently-removed A lib/x.py", "warning recently-removed A src/a.py",
                                   "warning uncommitted-change A lib/y.py"));
}

TEST(RecentWork, CountsWhatIsTooManyToName) {
  const Orders orders = support::bound_orders("work_orders: [{id: A, write: ['**']}]\n");
  RecentCommit commit{"1111111111aa", "Ann", 10, "work", {}, {}};
  for (int i = 100; i < 130; ++i) commit.changes.push_back(change(Change::Kind::modified, std::to_string(i)));
  const auto findings = recent_work(orders, {commit}, {});
  EXPECT_EQ(findings.size(), 21U);
  EXPECT_THAT(said(findings), testing::Contains("note recently-changed A and 10 more paths that A is to write"));
}

}  // namespace
}  // namespace planner
