#include "parsers/code_outline.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>
#include <map>
#include <string>

namespace parsers {
namespace {

std::string lines_of(const CodeRange& range) {
  return range.first_line == range.last_line ? std::to_string(range.first_line)
                                             : fmt::format("{}-{}", range.first_line, range.last_line);
}

}  // namespace

/// Definitions (`-`: no block), gaps, imports, and the names that every place uses: `f()` is called.
std::string outline_dump(const CodeOutline& outline) {
  std::string out;
  if (outline.status != OutlineStatus::parsed) out += fmt::format("{}\n", to_string(outline.status));
  for (const Definition& d : outline.definitions)
    out += fmt::format("{} {} {}{}{}{}\n", lines_of(d.range), to_string(d.kind), d.name,
                       d.parameters.empty() ? "" : "(" + d.parameters + ")", d.block ? "" : " -",
                       d.degraded ? " degraded" : "");
  for (const Gap& gap : outline.gaps) out += fmt::format("{} {}\n", lines_of(gap.range), gap.name);
  for (const Import& i : outline.imports)
    out += fmt::format("{} {} {}{}{}{}\n", i.line, i.exported ? "export" : "import", i.quoted ? "file " : "",
                       i.module.empty() ? "this" : i.module, i.name.empty() ? "" : " : " + i.name,
                       i.alias.empty() ? "" : " as " + i.alias);
  std::map<std::uint32_t, std::string> uses;
  for (const Reference& r : outline.references) {
    if (r.kind == Reference::Kind::import) continue;
    uses[r.enclosing] += fmt::format(" {}{}{}", r.receiver.empty() ? "" : r.receiver + ".", r.name,
                                     r.kind == Reference::Kind::call ? "()" : "");
  }
  for (const auto& [place, names] : uses)
    out += (place == no_definition ? "file" : outline.definitions[place].name) + " uses" + names + "\n";
  return out;
}

namespace {

struct Case {
  const char* path;
  const char* text;
  const char* outline;
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.path; }

class CodeOutlineOf : public testing::TestWithParam<Case> {};

TEST_P(CodeOutlineOf, IsAsExpected) {
  EXPECT_EQ(outline_dump(outline(*language_of(GetParam().path), GetParam().text)), GetParam().outline);
}

const Case cases[] = {
    {"a.py",
     R"~("""Doc."""
import os, a.b as ab
from ..x import (y as z, w)
from q import *

LIMIT: int = 3  # most

# about f
@deco(1)
def f(p, *args, q=LIMIT, **kw) -> "T":
    v = p + os.path.join(q)
    def inner(): return v
    return ab.thing(f"{LIMIT!r} {v}")

TABLE = {}
class C(Base, metaclass=M):
    """Doc"""
    attr = 1

    def g(self):
        self.h().x = [i for i in range(3)]

    @property
    def h(self): return C.attr

try:
    import fast
except ImportError:
    fast = None
    def slow(): pass
)~",
     R"~(6 variable LIMIT -
8-13 function f
15 variable TABLE -
16-24 class C
18 field C.attr -
20-21 method C.g
23-24 method C.h
29 variable fast -
30 function slow
1 <module>
2-4 <imports>
5-7 <module>
14-15 <after f>
16-19 <in C>
22 <after C.g>
25-26 <after C>
27 <imports>
28-29 <after C>
2 import os as os
2 import a.b as ab
3 import ..x : y as z
3 import ..x : w as w
4 import q : *
27 import fast as fast
f uses deco() LIMIT p os os.path os.path.join() q v ab ab.thing() LIMIT v
C uses Base M
C.g uses self self.h() ?.x i range()
C.h uses property C C.attr
file uses int ImportError
)~"},
    {"a.ts",
     R"~(// Copyright
import d, * as ns from "./d";
import {a, b as c} from '../e.js';
export * from "./f";
export {g as h} from "./g";
export type {T} from "./t";
const k = require("k");
const {m, n: o} = require("./m");

/** Doc of f. */
export function f<T>(p: T, {q, r: [s]}: Opt = dflt): Ret<T> {
  const loc = a(p, q), fn = (x) => x.y + loc;
  for (const i of s) c.call(i);
  return new ns.Thing<T>(`${loc} ${k}`);
}
export const arrow = async (x: number) => x + limit;
export const limit = 3, other = {a: 1};
export default class C<P> extends Base implements I {
  private field = 1;
  static handler = () => { this.field++; };
  constructor(private readonly z: Z) { super(); }
  get v(): number { return this.m(1); }
  m(a: number): void;
  m(a: string): void;
  m(a: any) { return a?.b!.c(); }
}
export interface Opt { q: string; meth(x: number): void }
type U = Opt | C<string>;
enum E { A, B = limit }
namespace N.M { export function inner() {} }
const api = { go() { return 1; }, stop: function () {}, nested: { deep() {} } };
describe("x", () => { const local = 1; it("y", function named() { f(local); }); });
C.prototype.extra = function () {};
)~",
     R"~(10-15 function f(T,Opt)
16 function arrow
17 variable limit -
17 variable other
18-26 class C
19 field C.field -
20 method C.handler
21 method C.constructor(Z)
22 method C.v
23 method C.m(number) -
24 method C.m(string) -
25 method C.m(any)
27 interface Opt
27 field Opt.q -
27 method Opt.meth(number) -
28 type U
29 enum E
29 field E.A -
29 field E.B -
30 module N.M
30 function N.M.inner
31 variable api
31 method api.go
31 method api.stop
33 function C.extra
1 <module>
2-8 <imports>
9 <module>
17 <after arrow>
18-19 <in C>
23-24 <after C.v>
26 <after C.m>
30 <in N.M>
30 <after N.M.inner>
31 <in api>
31 <after api.go>
31 <after api.stop>
32 <after api>
2 import ./d : default as d
2 import ./d as ns
3 import ../e.js : a as a
3 import ../e.js : b as c
4 export ./f : *
5 export ./g : g as h
6 export ./t : T as T
7 import k as k
8 import ./m : m as m
8 import ./m : n as o
18 export this : C as default
f uses T Opt dflt Ret T a() p q x x.y loc s c c.call() i ns ns.Thing() T loc k
arrow uses x limit
C uses Base I
C.handler uses this.field
C.constructor uses Z
C.v uses this.m()
C.m uses a a.b ?.c()
U uses Opt C
E uses limit
N.M uses N
C.extra uses C C.prototype
file uses describe() it() f() local
)~"},
    {"a.tsx",
     R"~(import {Row} from "./row";
export const Table = ({rows}: Props) => <Row key={rows.id} onClick={() => rows.pick()}>{label}</Row>;
)~",
     R"~(2 function Table
1 <imports>
1 import ./row : Row as Row
Table uses Props Row() rows rows.id rows rows.pick() label
)~"},
    {"a.js",
     R"~(const {read} = require('fs'), top = 1;
exports.load = function (path) { return read(path, `${top}`); };
module.exports = {
  start() { load(1); },
  stop: () => {},
};
class Queue {
  #size = 0;
  push = (x) => this.#size + x;
}
)~",
     R"~(1 variable top -
2 function load
3-6 variable default
4 method default.start
5 method default.stop
7-10 class Queue
8 field Queue.#size -
9 method Queue.push
1 <imports>
3 <in default>
6 <after default.stop>
7-8 <in Queue>
10 <after Queue.push>
1 import fs : read as read
load uses exports read() path top
default uses module
default.start uses load()
Queue.push uses this.#size x
)~"},
};
INSTANTIATE_TEST_SUITE_P(Languages, CodeOutlineOf, testing::ValuesIn(cases));

TEST(CodeOutline, NamesLocalsWithTheirScope) {
  const std::string text = "def f(a):\n    b = [c for c in a]\n\ndef g():\n    return b\n";
  std::string found;
  for (const LocalName& l : outline(Language::python, text).locals)
    found += fmt::format("{} {}\n", l.name, text.substr(l.begin, std::min(l.end - l.begin, 8U)));
  // A parameter holds in the body: what stands beside it as a default is of the outside.
  EXPECT_EQ(found, "b def f(a)\na b = [c f\nc [c for c\n");
}

TEST(CodeOutline, SaysWhichFunctionAnImportIsOf) {
  const std::string text = "import a\ndef f():\n    import b\nclass C:\n    import c\n";
  std::string found;
  for (const Import& i : outline(Language::python, text).imports)
    found += fmt::format("{} {}\n", i.module, text.substr(i.begin, i.end == 0 ? 0 : 8));
  EXPECT_EQ(found, "a \nb def f():\nc \n");
}

TEST(CodeOutline, SaysWhatClassesExtend) {
  const struct {
    const char* path;
    const char* text;
    const char* bases;
  } table[] = {
      {"a.py", "class A(B, c.D, E[F], make(G), metaclass=M): pass", "B c.D E"},
      {"a.py", "class A: pass", ""},
      {"a.py", "class A:\n  def f(self): return g(self)", ""},
      {"a.js", "class A extends B {}", "B"},
      {"a.js", "class A extends mixed(B) {}", ""},
      {"a.ts", "class A<T> extends b.B<T> implements I, n.J<T> {}", "b.B I n.J"},
      {"a.ts", "export interface A extends B, C<D> {}", "B C"},
      {"a.cpp", "class A : public n::B<int>, private C {};", "n.B C"},
      {"A.java", "class A<T> extends b.B<T> implements I, J<T> {}", "b.B I J"},
      {"A.java", "interface A extends I, J {}", "I J"},
      {"a.cs", "class A : B, n.I<T> {}", "B n.I"},
      {"a.php", "<?php class A extends \\n\\B implements I, J {}", "n.B I J"},
      {"a.rb", "class A < n::B\nend", "n.B"},
  };
  for (const auto& row : table) {
    const CodeOutline found = outline(*language_of(row.path), row.text);
    ASSERT_FALSE(found.definitions.empty()) << row.text;
    EXPECT_EQ(fmt::format("{}", fmt::join(found.definitions[0].bases, " ")), row.bases) << row.text;
  }
}

/// The definition of that name in a Python text.
Definition in_python(const std::string& text, std::string_view name) {
  for (const Definition& d : outline(Language::python, text).definitions)
    if (d.name == name) return d;
  ADD_FAILURE() << name;
  return {};
}

struct Change {
  const char* before;
  const char* after;
  const char* name;
  bool signature, body;
};

TEST(CodeOutline, HashesTellWhatChanged) {
  const Change table[] = {
      {"def f(a): return a", "x = 1\n\n# about\ndef f( a ):\n  return a  # so", "f", false, false},
      {"def f(a): return a", "def f(b): return a", "f", true, false},
      {"def f(a): return a", "@cached\ndef f(a): return a", "f", true, false},
      {"def f(a): return a", "def f(a): return b", "f", false, true},
      {"def f(a): return 'x y'", "def f(a): return 'x  y'", "f", false, true},
      {"def f(a): return '\\n a'", "def f(a): return '\\n  a'", "f", false, true},
      {"def f():\n  if a:\n    b()\n    c()\n", "def f():\n  if a:\n    b()\n  c()\n", "f", false, true},
      {"class C:\n  x = 1\n  def f(): pass\n", "class C:\n  x = 1\n  def f(): return\n", "C", false, false},
      {"class C:\n  x = 1\n  def f(): pass\n", "class C:\n  x = 2\n  def f(): pass\n", "C", false, true},
      {"class C:\n  x = 1\n", "class C(B):\n  x = 1\n", "C", true, false},
      {"x = 1", "x = 2", "x", false, true},
      {"x = 1", "y = 0\nx  =  1", "x", false, false},
  };
  for (const Change& change : table) {
    const Definition before = in_python(change.before, change.name), after = in_python(change.after, change.name);
    EXPECT_EQ(before.signature != after.signature, change.signature) << change.before << "\n" << change.after;
    EXPECT_EQ(before.body != after.body, change.body) << change.before << "\n" << change.after;
  }
}

TEST(CodeOutline, MarksWhatAnErrorTouches) {
  const CodeOutline broken = outline(Language::python, "def a(): pass\n\ndef b():\n    x = = 1\n\ndef c(): pass\n");
  EXPECT_EQ(broken.status, OutlineStatus::degraded);
  EXPECT_TRUE(broken.proven());
  ASSERT_EQ(broken.definitions.size(), 3U);
  EXPECT_FALSE(broken.definitions[0].degraded);
  EXPECT_TRUE(broken.definitions[1].degraded);
  EXPECT_FALSE(broken.definitions[2].degraded);
  ASSERT_EQ(broken.errors.size(), 1U);
  EXPECT_EQ(broken.errors[0].first_line, 4U);
}

/// Blocks and gaps cover every byte exactly once.
void expect_partition(const CodeOutline& outline, std::size_t size) {
  std::vector<bool> holds(outline.definitions.size(), false);
  for (const Definition& d : outline.definitions)
    if (d.block && d.container != no_definition) holds[d.container] = true;
  std::vector<CodeRange> pieces;
  for (std::size_t i = 0; i < outline.definitions.size(); ++i)
    if (outline.definitions[i].block && !holds[i]) pieces.push_back(outline.definitions[i].range);
  for (const Gap& gap : outline.gaps) pieces.push_back(gap.range);
  std::sort(pieces.begin(), pieces.end(), [](const CodeRange& a, const CodeRange& b) { return a.begin < b.begin; });
  std::uint32_t at = 0;
  for (const CodeRange& piece : pieces) {
    if (piece.begin == piece.end) continue;
    EXPECT_EQ(piece.begin, at);
    at = piece.end;
  }
  EXPECT_EQ(at, size);
}

TEST(CodeOutline, BlocksAndGapsPartitionEveryText) {
  for (const Case& c : cases) {
    const std::string text = c.text;
    for (std::size_t cut = 0; cut <= text.size(); cut += 7) {
      SCOPED_TRACE(fmt::format("{} {}", c.path, cut));
      const Language language = *language_of(c.path);
      expect_partition(outline(language, text.substr(cut)), text.size() - cut);
      expect_partition(outline(language, text.substr(0, cut)), cut);
    }
  }
}

}  // namespace
}  // namespace parsers
