#include <gtest/gtest.h>
#include <string>

#include "parsers/code_outline.h"
#include "parsers/language.h"

namespace parsers {

std::string outline_dump(const CodeOutline&);  // in code_outline_test.cpp

namespace {

struct Case {
  const char* path;
  const char* text;
  const char* outline;
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.path; }

class CodeOutlineIn : public testing::TestWithParam<Case> {};

TEST_P(CodeOutlineIn, IsAsExpected) {
  EXPECT_EQ(outline_dump(outline(*language_of(GetParam().path), GetParam().text)), GetParam().outline);
}

const Case cases[] = {
    {"a.go",
     R"~(package p

import "fmt"
import (
	x "a/b/c"
	. "d"
	_ "e"
)

const Limit = 3

// Tree is.
type Tree[K any] struct {
	root *node
	N, M int
}

type (
	A int
	B interface{ Do(x int) error }
)

func (t *Tree[K]) Insert(k K, others ...x.Other) (err error) {
	v := Limit + t.N
	fmt.Println(v, helper(k))
	for i, w := range others { w.Do(i) }
	return nil
}

func helper(k any) int { return 0 }
)~",
     R"~(10 variable Limit -
12-16 struct Tree
14 field Tree.root -
15 field Tree.N -
15 field Tree.M -
19 type A
20 interface B
23-28 method Tree.Insert
30 function helper
1-2 <module>
3-8 <imports>
9-11 <module>
17-18 <after Tree>
21-22 <after B>
29 <after Tree.Insert>
3 import fmt as fmt
5 import a/b/c as x
6 import d : *
7 import e
Tree uses any node int
A uses int
B uses int error
Tree.Insert uses Tree K K x x.Other error Limit t t.N fmt fmt.Println() v helper() k others w w.Do() i
helper uses any int
)~"},
    {"a.rs",
     R"~(use std::{fmt, collections::{self, HashMap as Map}};
pub use crate::a::*;
mod sub;

const LIMIT: usize = 3;

/// Doc.
#[derive(Debug)]
pub struct S<T> { f: T, pub g: u8 }
pub struct Unit;

impl<T: Clone> fmt::Display for S<T> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result { write!(f, "{}", self.f) }
}
impl S<u8> {
    pub fn new(x: u8) -> Self { let y = helper(x); Self { f: y, g: LIMIT } }
    const C: u8 = 1;
}
trait Tr { fn req(&self); fn dflt(&self) { self.req() } }
enum E { A, B(u8) }
macro_rules! mac { ($x:expr) => { $x + 1 } }
fn helper(x: u8) -> u8 { match x { E::A => mac!(x), n => Map::<u8, u8>::new().len() as u8 + r#"raw"#.len() } }
#[cfg(test)]
mod tests { use super::*; #[test] fn t() { helper(1); } }
)~",
     R"~(5 constant LIMIT -
7-9 struct S
10 struct Unit
13 method S.fmt
16 method S.new
17 constant S.C -
19 trait Tr
19 method Tr.req -
19 method Tr.dflt
20 enum E
20 field E.A -
20 field E.B -
21 macro mac
22 function helper
23-24 module tests
24 function tests.t
1-3 <imports>
4-6 <module>
11-12 <after Unit>
14-15 <after S.fmt>
17-18 <after S.new>
19 <in Tr>
19 <after Tr.dflt>
23-24 <in tests>
24 <after tests.t>
1 import std : fmt as fmt
1 import std : collections as collections
1 import std::collections : HashMap as Map
2 export crate::a : *
3 import file sub as sub
24 import super : *
S uses T
S.fmt uses fmt fmt.Formatter fmt fmt.Result write() f f
S.new uses Self helper() x Self y LIMIT
Tr.dflt uses self.req()
helper uses x E E.A mac() x Map ?.new() ?.len() ?.len()
tests uses test
tests.t uses helper()
file uses derive Debug Clone fmt fmt.Display S T S cfg test
)~"},
    {"A.java",
     R"~(package a.b;
import java.util.List;
import static a.b.C.d;
import x.y.*;
/** Doc. */
@Ann(v = 1)
public class A<T> extends Base implements I {
    private static final int LIMIT = 3, other = 4;
    static { init(); }
    A(int x) { this.x = x; }
    @Override
    public <U> List<U> get(Map<String, U> m, int... n) throws E {
        for (Foo f : m.values()) { f.run(LIMIT); }
        Runnable r = () -> d(m);
        return new ArrayList<>(x);
    }
    void get() {}
    abstract int none();
    enum Color { RED, GREEN(2); void paint() {} }
    interface Inner { void m(); }
}
record R(int a) {}
)~",
     R"~(5-21 class A
8 field A.LIMIT -
8 field A.other -
10 constructor A.A(int)
11-16 method A.get(Map<String,U>)
17 method A.get
18 method A.none -
19 enum A.Color
19 constant A.Color.RED -
19 constant A.Color.GREEN -
19 method A.Color.paint
20 interface A.Inner
20 method A.Inner.m -
22 class R
1 <module>
2-4 <imports>
5-9 <in A>
18 <after A.get>
19 <in A.Color>
19 <after A.Color.paint>
21 <after A.Inner>
2 import java.util : List as List
3 import a.b.C : d as d
4 import x.y : *
A uses Ann Base I init()
A.A uses this.x x
A.get uses Override List U Map String U E Foo m m.values() f f.run() LIMIT Runnable d() m ArrayList() x
file uses a
)~"},
    {"a.c",
     R"~(#include "redis.h"
#define LIMIT 3
struct node { int value; struct node *next; };
typedef struct { int y; } pair_t;
static int count;
/* Doc. */
int *find(struct node *list, int value) {
    for (struct node *n = list; n; n = n->next)
        if (n->value == value) return &n->value;
    return fail(LIMIT, count);
}
)~",
     R"~(2 macro LIMIT -
3 struct node
3 field node.value -
3 field node.next -
4 type pair_t -
4 field pair_t.y -
5 variable count -
6-11 function find(structnode*,int)
1 <imports>
2 <module>
4-5 <after node>
1 import file redis.h : *
node uses node
find uses node node list n n n n.next n n.value value n n.value fail() LIMIT count
)~"},
    {"b.cpp",
     R"~(#include "leveldb/db.h"
#include <vector>
#define LIMIT 3
#define MAX(a, b) ((a) > (b) ? (a) : (b))
namespace leveldb {
namespace { int hidden(int x) { return x; } }
class EXPORT_API Base;
// A database.
class LEVELDB_EXPORT DB : public Base {
 public:
  DB() = default;
  virtual ~DB();
  virtual Status Put(const WriteOptions& options, const Slice* key) = 0;
  int Get(int a) const LOCKS_EXCLUDED(mu_) { return a + count_; }
  bool operator==(const DB& o) const { return true; }
  operator bool() const { return true; }
 private:
  int count_ GUARDED_BY(mu_), other = 2;
  std::vector<std::pair<int, int>> v_;
  struct Rep { int x; };
};
template <typename T>
T* DB::Find(const T& t, int n) const {
  auto local = std::make_unique<T>(t);
  for (auto& [k, w] : v_) Put(k, *w);
  return local->get(n)->run();
}
DB::~DB() { delete rep_; }
enum class Color { red, green = LIMIT };
typedef struct { int y; } Anon;
typedef void (*Callback)(int);
using Map = std::map<int, DB>;
extern "C" { void c_api(int); }
static const char* kNames[] = {"a"};
int (*fp)(int) = nullptr;
void over(int a) {}
void over(const char *a) {}
}  // namespace
)~",
     R"~(3 macro LIMIT -
4 macro MAX -
6 function leveldb.hidden(int)
8-21 class leveldb.DB
11 method leveldb.DB.DB -
12 method leveldb.DB.~DB -
13 method leveldb.DB.Put(WriteOptions&,Slice*) -
14 method leveldb.DB.Get(int)
15 method leveldb.DB.operator==(DB&)
16 method leveldb.DB.operator bool
18 field leveldb.DB.count_ -
18 field leveldb.DB.other -
19 field leveldb.DB.v_ -
20 struct leveldb.DB.Rep
20 field leveldb.DB.Rep.x -
22-27 function leveldb.DB.Find(T&,int)
28 function leveldb.DB.~DB
29 enum leveldb.Color
29 field leveldb.Color.red -
29 field leveldb.Color.green -
30 type leveldb.Anon -
30 field leveldb.Anon.y -
31 type leveldb.Callback -
32 type leveldb.Map -
33 function leveldb.c_api(int) -
34 variable leveldb.kNames -
35 variable leveldb.fp -
36 function leveldb.over(int)
37 function leveldb.over(char*)
1-2 <imports>
3-6 <module>
6-7 <after leveldb.hidden>
8-13 <in leveldb.DB>
17-19 <after leveldb.DB.operator bool>
21 <after leveldb.DB.Rep>
30-35 <after leveldb.Color>
38 <after leveldb.over>
1 import file leveldb/db.h : *
2 import vector : *
leveldb.hidden uses x
leveldb.DB uses Base Status WriteOptions Slice std std.vector std std.pair
leveldb.DB.Get uses a count_
leveldb.DB.operator== uses DB
leveldb.DB.Find uses T DB T std std.make_unique() T t v_ Put() k w local local.get() n ?.run()
leveldb.DB.~DB uses DB rep_
leveldb.Color uses LIMIT
file uses Base std std.map DB
)~"},
    {"a.cs",
     R"~(using System;
using static A.B;
using X = A.C;
namespace N.M {
  /// Doc
  [Attr]
  public class C<T> : Base, I {
    const int Limit = 3;
    public int P { get; set; }
    public int Q => Limit;
    event Action E;
    public C(int x) : base(x) { }
    public async Task<int> Run(string s, List<T> l) { var v = Helper(s); return await v?.Go($"{s}"); }
    static int Helper(string s) => s.Length;
    public static C<T> operator +(C<T> a, C<T> b) => a;
    enum Color { Red, Green }
  }
  interface I { void M(); }
  record R(int A);
}
)~",
     R"~(5-17 class N.M.C
