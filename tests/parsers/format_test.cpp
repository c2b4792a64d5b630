#include "parsers/format.h"

#include <algorithm>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace parsers {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

WorkOrders read(const std::string& name, const std::string& text, std::string_view from = "auto") {
  const Source source{name, text};
  Parsed<WorkOrders> parsed = read_work_orders_as(from, source, FileId{0});
  EXPECT_FALSE(has_errors(parsed.diagnostics)) << describe(parsed.diagnostics, {source});
  return std::move(parsed.value);
}

const WorkOrder& order(const WorkOrders& all, std::string_view id) {
  const auto found = std::find_if(all.orders.begin(), all.orders.end(), [&](const auto& o) { return o.id == id; });
  if (found == all.orders.end()) throw std::invalid_argument(fmt::format("no order {}", id));
  return *found;
}

std::vector<std::string> waits(const WorkOrder& o) {
  std::vector<std::string> out;
  for (const Dependency& d : o.depends_on) out.push_back(d.target);
  return out;
}

std::vector<std::string> texts(const std::vector<ScopeEntry>& entries) {
  std::vector<std::string> out;
  for (const ScopeEntry& e : entries) out.push_back(e.text);
  return out;
}

TEST(Format, IsRecognisedByWhatItSays) {
  struct Case {
    const char* name;
    const char* text;
    const char* format;
  };
  const Case cases[] = {
      {"specs/1/tasks.md", "- [ ] T001 Create src/a.py\n", "spec-kit"},
      {"x.md", "- [ ] [T001] [P] Create src/a.py\n- [x] T002 b\n", "spec-kit"},
      {"1.md", "---\nname: a\nstatus: open\ndepends_on: []\nparallel: true\nconflicts_with: []\n---\n", "ccpm"},
      {"issues.jsonl", R"({"id":"a-1","title":"x","status":"open","issue_type":"task"})", "beads"},
      {"tasks.json", R"({"tasks":[{"id":1,"title":"x","status":"done","dependencies":[]}]})", "taskmaster"},
      {"t.txt", "# Task ID: 4\n# Title: x\n", "taskmaster"},
      {"01-02-PLAN.md", "---\nphase: 01-a\nplan: 02\nwave: 1\ndepends_on: []\nfiles_modified: []\n---\n", "gsd"},
      {"plan.md", "### Task 1: A\n\n**Files:**\n- Create: `a.py`\n", "superpowers"},
      {"g.json", R"({"parentTask":{"id":"task-a"},"subtasks":[{"id":"x","dependsOn":[]}]})", "coordinate-agents"},
      {"7.md", "---\nid: 7\nallowed_paths: [\"a/**\"]\n---\n", "scope-file"},
      {"t.json", R"([{"id":"1","title":"x","blockedBy":[],"zone":["a/"]}])", "tickets"},
      {"gh.json", R"([{"number":1,"title":"x","body":"","state":"OPEN","labels":[]}])", "github"},
      {"gl.json", R"([{"iid":1,"title":"x","description":"","state":"opened"}])", "gitlab"},
      {"li.json", R"({"data":{"issues":{"nodes":[{"identifier":"ENG-1","title":"x"}]}}})", "linear"},
      {"o.md", "## Agent scopes\n- A1: `docs/**`\n", "ownership"},
      {"ours.md", "## WO-1: a\n**Write set:** a.py\n- [ ] T001 x\n- [ ] T002 y\n", ""},
      {"ours.json", R"({"work_orders":[{"id":"a","title":"tasks","status":"done"}]})", ""},
      {"readme.md", "# Hello\n\n- [ ] buy milk\n", ""},
  };
  for (const Case& c : cases) EXPECT_EQ(read(c.name, c.text).format, c.format) << c.name << "\n" << c.text;
}

