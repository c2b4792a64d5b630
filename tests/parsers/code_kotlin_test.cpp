#include <gtest/gtest.h>
#include <string>

#include "parsers/code_outline.h"
#include "parsers/language.h"

namespace parsers {

std::string outline_dump(const CodeOutline&);  // in code_outline_test.cpp

namespace {

TEST(CodeOutline, ReadsKotlin) {
  const std::string text = R"~(@file:JvmName("Carts")
package a.b

import java.util.List
import a.b.C.d as e
import x.y.*

const val LIMIT = 3
typealias Names = Map<String, User>

/** Doc. */
@Ann(name = "x")
open class A<T : Any>(val x: Int, y: String = DEFAULT, private var z: q.Z?) : Base(y), I by x {
    private val list: List<T> = empty()
    val size: Int
        get() = list.size
    var level: Int = 0
        set(value) { field = check(value) }
    init { start(y) }
    constructor(s: String) : this(parse(s), s, null) { log(s) }
    fun get(m: Map<String, U>, n: Int = LIMIT): List<T> {
        for ((k, v) in m.entries()) { v.run(k, "$k ${x.name()} text", count = n) }
        val f = { p: Int -> p + n }
        fun inner(w: Int) = w + y
        when (val r = f(1)) { is Red -> return@get r; else -> inner(2) }
        try { a?.b?.c() } catch (err: E) { throw err }
        return object : Base() { fun run() = m }
    }
    abstract fun none()
    companion object {
        const val MAX = 4
        fun of(): A<Int> = A(1)
    }
    enum class Color {
        RED(1),
        GREEN(LIMIT) {
            fun paint() {}
        };

        fun mix(c: Color) = this@Color
    }
    interface Inner {
        fun m()
    }
    object Named
}

data class P(val a: Int)

fun <T> List<T>.second(): T = this[1]
val String.last: Char get() = this[0]
fun over(a: Int) {}
fun over(a: String, b: (x: Int) -> Unit) = b(a)
val handler = list.map(::over)
)~";
  EXPECT_EQ(outline_dump(outline(*language_of("a.kt"), text)), R"~(8 variable LIMIT -
9 type Names -
11-46 class A
13 field A.x -
13 field A.z -
14 field A.list -
15-16 field A.size
17-18 field A.level
20 constructor A.constructor(String)
21-28 method A.get(Map<String,U>,Int)
29 method A.none -
30-33 class A.Companion
31 field A.Companion.MAX -
32 method A.Companion.of
34-41 enum A.Color
35 constant A.Color.RED -
36-38 constant A.Color.GREEN
37 function A.Color.GREEN.paint
40 method A.Color.mix(Color)
42-44 interface A.Inner
43 method A.Inner.m -
45 class A.Named
48 class P
48 field P.a -
50 function List.second
51 field String.last
52 function over(Int)
53 function over(String,(x:Int)->Unit)
54 variable handler -
1-3 <module>
4-6 <imports>
7-10 <module>
11-14 <in A>
19 <after A.level>
29 <after A.get>
30-31 <in A.Companion>
33 <after A.Companion.of>
34-35 <in A.Color>
36 <in A.Color.GREEN>
38 <after A.Color.GREEN.paint>
39 <after A.Color.GREEN>
41 <after A.Color.mix>
46 <after A.Named>
47 <after A>
49 <after P>
54 <after over>
4 import java.util : List as List
5 import a.b.C : d as e
6 import x.y : *
A uses Ann Any Int String DEFAULT q q.Z Base y I x List T empty() start() y
A.size uses Int list list.size
A.level uses Int field check() value
A.constructor uses String parse() s s log() s
A.get uses Map String U Int LIMIT List T m m.entries() v v.run() k x x.name() n Int p n Int w y f() Red r inner() a a.b a.b.c() E err Base m
A.Companion.of uses A Int A()
A.Color.GREEN uses LIMIT
A.Color.mix uses Color
P uses Int
List.second uses List T T
String.last uses String Char
over uses Int
over uses String Int Unit b() a
file uses JvmName Map String User list list.map() over
)~");
}

}  // namespace
}  // namespace parsers
