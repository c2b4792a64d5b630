// How well does history say which file is still missing? Of each of the last commits of 2 to 10 files one is hidden,
// and proposed from the others by what came before, as `check` and `draft` do it; beside it plain counting of how often
// two files changed together, on the same commits.
//
//   script/bench co_change --repo DIR [--last N]
//
// Hidden is a file that was there before, picked by the commit's id; new files cannot be proposed. TSV: repository,
// rule, commits, proposals made, right at 1 of them, recall at 1 and at 3 of all.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fmt/format.h>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "planner/co_change.h"
#include "planner/io/git_change_log.h"
#include "planner/io/process.h"

namespace {

namespace fs = std::filesystem;
using namespace planner;

[[noreturn]] void stop(const std::string& why) {
  std::fputs(("co_change: " + why + "\n").c_str(), stderr);
  std::exit(2);
}

/// Zimmermann et al. (ICSE 2004) without their thresholds: who changed most often with the given files.
class SupportCounting {
 public:
  void add(const std::vector<PastChange>& changes) {
    std::set<std::size_t> files;
    for (const PastChange& change : changes) {
      if (change.kind == PastChange::Kind::renamed)
        if (auto old = numbers_.extract(std::string(change.from)); !old.empty()) {
          old.key() = change.path;
          numbers_.erase(std::string(change.path));
          numbers_.insert(std::move(old));
        }
      if (change.kind == PastChange::Kind::removed)
        numbers_.erase(std::string(change.path));
      else
        files.insert(numbers_.try_emplace(std::string(change.path), next_++).first->second);
    }
    if (files.size() > 100) return;  // of an import of the whole project every file changed with every other
    for (const std::size_t a : files)
      for (const std::size_t b : files)
        if (a != b) ++together_[a][b];
  }

  std::vector<std::string> likely_with(const std::vector<std::string>& given, std::size_t most) const {
    std::unordered_map<std::size_t, const std::string*> there;
    std::set<std::size_t> numbers;
    for (const std::string& path : given)
      if (const auto known = numbers_.find(path); known != numbers_.end()) numbers.insert(known->second);
    std::map<std::size_t, std::size_t> counts;
    for (const std::size_t number : numbers)
      if (const auto others = together_.find(number); others != together_.end())
        for (const auto& [other, count] : others->second)
          if (!numbers.contains(other)) counts[other] += count;
    std::vector<std::pair<std::size_t, std::string>> ranked;
    for (const auto& [path, number] : numbers_)
      if (const auto count = counts.find(number); count != counts.end()) ranked.emplace_back(count->second, path);
    std::sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) {
      return a.first != b.first ? a.first > b.first : a.second < b.second;
    });
    std::vector<std::string> out;
    for (std::size_t i = 0; i < std::min(most, ranked.size()); ++i) out.push_back(ranked[i].second);
    return out;
  }

 private:
  std::unordered_map<std::string, std::size_t> numbers_;
  std::size_t next_ = 0;
  std::unordered_map<std::size_t, std::unordered_map<std::size_t, std::size_t>> together_;
};

struct Score {
  std::size_t commits = 0, made = 0, first = 0, in_three = 0;

  void count(const std::vector<std::string>& proposed, const std::string& hidden) {
    ++commits;
    if (proposed.empty()) return;
    ++made;
    if (proposed.front() == hidden) ++first;
    if (std::find(proposed.begin(), proposed.end(), hidden) != proposed.end()) ++in_three;
  }

  void print(const std::string& name, const char* rule) const {
    const auto share = [](std::size_t part, std::size_t of) {
      return of == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(of);
    };
    fmt::print("{}\t{}\t{}\t{}\t{:.3f}\t{:.3f}\t{:.3f}\n", name, rule, commits, made, share(first, made),
               share(first, commits), share(in_three, commits));
  }
};

}  // namespace

int main(int argc, char** argv) {
  std::string repo;
  std::size_t last = 500;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string word = argv[i];
    if (word == "--repo")
      repo = argv[i + 1];
    else if (word == "--last")
      last = std::stoul(argv[i + 1]);
    else
      stop("unknown option " + word);
  }
  if (repo.empty()) stop("--repo DIR is missing");
  const auto log = io::run({{"git", "-C", repo, "log", "-z", "--no-merges", "--max-count=20000", "-M", "-l400",
                             "--name-status", "--format=%H", "HEAD"},
                            {},
                            {}});
  if (!log || log->exit_code != 0) stop("git log failed in " + repo);
  auto slices = io::log_slices(log->out);
  std::reverse(slices.begin(), slices.end());

  std::vector<std::vector<PastChange>> commits;
  std::vector<std::size_t> fitting;
  for (std::size_t i = 0; i < slices.size(); ++i) {
    commits.push_back(io::past_changes(slices[i].second));
    if (commits.back().size() >= 2 && commits.back().size() <= 10) fitting.push_back(i);
  }
  const std::size_t from = fitting.empty() ? 0 : fitting[fitting.size() > last ? fitting.size() - last : 0];

  ChangeHistory history;
  SupportCounting counting;
  Score ours, baseline;
  for (std::size_t i = 0; i < commits.size(); ++i) {
    const bool asked = i >= from && commits[i].size() >= 2 && commits[i].size() <= 10;
    if (asked) {
      std::vector<std::string> known;
      for (const PastChange& change : commits[i]) {
        const std::string before(change.kind == PastChange::Kind::renamed ? change.from : change.path);
        if (history.knows(before)) known.push_back(before);
      }
      std::sort(known.begin(), known.end());
      if (known.size() >= 2) {
        const auto pick =
            static_cast<std::ptrdiff_t>(std::stoul(slices[i].first.substr(0, 8), nullptr, 16) % known.size());
        const std::string hidden = known[static_cast<std::size_t>(pick)];
        known.erase(known.begin() + pick);
        std::vector<std::string> proposed;
        for (const CoChange& c : history.likely_with(known, 3)) proposed.push_back(c.path);
        ours.count(proposed, hidden);
        baseline.count(counting.likely_with(known, 3), hidden);
      }
    }
    history.add(commits[i]);
    counting.add(commits[i]);
  }
  const std::string name = fs::path(repo).lexically_normal().filename().string();
  fmt::print("repository\trule\tcommits\tproposals\tprecision_at_1\trecall_at_1\trecall_at_3\n");
  ours.print(name, "interlock");
  baseline.print(name, "counting");
  return 0;
}
