#include "planner/io/name_segments.h"

#include <algorithm>
#include <filesystem>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "planner/io/index_files.h"
#include "tests/support/temporary_repository.h"

namespace planner::io {
namespace {

constexpr std::uint64_t version = 7;

std::string id(int number) { return std::string(19, 'i') + static_cast<char>(number); }

/// A table of texts `first` to `last`; each mentions the name 1000 and one of its own, 1000 + its number.
std::string table(int first, int last) {
  NameCollector collector;
  std::vector<NamedText> texts;
  for (int i = first; i <= last; ++i) {
    const std::vector<std::uint64_t> names = {1000, std::uint64_t{1000} + static_cast<std::uint64_t>(i)};
    collector.add(static_cast<std::uint32_t>(texts.size()), names);
    texts.push_back({id(i), NamedText::Kind::names});
  }
  return name_table({collector.take()}, texts, version);
}

bool mentions(const NameSegments& segments, int text, std::uint64_t name) {
  const auto place = segments.find(id(text));
  if (!place) return false;
  std::vector<std::uint32_t> texts;
  segments.table(place->segment).mentioning(name, texts);
  return std::find(texts.begin(), texts.end(), place->text) != texts.end();
}

TEST(NameSegments, KeepWhatWasPublished) {
  const support::TemporaryDirectory top;
  {
    NameSegments segments(top / "index", version);
    EXPECT_EQ(segments.size(), 0U);
    segments.add(table(1, 3));
    EXPECT_TRUE(mentions(segments, 2, 1002));  // in memory, before it is kept
    EXPECT_EQ(NameSegments(top / "index", version).size(), 0U);
    ASSERT_TRUE(segments.publish().has_value());
    ASSERT_TRUE(segments.publish().has_value());  // once is enough
  }
  const NameSegments segments(top / "index", version);
  EXPECT_EQ(segments.size(), 1U);
  EXPECT_TRUE(mentions(segments, 2, 1000));
  EXPECT_TRUE(mentions(segments, 2, 1002));
  EXPECT_FALSE(mentions(segments, 2, 1003));
  EXPECT_FALSE(segments.find(id(4)).has_value());
  EXPECT_EQ(NameSegments(top / "index", version + 1).size(), 0U);
}

TEST(NameSegments, WorkWithoutAPlaceToKeepThem) {
  const support::TemporaryDirectory top;
  NameSegments nowhere("", version);
  nowhere.add(table(1, 1));
  EXPECT_TRUE(nowhere.publish().has_value());
  EXPECT_TRUE(mentions(nowhere, 1, 1001));
  support::write(top / "file", "in the way");
  NameSegments refused(top / "file", version);
  refused.add(table(1, 1));
  EXPECT_FALSE(refused.publish().has_value());
  EXPECT_TRUE(mentions(refused, 1, 1001));
  refused.add("no table");
  EXPECT_EQ(refused.size(), 1U);
}

TEST(NameSegments, ADamagedTableCountsAsAbsentAndGoes) {
  const support::TemporaryDirectory top;
  NameSegments segments(top.path(), version);
  segments.add(table(1, 2));
  segments.add(table(3, 4));
  ASSERT_TRUE(segments.publish().has_value());
  const std::string path = index_files(top.path(), "names", version).at(0).path;
  std::string bytes = support::read(path);
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
  support::write(path, bytes);
  const NameSegments read(top.path(), version);
  EXPECT_EQ(read.size(), 1U);
  EXPECT_FALSE(read.find(id(1)).has_value());
  EXPECT_TRUE(mentions(read, 4, 1004));
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(NameSegments, TidyJoinsTablesAndLosesNothing) {
  const support::TemporaryDirectory top;
  NameSegments segments(top.path(), version);
  for (int i = 1; i <= 6; ++i) segments.add(table(i, i + 1));  // neighbours share a text
  const auto nobody = [](std::string_view) { return false; };
  ASSERT_TRUE(segments.tidy(0, nobody).has_value());  // in memory alone: nothing to join
  EXPECT_TRUE(index_files(top.path(), "names", version).empty());
  ASSERT_TRUE(segments.publish().has_value());
  EXPECT_EQ(index_files(top.path(), "names", version).size(), 6U);
  ASSERT_TRUE(segments.tidy(std::uint64_t{1} << 30, nobody).has_value());
  const NameSegments joined(top.path(), version);
  EXPECT_EQ(joined.size(), 1U);
  for (int i = 1; i <= 7; ++i)
    for (int name = 1; name <= 7; ++name)
      EXPECT_EQ(mentions(joined, i, 1000U + static_cast<unsigned>(name)), i == name) << i << " " << name;
}

TEST(NameSegments, TidyForgetsWhatIsNotInUseWhenThereIsTooMuch) {
  const support::TemporaryDirectory top;
  NameSegments segments(top.path(), version);
  segments.add(table(1, 3));
  segments.add(table(4, 6));
  ASSERT_TRUE(segments.publish().has_value());
  ASSERT_TRUE(segments.tidy(1, [](std::string_view text) { return text == id(2) || text == id(6); }).has_value());
  const NameSegments left(top.path(), version);
  EXPECT_EQ(left.size(), 1U);
  for (int i = 1; i <= 6; ++i) EXPECT_EQ(mentions(left, i, 1000U + static_cast<unsigned>(i)), i == 2 || i == 6) << i;
}

}  // namespace
}  // namespace planner::io
