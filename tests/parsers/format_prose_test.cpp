#include "parsers/format_prose.h"

#include <cctype>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace parsers {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// "+a.py" stated, "?a.py" mentioned; "*" in front: created, "-": deleted.
std::vector<std::string> read(std::string_view text, Ungoverned ungoverned) {
  std::vector<std::string> out;
  for (const ProsePath& p : read_prose(text, ungoverned)) {
    const char mark = p.intent == Intent::create ? '*' : p.intent == Intent::remove ? '-' : '+';
    out.push_back((p.sure == Sure::stated ? mark : '?') + p.path);
  }
  return out;
}
std::vector<std::string> task(std::string_view text) { return read(text, Ungoverned::stated); }
std::vector<std::string> issue(std::string_view text) { return read(text, Ungoverned::mentioned); }

TEST(Prose, AVerbOfWritingStatesThePathsBehindIt) {
  EXPECT_THAT(issue("Fix the totals in src/total.py."), ElementsAre("+src/total.py"));
  EXPECT_THAT(issue("Create `src/new.py` and delete `src/old.py`."), ElementsAre("*src/new.py", "-src/old.py"));
  EXPECT_THAT(issue("Adding a field to src/a.ts, src/b.ts and src/c.ts"),
              ElementsAre("+src/a.ts", "+src/b.ts", "+src/c.ts"));
  EXPECT_THAT(issue("Move the helper from src/a.py to src/b.py"), ElementsAre("+src/a.py", "+src/b.py"));
  EXPECT_THAT(issue("Remove the old flags from src/flags.go"), ElementsAre("+src/flags.go"));
}

TEST(Prose, WhatIsOnlyNamedIsMentioned) {
  EXPECT_THAT(issue("See docs/rules.md."), ElementsAre("?docs/rules.md"));
  EXPECT_THAT(issue("It crashes in src/a.py"), ElementsAre("?src/a.py"));
  EXPECT_THAT(issue("Implement src/a.py following docs/spec.md"), ElementsAre("+src/a.py", "?docs/spec.md"));
  EXPECT_THAT(issue("Write tests for src/a.py in tests/test_a.py"), ElementsAre("?src/a.py", "+tests/test_a.py"));
  EXPECT_THAT(issue("Design: docs/plan.md"), ElementsAre("?docs/plan.md"));
}

TEST(Prose, ATaskNamesTheFilesItChanges) {
  EXPECT_THAT(task("Unit tests for zones in tests/test_zones.py"), ElementsAre("+tests/test_zones.py"));
  EXPECT_THAT(task("Contract test: what is saved matches a.schema.json in tests/contract.py"),
              ElementsAre("?a.schema.json", "+tests/contract.py"));
  EXPECT_THAT(task("Verify the port in src/server.ts"), ElementsAre("?src/server.ts"));
  EXPECT_THAT(task("Create the structure per plan.md at services/mail/"), ElementsAre("?plan.md", "+services/mail/"));
  EXPECT_THAT(task("Implement the cube.js generator in src/config.py"), ElementsAre("?cube.js", "+src/config.py"));
  EXPECT_THAT(task("Implement the writer (output to out/data.json) in src/writer.py"),
              ElementsAre("?out/data.json", "+src/writer.py"));
  EXPECT_THAT(task("Create __init__.py at src/x/__init__.py"), ElementsAre("+src/x/__init__.py"));
  EXPECT_THAT(task("Create src/{a,b}/"), ElementsAre("*src/a/", "*src/b/"));
}

TEST(Prose, AListBelowAColonIsGovernedByWhatStandsAbove) {
  EXPECT_THAT(issue("Update these files:\n- src/a.py\n- src/b.py\n\nSee also:\n- docs/c.md"),
              ElementsAre("+src/a.py", "+src/b.py", "?docs/c.md"));
}

TEST(Prose, ChoicesCommandsAndPlaceholdersAreNoPaths) {
  EXPECT_THAT(issue("Update nav/footer/companion, run /status, write to ~/notes.md or ../other.py"), IsEmpty());
  EXPECT_THAT(issue("Add specs/{feature}/x.md, `@scope/pkg` and path/to/file.py"), IsEmpty());
}

std::size_t task_id(std::string_view text) {
  if (text.empty() || text[0] != 'T') return 0;
  std::size_t i = 1;
  while (i < text.size() && std::isdigit(static_cast<unsigned char>(text[i])) != 0) ++i;
  return i == 1 ? 0 : i;
}

std::vector<std::string> waits(std::string_view text) {
  std::vector<std::string> out;
  const ProseDependencies read = read_prose_dependencies(text, task_id);
  for (const ProseDependency& d : read.found) out.push_back((d.before ? "<" : ">") + d.target);
  for (const std::string_view d : read.doubtful) out.push_back("?" + std::string(d));
  return out;
}

TEST(Prose, DependenciesAreReadWhereTheWordsAreClear) {
  EXPECT_THAT(waits("Build it (depends on T012, T013)"), ElementsAre(">T012", ">T013"));
  EXPECT_THAT(waits("after T001-T004"), ElementsAre(">T001", ">T002", ">T003", ">T004"));
  EXPECT_THAT(waits("Blocked by T7 and T9; blocks T11"), ElementsAre(">T7", ">T9", "<T11"));
  EXPECT_THAT(waits("as in T003"), ElementsAre("?T003"));
}

}  // namespace
}  // namespace parsers
