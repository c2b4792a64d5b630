// Ways to write a label that people plainly mean, and ways that must not pass in silence.
#include <gtest/gtest.h>

#include "tests/parsers/markdown_dump.h"

namespace parsers {
namespace {

/// The writes of the one order, with their intents.
std::string writes(const std::string& text) {
  const auto parsed = read_markdown({"a.md", "# WO-1: a\n\n" + text}, FileId{0});
  if (parsed.value.orders.size() != 1 || !parsed.value.orders[0].write) return "unknown";
  std::string out;
  for (const ScopeEntry& e : *parsed.value.orders[0].write) {
    out += e.text;
    if (e.intent_declared) out += fmt::format("({}{}{})", to_string(e.intent), e.to.empty() ? "" : " ", e.to);
    out += " ";
  }
  for (const Diagnostic& d : parsed.diagnostics) out += fmt::format("{}! ", to_string(d.severity));
  return out;
}

TEST(MarkdownVariants, OfAWriteSet) {
  for (const std::string text :
       {"**Write set** a.ts\n", "Write set - a.ts\n", "**Write sets:** a.ts\n",
        "**\xF0\x9F\x93\x9D Write set:** a.ts\n", "**Write set**\xEF\xBC\x9A a.ts\n", "1. Write set\n   - a.ts\n",
        "- **Write set** `a.ts`\n", "| Field | Value |\n|---|---|\n| **Write set** | a.ts |\n| Depends on | none |\n",
        "| Write set | `a.ts` |\n|---|---|\n| Priority | 2 |\n",
        "| Write set | Read set |\n|--|--|\n| a.ts | b.ts |\n"})
    EXPECT_EQ(writes(text), "a.ts ") << text;
  EXPECT_EQ(writes("| File | Action |\n|--|--|\n| a.ts | modify |\n| b.ts | New |\n"), "a.ts(modify) b.ts(create) ");
}

TEST(MarkdownVariants, OfListLabels) {
  EXPECT_EQ(writes("- Modify: a.ts\n- Move: b.ts -> c.ts\n- Add: `d.ts`\n- Update: e.ts\n- Create/Modify: f.ts\n"
                   "- Modify `g.ts`\n- Replace: h.ts with i.ts\n"),
            "a.ts(modify) b.ts(rename c.ts) d.ts(create) e.ts(modify) f.ts g.ts(modify) h.ts(modify) i.ts(modify) ");
  EXPECT_EQ(writes("**Write set:** a.ts\n\n- Update: all tests pass\n- Add: a section on `b.ts`\n"), "a.ts ");
}

TEST(MarkdownVariants, OfDependencies) {
  EXPECT_EQ(read_and_dump("# WO-1: a\n\n**Write set:** a.ts\n**After:** WO-2\n**Must run after:** WO-3\n"
                          "**Precedes:** WO-4\n**Must not modify:** b.ts\n\nAfter: the page is empty.\n"),
            "WO-1@1:3 \"a\"\n  write: a.ts@3:16\n  do not touch: b.ts@7:22\n"
            "  depends on WO-2@4:12\n  depends on WO-3@5:21\n  before WO-4@6:15\n");
}

TEST(MarkdownVariants, AnOrderWithoutAScopeIsNotSilent) {
  const std::string first = "# WO-1: a\n\n**Write set:** a.ts\n\n# WO-2: b\n\n";
  const std::string order = "WO-1@1:3 \"a\"\n  write: a.ts@3:16\n";
  const std::string none = "warning 5:3: WO-2 has no scope that could be read, and is no work order\n";
  for (const std::string text : {"Nothing but prose.\n", "```yaml\nwrite: [a.ts]\n```\n", "> **Write set:** a.ts\n"})
    EXPECT_EQ(read_and_dump(first + text), order + none) << text;
  EXPECT_EQ(read_and_dump(first + "**Wirte set:** a.ts\n**Dependancies:** WO-1\n"),
            order + none +
                "error 7:3: \"Wirte set\" is almost the label \"write set\" but is not\n"
                "error 8:3: \"Dependancies\" is almost the label \"dependencies\" but is not\n");
  for (const std::string name : {"Wr\xD1\x96te set:", "Write\xE2\x80\x8B set:", "Write set\xEF\xBC\x9A"}) {
    const std::string told = read_and_dump(first + "**" + name + "** a.ts\n");
    EXPECT_NE(told.find("error 7:3: "), std::string::npos) << told;
  }
  EXPECT_EQ(read_and_dump("# WO-3: alone\n\nProse.\n"),
            "warning 1:3: WO-3 has no scope that could be read, and is no work order\n");
  EXPECT_EQ(read_and_dump("1. **WO-A1** - title\n   - Write: a.ts\n"),
            "warning 1:6: WO-A1 has no scope that could be read, and is no work order\n");
}

TEST(MarkdownVariants, ProseStaysProse) {
  for (const std::string text :
       {"# Glossary\n\n| word | meaning |\n|--|--|\n| write set | what it writes |\n| depends on | what must hold |\n",
        "# Protocol\n\nDeclare:\n- **Files I will modify** (write set)\n- Read set\n",
        "# Tasks\n\n## Task 1: Setup\n\nProse.\n", "# RFC-12: Terms\n\n## UTF-8: text\n\nProse.\n",
        "# Notes\n\nUpdate: a.py is fine now.\n"})
    EXPECT_EQ(read_and_dump(text), "") << text;
}

}  // namespace
}  // namespace parsers
