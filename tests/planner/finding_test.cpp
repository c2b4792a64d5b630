#include "planner/finding.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace planner {
namespace {

Finding at(const std::string& rule, const std::string& file, std::uint32_t line) {
  return {rule, FindingSeverity::error, Certainty::proved, "", fmt::format("{} at {}", rule, line), {file, line}, {}};
}

std::vector<Finding> many(std::size_t count) {
  std::vector<Finding> out;
  for (std::uint32_t i = 1; i <= count; ++i) out.push_back(at("duplicate-definition", "a.py", i));
  return out;
}

TEST(Finding, SeverityThenRuleThenPlaceOrderThem) {
  std::vector<Finding> findings{at("textual", "b.py", 1), at("textual", "a.py", 9), at("orphaned-work", "z.py", 1)};
  findings.push_back(at("a-note", "a.py", 1));
  findings.back().severity = FindingSeverity::note;
  sort_findings(findings);
  std::string order;
  for (const Finding& f : findings) order += f.rule + " " + f.where.file + "\n";
  EXPECT_EQ(order, "orphaned-work z.py\ntextual a.py\ntextual b.py\na-note a.py\n");
}

TEST(Finding, AFewAlikeAllStand) {
  for (const std::size_t count : {0, 1, 20, 21}) {
    std::vector<Finding> findings = many(count);
    fold_findings(findings);
    EXPECT_EQ(findings.size(), count);
    for (const Finding& f : findings) EXPECT_EQ(f.message, fmt::format("{} at {}", f.rule, f.where.line));
  }
}

TEST(Finding, OfManyAlikeTheRestIsCounted) {
  std::vector<Finding> findings = many(500);
  findings[300].certainty = Certainty::inferred;
  for (Finding& other : many(3)) findings.push_back(other), findings.back().where.file = "b.py";
  fold_findings(findings);
  ASSERT_EQ(findings.size(), 24U);
  EXPECT_EQ(findings[19].where.line, 20U);
  EXPECT_EQ(findings[20].message, "480 more like the ones above in this file, from here on");
  EXPECT_EQ(findings[20].where.line, 21U);
  EXPECT_EQ(findings[20].certainty, Certainty::inferred);
  EXPECT_EQ(findings[21].where.file, "b.py");
}

}  // namespace
}  // namespace planner
