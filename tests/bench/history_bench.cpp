// What reading a history costs: cold, as nothing is kept yet; after 100 new commits; and warm; beside git's own listing
// of the same commits.
//
//   script/bench history --repo DIR
//
// In a clone of its own that borrows the objects of DIR. TSV: repository, what, commits, processor time and wall time
// in milliseconds, the median of three.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fmt/format.h>
#include <string>
#include <sys/resource.h>
#include <unistd.h>
#include <vector>

#include "planner/io/git_repository.h"
#include "planner/io/process.h"

namespace {

namespace fs = std::filesystem;
using namespace planner;

[[noreturn]] void stop(const std::string& why) {
  std::fputs(("history: " + why + "\n").c_str(), stderr);
  std::exit(2);
}

void git(std::vector<std::string> words) {
  words.insert(words.begin(), "git");
  const auto done = io::run({words, {}, {}});
  if (!done || done->exit_code != 0) stop("git failed: " + (done ? done->err : std::string()));
}

/// Of this process and the children it has waited for.
double processor_ms() {
  double ms = 0;
  for (const int who : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
    rusage usage{};
    getrusage(who, &usage);
    for (const timeval& t : {usage.ru_utime, usage.ru_stime})
      ms += 1e3 * static_cast<double>(t.tv_sec) + 1e-3 * static_cast<double>(t.tv_usec);
  }
  return ms;
}

struct Times {
  double processor = 0, wall = 0;
};

template <class Work>
Times measured(Work work) {
  const auto wall = std::chrono::steady_clock::now();
  const double processor = processor_ms();
  work();
  return {processor_ms() - processor,
          std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - wall).count()};
}

Times median(std::vector<Times> times) {
  std::sort(times.begin(), times.end(), [](const Times& a, const Times& b) { return a.processor < b.processor; });
  return times[times.size() / 2];
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3 || std::string(argv[1]) != "--repo") stop("--repo DIR is missing");
  const fs::path place = fs::temp_directory_path() / fmt::format("interlock-history-{}", ::getpid());
  const std::string clone = place.string();
  git({"clone", "--quiet", "--shared", "--bare", argv[2], clone});
  std::size_t commits = 0;
  const auto mine = [&](const std::string& revision) {
    const auto repository = io::open_repository(clone);
    if (!repository || !*repository) stop("cannot open the clone");
    const auto head = (*repository)->commit(revision);
    if (!head) stop(head.error().what);
    const auto history = (*repository)->change_history(*head);
    if (!history) stop(history.error().what);
    commits = history->commits();
  };
  const auto forget = [&] { fs::remove_all(place / "interlock" / "history"); };
  std::vector<Times> listing, cold, newer, warm;
  for (int round = 0; round < 3; ++round) {
    listing.push_back(measured([&] {
      git({"-C", clone, "log", "--no-merges", "--max-count=20000", "--name-status"});
    }));
    forget();
    cold.push_back(measured([&] { mine("HEAD"); }));
    warm.push_back(measured([&] { mine("HEAD"); }));
    forget();
    mine("HEAD~100");
    newer.push_back(measured([&] { mine("HEAD"); }));
  }
  const std::string name = fs::path(argv[2]).lexically_normal().filename().string();
  fmt::print("repository\twhat\tcommits\tcpu_ms\twall_ms\n");
  for (const auto& [what, times] :
       {std::pair("git log --name-status", listing), {"cold", cold}, {"100 new commits", newer}, {"warm", warm}})
    fmt::print("{}\t{}\t{}\t{:.0f}\t{:.0f}\n", name, what, commits, median(times).processor, median(times).wall);
  fs::remove_all(place);
  return 0;
}
