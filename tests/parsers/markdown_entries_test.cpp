#include "parsers/markdown_entries.h"

#include <gtest/gtest.h>

#include "parsers/markdown_paths.h"

namespace parsers {
namespace {

std::string shown(const PathList& list) {
  std::string out;
  for (const PathMention& m : list.paths)
    for (const std::string& path : m.paths) {
      out += path;
      if (m.intent) out += "(" + std::string(to_string(*m.intent)) + ")";
      if (!m.to.empty()) out += ">" + m.to;
      out += " ";
    }
  for (const std::string_view prose : list.prose) out += "[" + std::string(prose) + "]";
  for (const std::string_view path : list.left) out += "!" + std::string(path);
  if (list.empty_on_purpose) out += "none";
  if (list.all_the_rest) out += "rest";
  return out;
}

TEST(PathList, ReadsWhatBeginsWithAPath) {
  const std::pair<std::string, std::string> table[] = {
      {"`a.py`, b/c.py; d/", "a.py b/c.py d/ "},
      {"`a.py` and `b.py` — why", "a.py b.py [— why]"},
      {"`a.py` (lines 3-9, function `f`), b.py", "a.py b.py [(lines 3-9, function `f`)]"},
      {"`a.py` (new), `b.py` (delete)", "a.py(create) b.py(delete) "},
      {"`a.py:12-40`, b.py:7-148,552-715, c.py#L3-L9", "a.py b.py c.py "},
      {"`p.py::C.m`, q.py::f", "p.py::C.m q.py::f "},
      {"tests/**, **/*.lock, `*.md`", "tests/** **/*.lock *.md "},
      {"app/[slug]/page.tsx, `app/(g)/p.tsx`", "app/[slug]/page.tsx app/(g)/p.tsx "},
      {"src/{a,b}/x.{h,cpp}", "src/a/x.h src/a/x.cpp src/b/x.h src/b/x.cpp "},
      {"`a.py` -> `b.py`", "a.py(rename)>b.py "},
      {"rename `a.py` to `b.py`", "a.py(rename)>b.py "},
      {"Create `a.py`", "a.py(create) "},
      {"src/\\_\\_init\\_\\_.py", "src/__init__.py "},
      {"[a.py](docs/a.md), **b.py**", "a.py b.py "},
      {"`a.py,b.py`", "a.py b.py "},
      {"Makefile, .gitignore, @payments", "Makefile .gitignore @payments "},
      {"../x.py, /etc/passwd, C:\\x.py", "../x.py /etc/passwd C:\\x.py "},
      {"a.py\nb.py\nmore words", "a.py b.py [more words]"},
      {"`a.py` except `b.py`, c.py", "a.py c.py [except `b.py`]!b.py"},
      {"and/or TCP/IP stack", "[and/or TCP/IP stack]"},
      {"`clear()`, `EF.FEATS`", "[`clear()`, `EF.FEATS`]"},
      {"see `a.py`", "[see `a.py`]!a.py"},
      {"https://x.org/a.py", "[https://x.org/a.py]"},
      {"None.", "none"},
      {"N/A — nothing to do", "none"},
      {"-", "none"},
      {"nonexistent things", "[nonexistent things]"},
      {"Any file not listed above", "[Any file not listed above]rest"},
      {"db/1.sql [NEW], src/s.ts", "db/1.sql(create) src/s.ts "},
      {"a.py rewritten, b.py", "a.py b.py [rewritten]"},
      {"`d.py` - rewrite, `e.py`: only imports, f.py", "d.py e.py f.py [- rewrite][: only imports]"},
      {"`src/x` (new), `src/` except `m.tsx`, and possibly `src/*.ts`",
       "src/x(create) src/ src/*.ts [except `m.tsx`][possibly]!m.tsx"},
      {"`a.py` — x, y and `b.py:3`", "a.py [— x, y and `b.py:3`]!b.py:3"},
      {"`a.py`<br>`b.py`<br/>c.py", "a.py b.py c.py "},
      {"None, except `a.py`", "a.py "},
      {"None (except the generated a.py)", "a.py [the generated]"},
      {"None, except what is generated", "[what is generated]"},
      {"none, `a.py`", "a.py [none]"},
      {"None (see `a.py`)", "none"},
      {"", ""},
  };
  for (const auto& [text, expected] : table) EXPECT_EQ(shown(read_paths(text, PathForm::list)), expected) << text;
}

TEST(PathList, SearchesBehindProse) {
  EXPECT_EQ(shown(read_paths("the table in `a.py`, `b.py`", PathForm::sentence)), "a.py b.py [the table in]");
  EXPECT_EQ(shown(read_paths("`f()` in `a.py`, not `b.py`", PathForm::sentence)), "a.py [`f()` in][not `b.py`]!b.py");
  EXPECT_EQ(shown(read_paths("All of src/ui/", PathForm::sentence)), "src/ui/ [All of]");
  EXPECT_EQ(shown(read_paths("docs/a b.md", PathForm::sentence)), "[docs/a b.md]!docs/a b.md");
  EXPECT_EQ(shown(read_paths("the Node.js part", PathForm::sentence)), "[the Node.js part]");
  EXPECT_EQ(shown(read_paths("everything except `b.py`", PathForm::sentence)), "[everything except `b.py`]!b.py");
}

TEST(Braces, Expand) {
  EXPECT_EQ(expand_braces("a").size(), 1U);
  EXPECT_EQ(expand_braces("{a}b{").front(), "{a}b{");
  EXPECT_EQ(expand_braces("{a,{b,c}d}"), (std::vector<std::string>{"a", "bd", "cd"}));
  EXPECT_EQ(expand_braces("{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}").size(), 256U);
  EXPECT_TRUE(expand_braces("{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}").empty());
}

}  // namespace
}  // namespace parsers
