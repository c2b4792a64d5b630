// What each CI system demands of its format, held on findings with hostile names.
#include "planner/report/finding_list.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <set>

namespace planner::report {
namespace {

using Json = nlohmann::json;

Finding found(std::string rule, FindingSeverity severity, std::string order, std::string path, std::uint32_t line = 0,
              std::string message = "m") {
  return {std::move(rule),         severity, Certainty::proved, std::move(order), std::move(message),
          {std::move(path), line}, {}};
}

FindingList hostile() {
  FindingList list;
  list.command = "verify";
  list.version = "1.2.3";
  list.work_orders = {"A", "B <&>\"'", "quiet"};
  list.findings = {
      found("foreign-work", FindingSeverity::error, "A", "src/a b#?.py", 3, "100% \r\n::error::of, it: all"),
      found("foreign-work", FindingSeverity::error, "A", "src/a b#?.py", 9, "the same once more"),
      found("undeclared-write", FindingSeverity::error, "A", "x\n::error file=a::pwn\x1B[31m", 0,
            "\"x\" was added; undo it, or commit with the trailer Scope-Add: x -- reason"),
      found("stale-read", FindingSeverity::warning, "B <&>\"'", "caf\xC3\xA9,\xFF\x01.py", 1, "]]> \xEF\xBF\xBF <x>"),
      found("scope-extended", FindingSeverity::note, "A", "/abs/olute", 0, "because"),
      found("no-order", FindingSeverity::note, "", "", 0, "nowhere"),
  };
  list.findings[0].related = {{{"orders.yaml", 12}, "the other side"}, {{}, "a remark"}};
  return list;
}

TEST(Sarif, IsInsideTheStandardAndTheLimits) {
  const Json log = Json::parse(sarif(hostile()));
  EXPECT_EQ(log["version"], "2.1.0");
  ASSERT_EQ(log["runs"].size(), 1U);
  const Json& run = log["runs"][0];
  EXPECT_EQ(run["tool"]["driver"]["name"], "interlock");
  const Json& rules = run["tool"]["driver"]["rules"];
  ASSERT_EQ(run["results"].size(), 6U);
  for (const Json& result : run["results"]) {
    EXPECT_EQ(rules.at(result["ruleIndex"].get<std::size_t>())["id"], result["ruleId"]);
    EXPECT_TRUE(std::set<std::string>({"error", "warning", "note"}).contains(result["level"]));
    ASSERT_EQ(result["locations"].size(), 1U);
    const Json& place = result["locations"][0]["physicalLocation"];
    EXPECT_GE(place["region"]["startLine"].get<int>(), 1);
    const std::string uri = place["artifactLocation"]["uri"];
    EXPECT_EQ(uri.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/%:"),
              std::string::npos)
        << uri;
    EXPECT_EQ(uri.starts_with("file:"), !place["artifactLocation"].contains("uriBaseId")) << uri;
    EXPECT_TRUE(result["suppressions"].is_array());
    EXPECT_FALSE(result["message"]["text"].get<std::string>().empty());
  }
  const Json& first = run["results"][0];
  EXPECT_EQ(first["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "src/a%20b%23%3F.py");
  EXPECT_EQ(first["locations"][0]["physicalLocation"]["artifactLocation"]["uriBaseId"], "%SRCROOT%");
  ASSERT_EQ(first["relatedLocations"].size(), 1U) << "what has no place is in the message of no location";
  EXPECT_EQ(run["results"][4]["suppressions"][0]["status"], "accepted");
}

TEST(Sarif, TheWorstComeFirstWhereThereAreTooMany) {
  FindingList list;
  list.findings.push_back(found("foreign-work", FindingSeverity::error, "A", "first"));
  for (int i = 0; i < 25'001; ++i)
    list.findings.push_back(found("stale-read", FindingSeverity::note, "A", fmt::format("f{}", i)));
  const Json run = Json::parse(sarif(list))["runs"][0];
  EXPECT_EQ(run["results"].size(), 25'000U);
  EXPECT_EQ(run["results"][0]["level"], "error");
  EXPECT_EQ(run["invocations"][0]["toolExecutionNotifications"].size(), 1U);
}

TEST(Fingerprints, StayWhenLinesAndWordsMove) {
  std::vector<Finding> list{
      found("r", FindingSeverity::error, "A", "p", 3, "one"), found("r", FindingSeverity::error, "A", "p", 7, "two"),
      found("r", FindingSeverity::error, "B", "p", 3, "one"), found("r", FindingSeverity::error, "", "Ap", 3, "one")};
  const std::vector<std::string> before = fingerprints(list);
  EXPECT_EQ(std::set<std::string>(before.begin(), before.end()).size(), 4U);
  list[0].where.line = 40;
  list[0].message = "other words";
  EXPECT_EQ(fingerprints(list), before);
}

TEST(GitHub, OneCommandALineWhateverTheNames) {
  const std::string out = github(hostile());
  EXPECT_NE(out.find("::error file=src/a b#?.py,line=3,title=A foreign-work::100%25 \\x0D\\x0A::error::of, it: all\n"),
            std::string::npos)
      << out;
  EXPECT_NE(out.find("file=x\\x0A%3A%3Aerror file=a%3A%3Apwn\\x1B[31m,title="), std::string::npos) << out;
  EXPECT_NE(out.find("::notice title=no-order::nowhere\n"), std::string::npos) << out;
  std::size_t commands = 0;
  for (std::size_t at = 0; at < out.size(); at = out.find('\n', at) + 1) commands += out.compare(at, 2, "::") == 0;
  EXPECT_EQ(commands, 6U);
}

TEST(GitHub, ShowsTenOfALevelAndCountsTheRest) {
  FindingList list;
  list.command = "verify";
  for (int i = 0; i < 13; ++i) list.findings.push_back(found("r", FindingSeverity::error, "A", fmt::format("f{}", i)));
  list.findings.push_back(found("r", FindingSeverity::warning, "A", "w"));
  const std::string out = github(list);
  EXPECT_NE(out.find("file=f9,"), std::string::npos);
  EXPECT_EQ(out.find("file=f10,"), std::string::npos);
  EXPECT_NE(out.find("::warning file=w,"), std::string::npos);
  EXPECT_NE(out.find("and 3 errors more: see the job summary"), std::string::npos) << out;
}

TEST(GitHub, ASummaryFitsIntoOneMebibyte) {
  EXPECT_EQ(job_summary("short\n"), "short\n");
  std::string lines;
  while (lines.size() < (std::size_t{2} << 20)) lines += "a line of the summary\n";
  const std::string cut = job_summary(lines);
  EXPECT_LE(cut.size(), std::size_t{1} << 20);
  EXPECT_TRUE(cut.ends_with("a line of the summary\n... cut: a job summary holds 1 MiB\n"));
}

TEST(GitLab, EveryIssueHasWhatTheWidgetNeeds) {
  const Json list = Json::parse(gitlab(hostile()));
  ASSERT_EQ(list.size(), 6U);
  std::set<std::string> prints;
  for (const Json& issue : list) {
    EXPECT_TRUE(std::set<std::string>({"info", "minor", "major", "critical", "blocker"}).contains(issue["severity"]));
    EXPECT_GE(issue["location"]["lines"]["begin"].get<int>(), 1);
    EXPECT_FALSE(issue["location"]["path"].get<std::string>().empty());
    EXPECT_FALSE(issue["check_name"].get<std::string>().empty());
    prints.insert(issue["fingerprint"].get<std::string>());
  }
  EXPECT_EQ(prints.size(), 6U) << "duplicates are dropped";
  EXPECT_EQ(gitlab(FindingList{}), "[]\n");
}

TEST(JUnit, SuitesAreOrdersAndFailuresAreWhatFailsTheCall) {
  FindingList list = hostile();
  const std::string out = junit(list);
  EXPECT_NE(out.find("<testsuites name=\"interlock verify\" tests=\"7\" failures=\"3\" errors=\"0\">"),
            std::string::npos)
      << out;
  EXPECT_NE(out.find("<testsuite name=\"B &lt;&amp;&gt;&quot;&apos;\" tests=\"1\" failures=\"0\""), std::string::npos);
  EXPECT_NE(out.find("<testcase classname=\"quiet\" name=\"as declared\"/>"), std::string::npos);
  EXPECT_NE(out.find("name=\"foreign-work src/a b#?.py (2)\""), std::string::npos) << "names are unique";
  for (const char c : out) EXPECT_TRUE(c == '\n' || static_cast<unsigned char>(c) >= 0x20) << out;
  EXPECT_EQ(out.find("\xEF\xBF\xBF"), std::string::npos) << "XML knows no such character";
  EXPECT_EQ(out.find("\xFF\\x01"), std::string::npos);
  list.failing = FindingSeverity::warning;
  EXPECT_NE(junit(list).find("failures=\"4\" errors=\"0\">"), std::string::npos);
}

TEST(Rdjson, DiagnosticsAsReviewdogReadsThem) {
  const Json out = Json::parse(rdjson(hostile()));
  EXPECT_EQ(out["source"]["name"], "interlock verify");
  EXPECT_EQ(out["severity"], "ERROR");
  const Json& first = out["diagnostics"][0];
  EXPECT_EQ(first["location"]["range"]["start"]["line"], 3);
  EXPECT_EQ(first["code"]["value"], "foreign-work");
  EXPECT_EQ(first["severity"], "ERROR");
  EXPECT_FALSE(out["diagnostics"][2]["location"].contains("range")) << "the whole file";
  EXPECT_EQ(out["diagnostics"][2]["message"],
            "A: \"x\" was added; undo it, or commit with the trailer: Scope-Add: x -- reason");
}

}  // namespace
}  // namespace planner::report
