#include "parsers/code_identifiers.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <set>
#include <string>

#include "parsers/code_outline.h"

namespace parsers {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(CodeIdentifiers, AreCountedWithTheirFirstLine) {
  const std::string text = "a = b_1 + 0xFF\n# b_1 \xC3\xA9t\xC3\xA9 $el\r\nb_1.a('x9')";
  const std::vector<CodeName> names = NameReader().read(text);
  const struct {
    const char* name;
    std::uint32_t line, count;
  } table[] = {{"a", 1, 2}, {"b_1", 1, 3}, {"\xC3\xA9t\xC3\xA9", 2, 1}, {"el", 2, 1}, {"$el", 2, 1}, {"x9", 3, 1}};
  for (const auto& [name, line, count] : table) {
    const CodeName* found = find_name(names, name_hash(name));
    ASSERT_NE(found, nullptr) << name;
    EXPECT_EQ(found->first_line, line) << name;
    EXPECT_EQ(found->count, count) << name;
  }
  EXPECT_EQ(names.size(), 5U);
  EXPECT_EQ(find_name(names, name_hash("xFF")), nullptr);
  EXPECT_TRUE(std::is_sorted(names.begin(), names.end(), [](auto& x, auto& y) { return x.hash < y.hash; }));
}

TEST(CodeIdentifiers, HaveHashesOfTheirOwn) {
  std::set<std::uint64_t> hashes;
  std::size_t count = 0;
  for (std::string stem : {"a", "abcdefgh", "abcdefghi", "abcdefghijklmnop", "_"}) {
    for (int i = 0; i < 1000; ++i, ++count) hashes.insert(name_hash(stem + std::to_string(i)));
    hashes.insert(name_hash(stem));
    ++count;
  }
  EXPECT_EQ(hashes.size(), count);
  // Wherever it stands, whatever follows.
  EXPECT_EQ(name_hash("abc"), name_hash("abc+defghijkl"));
  EXPECT_EQ(name_hash("save!"), name_hash("save"));
  EXPECT_EQ(name_hash("12 + !"), 0U);
  EXPECT_EQ(name_hash(""), 0U);
}

TEST(CodeIdentifiers, GrowWithTheText) {
  std::string text;
  for (int i = 0; i < 50000; ++i) text += "n" + std::to_string(i) + "\n";
  NameReader reader;
  EXPECT_EQ(reader.read("a b a").size(), 2U);
  const std::vector<CodeName> names = reader.read(text);
  EXPECT_EQ(names.size(), 50000U);
  EXPECT_EQ(find_name(names, name_hash("n777"))->first_line, 778U);
  EXPECT_THAT(reader.read(""), IsEmpty());
}

TEST(CodeIdentifiers, FindTheLinesOfAName) {
  EXPECT_THAT(lines_naming("f f\n\nx.f()\nff\nf", "f"), ElementsAre(1, 3, 5));
  EXPECT_THAT(lines_naming("f", "g"), IsEmpty());
  EXPECT_THAT(lines_naming("f", "1"), IsEmpty());
}

TEST(CodeIdentifiers, MissNothingThatTheOutlineFinds) {
  const struct {
    Language language;
    const char* text;
  } table[] = {
      {Language::python, "x = f\"{alpha!r:{beta}}\"\n'''\"'''; gamma(u\"\\N{BULLET}\")\n"},
      {Language::rust, "fn f() { g(r#\"\"quoted\"\"#, delta, 'a', '\\''); r#type(); }\n"},
      {Language::javascript, "const t = `a ${eps} \\` ${`${zeta}`}`, $eta = /[\"']/.test(theta);\n"},
      {Language::ruby, "def save!(x) = \"#{x.iota?}\" + @kappa\n"},
      {Language::php, "<?php $lambda->mu(\"{$nu} $xi[0]\");\n"},
      {Language::bash, "omicron() { echo \"${pi:-$rho}\" $(sigma); }\n"},
  };
  for (const auto& [language, text] : table) {
    const std::vector<CodeName> names = NameReader().read(text);
    const CodeOutline found = outline(language, text);
    EXPECT_FALSE(found.references.empty()) << text;
    for (const Reference& reference : found.references)
      EXPECT_NE(find_name(names, name_hash(reference.name)), nullptr) << reference.name << " in " << text;
    for (const Definition& d : found.definitions)
      EXPECT_NE(find_name(names, name_hash(d.short_name())), nullptr) << d.name << " in " << text;
  }
}

}  // namespace
}  // namespace parsers
