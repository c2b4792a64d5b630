// Answers of the ledger, with a clock that stands still.
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>

#include "planner/report/claim_words.h"
#include "planner/report/report.h"

namespace planner::report {
namespace {

const Moment granted_at{"boot", 1'000'000'000'000, 1'700'000'000'000};
const Moment now{"boot", 1'125'000'000'000, 1'700'000'125'000};

Claim claim(Fence fence, const std::string& agent, std::int64_t ttl_ms) {
  Hold key{Hold::Kind::key, {Resource::Kind::named, "issue:42"}};
  return {"c" + std::to_string(fence),
          fence,
          agent,
          "WO-1",
          {{Hold::Kind::order, {Resource::Kind::named, "WO-1"}},
           {Hold::Kind::file, resource_from("sub/src/a.py"), true, parsers::Intent::remove},
           {Hold::Kind::file, resource_from("docs/"), false},
           key},
          granted_at,
          granted_at,
          ttl_ms};
}

/// What is expected stands beside this file, where the schemas are held against it too.
void expect(const std::string& name, const std::string& text) {
  const std::string path = INTERLOCK_SOURCE_DIR "/tests/planner/report/" + name + ".json";
  if (std::getenv("UPDATE_GOLDEN") != nullptr) std::ofstream(path, std::ios::binary) << text;
  std::ifstream in(path, std::ios::binary);
  EXPECT_EQ(text, std::string(std::istreambuf_iterator<char>(in), {})) << name;
}

ClaimAnswer denied() {
  ClaimAnswer answer;
  answer.work_order = "WO-2";
  answer.now = now;
  answer.prefix = "sub/";
  const Claim other = claim(3, "bob", 600'000);
  answer.denied_by = {{other, other.holds[1], other.holds[1], "sub/src/a.py"},
                      {other, other.holds[3], other.holds[3], "issue:42"}};
  answer.reason = "src/a.py is held by c3 (bob)";
  return answer;
}

TEST(ClaimReports, Json) {
  ClaimAnswer answer;
  answer.granted = true;
  answer.work_order = "WO-1";
  answer.claim = claim(7, "ann", 900'000);
  answer.reason = "granted";
  answer.now = now;
  answer.prefix = "sub/";
  expect("claim_granted", json(answer));
  expect("claim_denied", json(denied()));
  expect("status", json(StatusAnswer{"a ledger", {claim(7, "ann", 900'000), claim(8, "bob\x1b[2J", 60'000)}, now}));
  expect("doctor", json(DoctorAnswer{"a ledger", 0, 0, false, {"the claims are not those that the events make"}}));
  Event event;
  event.seq = 3;
  event.kind = Event::Kind::broken;
  event.claim = "c7";
  event.fence = 7;
  event.agent = "ann";
  event.at = now;
  event.note = "she left";
  expect("event", json_line(event));
}

TEST(ClaimReports, TextIsSafeAndSaysTheLease) {
  const std::string told = text(StatusAnswer{"l", {claim(7, "ann", 900'000), claim(8, "bob\x1b[2J", 60'000)}, now}, {});
  EXPECT_NE(told.find("1 live claim, 1 expired"), std::string::npos) << told;
  EXPECT_NE(told.find("12m left"), std::string::npos) << told;
  EXPECT_NE(told.find("EXPIRED 1m 5s ago"), std::string::npos) << told;
  EXPECT_EQ(told.find('\x1b'), std::string::npos);
  const std::string denial = text(denied(), {});
  EXPECT_NE(denial.find("denied: src/a.py is held by c3 (bob)"), std::string::npos) << denial;
  const std::string table = markdown(StatusAnswer{"l", {claim(8, "a|b<script>", 60'000)}, now});
  EXPECT_NE(table.find("**expired**"), std::string::npos) << table;
  EXPECT_EQ(table.find("<script>"), std::string::npos) << table;
}

TEST(ClaimReports, Durations) {
  for (const auto& [ms, expected] : {std::pair<std::int64_t, const char*>{-5, "0s"},
                                     {59'999, "59s"},
                                     {60'000, "1m"},
                                     {125'000, "2m 5s"},
                                     {3'600'000, "1h"},
                                     {3'900'000, "1h 5m"},
                                     {90'000'000, "1d 1h"}})
    EXPECT_EQ(duration(ms), expected);
  EXPECT_EQ(utc(0), "1970-01-01T00:00:00Z");
}

}  // namespace
}  // namespace planner::report
