#include <fmt/format.h>
#include <gtest/gtest.h>

#include "parsers/format.h"

namespace parsers {
namespace {

/// One order a line: "id title @line: waits".
std::string issues(const std::string& text, const std::string& name = "issues.md") {
  const Source source{name, text};
  std::string out;
  for (const WorkOrder& o : read_work_orders_as("text", source, FileId{0}).value.orders) {
    out += fmt::format("{} {} @{}", o.id, o.title, o.where.line);
    for (const Dependency& d : o.depends_on) out += " after " + d.target;
    for (const Dependency& d : o.before) out += " before " + d.target;
    out += "\n";
  }
  return out;
}

TEST(FormatText, HeadingsWithIdsOpenIssues) {
  EXPECT_EQ(issues("# Backlog\n\n## GH-12: Cart\nfix it\n### WO-9 in it\n## #13 Till\nblocked by #12\n## Notes\n"),
            "GH-12 Cart @3\nGH-13 Till @6 after GH-12\n");
  EXPECT_EQ(issues("# WO-FIX-3 — Conditions\n\n```\n# GH-1: in a block\n```\n"), "WO-FIX-3 Conditions @1\n");
}

TEST(FormatText, LinesWithIdsDoWhereTheTextBeginsWithOne) {
  EXPECT_EQ(issues("GH-1: Cart\n  body\nGH-2: Till, after GH-1\nsee\n  GH-3: no\n"),
            "GH-1 Cart @1\nGH-2 Till, after GH-1 @3\n");
  EXPECT_EQ(issues("- #1: Cart\n- #2: Till\n"), "GH-1 Cart @1\nGH-2 Till @2\n");
  EXPECT_EQ(issues("Cart\nGH-2: Till\n"), "issues Cart @1\n");
}

TEST(FormatText, HeadingsWithoutIdsAreCounted) {
  EXPECT_EQ(issues("# Backlog\n## Cart\nx\n### why\n## Till\n"), "ISSUE-1 Cart @2\nISSUE-2 Till @5\n");
}

TEST(FormatText, ElseTheWholeTextIsOneIssueCalledAfterItsFile) {
  EXPECT_EQ(issues("\n# Cart is slow\n\nIt is.\n", "backlog/slow-cart.md"), "slow-cart Cart is slow @2\n");
  EXPECT_EQ(issues("Cart is slow", "<stdin>"), "ISSUE-1 Cart is slow @1\n");
  EXPECT_EQ(issues("\n \n"), "");
}

TEST(FormatText, ASecondIssueOfOneIdIsAWarning) {
  const Source source{"issues.md", "# GH-1: a\n# GH-1: b\n"};
  const auto parsed = read_work_orders_as("text", source, FileId{0});
  EXPECT_EQ(parsed.value.orders.size(), 1U);
  EXPECT_EQ(parsed.diagnostics.back().message, "issue \"GH-1\" is there twice");
}

}  // namespace
}  // namespace parsers
