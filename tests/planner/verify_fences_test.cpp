#include "planner/verify_fences.h"

#include <gtest/gtest.h>

#include "planner/claim_rules.h"
#include "tests/support/memory_ledger.h"

namespace planner {
namespace {

TEST(VerifyFences, StaleOnesAreErrorsUnknownOnesNotes) {
  support::MemoryLedger ledger;
  const auto grant = [&](const std::string& path) {
    ASSERT_TRUE(ledger.transact(path + std::to_string(ledger.events.size()), [&](const LedgerSnapshot& s) {
      return rule_grant(s, {"a", "", {{Hold::Kind::file, resource_from(path)}}, 60'000}, {}).events;
    }));
  };
  grant("taken");
  grant("done");
  grant("broken");
  grant("lapsed");
  ASSERT_TRUE(ledger.transact("x", [](const LedgerSnapshot& s) { return rule_complete(s, "c2", 2, "").events; }));
  ASSERT_TRUE(ledger.transact("y", [](const LedgerSnapshot& s) { return rule_break(s, "c3", "why").events; }));
  ledger.pass(60'000);
  grant("taken");
  Work work;
  const auto add = [&](const std::string& id, const Trailer& trailer) {
    work.commits.emplace_back();
    work.commits.back().id = id;
    work.commits.back().trailers = {trailer};
  };
  for (const char* fence : {"1", "2", "3", "4", "5", "6", "abc"}) add(std::string(40, 'a'), {"Claim-Fence", fence});
  add(std::string(40, 'b'), {"Work-Order", "1"});
  std::map<Fence, FenceState> states;
  ASSERT_TRUE(ledger.read([&](const LedgerSnapshot& s) { states = fence_states(named_fences({work}), s); }));
  const std::vector<Finding> found = verify_fences({}, {work}, states);
  std::string told;
  for (const Finding& f : found) told += std::string(to_string(f.severity)) + " " + f.message.substr(18) + "\n";
  EXPECT_EQ(told,
            "error was made under fence 1, which is stale: its lease ran out, and c5 took over\n"
            "error was made under fence 3, which is stale: the claim was broken: why\n"
            "error was made under fence 4, which is stale: its lease has run out\n"
            "note names the fence \"6\", and this ledger never gave it\n"
            "note names the fence \"abc\", and it is no number\n");
}

}  // namespace
}  // namespace planner
