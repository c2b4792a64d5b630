// The stories from the words of a request to its answer, over texts in memory and real repositories.
#include <algorithm>
#include <gtest/gtest.h>

#include "planner/app/check.h"
#include "planner/app/explain.h"
#include "planner/app/plan.h"
#include "planner/app/scope.h"
#include "planner/app/verify.h"
#include "planner/io/git_repository.h"
#include "planner/proof.h"
#include "planner/report/report.h"
#include "tests/support/memory_sources.h"
#include "tests/support/temporary_repository.h"

namespace planner::app {
namespace {

const std::string two =
    "work_orders:\n  - {id: A, write: [x]}\n  - {id: B, write: [x], read: [y], depends_on: [\"commit:abcd\", "
    "\"path:y\"]}\n";

std::string texts(const std::vector<parsers::Diagnostic>& diagnostics) {
  std::string out;
  for (const auto& d : diagnostics) out += std::string(to_string(d.severity)) + ": " + d.message + "\n";
  return out;
}

TEST(Load, ReportsEveryErrorOfEveryFile) {
  support::MemorySources sources{
      {"a.yaml", "work_orders:\n  - {id: A, write: [../x]}\n"},
      {"b.yaml", "work_orders:\n  - {id: A, write: [x]}\n  - {id: B, write: [/etc/passwd], depends_on: [Z]}\n"},
      {"interlock.yaml", "pools: {gpu: 0}\n"}};
  World world{sources};
  const auto answer = plan(world, {{"a.yaml", "b.yaml"}, {}, {}});
  ASSERT_FALSE(answer);
  EXPECT_FALSE(answer.error().error);
  const std::string said = texts(answer.error().reading.diagnostics);
  for (const char* part :
       {"error: work order \"A\" is declared twice", "error: the path leaves the repository with \"..\": \"../x\"",
        "error: the path is absolute: \"/etc/passwd\"", "\"B\" depends on \"Z\", and there is no such work order",
        "gpu"})
    EXPECT_NE(said.find(part), std::string::npos) << part << "\n" << said;
}

TEST(Load, RefusesCallsThatFindNothing) {
  support::MemorySources sources{{"empty.md", "# Notes\n\nNothing to do.\n"}};
  World world{sources};
  const auto missing = plan(world, {{"gone.yaml"}, {}, {}});
  EXPECT_EQ(missing.error().error->kind, Error::Kind::input);
  const auto nothing = plan(world, {{"empty.md"}, {}, {}});
  ASSERT_TRUE(nothing.error().error);
  EXPECT_EQ(nothing.error().error->what, "no work order found in empty.md");
}

TEST(PlanStory, WorksWithoutARepositoryAndSaysWhatIsUnproven) {
  support::MemorySources sources{{"o.yaml", two}};
  World world{sources};
  const auto answer = plan(world, {{"o.yaml"}, {}, {}});
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->plan->base, "");
  ASSERT_EQ(answer->plan->findings.size(), 1U);
  EXPECT_EQ(answer->plan->findings[0].message,
            "B is planned, but not ready: commit abcd cannot be looked up without a repository");
  EXPECT_EQ(amount(answer->plan->makespan, answer->plan->unit), "2 steps");
}

TEST(PlanStory, LooksDependenciesUpInTheBase) {
  const support::TemporaryRepository repository;
  const std::string first = repository.commit("one", {{"y", "1\n"},
                                                      {"lib/only.py", "\n"},
                                                      {"a/two.py", "\n"},
                                                      {"b/two.py", "\n"},
                                                      {".gitattributes", "log merge=union\n"},
                                                      {"log", ""}});
  auto opened = io::open_repository(repository.top());
  ASSERT_TRUE(opened);
  support::MemorySources sources{{"o.yaml",
                                  "work_orders:\n  - {id: A, write: [lib]}\n  - {id: B, write: [{path: log, intent: "
                                  "append}], depends_on: [\"commit:" +
                                      first +
                                      "\", \"path:y\"]}\n"
                                      "  - {id: C, write: [{path: log, intent: append}]}\n"},
                                 {"o.md", "## WO-1: bare names\n\n**Write set:** only.py, two.py, fresh.py\n"}};
  World world{sources, opened->get()};
  const auto answer = plan(world, {{"o.yaml", "o.md"}, {}, {}});
  ASSERT_TRUE(answer) << texts(answer.error().reading.diagnostics);
  EXPECT_EQ(answer->plan->base, first);
  EXPECT_TRUE(answer->plan->findings.empty());
  EXPECT_EQ(texts(answer->reading.diagnostics),
            "warning: \"lib\" is a tracked directory; read as \"lib/\"\n"
            "warning: \"two.py\" names 2 tracked files, all of them are meant: a/two.py, b/two.py\n"
            "note: no tracked file is named \"fresh.py\"; taken as \"fresh.py\"\n");
  std::string kinds;
  for (const Conflict& c : answer->plan->conflicts) kinds += std::string(to_string(c.kind)) + " ";
  EXPECT_EQ(kinds, "write-write append ");  // A writes below lib/, where WO-1's only.py is; the log is merged by union
}

TEST(ApprovedPlan, ListsWhatChangedSince) {
  support::MemorySources before{
      {"o.yaml", "work_orders:\n  - {id: A, write: [x]}\n  - {id: B, write: [y]}\n  - {id: C, write: [z]}\n"}};
  World then{before};
  PlanWishes wishes;
  wishes.agents = 2;
  const auto approved = plan(then, {{"o.yaml"}, wishes, {}});
  ASSERT_TRUE(approved);
  support::MemorySources after{{"o.yaml",
                                "work_orders:\n  - {id: A, write: [x, w]}\n  - {id: B, write: [y], status: running}\n "
                                " - {id: D, write: [v]}\n"},
                               {"plan.json", report::json(*approved)}};
  World now{after};
  const auto answer = scope(now, {{{"o.yaml"}, {}, "plan.json"}, "A"});
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->changed_since_plan,
            (std::vector<std::string>{"the write set of A changed", "B was pending and is running", "D is new",
                                      "C is gone"}));
}

