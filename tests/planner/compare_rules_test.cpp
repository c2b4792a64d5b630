#include "planner/compare_rules.h"

#include <gmock/gmock.h>

namespace planner {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Kind = FileEdit::Kind;

FileEdit edit(Kind kind, std::string path, std::string old_path = {}) {
  FileEdit out{kind, path, kind == Kind::added ? std::string() : std::move(path), 0100644, 0100644, "1", "2"};
  if (!old_path.empty()) out.old_path = std::move(old_path);
  return out;
}

BranchWork side(std::string name, std::vector<FileEdit> edits) { return {std::move(name), "", "", std::move(edits)}; }

std::vector<std::string> said(const std::vector<Finding>& findings) {
  std::vector<std::string> out;
  for (const Finding& f : findings) {
    std::string line =
        std::string(to_string(f.severity)) + " " + f.rule + " " + f.where.file + ":" + std::to_string(f.where.line);
    for (const Related& r : f.related) line += " " + r.where.file + ":" + std::to_string(r.where.line);
    out.push_back(std::move(line));
  }
  return out;
}

Tree tree(const std::vector<std::string>& paths) {
  std::vector<TreeEntry> entries;
  for (const std::string& path : paths) entries.push_back({path, 0100644, "1"});
  std::sort(entries.begin(), entries.end(), [](const TreeEntry& a, const TreeEntry& b) { return a.path < b.path; });
  return Tree(std::move(entries));
}

struct Series {
  const char* name;
  std::vector<std::string> there;
  const char *a, *b;
  bool collides;
};
class Sequences : public testing::TestWithParam<Series> {};

TEST_P(Sequences, AreInferredFromWhatIsThere) {
  const Series& s = GetParam();
  const Tree before = tree(s.there);
  const auto findings = compare_sequences(side("a", {edit(Kind::added, s.a)}), side("b", {edit(Kind::added, s.b)}),
                                          [&]() -> const Tree& { return before; }, {});
  EXPECT_EQ(findings.size(), s.collides ? 1U : 0U);
}

INSTANTIATE_TEST_SUITE_P(
    Inferred, Sequences,
    testing::Values(Series{"padded", {}, "db/0042_a.sql", "db/0042_b.sql", true},
                    Series{"of_others", {"db/1_x.sql", "db/2_y.sql"}, "db/3_a.sql", "db/3_b.sql", true},
                    Series{"flyway", {"db/V1__x.sql"}, "db/V2__a.sql", "db/V2__b.sql", true},
                    Series{"decisions", {"adr/ADR-001-x.md"}, "adr/ADR-002-a.md", "adr/ADR-002-b.md", true},
                    Series{"directories", {"m/001_x/up.sql"}, "m/002_a/up.sql", "m/002_b/up.sql", false},
                    Series{"other_number", {}, "db/0042_a.sql", "db/0043_b.sql", false},
                    Series{"other_directory", {}, "db/0042_a.sql", "dc/0042_b.sql", false},
                    Series{"other_ending", {}, "db/0042_a.sql", "db/0042_b.md", false},
                    Series{"same_file", {}, "db/0042_a.sql", "db/0042_a.sql", false},
                    Series{"unpadded_alone", {}, "news/1234_fix.rst", "news/1234_doc.rst", false},
                    Series{
                        "numbers_are_shared", {"n/1_a.rst", "n/1_b.rst", "n/2_a.rst"}, "n/3_a.rst", "n/3_b.rst", false},
                    Series{"dates", {"p/2023-05-01-x.md"}, "p/2024-05-01-a.md", "p/2024-06-01-b.md", false}),
    [](const auto& p) { return std::string(p.param.name); });

TEST(Sequences, OfTheConfigurationNeedNoEvidenceAndNameTheNextFreeNumber) {
  const Tree before = tree({"m/099/up.sql"});
  const auto findings =
      compare_sequences(side("a", {edit(Kind::added, "m/7/up.sql")}), side("b", {edit(Kind::added, "m/007-b/up.sql")}),
                        [&]() -> const Tree& { return before; }, {"m/{n}*/up.sql"});
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].message, "a and b both take number 007: m/7/up.sql and m/007-b/up.sql; 100 is free");
  EXPECT_EQ(findings[0].certainty, Certainty::declared);
  EXPECT_EQ(findings[0].severity, FindingSeverity::error);
}

std::vector<std::string> names(const std::vector<std::string>& there, const char* a, const char* b) {
  const Tree before = tree(there);
  return said(compare_names(side("a", {edit(Kind::added, a)}), side("b", {edit(Kind::added, b)}),
                            [&]() -> const Tree& { return before; }));
}

