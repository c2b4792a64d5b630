#include "planner/app/backtest.h"

#include <charconv>
#include <chrono>

#include "parsers/config.h"

namespace planner::app {
namespace {

tl::unexpected<Failure> refuse(Error error) { return tl::make_unexpected(Failure{{}, std::move(error)}); }

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error != std::errc() || end != text.data() + text.size() || out < 0 || out > 100'000) return std::nullopt;
  return out;
}

/// A duration goes back from the newest commit of the target, so that the answer is the same tomorrow.
Result<BacktestWindow> window_of(Repository& repository, Past& past, const std::string& since, const ObjectId& tip) {
  BacktestWindow out;
  out.since = since;
  if (since.empty()) return out;
  if (const auto date = date_from(since)) {
    out.not_before = date;
  } else if (const auto duration = duration_from(since)) {
    const auto newest = past.commits(tip, 1);
    if (!newest) return tl::make_unexpected(newest.error());
    out.not_before = newest->front().time - *duration;
  } else {
    const auto commit = repository.commit(since);
    if (!commit)
      return tl::make_unexpected(
          Error{commit.error().kind, commit.error().what,
                "--since takes a duration (12h, 90d, 8w, 2y), a date (2024-05-01) or a revision"});
    out.after = *commit;
  }
  return out;
}

}  // namespace

std::optional<std::int64_t> duration_from(std::string_view text) {
  if (text.size() < 2) return std::nullopt;
  const char unit = text.back();
  const std::int64_t seconds = unit == 'h'   ? 3'600
                               : unit == 'd' ? 86'400
                               : unit == 'w' ? 604'800
                               : unit == 'y' ? 31'536'000
                                             : 0;
  const auto count = whole_number(text.substr(0, text.size() - 1));
  if (seconds == 0 || !count) return std::nullopt;
  return *count * seconds;
}

std::optional<std::int64_t> date_from(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = whole_number(text.substr(0, 4)), month = whole_number(text.substr(5, 2)),
             day = whole_number(text.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(*year)),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_seconds(std::chrono::sys_days(date)).time_since_epoch().count();
}

Answer<BacktestAnswer> backtest(World& world, Past& past, const BacktestRequest& request) {
  Repository& repository = *world.repository;
  if (repository.shallow())
    return refuse({Error::Kind::world, "history was cut off when this repository was cloned, and backtest lives on it",
                   "run: git fetch --unshallow"});
  BacktestAnswer answer;
  auto source = world.sources.config();
  if (!source) return refuse(source.error());
  parsers::Config config;
  if (*source) {
    answer.reading.sources.push_back(std::move(**source));
    auto read = parsers::read_config(answer.reading.sources[0], parsers::FileId{0});
    answer.reading.diagnostics = std::move(read.diagnostics);
    if (parsers::has_errors(answer.reading.diagnostics))
      return tl::make_unexpected(Failure{std::move(answer.reading), std::nullopt});
    config = std::move(read.value);
  }
  const auto name = repository.target(config.target);
  if (!name) return refuse(name.error());
  Target target{name->value_or("HEAD"), {}};
  const auto tip = repository.commit(target.name);
  if (!tip) return refuse(tip.error());
  target.tip = *tip;
  const auto window = window_of(repository, past, request.since, target.tip);
  if (!window) return refuse(window.error());
  std::vector<std::string> series;
  for (const parsers::ConfiguredPath& path : config.series) series.push_back(path.text);
  auto replayed = planner::backtest(repository, past, target, *window, series, request.progress);
  if (!replayed) return refuse(replayed.error());
  answer.replayed = std::move(*replayed);
  return answer;
}

}  // namespace planner::app
