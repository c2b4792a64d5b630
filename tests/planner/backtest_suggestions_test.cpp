#include "planner/backtest_suggestions.h"

#include <gmock/gmock.h>

namespace planner {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Collision file(std::string path, std::size_t pairs, std::size_t insertions) {
  return {std::move(path), pairs, pairs, pairs, insertions, {}};
}

std::vector<std::string> lines(const std::vector<Collision>& files, const std::vector<SeriesCollision>& series = {}) {
  std::vector<std::string> out;
  for (const ProposedEntry& e : suggestions_for(files, series).entries)
    out.push_back(std::string(to_string(e.section)) + ": " + e.entry);
  return out;
}

TEST(BacktestSuggestions, InsertionsAtOnePlaceAreAppends) {
  EXPECT_THAT(lines({file("CHANGES.md", 5, 4), file("app.py", 5, 3), file("once.md", 1, 1)}),
              ElementsAre("classes.append: CHANGES.md"));
}

TEST(BacktestSuggestions, LockFilesAreGeneratedAgain) {
  EXPECT_THAT(lines({file("web/package-lock.json", 2, 2), file("a.md", 2, 2)}),
              ElementsAre("classes.append: a.md", "classes.regenerate: web/package-lock.json"));
}

TEST(BacktestSuggestions, APathThatInterlockYamlCannotHoldIsLeftOut) {
  EXPECT_THAT(lines({file("a\nb.md", 2, 2), file("a*.md", 2, 2)}), IsEmpty());
}

TEST(BacktestSuggestions, NumbersTakenTwiceAreASeries) {
  EXPECT_THAT(lines({}, {{"db/{n}_*.sql", {"db/1_a.sql", "db/1_b.sql"}, 1}, {"odd.sql", {"odd.sql", "odd.sql"}, 1}}),
              ElementsAre("series: db/{n}_*.sql"));
}

struct SeriesCase {
  const char *a, *b, *pattern;
};
class SeriesNames : public testing::TestWithParam<SeriesCase> {};

TEST_P(SeriesNames, HaveTheNumberWhereBothHaveIt) {
  EXPECT_EQ(series_of(GetParam().a, GetParam().b), GetParam().pattern);
}

INSTANTIATE_TEST_SUITE_P(Patterns, SeriesNames,
                         testing::Values(SeriesCase{"db/0042_a.sql", "db/0042_b.sql", "db/{n}_*.sql"},
                                         SeriesCase{"V7__a.sql", "V7__b.sql", "V{n}_*.sql"},
                                         SeriesCase{"db/42.a.sql", "db/42.b.sql", "db/{n}*.sql"},
                                         SeriesCase{"adr/ADR-0012-a.md", "adr/ADR-0012-b.rst", "adr/ADR-{n}-*"},
                                         SeriesCase{"v1/db/3_a.sql", "v1/db/3_a_more.sql", "v1/db/{n}_*.sql"}));

TEST(BacktestWorth, GoesByTheShareOfBranchesThatCollided) {
  Backtest replayed;
  EXPECT_EQ(worth_of(replayed), Worth::unknown);
  replayed.branches = 100;
  replayed.in_flight = 50;
  replayed.made = 100;
  EXPECT_EQ(worth_of(replayed), Worth::hardly);
  replayed.collided = 3;
  EXPECT_EQ(worth_of(replayed), Worth::somewhat);
  replayed.collided = 10;
  EXPECT_EQ(worth_of(replayed), Worth::yes);
  replayed.collided = 0;
  replayed.between_branches = 10;
  EXPECT_EQ(worth_of(replayed), Worth::yes);
}

}  // namespace
}  // namespace planner