8 field N.M.C.Limit -
9 field N.M.C.P
10 field N.M.C.Q -
11 field N.M.C.E -
12 constructor N.M.C.C(int)
13 method N.M.C.Run(string,List<T>)
14 method N.M.C.Helper(string)
15 method N.M.C.operator+(C<T>,C<T>)
16 enum N.M.C.Color
16 field N.M.C.Color.Red -
16 field N.M.C.Color.Green -
18 interface N.M.I
18 method N.M.I.M -
19 class N.M.R
1-3 <imports>
4 <module>
5-8 <in N.M.C>
10-11 <after N.M.C.P>
17 <after N.M.C.Color>
20 <after N.M.R>
1 import System : *
2 import A.B : *
3 import A.C as X
N.M.C uses Attr Base I Limit Action
N.M.C.C uses x
N.M.C.Run uses Task List T Helper() s v ?.Go() s
N.M.C.Helper uses s s.Length
N.M.C.operator+ uses C T C T C T a
file uses N
)~"},
    {"a.rb",
     R"~(require "set"
require_relative "lib/x"
LIMIT = 3
# Doc
module M
  class A::B < Base
    include Comparable
    attr_reader :name
    X = LIMIT
    def initialize(a, b = LIMIT, *c, k: 1, &blk)
      @a = a
      v = helper(a).run { |x| x.go(v) }
      puts "#{v} #{M::A}"
    end
    def self.make = new(1)
    private
    def helper(x) = x
  end
end
def top; end
)~",
     R"~(3 variable LIMIT -