TEST(Names, ThatAreOneWhereCaseDoesNotCount) {
  EXPECT_THAT(names({}, "src/Util.py", "src/util.py"), ElementsAre("error case-collision src/Util.py:0 src/util.py:0"));
  EXPECT_THAT(names({}, "caf\xC3\xA9.md", "cafe\xCC\x81.md").size(), 1);
  EXPECT_THAT(names({}, "Lib/a.py", "lib/b.py"), ElementsAre("error case-collision Lib/:0 lib/:0"));
  EXPECT_THAT(names({"lib/x.py"}, "lib/a.py", "lib/b.py"), IsEmpty());
  EXPECT_THAT(names({}, "src/util.py", "src/util.py"), IsEmpty());
}

TEST(Removals, OrphanWorkThatGoesOn) {
  EXPECT_THAT(
      said(compare_removals(side("a", {edit(Kind::removed, "x.py")}), side("b", {edit(Kind::modified, "x.py")}))),
      ElementsAre("error orphaned-work x.py:0 x.py:0"));
  EXPECT_THAT(said(compare_removals(side("a", {edit(Kind::renamed, "y.py", "x.py")}),
                                    side("b", {edit(Kind::removed, "x.py")}))),
              ElementsAre("error orphaned-work x.py:0 y.py:0"));
  EXPECT_THAT(
      said(compare_removals(side("a", {edit(Kind::removed, "x.py")}), side("b", {edit(Kind::removed, "x.py")}))),
      IsEmpty());
}

TEST(Edits, PairRenamesOnceAndMeetUnderBothNames) {
  Change removed, added, copy;
  removed.kind = Change::Kind::removed;
  removed.path = "a.py";
  removed.old_blob = "1";
  added.kind = copy.kind = Change::Kind::added;
  added.path = "b.py";
  copy.path = "c.py";
  added.renamed_from = copy.renamed_from = "a.py";
  added.new_blob = copy.new_blob = "2";
  const std::vector<FileEdit> edits = file_edits({removed, added, copy});
  ASSERT_EQ(edits.size(), 2U);
  EXPECT_EQ(edits[0].kind, Kind::renamed);
  EXPECT_EQ(edits[0].old_path, "a.py");
  EXPECT_EQ(edits[1].kind, Kind::added);
  const BranchWork a = side("a", edits), b = side("b", {edit(Kind::modified, "a.py")});
  const auto common = common_files(a, b);
  ASSERT_EQ(common.size(), 1U);
  EXPECT_EQ(common[0].a->path, "b.py");
  EXPECT_EQ(common[0].b->path, "a.py");
}

/// One file as both sides changed it, its texts as git would give them.
class Meeting {
 public:
  Meeting(std::string path, std::string before, std::string a, std::string b, std::string merged = {})
      : path_(std::move(path)),
        before_(std::move(before)),
        a_(std::move(a)),
        b_(std::move(b)),
        merged_(std::move(merged)) {
    language_ = parsers::language_of(path_);
    fill(a_, text_a_, new_a_);
    fill(b_, text_b_, new_b_);
    edit_a_ = edit(before_.empty() ? Kind::added : Kind::modified, path_);
    edit_b_ = edit_a_;
    edit_b_.new_blob = a_ == b_ ? "2" : "3";
    if (language_ && !merged_.empty()) outline_ = parsers::outline(*language_, merged_);
  }

  FileMeeting met() {
    return {&work_a_,
            &work_b_,
            &edit_a_,
            &edit_b_,
            &text_a_,
            &text_b_,
            merged_.empty() ? nullptr : &merged_,
            merged_.empty() || !language_ ? nullptr : &outline_};
  }

 private:
  void fill(const std::string& after, EditedText& text, parsers::CodeOutline& outline) {
    text.read = true;
    text.before = before_;
    text.after = after;
    text.hunks = line_hunks(before_, after);
    text.language = language_;
    if (!language_) return;
    old_ = parsers::outline(*language_, before_);
    outline = parsers::outline(*language_, after);
    text.old_outline = &old_;
    text.new_outline = &outline;
    text.symbols = symbol_changes(old_, outline);
  }

  std::string path_, before_, a_, b_, merged_;
  std::optional<parsers::Language> language_;
  parsers::CodeOutline old_, new_a_, new_b_, outline_;
  EditedText text_a_, text_b_;
  FileEdit edit_a_, edit_b_;
  BranchWork work_a_{"a", "", "", {}}, work_b_{"b", "", "", {}};
};

const std::string two = "def f():\n    one()\n    two()\n    three()\n\n\ndef g():\n    return 1\n";

TEST(Places, OfBothSidesMeetInOneFunction) {
  Meeting in_one("x.py", two, "def f():\n    zero()\n    one()\n    two()\n    three()\n\n\ndef g():\n    return 1\n",
                 "def f():\n    one()\n    two()\n    three()\n    four()\n\n\ndef g():\n    return 1\n");
  EXPECT_THAT(said(compare_places(in_one.met())), ElementsAre("warning same-symbol x.py:2 x.py:5"));
  Meeting apart("x.py", two, "def f():\n    zero()\n    two()\n    three()\n\n\ndef g():\n    return 1\n",
                "def f():\n    one()\n    two()\n    three()\n\n\ndef g():\n    return 2\n");
  EXPECT_THAT(compare_places(apart.met()), IsEmpty());
}

