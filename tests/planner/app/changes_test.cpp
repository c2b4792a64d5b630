#include "planner/app/changes.h"

#include <gtest/gtest.h>

#include "planner/io/git_repository.h"
#include "planner/report/report.h"
#include "tests/support/memory_sources.h"
#include "tests/support/temporary_repository.h"

namespace planner::app {
namespace {

TEST(Changes, NamesSymbolsAndWholeFiles) {
  const support::TemporaryRepository repository;
  const std::string base = repository.commit(
      "one", {{"a.py", "def f(x):\n    return x\n\n\ndef g():\n    return 1\n\n\ndef gone():\n    pass\n"},
              {"notes.txt", "1\n"},
              {"old.py", "x = 1\n"}});
  repository.git({"rm", "-q", "old.py"});
  const std::string head = repository.commit(
      "two", {{"a.py", "def f(x, y):\n    return x\n\n\ndef g():\n    return 2\n\n\ndef h():\n    return [3]\n"},
              {"notes.txt", "2\n"}});
  auto opened = io::open_repository(repository.top());
  support::MemorySources sources{};
  World world{sources, opened->get()};
  const auto answer = changes(world, {base, head});
  ASSERT_TRUE(answer);
  EXPECT_EQ(report::text(*answer),
            "a.py\tf\tsignature\t1-2\t\n"
            "a.py\tg\tbody\t5-6\t\n"
            "a.py\th\tadded\t9-10\t\n"
            "a.py\tgone\tremoved\t9-10\t\n"
            "notes.txt\t\tbody\t\t\n"
            "old.py\tx\tremoved\t1-1\t\n");
  EXPECT_NE(report::json(*answer).find("\"schema\": \"interlock.changes/1\""), std::string::npos);
  EXPECT_EQ(changes(world, {base, "nowhere"}).error().error->kind, Error::Kind::world);
  World nowhere{sources};
  EXPECT_EQ(changes(nowhere, {base, head}).error().error->kind, Error::Kind::world);
}

}  // namespace
}  // namespace planner::app