TEST(Format, TheNameIsTakenAtItsWord) {
  EXPECT_EQ(read("x.md", "- [ ] T001 Create src/a.py\n", "spec-kit").orders.size(), 1u);
  EXPECT_EQ(read("x.md", "- [ ] T001 Create src/a.py\n", "markdown").orders.size(), 0u);
  EXPECT_THAT(format_names(), Contains("github"));
  EXPECT_EQ(find_format("jira"), nullptr);
}

TEST(SpecKit, PhasesAreBarriersAndMarksRunTogether) {
  const WorkOrders all =
      read("specs/9/tasks.md",
           "## Phase 1: Setup\n- [x] T001 Create src/a.py\n"
           "## Phase 2: Foundational\n- [ ] T002 [P] Add src/b.py\n- [ ] T003 [P] Add src/c.py\n"
           "- [ ] T004 Add src/d.py\n"
           "## Phase 3: User Story 1 (Priority: P1)\n- [ ] T005 [US1] Add src/e.py\n"
           "## Phase 4: User Story 2 (Priority: P2)\n- [ ] T006 [US2] Add src/f.py\n"
           "## Phase 5: Polish\n- [ ] T007 Docs in docs/x.md\n"
           "## Dependencies\n- **User Stories (Phase 3+)**: All depend on Foundational phase completion\n"
           "- **Polish (Phase 5)**: Depends on all user stories being complete\n");
  EXPECT_EQ(order(all, "T001").status, Status::done);
  EXPECT_THAT(waits(order(all, "T002")), ElementsAre("T001"));
  EXPECT_THAT(waits(order(all, "T003")), ElementsAre("T001"));
  EXPECT_THAT(waits(order(all, "T004")), ElementsAre("T002", "T003"));
  EXPECT_THAT(waits(order(all, "T005")), ElementsAre("T004"));
  EXPECT_THAT(waits(order(all, "T006")), ElementsAre("T004"));
  EXPECT_THAT(waits(order(all, "T007")), UnorderedElementsAre("T005", "T006"));
  EXPECT_EQ(order(all, "T005").priority, 1);
  EXPECT_TRUE(order(all, "T002").parallel);
  EXPECT_EQ(order(all, "T002").write->front().sure, Sure::stated);
}

TEST(SpecKit, ABarrierOfThousandsStaysLinear) {
  std::string text;
  for (int phase = 1; phase <= 2; ++phase) {
    text += fmt::format("## Phase {}: x\n", phase);
    for (int i = 0; i < 5000; ++i)
      text += fmt::format("- [ ] T{:05} [P] Add src/{}/{}.py\n", phase * 5000 + i, phase, i);
  }
  const WorkOrders all = read("tasks.md", text);
  std::size_t arcs = 0;
  for (const WorkOrder& o : all.orders) arcs += o.depends_on.size();
  EXPECT_EQ(all.orders.size(), 10000u);
  EXPECT_EQ(arcs, 9999u);  // through the last task of the first phase
}

TEST(Beads, EpicsAreContainersAndTombstonesAreGone) {
  std::vector<WorkOrders> documents{read("issues.jsonl",
                                         R"({"id":"b-1","title":"E","status":"open","issue_type":"epic"}
{"id":"b-1.1","title":"A","status":"in_progress","priority":0,"issue_type":"task","description":"Fix src/a.py"}
{"id":"b-2","title":"B","status":"open","issue_type":"task","dependencies":[{"depends_on_id":"b-1","type":"blocks"},{"depends_on_id":"b-9","type":"blocks"},{"depends_on_id":"b-1.1","type":"related"}]}
{"id":"b-9","title":"C","status":"tombstone","issue_type":"task"}
)")};
  EXPECT_EQ(order(documents[0], "b-1.1").status, Status::running);
  EXPECT_EQ(order(documents[0], "b-1.1").priority, 1);
  std::vector<Diagnostic> said;
  join_documents(documents, said);
  EXPECT_EQ(documents[0].orders.size(), 2u);
  EXPECT_THAT(waits(order(documents[0], "b-2")), ElementsAre("b-1.1"));
}

TEST(TaskMaster, SubtasksAreTheWork) {
  const WorkOrders all = read("tasks.json", R"({"a":{"tasks":[{"id":1,"title":"x","status":"done","dependencies":[]}]},
    "b":{"tasks":[{"id":"1","title":"y","status":"pending","dependencies":[],"details":"Fix src/a.py","subtasks":[
      {"id":1,"title":"p","status":"pending","dependencies":[]},
      {"id":2,"title":"q","status":"pending","dependencies":[1,"1.1"]}]}]}})");
  EXPECT_EQ(order(all, "a/1").status, Status::done);
  EXPECT_THAT(waits(order(all, "b/1.2")), ElementsAre("b/1.1"));
  EXPECT_THAT(texts(*order(all, "b/1.1").write), ElementsAre("src/a.py"));
}

