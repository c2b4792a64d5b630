#include <gtest/gtest.h>

#include "planner/javascript_projects.h"
#include "tests/support/link_lines.h"

namespace {

using support::links_of;
using support::Project;

const Project library = {
    {"src/shapes.ts",
     "export class Shape {\n  size = 1;\n  draw(): void {}\n}\nexport function area(s: Shape) {}\n"
     "export default function make() {}\nexport const tools = { cut() {} };\nexport enum Kind { Round }\n"},
    {"src/index.ts",
     "export * from './shapes';\nexport { area as surface } from './shapes';\n"
     "export { default as build } from './shapes';\n"},
    {"src/plain.js", "exports.load = function () {};\n"},
    {"src/anonymous.ts", "export default { start() {} };\n"},
};

std::string links_with(const std::string& text, const std::string& path = "src/use.ts", const Project& more = {}) {
  Project project = library;
  project.insert(more.begin(), more.end());
  project[path] = text;
  return links_of(project, path);
}

struct Case {
  const char* text;
  const char* links;
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.text; }

class JavascriptLinks : public testing::TestWithParam<Case> {};

TEST_P(JavascriptLinks, AreAsExpected) { EXPECT_EQ(links_with(GetParam().text), GetParam().links); }

INSTANTIATE_TEST_SUITE_P(
    Imports, JavascriptLinks,
    testing::Values(
        Case{"import { area } from './shapes';\narea(1);\n",
             "2 area -> src/shapes.ts:area I\n1 * -> src/shapes.ts I\n"},
        Case{"import { area as a } from './shapes.js';\na(1);\n",
             "2 a -> src/shapes.ts:area I\n1 * -> src/shapes.ts I\n"},
        Case{"import create from './shapes';\ncreate();\n",
             "2 create -> src/shapes.ts:make I\n1 * -> src/shapes.ts I\n"},
        Case{"import * as s from './shapes';\ns.area(1); s.tools.cut(); s.Kind.Round;\n",
             "2 s -> src/shapes.ts I\n2 area -> src/shapes.ts:area I\n2 s -> src/shapes.ts I\n"
             "2 tools -> src/shapes.ts:tools I\n2 cut -> src/shapes.ts:tools.cut I\n2 s -> src/shapes.ts I\n"
             "2 Kind -> src/shapes.ts:Kind I\n2 Round -> src/shapes.ts:Kind.Round I\n1 * -> src/shapes.ts I\n"},
        Case{"import { Shape, surface, build } from '.';\nsurface(new Shape()); build();\n",
             "2 surface -> src/shapes.ts:area I\n2 Shape -> src/shapes.ts:Shape I\n2 build -> src/shapes.ts:make I\n"
             "1 * -> src/index.ts I\n"},
        Case{"const { load } = require('./plain');\nconst p = require('./plain');\nload(); p.load();\n",
             "3 load -> src/plain.js:load I\n3 p -> src/plain.js I\n3 load -> src/plain.js:load I\n"
             "1 * -> src/plain.js I\n"},
        Case{"import app from './anonymous';\napp.start();\n",
             "2 app -> src/anonymous.ts:default I\n2 start -> src/anonymous.ts:default.start I\n"
             "1 * -> src/anonymous.ts I\n"},
        Case{"import './shapes';\n", "1 * -> src/shapes.ts I\n"}));

INSTANTIATE_TEST_SUITE_P(
    NoLinks, JavascriptLinks,
    testing::Values(Case{"import { area } from './shapes';\nfunction f(area: any) { area(); }\n",
                         "1 * -> src/shapes.ts I\n"},
                    Case{"import { area } from './shapes';\n{ const area = 1; area; }\n", "1 * -> src/shapes.ts I\n"},
                    Case{"import { area } from 'shapes';\narea();\n", ""}, Case{"area();\n", ""},
                    Case{"import { Shape } from './shapes';\nconst o = { Shape: 1 };\n", "1 * -> src/shapes.ts I\n"}));

INSTANTIATE_TEST_SUITE_P(
    Members, JavascriptLinks,
    testing::Values(
        Case{"import { Shape } from './shapes';\nclass C extends Shape { go() { this.draw(); super.draw(); } }\n",
             "2 Shape -> src/shapes.ts:Shape I\n2 draw -> src/shapes.ts:Shape.draw I\n"
             "2 draw -> src/shapes.ts:Shape.draw I\n1 * -> src/shapes.ts I\n"},
        Case{"import { Shape } from './shapes';\nfunction f(s: Shape) { s.draw(); }\n",
             "2 Shape -> src/shapes.ts:Shape I\n2 draw -> src/shapes.ts:Shape.draw M1\n1 * -> src/shapes.ts I\n"},
        Case{"import { area } from './shapes';\nfunction f(s) { s.draw(); }\n",
             "2 draw -> src/shapes.ts:Shape.draw M1\n1 * -> src/shapes.ts I\n"},
        Case{"function f(s) { s.draw(); }\n", "1 draw -> src/shapes.ts:Shape.draw M2\n"},
        Case{"function f(s: Element) { s.draw(); }\n", ""}));

TEST(JavascriptLinks, ReadConfigurationsAndPackages) {
  const Project more = {
      {"tsconfig.json",
       "{ // paths\n \"compilerOptions\": {\"baseUrl\": \".\", \"paths\": {\"@lib/*\": [\"src/*\"],},},}"},
      {"web/tsconfig.json", R"({"extends": "../tsconfig.json"})"},
      {"packages/math/package.json",
       R"({"name": "@shop/math", "exports": {".": {"import": "./dist/index.js"}, "./deep": "./dist/deep.js"}})"},
      {"packages/math/src/index.ts", "export function add() {}\n"},
      {"packages/math/src/deep.ts", "export function sub() {}\n"},
  };
  EXPECT_EQ(links_with("import { area } from '@lib/shapes';\narea();\n", "web/a.ts", more),
            "2 area -> src/shapes.ts:area I\n1 * -> src/shapes.ts I\n");
  EXPECT_EQ(links_with("import { area } from 'src/shapes';\narea();\n", "web/a.ts", more),
            "2 area -> src/shapes.ts:area I\n1 * -> src/shapes.ts I\n");
  EXPECT_EQ(links_with("import { add } from '@shop/math';\nimport { sub } from '@shop/math/deep';\nadd(); sub();\n",
                       "web/a.ts", more),
            "3 add -> packages/math/src/index.ts:add I\n3 sub -> packages/math/src/deep.ts:sub I\n"
            "2 * -> packages/math/src/deep.ts I\n1 * -> packages/math/src/index.ts I\n");
}

TEST(JavascriptLinks, PlainJsonKeepsTextsAndLength) {
  const std::string text = "\xEF\xBB\xBF{\"a\": \"// no, ]\", /* x\n */ \"b\": [1, 2, ], // y\n}";
  EXPECT_EQ(planner::plain_json(text), "   {\"a\": \"// no, ]\",     \n    \"b\": [1, 2  ]      \n}");
  EXPECT_EQ(planner::plain_json("/* never closed"), "               ");
  EXPECT_EQ(planner::star_of("@a/*", "@a/b"), "b");
  EXPECT_EQ(planner::star_of("@a/*", "@b/b"), std::nullopt);
  EXPECT_EQ(planner::star_of("a", "a"), "");
}

}  // namespace
