#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "planner/report/report.h"
#include "planner/report/scope_words.h"
#include "tests/planner/report/small_plans.h"

namespace planner::report {
namespace {

ScopeAnswer scope_of(const std::string& yaml) {
  const PlanAnswer plan = plan_of(yaml);
  ScopeAnswer answer;
  answer.orders = plan.orders;
  answer.order = OrderId(0);
  return answer;
}

const char* const everything = R"(work_orders:
  - id: WO-1
    title: All there is
    priority: 1
    write:
      - src/a.py
      - {path: new.py, intent: create}
      - {path: old.py, intent: delete}
      - {path: x/b.py, intent: rename, to: x/c.py}
      - {path: CHANGELOG.md, intent: append}
      - "tests/**"
      - src/k.py::K.m
    read: []
    depends_on: [WO-2, "commit:3e843ce", "path:src/z.py", "external:OPS-7"]
    before: [WO-3]
    permits: ["docs/**"]
    do_not_touch: ["**/*.lock"]
    resources: ["db:test", {name: "port:8080", mode: shared}]
    keys: ["idea:6"]
  - {id: WO-2, write: [q.py]}
  - {id: WO-3, write: [r.py]}
)";

TEST(TextScope, IsAPromptBlock) {
  ScopeAnswer answer = scope_of(everything);
  answer.base = "3e843ce0d1c2b3a4958677869504132231405f6e";
  answer.branch = "fix-1";
  answer.worktree = "../it's here";
  answer.owned = {{"src/b.py", {"WO-3", "WO-5", "WO-6"}}, {"lib/", {"WO-4"}}};
  answer.owned_more = 7;
  answer.waits_for = {{OrderId(1), "dependency on WO-2"}};
  EXPECT_EQ(text(answer), R"out(# WO-1: All there is

## Session Scope

**Write set:** `src/a.py`, `./new.py` (new), `./old.py` (delete), `x/b.py` -> `x/c.py`, `./CHANGELOG.md` (append), `tests/**`, `src/k.py::K.m`
**Read set:** none
**Dependencies:** WO-2; `commit:3e843ce`, `path:src/z.py`, `external:OPS-7`
**Blocks:** WO-3
**May write:** `docs/**`
**Resources:** `db:test`, `port:8080` (shared)
**Keys:** `idea:6`
**Do NOT touch:** `**/*.lock`, `src/b.py`, `lib/`, any file not listed above

## Start

- Wait for WO-2: this order depends on it

Start from `3e843ce0d1c2b3a4958677869504132231405f6e`, in a work tree of your own:

```sh
git worktree add -b fix-1 '../it'\''s here' 3e843ce0d1c2b3a4958677869504132231405f6e
cd '../it'\''s here'
```

End every commit message with the trailer:

```
Work-Order: WO-1
```

## Others at the same time

These belong to sessions that may run beside yours:

- `src/b.py` of WO-3, WO-5 and WO-6
- `lib/` of WO-4
- and 7 more

## When you need another file

Stop and say so, if it belongs to somebody else or is not to be touched. Any other file may be added; say why in
the commit message:

```
Scope-Add: path/of/the/file -- the reason
```
)out");
}

TEST(TextScope, IsReadBackAsTheSameScope) {
  const ScopeAnswer answer = scope_of(everything);
  const Order& written = answer.orders.list[0];
  const std::vector<parsers::Source> sources{{"scope.md", text(answer)}};
  const auto read = parsers::read_markdown(sources[0], parsers::FileId{0});
  ASSERT_EQ(read.value.orders.size(), 1U) << sources[0].text;
  const Bound bound = resolve({read.value}, {}, {}, sources);
  ASSERT_EQ(bound.orders.list.size(), 1U);
  const Order& back = bound.orders.list[0];
  EXPECT_EQ(back.id, written.id);
  EXPECT_EQ(back.title, written.title);
  const auto same = [](const std::vector<Entry>& x, const std::vector<Entry>& y) {
    ASSERT_EQ(x.size(), y.size());
    for (std::size_t i = 0; i < x.size(); ++i) {
      EXPECT_EQ(x[i].resource.text, y[i].resource.text);
      EXPECT_EQ(x[i].intent, y[i].intent) << x[i].resource.text;
    }
  };
  ASSERT_TRUE(back.write && back.read);
  same(*back.write, *written.write);
  same(*back.read, *written.read);
  same(back.permits, written.permits);
  same(back.do_not_touch, written.do_not_touch);
  ASSERT_EQ(back.depends_on.size(), written.depends_on.size());
  for (std::size_t i = 0; i < back.depends_on.size(); ++i)
    EXPECT_EQ(back.depends_on[i].target, written.depends_on[i].target);
  ASSERT_EQ(back.before.size(), 1U);
  EXPECT_EQ(back.before[0].target, "WO-3");
  ASSERT_EQ(back.resources.size(), 2U);
  EXPECT_EQ(back.resources[1].name, "port:8080");
  EXPECT_EQ(back.resources[1].mode, parsers::Mode::shared);
  ASSERT_EQ(back.keys.size(), 1U);
  EXPECT_TRUE(back.closed);
}

TEST(TextScope, AnyIdIsReadBack) {
  const ScopeAnswer answer = scope_of(R"(work_orders:
  - {id: fix_login, priority: 1, write: [a.py], depends_on: [other]}
  - {id: other, write: [b.py]}
)");
  const auto read = parsers::read_markdown({"scope.md", text(answer)}, parsers::FileId{0});
  ASSERT_EQ(read.value.orders.size(), 1U);
  EXPECT_EQ(read.value.orders[0].id, "fix_login");
  ASSERT_EQ(read.value.orders[0].depends_on.size(), 1U);
  EXPECT_EQ(read.value.orders[0].depends_on[0].target, "other");
}

TEST(TextScope, AnUnknownScopeIsSaid) {
  const std::string out = text(scope_of("work_orders:\n  - {id: WO-1}\n"));
  EXPECT_NE(out.find("\n**Write set:** unknown\n"), std::string::npos);
  EXPECT_NE(out.find("No write set is declared for this order."), std::string::npos);
  const auto read = parsers::read_markdown({"scope.md", out}, parsers::FileId{0});
  ASSERT_EQ(read.value.orders.size(), 1U);
  EXPECT_FALSE(parsers::has_errors(read.diagnostics));
  EXPECT_FALSE(read.value.orders[0].write);
  EXPECT_NE(text(scope_of("work_orders:\n  - {id: WO-1, scope: proposed, write: [a.py]}\n")).find("only proposed"),
            std::string::npos);
}

TEST(TextScope, SaysWhatItWaitsFor) {
  ScopeAnswer answer = scope_of(R"(work_orders:
  - {id: WO-1, priority: 1, write: [a.py]}
  - {id: WO-2, before: [WO-1], write: [b.py]}
  - {id: WO-3, write: [a.py]}
)");
  answer.waits_for = {{OrderId(1), "dependency on WO-1"}, {OrderId(2), "write-write on a.py"}};
  EXPECT_NE(
      text(answer).find("- Wait for WO-2: it is to be done before this order\n- Wait for WO-3: write-write on a.py\n"),
      std::string::npos)
      << text(answer);
}

TEST(JsonScope, CarriesThePrompt) {
  ScopeAnswer answer = scope_of(everything);
  const auto out = nlohmann::json::parse(json(answer));
  EXPECT_EQ(out["schema"], "interlock.scope/1");
  EXPECT_EQ(out["prompt"], text(answer));
  EXPECT_EQ(out["trailer"], "Work-Order: WO-1");
  EXPECT_EQ(out["depends_on"], nlohmann::json({"WO-2", "commit:3e843ce", "path:src/z.py", "external:OPS-7"}));
  EXPECT_TRUE(out["commands"].empty());
}

TEST(ShellWord, IsOneWordAndNoOption) {
  EXPECT_EQ(shell_word("fix-1"), "fix-1");
  EXPECT_EQ(shell_word(""), "''");
  EXPECT_EQ(shell_word("a b"), "'a b'");
  EXPECT_EQ(shell_word("it's"), "'it'\\''s'");
  EXPECT_EQ(shell_word("$(rm -rf x)`;&"), "'$(rm -rf x)`;&'");
  EXPECT_EQ(shell_word("-x"), "./-x");
  EXPECT_EQ(shell_word("~/x"), "'~/x'");
}

}  // namespace
}  // namespace planner::report
