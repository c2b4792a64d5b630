#include "parsers/code_identifiers.h"

#include <cctype>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <set>
#include <string>

#include "parsers/code_outline.h"

namespace parsers {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::uint64_t> names_of(std::string_view text) {
  std::vector<std::uint64_t> out{1, 2, 3};
  read_names(text, out);
  return out;
}

/// The plain way; of texts that are ASCII but for broken bytes.
std::vector<std::string> runs_of(const std::string& text) {
  std::vector<std::string> out;
  std::string run;
  for (const char c : text + " ") {
    const bool part = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
    if (part) run += c;
    if (part || run.empty()) continue;
    if (run[0] < '0' || run[0] > '9') out.push_back(run);
    run.clear();
  }
  return out;
}

TEST(CodeIdentifiers, AreRunsOfLettersAndDigits) {
  const auto hashes = [](std::vector<const char*> names) {
    std::vector<std::uint64_t> out;
    for (const char* name : names) out.push_back(name_hash(name));
    return out;
  };
  EXPECT_EQ(names_of("a = b_1 + 0xFF\n# b_1 \xC3\xA9t\xC3\xA9 $el\r\nb_1.a('x9')"),
            hashes({"a", "b_1", "b_1", "\xC3\xA9t\xC3\xA9", "$el", "b_1", "a", "x9"}));
  EXPECT_THAT(names_of(""), IsEmpty());
  EXPECT_THAT(names_of(std::string_view("\0", 1)), IsEmpty());
}

TEST(CodeIdentifiers, ArePartedBySpacesAndSignsThatAreNotAscii) {
  const std::vector<std::uint64_t> both{name_hash("a"), name_hash("b")};
  for (const char* space :
       {"\xC2\x85", "\xC2\xA0", "\xE1\x9A\x80", "\xE2\x80\x80", "\xE2\x80\x8B", "\xE2\x80\xA8", "\xE2\x80\xA9",
        "\xE2\x80\xAF", "\xE2\x81\x9F", "\xE2\x81\xA0", "\xE3\x80\x80", "\xEF\xBB\xBF"}) {
    EXPECT_EQ(names_of(std::string("a") + space + "b"), both) << space;
    EXPECT_EQ(names_of(std::string(space) + "a" + space + space + "b" + space), both) << space;
    EXPECT_EQ(names_of(std::string("a") + space + "1b"), std::vector{name_hash("a")}) << space;
    EXPECT_EQ(name_hash(std::string(space) + "b"), name_hash("b")) << space;
  }
  for (const char* letter :
       {"\xC3\xA9", "\xC2\xAA", "\xE1\x9A\x81", "\xE3\x81\x82", "\xE4\xB8\xAD", "\xF0\x9D\x94\xB8"})
    EXPECT_EQ(names_of(std::string("a") + letter).size(), 1U) << letter;
}

TEST(CodeIdentifiers, AreCutTheSameWhereverTheyStand) {
  std::uint64_t state = 7;
  const std::string letters = "aZ_09 .\n\x80\xff$@[`{/:z";
  for (int round = 0; round < 400; ++round) {
    std::string text;
    for (int i = 0; i < round; ++i) {
      state = state * 6364136223846793005U + 1442695040888963407U;
      // Long runs cross the borders of blocks.
      text += (state >> 60) < 4 ? std::string((state >> 40) % 150, 'q')
                                : std::string(1, letters[(state >> 33) % letters.size()]);
    }
    std::vector<std::uint64_t> expected;
    for (const std::string& run : runs_of(text)) expected.push_back(name_hash(run));
    ASSERT_EQ(names_of(text), expected) << round;
  }
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
      {Language::kotlin, "val rr = \"a $sigma2 ${tau + upsilon}\" + \"\"\"\"$phi\"\"\"\n"},
      {Language::javascript, "const t = `a ${eps} \\` ${`${zeta}`}`, $eta = /[\"']/.test(theta);\n"},
      {Language::ruby, "def save!(x) = \"#{x.iota?}\" + @kappa\n"},
      {Language::php, "<?php $lambda->mu(\"{$nu} $xi[0]\");\n"},
      {Language::bash, "omicron() { echo \"${pi:-$rho}\" $(sigma); }\n"},
  };
  for (const auto& [language, text] : table) {
    const std::vector<std::uint64_t> names = names_of(text);
    const CodeOutline found = outline(language, text);
    EXPECT_FALSE(found.references.empty()) << text;
    for (const Reference& reference : found.references)
      EXPECT_THAT(names, Contains(name_hash(reference.name))) << reference.name << " in " << text;
    for (const Definition& d : found.definitions)
      EXPECT_THAT(names, Contains(name_hash(d.short_name()))) << d.name << " in " << text;
  }
}

}  // namespace
}  // namespace parsers