4-19 module M
6-18 class M.A.B
9 field M.A.B.X -
10-14 method M.A.B.initialize
15 method M.A.B.make
17 method M.A.B.helper
20 method top
1-2 <imports>
3 <module>
4-5 <in M>
6-9 <in M.A.B>
16 <after M.A.B.make>
18 <after M.A.B.helper>
19 <after M.A.B>
1 import set : *
2 import file lib/x : *
M.A.B uses A Base include() Comparable attr_reader() LIMIT private
M.A.B.initialize uses LIMIT a helper() a ?.run() x x.go() v puts() v M M.A
M.A.B.make uses new()
M.A.B.helper uses x
)~"},
    {"a.php",
     R"~(<?php
namespace App\X;
use A\B as C;
use D\{E, F};
require_once "lib.php";
const LIMIT = 3;
/** Doc */
final class K extends Base implements I {
    use T;
    const Z = 1;
    private int $p = 1;
    public function __construct(private Foo $x) { parent::__construct(); }
    public static function make(int $a): self { $v = helper($a); return new self(C::run($v)->go(LIMIT)); }
}
function helper($x) { return "a {$x->y}"; }
)~",
     R"~(6 variable LIMIT -
7-14 class K
10 field K.Z -
11 field K.p -
12 method K.__construct
13 method K.make
15 function helper
1-2 <module>
3-5 <imports>
6 <module>
7-11 <in K>
14 <after K.make>
3 import A : B as C
4 import D : E as E
4 import D : F as F
5 import file lib.php : *
K uses Base I T
K.__construct uses Foo parent.__construct()
K.make uses self v helper() a self() C C.run() v ?.go() LIMIT
helper uses x $x.y
)~"},
    {"a.sh",
     R"~(#!/bin/sh
. ./lib.sh
LIMIT=3
# Doc
greet() {
  local name=$1
  echo "hi ${name} $LIMIT" | helper
}
function helper { cat; }
greet x
)~",
     R"~(3 variable LIMIT -
4-8 function greet
9 function helper
1 <module>
2 <imports>
3 <module>
10 <after helper>
2 import file ./lib.sh : *
greet uses 1 echo() name LIMIT helper()
helper uses cat()
file uses greet()
)~"},
};
INSTANTIATE_TEST_SUITE_P(Languages, CodeOutlineIn, testing::ValuesIn(cases));

TEST(CodeOutlineOfCpp, NamesWhatMacrosSurround) {
  const CodeOutline out = outline(Language::cpp,
                                  "void* operator new(unsigned long n) { return 0; }\n"
                                  "template <class T> MY_CONSTEXPR T twice(T t) { return t; }\n"
                                  "bool operator<(A a, A b) { return f<int>(a); }\n"
                                  "template <class T> void ns::C<T, 3>::m() {}\n"
                                  "int ns::\n  f() { return 1; }\n");
  std::string names;
  for (const Definition& d : out.definitions) names += d.name + "\n";
  EXPECT_EQ(names, "operator new\ntwice\noperator<\nns.C.m\nns.f\n");
}

}  // namespace
}  // namespace parsers
