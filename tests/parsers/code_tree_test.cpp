#include "parsers/code_tree.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <string>

#include "parsers/language_table.h"

namespace parsers {
namespace {

TEST(CodeTree, EveryGrammarIsReadByThisCore) {
  for (std::size_t i = 0; i < language_count; ++i) {
    const auto language = static_cast<Language>(i);
    const CodeTree tree = parse_code(table_of(language).grammar(), "x\n", 1000);
    ASSERT_NE(tree, nullptr) << to_string(language);
    const TSNode root = ts_tree_root_node(tree.get());
    EXPECT_LE(ts_node_end_byte(root), 2U) << to_string(language);
    EXPECT_EQ(table_of(language).language, language);
  }
}

std::string repeated(std::string_view part, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += part;
  return out;
}

TEST(CodeTree, StopsWhenItTakesTooMuch) {
  const std::string calls = repeated("f(a, b, c)\n", 10000);
  EXPECT_NE(parse_code(tree_sitter_python(), calls, 50000), nullptr);
  const std::string words = repeated("alpha beta gamma delta\n", 20000);
  EXPECT_EQ(parse_code(tree_sitter_typescript(), words, 50000), nullptr);
}

// Without errors for long, but every token is read to the end of the text.
TEST(CodeTree, StopsWhenTokensReachTooFar) {
  const std::string text = repeated("  mov %eax, 0x10(%ebx) ; load\nlabel_1:\n  jmp .L2 # go\n", 10000);
  EXPECT_EQ(parse_code(tree_sitter_bash(), text, 50000), nullptr);
}

// What is read when the effort ends may be any byte.
TEST(CodeTree, StopsAmongBrokenBytes) {
  std::string text;
  for (unsigned state = 1; text.size() < 20000;) {
    state = state * 1664525 + 1013904223;
    text += static_cast<char>(std::max(1U, state >> 24));
  }
  for (const std::string& bytes : {text, repeated("\xC3", 3000), repeated("a \xE2\x80", 1000)})
    for (std::uint32_t effort = 0; effort < 3000; effort += 50) {
      parse_code(tree_sitter_tsx(), bytes, effort);
      parse_code(tree_sitter_bash(), bytes, effort);
    }
}

TEST(CodeTree, LengthAloneIsNotTooMuch) {
  const std::string text = repeated("def f(a, b=1):\n    return [a.c(b) for d in e if d] + {'g': a}\n\n", 14000);
  EXPECT_NE(parse_code(tree_sitter_python(), text, 50000), nullptr);
}

TEST(CodeTree, FindsChildren) {
  const std::string text = "def f(a): return a\n";
  const CodeTree tree = parse_code(tree_sitter_python(), text, 1000);
  const auto function = child_of_type(ts_tree_root_node(tree.get()), "function_definition");
  ASSERT_TRUE(function.has_value());
  const auto name = child_in(*function, "name");
  ASSERT_TRUE(name.has_value());
  EXPECT_EQ(text_of(*name, text), "f");
  EXPECT_EQ(line_of(*name), 1U);
  EXPECT_FALSE(child_in(*function, "nothing").has_value());
  EXPECT_FALSE(child_of_type(*function, "class_definition").has_value());
}

TEST(Language, IsKnownByPath) {
  const struct {
    const char* path;
    std::optional<Language> language;
  } table[] = {
      {"a/b.py", Language::python}, {"a.d.ts", Language::typescript},
      {"a.tsx", Language::tsx},     {"x.h", Language::cpp},
      {"x.c", Language::c},         {"Rakefile", Language::ruby},
      {"a.b/README", std::nullopt}, {"a.txt", std::nullopt},
      {".py", Language::python},    {"", std::nullopt},
      {"a.PY", std::nullopt},       {"b.cs", Language::c_sharp},
      {"a.kt", Language::kotlin},   {"build.gradle.kts", Language::kotlin},
  };
  for (const auto& [path, language] : table) EXPECT_EQ(language_of(path), language) << path;
  EXPECT_EQ(to_string(Language::c_sharp), "c#");
  EXPECT_EQ(to_string(Language::typescript), "typescript");
}

}  // namespace
}  // namespace parsers
