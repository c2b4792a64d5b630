#include "parsers/code_tree.h"

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

TEST(CodeTree, StopsWhenItTakesTooMuch) {
  std::string text;
  for (int i = 0; i < 10000; ++i) text += "f(a, b, c)\n";
  EXPECT_EQ(parse_code(tree_sitter_python(), text, 10), nullptr);
  EXPECT_NE(parse_code(tree_sitter_python(), text, 24000), nullptr);
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
