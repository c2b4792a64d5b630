#include "planner/recent_work.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <map>
#include <set>

#include "planner/attribution.h"

namespace planner {
namespace {

constexpr std::size_t most_paths = 20;

std::optional<std::int64_t> number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// Days since 1970 of a date, and back: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
std::int64_t days_of(std::int64_t y, std::int64_t m, std::int64_t d) {
  y -= m <= 2 ? 1 : 0;
  const std::int64_t era = (y >= 0 ? y : y - 399) / 400, yoe = y - era * 400;
  const std::int64_t doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
  return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

struct Date {
  std::int64_t year, month, day;
};

Date date_of(std::int64_t days) {
  days += 719468;
  const std::int64_t era = (days >= 0 ? days : days - 146096) / 146097, doe = days - era * 146097;
  const std::int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365,
                     doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  const std::int64_t mp = (5 * doy + 2) / 153, month = mp + (mp < 10 ? 3 : -9);
  return {yoe + era * 400 + (month <= 2 ? 1 : 0), month, doy - (153 * mp + 2) / 5 + 1};
}

bool is_of(const Order& order, const RecentCommit& commit) {
  return std::any_of(commit.trailers.begin(), commit.trailers.end(), [&](const Trailer& trailer) {
    if (!has_key(trailer, "Work-Order")) return false;
    const std::vector<std::string> items = items_of(trailer);
    return std::find(items.begin(), items.end(), order.id) != items.end();
  });
}

/// Findings of one order and rule, of which the last counts what is too many.
class Few {
 public:
  Few(const Order& order, std::string rule, FindingSeverity severity)
      : order_(order), rule_(std::move(rule)), severity_(severity) {}

  void add(const Entry& entry, const std::string& path, std::string message, Related related) {
    if (!said_.insert(path).second) return;
    if (++count_ > most_paths) return;
    Finding finding{rule_, severity_, Certainty::proved, order_.id, std::move(message), entry.where, {}};
    finding.related.push_back(std::move(related));
    out_.push_back(std::move(finding));
  }

  std::vector<Finding> take() {
    if (count_ > most_paths)
      out_.push_back({rule_,
                      severity_,
                      Certainty::proved,
                      order_.id,
                      fmt::format("and {} more paths that {} is to write", count_ - most_paths, order_.id),
                      order_.where,
                      {}});
    return std::move(out_);
  }

 private:
  const Order& order_;
  std::string rule_;
  FindingSeverity severity_;
  std::set<std::string> said_;
  std::size_t count_ = 0;
  std::vector<Finding> out_;
};

void judge(const Order& order, const std::vector<RecentCommit>& commits, const std::vector<DirtyWork>& dirty,
           std::vector<Finding>& out) {
  std::vector<Resource> resources;
  for (const Entry& entry : *order.write) resources.push_back(entry.resource);
  const Coverage coverage(resources);
  Few changed(order, "recently-changed", FindingSeverity::note),
      removed(order, "recently-removed", FindingSeverity::warning),
      uncommitted(order, "uncommitted-change", FindingSeverity::warning);
  std::set<std::string> seen;  // the newest commit of a path speaks for it
  for (const RecentCommit& commit : commits) {
    if (is_of(order, commit)) continue;
    for (const Change& change : commit.changes) {
      const auto entry = coverage.find(change.path);
      if (!entry || !seen.insert(change.path).second) continue;
      const bool gone = change.kind == Change::Kind::removed;
      (gone ? removed : changed)
          .add((*order.write)[*entry], change.path,
               fmt::format("{} is to write {}, which {} has just {}", order.id, change.path, commit.author,
                           gone ? "removed" : "changed"),
               {{change.path, 0},
                fmt::format("{} of {}: {}", commit.id.substr(0, 10), printed_time(commit.time), commit.subject)});
    }
  }
  for (const DirtyWork& work : dirty) {
    if (!order.branch.empty() && work.branch == order.branch) continue;
    for (const Change& change : work.changes)
      if (const auto entry = coverage.find(change.path))
        uncommitted.add(
            (*order.write)[*entry], change.path,
            fmt::format("{} is to write {}, which is {} and not committed in {}", order.id, change.path,
                        change.kind == Change::Kind::removed ? "removed" : "changed", work.worktree),
            {{change.path, 0}, work.branch.empty() ? "on no branch" : fmt::format("on branch {}", work.branch)});
  }
  for (Few* few : {&removed, &uncommitted, &changed})
    for (Finding& finding : few->take()) out.push_back(std::move(finding));
}

}  // namespace

std::vector<Finding> recent_work(const Orders& orders, const std::vector<RecentCommit>& commits,
                                 const std::vector<DirtyWork>& dirty) {
  std::vector<RecentCommit> newest = commits;
  std::stable_sort(newest.begin(), newest.end(), [](const RecentCommit& a, const RecentCommit& b) {
    return a.time != b.time ? a.time > b.time : a.id < b.id;
  });
  std::vector<Finding> out;
  for (const Order& order : orders.list)
    if (order.open() && order.write) judge(order, newest, dirty, out);
  sort_findings(out);
  return out;
}

std::optional<std::int64_t> duration_of(std::string_view text) {
  if (text.size() < 2) return std::nullopt;
  const std::map<char, std::int64_t> units{{'s', 1}, {'m', 60}, {'h', 3'600}, {'d', 86'400}, {'w', 604'800}};
  const auto unit = units.find(text.back());
  const auto count = number(text.substr(0, text.size() - 1));
  if (unit == units.end() || !count || *count < 0 || *count > 1'000'000'000 / unit->second) return std::nullopt;
  return *count * unit->second;
}

std::optional<std::int64_t> time_of(std::string_view text) {
  if (text.starts_with('@')) return number(text.substr(1));
  if (text.ends_with('Z')) text.remove_suffix(1);
  constexpr std::string_view shape = "dddd-dd-ddTdd:dd:dd";
  if (text.size() != 10 && text.size() != 16 && text.size() != 19) return std::nullopt;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    if (shape[i] == 'd' ? !digit : text[i] != shape[i] && !(i == 10 && text[i] == ' ')) return std::nullopt;
  }
  const auto part = [&](std::size_t at, std::size_t length) {
    return at < text.size() ? *number(text.substr(at, length)) : 0;
  };
  const std::int64_t month = part(5, 2), day = part(8, 2), hour = part(11, 2), minute = part(14, 2),
                     second = part(17, 2);
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 60) return std::nullopt;
  return days_of(part(0, 4), month, day) * 86'400 + hour * 3'600 + minute * 60 + second;
}

std::string printed_time(std::int64_t seconds) {
  const std::int64_t days = seconds >= 0 ? seconds / 86'400 : (seconds - 86'399) / 86'400,
                     rest = seconds - days * 86'400;
  const Date date = date_of(days);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", date.year, date.month, date.day, rest / 3'600,
                     rest / 60 % 60, rest % 60);
}

}  // namespace planner
