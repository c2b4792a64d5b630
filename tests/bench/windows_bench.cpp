// windows_bench --data DIR [--limit SECONDS] [--steps N] [--only TEXT]
//
// Sets of 50, 100 and 300 work orders whose write sets are those of real branches (DIR/*.json.gz: branches that were in
// flight at once), planned from their text as users do it. A set draws from the branches of one repository, over and
// over when it has fewer, or from all of them. Estimates grow with the size of a branch, dependencies follow real
// stacks. Each set is planned with as many agents as it takes, with 4 and with 16.
// TSV: family instance value lower_bound optimal best_known cpu_s peak_mib, a row for the waves and one for the
// makespan; nobody knows a best value.
#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

#include "planner/app/plan.h"
#include "planner/io/process.h"
#include "tests/graph/random_instances.h"
#include "tests/support/memory_sources.h"

namespace {

std::atomic<bool> stop{false};

struct Branch {
  std::string repository;
  int pull = 0;
  std::string title;
  std::vector<std::pair<std::string, std::string>> files;  ///< (status, path)
  std::size_t functions = 0;
  std::set<int> stacked_on;  ///< pull requests
};

struct Options {
  std::string directory, only;
  std::int64_t steps = std::int64_t{1} << 40;
  double limit = 10;
};

using Branches = std::map<std::pair<std::string, int>, Branch>;

void read_window(const std::string& file, Branches& branches) {
  const auto unpacked = planner::io::run({{"gzip", "-dc", file}, {}, {}});
  if (!unpacked || unpacked->exit_code != 0) throw std::runtime_error("cannot unpack " + file);
  const nlohmann::json window = nlohmann::json::parse(unpacked->out);
  const std::string repository = window.at("repo");
  for (const auto& from : window.at("branches")) {
    Branch branch{repository, from.at("pr"), from.at("title"), {}, 0, {}};
    for (const auto& change : from.at("files")) branch.files.emplace_back(change.front(), change.back());
    for (const auto& [path, names] : from.at("functions").items()) branch.functions += names.size();
    branches.try_emplace({repository, branch.pull}, std::move(branch));
  }
  for (const auto& pair : window.at("pairs"))
    if (pair.value("stacked", false)) {
      const int a = pair.at("a"), b = pair.at("b");
      branches.at({repository, std::max(a, b)}).stacked_on.insert(std::min(a, b));
    }
}

std::string quoted(const std::string& text) { return nlohmann::json(text).dump(); }

/// Ten minutes and five for every file and every second function, up to eight hours.
int minutes(const Branch& branch) {
  const std::size_t parts = branch.files.size() + branch.functions / 2;
  return static_cast<int>(std::min<std::size_t>(10 + 5 * parts, 480));
}

std::string orders(std::vector<const Branch*> from, std::size_t count, std::uint64_t seed) {
  graph::testing::Random random(seed);
  std::string yaml = "work_orders:\n";
  for (std::size_t round = 0, written = 0; written < count; ++round) {
    random.shuffle(from);
    std::map<std::pair<std::string, int>, std::string> ids;  // in this round
    const std::size_t share = std::min(count - written, from.size());
    for (std::size_t i = 0; i < share; ++i)
      ids[{from[i]->repository, from[i]->pull}] = fmt::format("WO-{:03}", written + i);
    for (std::size_t i = 0; i < share; ++i, ++written) {
      const Branch& branch = *from[i];
      yaml += fmt::format("  - id: {}\n    estimate: {}m\n    write:\n", ids.at({branch.repository, branch.pull}),
                          minutes(branch));
      std::set<std::string> seen;
      for (const auto& [status, path] : branch.files)
        if (seen.insert(path).second) yaml += fmt::format("      - {}\n", quoted(branch.repository + "/" + path));
      std::string first;
      for (const int pull : branch.stacked_on)
        if (const auto known = ids.find({branch.repository, pull}); known != ids.end())
          first += (first.empty() ? "" : ", ") + known->second;
      if (!first.empty()) yaml += fmt::format("    depends_on: [{}]\n", first);
    }
  }
  return yaml;
}

void start_clock(double seconds) {
  std::signal(SIGPROF, [](int) { stop = true; });
  itimerval timer{};
  timer.it_value.tv_sec = static_cast<time_t>(seconds);
  timer.it_value.tv_usec = static_cast<suseconds_t>((seconds - static_cast<double>(timer.it_value.tv_sec)) * 1e6);
  if (seconds > 0) setitimer(ITIMER_PROF, &timer, nullptr);
}

int run(const std::string& name, const std::string& yaml, std::optional<int> agents, const Options& options) {
  try {
    start_clock(options.limit);
    support::MemorySources sources{{"orders.yaml", yaml}};
    planner::app::World world{sources};
    planner::app::OrdersRequest request{{"orders.yaml"}, {}, {}};
    request.wishes.agents = agents;
    request.wishes.steps = options.steps;
    request.wishes.stop = &stop;
    const auto answer = planner::app::plan(world, request);
    if (!answer) throw std::runtime_error("the orders were refused");
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const double seconds = static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
                           1e-6 * static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
    const auto row = [&](const char* family, const planner::Proof& proof) {
      std::printf("%s\t%s\t%lld\t%lld\t%s\t\t%.2f\t%.0f\n", family, name.c_str(), static_cast<long long>(proof.value),
                  static_cast<long long>(proof.lower_bound), proof.optimal ? "yes" : "no", seconds,
                  static_cast<double>(usage.ru_maxrss) / 1024);
    };
    row("windows-waves", answer->plan->waves_proof);
    row("windows-makespan", answer->plan->makespan_proof);
    std::fflush(stdout);
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s: %s\n", name.c_str(), error.what());
    return 1;
  }
}

Options read_options(int argc, char** argv) {
  Options options;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string name = argv[i], value = argv[i + 1];
    if (name == "--data")
      options.directory = value;
    else if (name == "--limit")
      options.limit = std::stod(value);
    else if (name == "--steps")
      options.steps = std::stoll(value);
    else if (name == "--only")
      options.only = value;
    else
      throw std::runtime_error("unknown option " + name);
  }
  if (options.directory.empty())
    throw std::runtime_error("windows_bench --data DIR [--limit SECONDS] [--steps N] [--only TEXT]");
  return options;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    const Options options = read_options(argc, argv);
    std::vector<std::string> files;
    for (const auto& entry : std::filesystem::directory_iterator(options.directory))
      if (entry.path().extension() == ".gz") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    Branches branches;
    for (const std::string& file : files) read_window(file, branches);
    std::map<std::string, std::vector<const Branch*>> pools;
    for (const auto& [key, branch] : branches) {
      pools[branch.repository].push_back(&branch);
      pools["all"].push_back(&branch);
    }
    std::printf("family\tinstance\tvalue\tlower_bound\toptimal\tbest_known\tcpu_s\tpeak_mib\n");
    std::fflush(stdout);
    int failed = 0;
    for (const auto& [pool, members] : pools)
      for (const std::size_t count : {50, 100, 300})
        for (const std::uint64_t seed : {1, 2})
          for (const int agents : {0, 4, 16}) {
            const std::string name = fmt::format("{}-{}-{}-{}", pool, count, seed,
                                                 agents == 0 ? "unlimited" : fmt::format("{}agents", agents));
            if (name.find(options.only) == std::string::npos) continue;
            const pid_t child = fork();
            if (child == 0)
              std::_Exit(
                  run(name, orders(members, count, seed), agents == 0 ? std::nullopt : std::optional(agents), options));
            int status = 0;
            waitpid(child, &status, 0);
            if (status != 0) ++failed;
          }
    return failed == 0 ? 0 : 1;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 2;
  }
}
