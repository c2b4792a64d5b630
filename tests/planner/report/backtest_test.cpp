#include "planner/report/backtest.h"

#include <gmock/gmock.h>

namespace planner::report {
namespace {

using testing::HasSubstr;

BacktestAnswer answer() {
  BacktestAnswer out;
  out.replayed.target = "main";
  return out;
}

TEST(BacktestReport, SaysThatThereIsNothingToReplay) {
  EXPECT_THAT(text(answer(), {}), HasSubstr("Cannot say: no merge ever brought a branch into main"));
  EXPECT_THAT(json(answer()), HasSubstr("\"worth\": \"unknown\""));
}

TEST(BacktestReport, EscapesNamesOfFiles) {
  BacktestAnswer hostile = answer();
  hostile.replayed.in_flight = hostile.replayed.landings = 1;
  hostile.replayed.branches = 2;
  hostile.replayed.collisions = {{"a\x1b[31m|<b>.md", 1, 2, 1, 0, {}}};
  EXPECT_THAT(text(hostile, {}), Not(HasSubstr("\x1b")));
  EXPECT_THAT(markdown(hostile), HasSubstr("\\|<b>.md`"));
}

}  // namespace
}  // namespace planner::report