TEST(Trackers, SayTheSameThreeTimes) {
  const WorkOrders hub = read("gh.json", R"([{"number":12,"title":"x","state":"OPEN","labels":[{"name":"P0"}],
     "body":"Fix `src/a.py`. Blocked by #7, see #8 and other/repo#9."},{"number":13,"title":"y","state":"CLOSED","stateReason":"NOT_PLANNED","body":""}])");
  EXPECT_THAT(waits(order(hub, "GH-12")), ElementsAre("GH-7"));
  EXPECT_EQ(order(hub, "GH-12").keys.front().name, "issue:12");
  EXPECT_EQ(order(hub, "GH-12").priority, 1);
  EXPECT_EQ(order(hub, "GH-13").status, Status::dropped);
  const WorkOrders lab =
      read("gl.json", R"([{"iid":4,"title":"x","state":"opened","description":"Blocked by #3. Add src/b.py"}])");
  EXPECT_THAT(waits(order(lab, "GL-4")), ElementsAre("GL-3"));
  const WorkOrders line = read("li.json", R"({"data":{"issues":{"nodes":[{"identifier":"ENG-4","title":"x","priority":1,
     "state":{"name":"In Progress","type":"started"},"description":"Depends on ENG-3. Add src/c.py"}]}}})");
  EXPECT_THAT(waits(order(line, "ENG-4")), ElementsAre("ENG-3"));
  EXPECT_EQ(order(line, "ENG-4").status, Status::running);
  EXPECT_EQ(order(line, "ENG-4").keys.front().name, "issue:ENG-4");
}

TEST(Join, IdsOfSeveralFamiliesGetTheFamilyInFront) {
  std::vector<WorkOrders> documents{
      read("specs/one/tasks.md", "- [ ] T001 Add src/a.py\n- [ ] T002 Add src/b.py (depends on T001)\n"),
      read("specs/two/tasks.md", "- [ ] T001 Add src/c.py\n- [ ] T003 Add src/d.py\n")};
  std::vector<Diagnostic> said;
  join_documents(documents, said);
  EXPECT_THAT(waits(order(documents[0], "T002")), ElementsAre("one/T001"));
  EXPECT_EQ(documents[1].orders[0].id, "two/T001");
  EXPECT_EQ(documents[1].orders[1].id, "T003");
}

TEST(Join, AnIntentMapComesHome) {
  std::vector<WorkOrders> documents{
      read("a.json",
           R"({"parentTaskId":"task-a","subtasks":[{"id":"x","writeIntent":["a/**"]},{"id":"y","writeIntent":[]}]})"),
      read(
          "b.json",
          R"({"parentTask":{"id":"task-a"},"subtasks":[{"id":"x","dependsOn":[]},{"id":"y","dependsOn":["x"]},{"id":"z","dependsOn":[]}]})")};
  std::vector<Diagnostic> said;
  join_documents(documents, said);
  EXPECT_THAT(documents[0].orders, IsEmpty());
  EXPECT_THAT(texts(*order(documents[1], "x").write), ElementsAre("a/**"));
  EXPECT_THAT(*order(documents[1], "y").write, IsEmpty());
  EXPECT_FALSE(order(documents[1], "z").write);
}

}  // namespace
}  // namespace parsers