TEST(Places, OfNewFunctionsAreTheGapTheyStandIn) {
  Meeting gap("x.py", two,
              "def f():\n    one()\n    two()\n    three()\n\n\ndef h():\n    return 3\n\n\ndef g():\n    return 1\n",
              "def f():\n    one()\n    two()\n    three()\n\n\ndef k():\n    return 4\n\n\ndef g():\n    return 1\n");
  EXPECT_THAT(said(compare_places(gap.met())), ElementsAre("warning same-symbol x.py:7 x.py:7"));
}

TEST(Places, ChangedInTheSameWayAreANote) {
  const std::string both = "def f():\n    one()\n    deux()\n    three()\n\n\ndef g():\n    return 1\n";
  Meeting whole("x.py", two, both, both);
  EXPECT_THAT(said(compare_places(whole.met())), ElementsAre("note same-change x.py:0"));
  Meeting part("x.py", two, both, "def f():\n    one()\n    deux()\n    three()\n\n\ndef g():\n    return 2\n");
  EXPECT_THAT(said(compare_places(part.met())), ElementsAre("note same-change x.py:3 x.py:3"));
}

TEST(Definitions, OfOneNameInOneFileAreAnError) {
  const std::string h = "def h():\n    return 3\n";
  Meeting twice("x.py", two, h + "\n\n" + two, two + "\n\n" + h, h + "\n\n" + two + "\n\n" + h);
  EXPECT_THAT(said(compare_definitions(twice.met())), ElementsAre("error duplicate-definition x.py:1 x.py:11"));
  Meeting once("x.py", two, h + "\n\n" + two, h + "\n\n\n" + two, h + "\n\n" + two);
  EXPECT_THAT(compare_definitions(once.met()), IsEmpty()) << "git made one of them";
}

TEST(Keys, OfDataAddedTwice) {
  const std::string base = "{\n  \"a\": 1,\n  \"b\": 2,\n  \"c\": 3\n}\n";
  Meeting json("x.json", base, "{\n  \"k\": 1,\n  \"a\": 1,\n  \"b\": 2,\n  \"c\": 3\n}\n",
               "{\n  \"a\": 1,\n  \"b\": 2,\n  \"c\": 3,\n  \"k\": 2\n}\n",
               "{\n  \"k\": 1,\n  \"a\": 1,\n  \"b\": 2,\n  \"c\": 3,\n  \"k\": 2\n}\n");
  EXPECT_THAT(said(compare_keys(json.met())), ElementsAre("warning duplicate-key x.json:2 x.json:5"));
}

TEST(Keys, OfEnumerationsAreNamesAndValues) {
  const std::string base = "from enum import Enum\n\n\nclass C(Enum):\n    A = 1\n\n    B = 2\n";
  const std::string a = "from enum import Enum\n\n\nclass C(Enum):\n    X = 9\n    A = 1\n\n    B = 2\n";
  const std::string b = "from enum import Enum\n\n\nclass C(Enum):\n    A = 1\n\n    B = 2\n    Y = 9\n";
  Meeting values("x.py", base, a, b,
                 "from enum import Enum\n\n\nclass C(Enum):\n    X = 9\n    A = 1\n\n    B = 2\n    Y = 9\n");
  EXPECT_THAT(said(compare_keys(values.met())), ElementsAre("warning duplicate-key x.py:5 x.py:8"));
}

TEST(Keys, OfRoutesAreMethodAndPath) {
  const std::string base = "app = App()\n\n\n@app.get(\"/a\")\ndef a():\n    pass\n";
  const std::string mine = "\n\n@app.get(\"/b\")\ndef mine():\n    pass\n",
                    yours = "\n\n@app.get(\"/b\")\ndef yours():\n    pass\n";
  const std::string head = "app = App()\n", rest = base.substr(head.size());
  Meeting routes("x.py", base, head + mine + rest, base + yours, head + mine + rest + yours);
  EXPECT_THAT(said(compare_keys(routes.met())), ElementsAre("warning duplicate-key x.py:4 x.py:9"));
  const std::string calls = "r = client.get(\"/b\", timeout=1)\n";
  Meeting client("x.py", base, calls + base, base + calls, calls + base + calls);
  EXPECT_THAT(compare_keys(client.met()), IsEmpty()) << "a client asks; nobody registers";
}

TEST(Severities, AreThoseOfTheManual) {
  for (const char* rule :
       {"textual", "orphaned-work", "sequence-collision", "case-collision", "reference-removed", "signature-changed"})
    EXPECT_EQ(compare_severity(rule), FindingSeverity::error) << rule;
  for (const char* rule : {"same-symbol", "duplicate-key"})
    EXPECT_EQ(compare_severity(rule), FindingSeverity::warning) << rule;
  for (const char* rule : {"same-change", "duplicate-definition"})
    EXPECT_EQ(compare_severity(rule), FindingSeverity::note) << rule;
}

}  // namespace
}  // namespace planner
