// Tables, maps, waves and front matter.
#include <gtest/gtest.h>

#include "tests/parsers/markdown_dump.h"

namespace parsers {
namespace {

TEST(MarkdownTables, AFileTableOpensOrders) {
  EXPECT_EQ(read_and_dump("| File | Used by WOs |\n"
                          "|------|------------|\n"
                          "| `a.py` | WO-1, WO-3 |\n"
                          "| `b.py`, `c/d.py` | WO-3 |\n"
                          "| `e.py` | nobody |\n"),
            "WO-1@3:12 \"\"\n  write: a.py@3:4\n"
            "WO-3@3:18 \"\"\n  write: a.py@3:4 b.py@4:4 c/d.py@4:12\n");
}

TEST(MarkdownTables, AnOrderTableAddsWhatTheOrderDoesNotSay) {
  EXPECT_EQ(read_and_dump("## WO-1: a\n**Scope:** `core/a.py`\n"
                          "## Ownership\n"
                          "| WO | Title | Files touched | Depends on | Priority |\n"
                          "|---|---|---|---|---|\n"
                          "| WO-1 | A | `a.py`, `b.py` | None | 3 |\n"
                          "| WO-2 | B \\| C | `b.py` | WO-1 | high |\n"
                          "\n"
                          "| WO | File |\n|---|---|\n| WO-2 | `lib/b.py` |\n"),
            "WO-1@1:4 \"a\" priority=3\n"
            "  write: core/a.py@2:13 b.py@6:23\n"
            "WO-2@7:3 \"B | C\"\n"
            "  write: b.py@7:20\n"
            "  depends on WO-1@7:28\n");
}

TEST(MarkdownTables, AScopeTableInsideAnOrder) {
  EXPECT_EQ(
      read_and_dump("## WO-1: a\n"
                    "### Files to modify\n"
                    "| File | Action | Why |\n|---|---|---|\n| `a.py` | create | new |\n| `b.py` | modify | old |\n"
                    "### Other\n"
                    "| Read set | Note |\n|---|---|\n| `c.py` | x |\n"
                    "### Results\n"
                    "| File | Lines |\n|---|---|\n| `z.py` | 3 |\n"),
      "WO-1@1:4 \"a\"\n  write: a.py@5:4(create) b.py@6:4(modify)\n  read: c.py@10:4\n");
}

TEST(MarkdownMaps, SessionsInParagraphListAndFence) {
  const std::string expected =
      "Session-A@{} \"\" alias=\"Session A\"\n  write: cond.py@{} x/attack.py@{}\n"
      "Session-B@{} \"\" alias=\"Session B\"\n  write: move.py@{}\n";
  EXPECT_EQ(read_and_dump("Session A: cond.py, x/attack.py\nSession B: move.py\n"),
            fmt::format(fmt::runtime(expected), "1:1", "1:12", "1:21", "2:1", "2:12"));
  EXPECT_EQ(read_and_dump("- **Session A:** `cond.py`, `x/attack.py`\n- **Session B:** move.py\n"),
            fmt::format(fmt::runtime(expected), "1:5", "1:19", "1:30", "2:5", "2:18"));
  EXPECT_EQ(read_and_dump("x\n```\nSession A: cond.py, x/attack.py\n\nSession B: move.py\n```\n"),
            fmt::format(fmt::runtime(expected), "3:1", "3:12", "3:21", "5:1", "5:12"));
}

TEST(MarkdownTables, RowsWithShortIdsDependenciesAndLineBreaks) {
  EXPECT_EQ(read_and_dump("| Order | Files | After |\n|--|--|--|\n"
                          "| T1 | `a\\|b.ts`<br>c.ts | - |\n"
                          "| T2 | d.ts | T1 |\n"
                          "| both | e.ts | |\n"
                          "| none | f.ts | |\n"),
            "T1@3:3 \"\"\n  write: a|b.ts@3:9 c.ts@3:21\n"
            "T2@4:3 \"\"\n  write: d.ts@4:8\n  depends on T1@4:15\n"
            "warning 5:3: no work order is named by \"both\"; the row was left unread\n");
}

TEST(MarkdownMaps, OneUnusualLineDoesNotLoseTheOthers) {
  EXPECT_EQ(read_and_dump(
                "Session A: a.ts\nSession B (WO-7): b.ts (schemas only)\nSession C: c.ts \xE2\x80\x94 after Session A\n"
                "Session D: whatever is left\nand so on\n\n# WO-1: x\n**Write set:** d.ts\n"),
            "Session-A@1:1 \"\" alias=\"Session A\"\n  write: a.ts@1:12\n"
            "Session-B@2:1 \"\" alias=\"Session B\"\n  write: b.ts@2:19\n"
            "Session-C@3:1 \"\" alias=\"Session C\"\n  write: c.ts@3:12\n  depends on Session-A@3:27\n"
            "Session-D@4:1 \"\" alias=\"Session D\"\n"
            "WO-1@7:3 \"x\"\n  write: d.ts@8:16\n"
            "warning 4:12: the files of Session-D are not known: no path could be read\n"
            "warning 5:1: this line of the map names no session and was left unread\n");
}

TEST(MarkdownMaps, AFenceIsAnExampleWhereOrdersAreDeclared) {
  EXPECT_EQ(read_and_dump("```\nSession A: a.py\n```\n\n| File | Used by WOs |\n|--|--|\n| b.py | WO-1 |\n"),
            "WO-1@7:10 \"\"\n  write: b.py@7:3\n");
  EXPECT_EQ(read_and_dump("```text\nSession A: a.py\n```\n"), "");
  EXPECT_EQ(read_and_dump("```\nSession A: a.py\nand so on\n```\n"), "");
  EXPECT_EQ(read_and_dump("Session A: whatever is needed\n"), "");
}

TEST(MarkdownMaps, Agents) {
  EXPECT_EQ(read_and_dump("## Coordinator-only (global)\n"
                          "- `index.yaml`\n"
                          "## Agent scopes\n"
                          "- A01: start pages under `docs/start/**`\n"
                          "- A02–A03: weeks under `docs/week-0X/**`\n"
                          "- A12: sweep (read-only by default)\n"),
            "A01@4:3 \"\"\n  write: docs/start/**@4:27\n"
            "A02-A03@5:3 \"\"\n"
            "A12@6:3 \"\"\n"
            "warning 1:4: who may write these files is not a work order's scope; the list was left unread\n"
            "warning 5:3: A02-A03 stands for 2 agents and is read as one work order\n"
            "warning 5:27: the files of A02-A03 are not known: the path has a placeholder\n"
            "warning 6:8: the files of A12 are not known: no path could be read\n");
}

TEST(MarkdownWaves, InAllShapes) {
  EXPECT_EQ(read_and_dump("**Wave 1 (parallel):** WO-1, WO-2\n"
                          "Wave 2: WO-3 (after WO-1)\n\n"
                          "- Wave 3 — WO-4 after WO-3\n"
                          "- Wave 4:\n"
                          "  - WO-5: title, after WO-4\n\n"
                          "### Wave 5\n"
                          "- WO-6, WO-7 — small\n\n"
                          "## Other\n"
                          "Wave goodbye: WO-8\n\n"
                          "| Wave | WOs |\n|---|---|\n| 6 | WO-9, WO-10 |\n"),
            "Wave 1@1:3: WO-1 WO-2\n"
            "Wave 2@2:1: WO-3\n"
            "Wave 3@4:3: WO-4\n"
            "Wave 4@5:3: WO-5\n"
            "Wave 5@8:5: WO-6 WO-7\n"
            "Wave 6@16:3: WO-9 WO-10\n");
}

TEST(MarkdownWaves, HoldTheOrdersBelowThem) {
  EXPECT_EQ(read_and_dump("## Wave 1\n### WO-1: a\n**Files:** `a.py`\n**Depends on:** WO-2\n## Wave 2\n### WO 2: "
                          "b\n**Files:** `b.py`\n"),
            "WO-1@2:5 \"a\"\n  write: a.py@3:13\n  depends on WO-2@4:17\n"
            "WO-2@6:5 \"b\" alias=\"WO 2\" alias=\"WO2\"\n  write: b.py@7:13\n"
            "Wave 1@1:4: WO-1\nWave 2@5:4: WO-2\n");
}

TEST(MarkdownFrontMatter, OpensAnOrderForTheFile) {
  EXPECT_EQ(read_and_dump("---\n"
                          "id: 0009\n"
                          "title: \"Reader: stdin\"\n"
                          "status: done\n"
                          "depends_on: [\"0001\", #12]\n"
                          "conflicts_with: []\n"
                          "allowed_paths: [\"src/io.rs\", \"tests/**\"]\n"
                          "forbidden_paths:\n"
                          "  - SPEC.md   # never\n"
                          "  - \"SESSIONS/**\"\n"
                          "---\n"
                          "## Scope\n- Reads stdin.\n## Blockers\n- Needs `0001`.\n"),
            "0009@2:5 \"Reader: stdin\" done\n"
            "  write: src/io.rs@7:18 tests/**@7:31\n"
            "  do not touch: SPEC.md@9:5 SESSIONS/**@10:6\n"
            "  depends on 0001@5:15\n"
            "  depends on 12@5:22\n");
}

TEST(MarkdownFrontMatter, IsReadToTheEndWhenHalfWritten) {
  EXPECT_EQ(
      read_and_dump("---\nid: T-1\ndepends_on: [1,]\naffected_paths: [a.py, b.py\nfiles_modified: []\n\n# Title\n"),
      "T-1@2:5 \"\"\n"
      "  write: a.py@4:18 b.py@4:24\n"
      "  depends on 1@3:14\n"
      "warning 2:1: the front matter is not closed\n"
      "warning 3:15: a comma too many in \"depends_on\"\n"
      "warning 4:17: the list of \"affected_paths\" is not closed\n");
  EXPECT_EQ(read_and_dump("---\nid: T-1\nid: T-2\nalowed_paths: [a.py]\nallowed_paths: none\n---\n"),
            "T-2@3:5 \"\"\n"
            "  write:\n"
            "error 3:1: \"id\" is written twice\n"
            "error 4:1: \"alowed_paths\" is almost \"allowed paths\" but is not\n");
}

TEST(MarkdownFrontMatter, IsNoneWithoutAScope) {
  EXPECT_EQ(read_and_dump("---\ntitle: Blog\nid: 7\n---\n# Text\n"), "");
  EXPECT_EQ(read_and_dump("---\n\nid: 7\n"), "");
  EXPECT_EQ(read_and_dump("---\nid: WO-7\n---\n## Session Scope\n**Write set:** a.py\n"),
            "WO-7@2:5 \"\"\n  write: a.py@5:16\n");
}

}  // namespace
}  // namespace parsers