TEST(ExplainStory, NamesTheNearestIds) {
  support::MemorySources sources{{"o.yaml", two}};
  World world{sources};
  EXPECT_TRUE(explain(world, {{{"o.yaml"}, {}, {}}, "A", "B"}));
  const auto unknown = explain(world, {{{"o.yaml"}, {}, {}}, "A", "b"});
  EXPECT_EQ(unknown.error().error->what, "there is no work order \"b\"");
  EXPECT_EQ(unknown.error().error->remedy, "nearest: A, B");
  EXPECT_FALSE(explain(world, {{{"o.yaml"}, {}, {}}, "A", "A"}));
}

TEST(CheckStory, FindsLintAndWaves) {
  support::MemorySources sources{{"o.md",
                                  "## WO-1: a\n\n**Write set:** x.py\n\n## WO-2: b\n\n**Write set:** x.py\n\n**Wave 1 "
                                  "(parallel):** WO-1, WO-2\n"}};
  World world{sources};
  const auto answer = check(world, {{"o.md"}, {}, {}});
  ASSERT_TRUE(answer);
  ASSERT_TRUE(answer->hand_made);
  EXPECT_FALSE(answer->hand_made->valid);
  EXPECT_EQ(answer->findings.at(0).rule, "wave-conflict");
}

TEST(VerifyStory, RefusesWhatItCannotJudge) {
  support::MemorySources sources{{"o.yaml", two}};
  World nowhere{sources};
  VerifyRequest asked;
  asked.orders.orders = {"o.yaml"};
  EXPECT_EQ(verify(nowhere, asked).error().error->kind, Error::Kind::world);

  const support::TemporaryRepository repository;
  repository.commit("one", {{"x", "1\n"}});
  auto opened = io::open_repository(repository.top());
  World world{sources, opened->get()};
  VerifyRequest request;
  request.orders.orders = {"o.yaml"};
  for (const char* map : {"A", "=HEAD", "A=", "Q=HEAD"}) {
    request.maps = {map};
    EXPECT_EQ(verify(world, request).error().error->kind, Error::Kind::input) << map;
  }
  request.maps = {"A=nowhere"};
  EXPECT_EQ(verify(world, request).error().error->kind, Error::Kind::world);
  request.head = "HEAD";
  EXPECT_EQ(verify(world, request).error().error->kind, Error::Kind::input);
}

TEST(VerifyStory, ReadsTheLawFromTheTarget) {
  const support::TemporaryRepository repository;
  repository.commit(
      "base", {{"x", "1\n"}, {"z", "1\n"}, {"orders.yaml", "work_orders:\n  - {id: A, write: [x], branch: work}\n"}});
  repository.git({"checkout", "-q", "-b", "work"});
  repository.commit(
      "cheat",
      {{"z", "2\n"}, {"x", "2\n"}, {"orders.yaml", "work_orders:\n  - {id: A, write: [x, z], branch: work}\n"}});
  auto opened = io::open_repository(repository.top());
  support::MemorySources sources{};
  World world{sources, opened->get()};
  VerifyRequest request;
  request.orders.orders = {"orders.yaml"};
  request.orders_at = "main";
  const auto answer = verify(world, request);
  ASSERT_TRUE(answer) << texts(answer.error().reading.diagnostics);
  std::string rules;
  for (const Finding& f : answer->findings)
    rules += f.rule + " " + f.where.file + " " + std::string(to_string(f.severity)) + "\n";
  EXPECT_EQ(rules, "undeclared-write z error\nscope-changed orders.yaml note\n");
}

}  // namespace
}  // namespace planner::app
