#include <gtest/gtest.h>

#include "tests/parsers/markdown_dump.h"

namespace parsers {
namespace {

TEST(MarkdownWorkOrder, ReadsAScopeBlock) {
  EXPECT_EQ(read_and_dump("# WO-NET-07: Retry policy\n"
                          "\n"
                          "**Priority:** 2 (soon)\n"
                          "**Estimate:** 45m  **Status:** In progress\n"
                          "\n"
                          "## Session Scope\n"
                          "**Write set:** src/net/retry.py, src/net/backoff/\n"
                          "**Read set:** src/net/client.py:12-40\n"
                          "**Dependencies:** WO-NET-05 must be committed before this session starts\n"
                          "**Do NOT touch:** Any file not listed above\n"
                          "**Permits:** tests/**\n"
                          "**Resources:** db:test, port:8080 (shared)\n"
                          "**Keys:** issue:42\n"
                          "**Branch:** `net-07`\n"
                          "**Exploration:** retries\n"
                          "**Root:** packages/net/\n"),
            "WO-NET-07@1:3 \"Retry policy\" priority=2 estimate=2700 running branch=net-07 root=packages/net"
            " exploration=retries\n"
            "  write: src/net/retry.py@7:16 src/net/backoff/@7:34\n"
            "  read: src/net/client.py@8:15\n"
            "  permits: tests/**@11:14\n"
            "  depends on WO-NET-05@9:19\n"
            "  resource db:test exclusive@12:16\n"
            "  resource port:8080 shared@12:25\n"
            "  key issue:42@13:11\n");
}

TEST(MarkdownWorkOrder, ReadsAPacketOfOrders) {
  EXPECT_EQ(read_and_dump("# Dispatch Packet\n"
                          "**Status:** READY\n"
                          "1. Do NOT touch any file not listed in the WO.\n"
                          "\n"
                          "## WO-A-1: Parser\n"
                          "**Files to modify:** `src/parse.py` (or wherever tokens live), `src/lex.py`\n"
                          "**Verification ref:** `docs/grammar.md` — rules 3 and 4\n"
                          "### BUG-1: Off by one\n"
                          "**Location:** lex.py:363, parse.py:12\n"
                          "**Fix:**\n"
                          "```python\n"
                          "**Write set:** nothing.py\n"
                          "```\n"
                          "### Tests to add:\n"
                          "1. `tests/test_lex.py` covers it\n"
                          "\n"
                          "## WO-A-2: Schema\n"
                          "**Files to modify:** `src/schema.py`\n"
                          "**DEPENDS-ON:** Should be applied BEFORE WO-A-1 (it reads the schema)\n"
                          "\n"
                          "## Dispatch Summary\n"
                          "| WO | Bugs | Parallel Safe? | Depends On |\n"
                          "|----|------|----------------|------------|\n"
                          "| WO-A-1 | BUG-1 | Yes (after WO-A-2) | WO-A-2 |\n"
                          "| WO-A-2 | BUG-2 | Yes | None |\n"
                          "\n"
                          "**Wave 1 (parallel):** WO-A-2\n"
                          "**Wave 2 (depends on Wave 1):** WO-A-1 (depends on WO-A-2 schema)\n"),
            "WO-A-1@5:4 \"Parser\"\n"
            "  write: src/parse.py@6:23 src/lex.py@6:65\n"
            "  read: docs/grammar.md@7:24\n"
            "  depends on WO-A-2@24:41\n"
            "WO-A-2@17:4 \"Schema\"\n"
            "  write: src/schema.py@18:23\n"
            "  before WO-A-1@19:42\n"
            "Wave 1@27:3: WO-A-2\n"
            "Wave 2@28:3: WO-A-1\n");
}

TEST(MarkdownWorkOrder, ReadsABatchWithAliases) {
  EXPECT_EQ(read_and_dump("# BATCH Q\n"
                          "| WO | File(s) | Conflict? |\n"
                          "|---|---|---|\n"
                          "| WO1 (IE) | `cast.py` | None |\n"
                          "| WO2 | `aoo.py` | None |\n"
                          "\n"
                          "**WO1 and WO2 share a test.** Commit WO1 before WO2.\n"
                          "Ensure Batch R WO2 is clean before Batch Q WO1 begins.\n"
                          "**Recommended commit order:** WO2 → WO1.\n"
                          "\n"
                          "## WO 1 — WO-ENGINE-IE-001\n"
                          "**Scope:** `core/cast.py`\n"
                          "**Gate file:** `tests/ie_gate.py`\n"
                          "**Kernel touch:** NONE\n"
                          "\n"
                          "## WO 2 — WO-ENGINE-MB-001: Mobility\n"
                          "**Scope:** `core/aoo.py`\n"
                          "**Gate file:** `tests/mb_gate.py` ← EXISTING FILE\n"),
            "WO-ENGINE-IE-001@11:13 \"\" alias=\"WO 1\" alias=\"WO1\"\n"
            "  write: core/cast.py@12:13 tests/ie_gate.py@13:17(create)\n"
            "WO-ENGINE-MB-001@16:13 \"Mobility\" alias=\"WO 2\" alias=\"WO2\"\n"
            "  write: core/aoo.py@17:13 tests/mb_gate.py@18:17(modify)\n"
            "  depends on WO-ENGINE-IE-001@7:38\n");
}

TEST(MarkdownWorkOrder, PutsThePacketsIdBeforeItsDeliverables) {
  EXPECT_EQ(read_and_dump("# Instruction Packet: Agent\n"
                          "**Work Order:** WO-BATCH-9 (Cross-cutting)\n"
                          "**Priority:** 1\n"
                          "## Deliverable 1: Clear\n"
                          "**File:** `a/clear.py` (or wherever it lives)\n"
                          "## Deliverable 2: Guard\n"
                          "**File:** `a/guard.py` (around line 54)\n"
                          "**Depends on:** Deliverable 1\n"
                          "## REFERENCES\n"
                          "| Priority | File |\n|--|--|\n| 1 | `a/guard.py` |\n"),
            "WO-BATCH-9/Deliverable-1@4:4 \"Clear\" alias=\"Deliverable-1\" alias=\"Deliverable 1\"\n"
            "  write: a/clear.py@5:12\n"
            "WO-BATCH-9/Deliverable-2@6:4 \"Guard\" alias=\"Deliverable-2\" alias=\"Deliverable 2\"\n"
            "  write: a/guard.py@7:12\n"
            "  depends on WO-BATCH-9/Deliverable-1@8:17\n");
}

TEST(MarkdownWorkOrder, ReadsHeadingsAsLabels) {
  EXPECT_EQ(read_and_dump("# FIX-12: Cache\n"
                          "## Files to Modify\n"
                          "- `src/cache.c` (lines 3-9, function `get`)\n"
                          "- src/{hot,cold}/line.c:12-40\n"
                          "- `src/old.c` -> `src/new.c`\n"
                          "## Required Reading\n"
                          "- `GUIDE.md` — Section 2\n"
                          "## Scope Boundaries\n"
                          "- Do NOT modify `src/heap.c` — that belongs to FIX-13\n"
                          "- Do NOT refactor surrounding code\n"
                          "## Dependencies\n"
                          "- DEPENDS-ON: FIX-11 (the heap)\n"
                          "- Or: None — this order is independently executable.\n"),
            "FIX-12@1:3 \"Cache\"\n"
            "  write: src/cache.c@3:4 src/hot/line.c@4:3 src/cold/line.c@4:3 src/old.c@5:4(rename to src/new.c)\n"
            "  read: GUIDE.md@7:4\n"
            "  do not touch: src/heap.c@9:18\n"
            "  depends on FIX-11@12:15\n");
}

TEST(MarkdownWorkOrder, ReadsAPlanWithIntents) {
  EXPECT_EQ(read_and_dump("### Task 3: Ledger\n"
                          "**Files:**\n"
                          "- Create: `crates/a.rs`\n"
                          "- Modify: `crates/b.rs:7-148,552-end`\n"
                          "- Test: `crates/b.rs:9`\n"
                          "- Delete: `crates/c.rs`\n"
                          "\n"
                          "- [ ] **Step 1: Write `crates/d.rs`**\n"
                          "**Depends on:** Tasks 1, 2 and WO-X-9\n"),
            "Task-3@1:5 \"Ledger\" alias=\"Task 3\"\n"
            "  write: crates/a.rs@3:12(create) crates/b.rs@4:12(modify) crates/c.rs@6:12(delete)\n"
            "  depends on Task-1@9:17\n"
            "  depends on Task-2@9:26\n"
            "  depends on WO-X-9@9:32\n");
}

TEST(MarkdownWorkOrder, NamesAFileWithoutIdsAfterItself) {
  EXPECT_EQ(read_and_dump("## Session Scope\n**Write set:** a.py\n**Read set:** N/A\n", "main:orders/wo-7.md"),
            "wo-7@1:4 \"Session Scope\"\n  write: a.py@2:16\n  read:\n");
}

TEST(MarkdownWorkOrder, TakesAScopeBesideItsHeading) {
  EXPECT_EQ(read_and_dump("## WO-1: a\n## Session Scope\n**Write set:** a.py\n## WO-2: b\n**Write set:** none\n"),
            "WO-1@1:4 \"a\"\n  write: a.py@3:16\nWO-2@4:4 \"b\"\n  write:\n");
}

TEST(MarkdownWorkOrder, NestedHeadingsOpenNothing) {
  EXPECT_EQ(read_and_dump("## WO-1: a\n### BUG-7: x\n**File:** `a.py`\n### BUG-8: y\n**File:** `b.py`\n"),
            "WO-1@1:4 \"a\"\n  write: a.py@3:12 b.py@5:12\n");
}

TEST(MarkdownWorkOrder, ATitleAboveOrdersIsNone) {
  EXPECT_EQ(read_and_dump("# WO-SET-5: Batch\n## WO-1: a\n**File:** `a.py`\n## WO-2: b\n**File:** `b.py`\n"),
            "WO-1@2:4 \"a\"\n  write: a.py@3:12\nWO-2@4:4 \"b\"\n  write: b.py@5:12\n");
}

TEST(MarkdownWorkOrder, ReadsOnlyWhatAReaderOfThePageSees) {
  EXPECT_EQ(read_and_dump("## WO-1: a\n"
                          "**Write set:** a.py\n\n"
                          "<!--\n**Read set:** hidden.py\n-->\n\n"
                          "text <!-- \n**Read set:** hidden.py --> more\n\n"
                          "<div>\n**Read set:** hidden.py\n</div>\n\n"
                          "    **Read set:** hidden.py\n\n"
                          "````\n```\n**Read set:** hidden.py\n```\n````\n\n"
                          "> **Read set:** hidden.py\n"),
            "WO-1@1:4 \"a\"\n  write: a.py@2:16\n");
}

TEST(MarkdownWorkOrder, KeepsBytesOfLinesWithByteOrderMarkTabsAndCarriageReturns) {
  EXPECT_EQ(read_and_dump("\xEF\xBB\xBF## WO-1: \xC3\xA9\r\n-\t**Write set:**\t`\xC3\xA9/a.py`,\tb.py\r\n"),
            "WO-1@1:7 \"\xC3\xA9\"\n  write: \xC3\xA9/a.py@2:19 b.py@2:29\n");
}

TEST(MarkdownWorkOrder, ReportsWhatIsWrong) {
  EXPECT_EQ(read_and_dump("**Write set:** stray.py\n"
                          "## WO-1: a\n"
                          "### Session Scope\n"
                          "- **Write set:** a.py\n"
                          "- **Wriet set:** `b.py`\n"
                          "- **Wr\xD1\x96te set:** `c.py`\n"
                          "- Colour: `d.py`\n"
                          "- **Mood:** good\n"
                          "- **Depends on:** the schema landing first\n"
                          "### Session Scope\n"
                          "**Write set:** e.py\n"
                          "## WO-2: b\n"
                          "**Files to modify:** to be decided\n"
                          "**Read set:** a.py\n"
                          "**Read set:** b/{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}\n"),
            "WO-1@2:4 \"a\"\n"
            "  write: a.py@4:18 e.py@11:16\n"
            "WO-2@12:4 \"b\"\n"
            "  read: a.py@14:15\n"
            "warning 1:1: this scope is outside of every work order and was left unread\n"
            "error 5:5: \"Wriet set\" is almost the label \"write set\" but is not\n"
            "error 6:5: \"Wr\xD1\x96te set\" looks like the label \"write set\" but is not\n"
            "error 7:3: unknown label \"Colour\" in a scope block\n"
            "error 8:5: unknown label \"Mood\" in a scope block\n"
            "warning 9:19: no work order could be read from this dependency of WO-1\n"
            "error 10:5: a second scope block in WO-1\n"
            "warning 13:3: no path could be read under \"Files to modify\" of WO-2\n"
            "error 15:3: a second \"Read set\" in WO-2; the first is on line 14\n"
            "warning 15:3: no path could be read under \"Read set\" of WO-2\n"
            "error 15:15: \"b/{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}\" stands for more than 256 paths\n");
}

TEST(MarkdownWorkOrder, WarnsOfPathsThatStayUnread) {
  EXPECT_EQ(read_and_dump("## WO-1: a\n"
                          "**Write set:** `src/` except `m.ts`, lib/a.ts (replaces `old/a.ts`, as lib/a.ts does)\n"
                          "**Read set:** None, except what the build needs\n"
                          "**Do NOT touch:** Anything outside `src/`\n"),
            "WO-1@1:4 \"a\"\n"
            "  write: src/@2:17 lib/a.ts@2:38\n"
            "warning 2:31: left unread in the write set of WO-1: \"m.ts\"\n"
            "warning 2:58: left unread in the write set of WO-1: \"old/a.ts\"\n"
            "warning 3:3: no path could be read under \"Read set\" of WO-1\n");
}

TEST(MarkdownWorkOrder, SaysWhatEveryLineWasReadAs) {
  const auto parsed = read_markdown({"a.md",
                                     "## WO-1: a\n"
                                     "**Write set:** `a.py` (or so), b.py\n"
                                     "**Severity:** HIGH\n"
                                     "**Do NOT touch:** Any file not listed above\n"
                                     "**Location:** a.py:3\n"
                                     "Some prose\nover two lines.\n"},
                                    FileId{0});
  std::string out;
  for (const Reading& r : parsed.value.readings)
    out += fmt::format("{} {} {}: {}\n", place(r.where), r.order, r.as, r.text);
  EXPECT_EQ(out,
            "1:10 WO-1 title: a\n"
            "2:17 WO-1 write: a.py\n"
            "2:23 WO-1 unread: (or so)\n"
            "2:32 WO-1 write: b.py\n"
            "3:15 WO-1 unread: Severity: HIGH\n"
            "4:19 WO-1 closed: Any file not listed above\n"
            "5:15 WO-1 mentioned: a.py:3 Some prose over two lines.\n");
}

TEST(MarkdownWorkOrder, SaysHowEveryPathIsWritten) {
  const auto parsed = read_markdown({"a.md",
                                     "## WO-1: a\n"
                                     "- Create: a.py\n"
                                     "- Modify: b.py:40-72\n"
                                     "- Delete: c.py\n"
                                     "- Move: d.py -> e.py\n"
                                     "- Append: f.py\n\n"
                                     "**Read set:** `g.py`\n"
                                     "**Blocks:** WO-2\n"},
                                    FileId{0});
  std::string out;
  for (const Reading& r : parsed.value.readings) out += fmt::format("{} {}: {}\n", place(r.where), r.as, r.text);
  EXPECT_EQ(out,
            "1:10 title: a\n"
            "2:11 create: a.py\n"
            "3:11 write: b.py\n"
            "3:15 unread: :40-72\n"
            "4:11 delete: c.py\n"
            "5:9 rename: d.py -> e.py\n"
            "6:11 append: f.py\n"
            "8:16 read: g.py\n"
            "9:13 before: WO-2\n");
}

TEST(MarkdownWorkOrder, EveryPlacePointsAtItsToken) {
  const Source source{"a.md",
                      "## WO-1: a\r\n"
                      "- **Files:**\r\n"
                      "  1. `a/b.py:3-9`, **c/d.py**, [e.py](e.py) and \tf.py\r\n"
                      "  2. Create `g.py`, `h.py,i.py`\r\n"
                      "\r\n"
                      "     Modify: `j/k.py`\r\n"
                      "- Depends on: WO-2,\r\n"
                      "  WO-3 and `WO-4`\r\n"};
  const auto parsed = read_markdown(source, FileId{0});
  ASSERT_EQ(parsed.value.orders.size(), 1U);
  const WorkOrder& order = parsed.value.orders[0];
  std::string found;
  for (const ScopeEntry& entry : *order.write) {
    EXPECT_TRUE(line_text(source, entry.where).substr(entry.where.column - 1).starts_with(entry.text)) << entry.text;
    found += entry.text + " ";
  }
  for (const Dependency& dependency : order.depends_on) {
    EXPECT_TRUE(line_text(source, dependency.where).substr(dependency.where.column - 1).starts_with(dependency.target));
    found += dependency.target + " ";
  }
  EXPECT_EQ(found, "a/b.py c/d.py e.py f.py g.py h.py i.py j/k.py WO-2 WO-3 WO-4 ");
}

}  // namespace
}  // namespace parsers
