#include "planner/lint.h"

#include <gtest/gtest.h>

#include "tests/support/orders.h"

namespace planner {
namespace {

std::string messages(const std::vector<Finding>& findings) {
  std::string out;
  for (const Finding& f : findings) out += f.rule + " " + std::string(to_string(f.severity)) + ": " + f.message + "\n";
  return out;
}

const Tree& tree() {
  static const Tree files({{"README.md", 0100644, ""}, {"src/a.py", 0100644, ""}, {"src/caf\xC3\xA9.py", 0100644, ""}});
  return files;
}

TEST(Lint, FindsWhatAnOrderSaysAgainstItselfAndTheTree) {
  const std::pair<const char*, const char*> table[] = {
      {"write: [src/a.py]", ""},
      {"write: [src/a.py], do_not_touch: [\"**/*.py\"]",
       "contradiction warning: A writes src/a.py and must not touch **/*.py: both cover src/a.py\n"},
      {"write: [{path: src/a.py, intent: create}]",
       "already-there warning: A is to create what is tracked already: src/a.py\n"},
      {"write: [{path: src/b.py, intent: delete}]",
       "not-there warning: A is to delete what is not tracked: src/b.py\n"},
      {"write: [{path: src/b.py, intent: rename, to: c}]",
       "not-there warning: A is to rename what is not tracked: src/b.py\n"},
      {"write: [{path: src/b.py, intent: modify}]", "not-there note: A is to modify what is not tracked: src/b.py\n"},
      {"write: [src/b.py]", ""},
      {"write: [\"lib/*\"]", "matches-nothing note: A writes a set that covers no tracked file yet: lib/*\n"},
      {"write: [x], read: [src/b.py]", "not-there note: A reads what is not tracked: src/b.py\n"},
      {"write: [readme.md]",
       "case-collision warning: readme.md and README.md are one file where case or Unicode form does not count\n"},
      {"write: [\"src/cafe\xCC\x81.py\"]",
       "case-collision warning: src/cafe\xCC\x81.py and src/caf\xC3\xA9.py are one file where case or Unicode form "
       "does not count\n"},
      {"write: [docs/con.txt]", "not-portable note: docs/con.txt cannot exist on every system (\"con.txt\")\n"},
      {"write: [\"docs/a.\"]", "not-portable note: docs/a. cannot exist on every system (\"a.\")\n"},
      {"status: done, write: [{path: src/a.py, intent: create}]", ""},
  };
  for (const auto& [scope, expected] : table) {
    const Orders orders = test::orders(std::string("work_orders:\n  - {id: A, ") + scope + "}\n");
    EXPECT_EQ(messages(lint(orders, &tree())) + messages(name_collisions(orders, &tree())), expected) << scope;
  }
}

TEST(FoldedName, IgnoresCaseAndUnicodeForm) {
  EXPECT_EQ(folded_name("README.md"), folded_name("readme.MD"));
  EXPECT_EQ(folded_name("caf\xC3\x89"), folded_name("cafe\xCC\x81"));
  EXPECT_NE(folded_name("a"), folded_name("b"));
  EXPECT_EQ(folded_name("\xff\xfe"), "\xff\xfe");
}

std::string check(const std::string& orders_yaml, std::vector<std::vector<std::string>> waves,
                  HandMadePlan* answer = nullptr) {
  Orders orders = test::orders(orders_yaml);
  for (std::size_t i = 0; i < waves.size(); ++i)
    orders.waves.push_back({"Wave " + std::to_string(i + 1), waves[i], {"o", 1}});
  std::vector<Finding> findings;
  const auto checked = check_waves(orders, *test::plan(orders), findings);
  if (answer) *answer = *checked;
  return messages(findings);
}

TEST(CheckWaves, HoldsThemAgainstTheConflicts) {
  const std::string yaml =
      "work_orders:\n  - {id: A, write: [x]}\n  - {id: B, write: [x]}\n  - {id: C, write: [y], depends_on: [A]}\n  - "
      "{id: D, write: [z]}\n";
  HandMadePlan answer;
  EXPECT_EQ(check(yaml, {{"A"}, {"B"}, {"C", "D"}}, &answer), "");
  EXPECT_TRUE(answer.valid && answer.proved);
  EXPECT_EQ(answer.waves, 3U);
  EXPECT_EQ(answer.needed, 2U);
  EXPECT_EQ(check(yaml, {{"A", "B"}, {"C", "D"}}, &answer),
            "wave-conflict error: Wave 1 has A and B at once: write-write on x\n");
  EXPECT_FALSE(answer.valid);
  EXPECT_EQ(check(yaml, {{"C", "B"}, {"A"}}, &answer),
            "wave-order error: C goes in Wave 1 although A has to come first (dependency on A)\n");
  EXPECT_EQ(answer.unplaced, std::vector<std::string>{"D"});
  EXPECT_EQ(check(yaml, {{"A", "E"}, {"A"}}),
            "wave-unknown warning: Wave 1 names E, which is no work order\nwave-twice error: A stands in two waves\n");
}

TEST(CheckWaves, SeesHubsAndWhoRunsAlone) {
  std::string yaml = "work_orders:\n  - {id: U}\n";
  for (int i = 0; i < 70; ++i) yaml += "  - {id: W" + std::to_string(i) + ", write: [hub]}\n";
  EXPECT_EQ(check(yaml, {{"W0"}, {"W1", "W2"}}),
            "wave-conflict error: Wave 2 has W1 and W2 at once: write-write on hub\n");
  EXPECT_EQ(check(yaml, {{"W0", "U"}}),
            "wave-conflict error: U has to run alone and stands in Wave 1 with others: unknown-scope\n");
}

}  // namespace
}  // namespace planner
