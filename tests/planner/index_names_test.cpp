#include "planner/index_names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <set>

namespace planner {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string id(int number) {
  std::string out(20, '\0');
  out[0] = static_cast<char>(number * 37);
  out[19] = static_cast<char>(number);
  return out;
}

std::vector<NamedText> texts(int count) {
  std::vector<NamedText> out;
  for (int i = 0; i < count; ++i) out.push_back({id(i), NamedText::Kind::names});
  return out;
}

std::vector<std::uint32_t> mentioning(const NameTable& table, std::uint64_t hash) {
  std::vector<std::uint32_t> out;
  table.mentioning(hash, out);
  return out;
}

/// Hashes spread like real ones, with some that share their first bits.
std::uint64_t hash_of(std::uint64_t name) {
  return name % 5 == 0 ? (std::uint64_t{0xFFFF} << 48) + name + 1 : (name + 1) * 0x9E3779B97F4A7C15;
}

TEST(NameTable, SaysWhichTextsMentionAName) {
  NameCollector collector;
  collector.add(0, std::vector<std::uint64_t>{5, 9, 5});
  collector.add(2, std::vector<std::uint64_t>{9, 7});
  std::vector<NamedText> known = texts(4);
  known[1] = {"", NamedText::Kind::names};
  known[3].kind = NamedText::Kind::binary;
  const auto table = NameTable::open(name_table({collector.take()}, known, 3), 3);
  ASSERT_TRUE(table.has_value());
  EXPECT_THAT(mentioning(*table, 5), ElementsAre(0));
  EXPECT_THAT(mentioning(*table, 9), ElementsAre(0, 2));
  EXPECT_THAT(mentioning(*table, 8), IsEmpty());
  EXPECT_EQ(table->find(id(2)), 2U);
  EXPECT_EQ(table->find(id(1)), std::nullopt);
  EXPECT_EQ(table->find(std::string(20, '\0')), 0U);
  EXPECT_EQ(table->find(""), std::nullopt);
  EXPECT_EQ(table->kind(3), NamedText::Kind::binary);
}

TEST(NameTable, OfNothingIsATable) {
  const auto table = NameTable::open(name_table({}, {}, 3), 3);
  ASSERT_TRUE(table.has_value());
  EXPECT_THAT(mentioning(*table, 5), IsEmpty());
  EXPECT_EQ(table->find(id(1)), std::nullopt);
}

/// Random texts on two collectors in any order, against sets; then renumbered and joined again.
TEST(NameTable, IsTheSameHoweverItWasCollected) {
  constexpr int count = 60;
  std::uint64_t state = 1;
  const auto random = [&](std::uint64_t below) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    return (state >> 33) % below;
  };
  std::map<std::uint64_t, std::set<std::uint32_t>> truth;
  std::vector<std::vector<std::uint64_t>> contents(count);
  for (std::uint32_t text = 0; text < count; ++text)
    for (std::uint64_t left = random(4000); left != 0; --left) {
      contents[text].push_back(hash_of(random(text % 2 == 0 ? 100 : 100'000)));
      truth[contents[text].back()].insert(text);
    }
  std::string first;
  for (int round = 0; round < 3; ++round) {
    NameCollector one, two;
    for (std::uint32_t i = 0; i < count; ++i) {
      const std::uint32_t text = round == 2 ? count - 1 - i : i;
      (random(2) == 0 ? one : two).add(text, contents[text]);
    }
    const std::string bytes = name_table({one.take(), two.take()}, texts(count), 3);
    if (round == 0) first = bytes;
    EXPECT_EQ(bytes, first);
  }
  const auto table = NameTable::open(first, 3);
  ASSERT_TRUE(table.has_value());
  std::vector<std::uint32_t> odd(count, NameTable::no_text), even(count, NameTable::no_text);
  for (std::uint32_t text = 0; text < count; ++text) (text % 2 == 0 ? even : odd)[text] = text / 2 + (text % 2) * 30;
  const auto joined = NameTable::open(name_table({table->lists(even), table->lists(odd)}, texts(count), 3), 3);
  ASSERT_TRUE(joined.has_value());
  for (const auto& [hash, expected] : truth) {
    EXPECT_EQ(mentioning(*table, hash), std::vector<std::uint32_t>(expected.begin(), expected.end()));
    std::set<std::uint32_t> moved;
    for (const std::uint32_t text : expected) moved.insert(text / 2 + (text % 2) * 30);
    EXPECT_EQ(mentioning(*joined, hash), std::vector<std::uint32_t>(moved.begin(), moved.end()));
  }
}

TEST(NameTable, AnyOtherBytesAreNone) {
  NameCollector collector;
  for (std::uint32_t text = 0; text < 5; ++text) collector.add(text, std::vector<std::uint64_t>{text + 1U, 77});
  const std::string bytes = name_table({collector.take()}, texts(5), 3);
  EXPECT_TRUE(NameTable::open(bytes, 3).has_value());
  EXPECT_FALSE(NameTable::open(bytes, 4).has_value());
  EXPECT_FALSE(NameTable::open(bytes + "x", 3).has_value());
  EXPECT_FALSE(NameTable::open("", 3).has_value());
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    EXPECT_FALSE(NameTable::open(bytes.substr(0, at), 3).has_value()) << at;
    for (const int bit : {1, 128}) {
      std::string changed = bytes;
      changed[at] = static_cast<char>(changed[at] ^ bit);
      EXPECT_FALSE(NameTable::open(changed, 3).has_value()) << at;
    }
  }
}

}  // namespace
}  // namespace planner
