// planning_bench --data DIR [--family F] [--only TEXT] [--every N] [--steps N] [--limit SECONDS]
//
// Solves every row of DIR/best_known.tsv (--every N: every N-th, an even sample), each in a process of its own, has the
// answer checked, and prints TSV: family instance value lower_bound optimal best_known cpu_s peak_mib.
// --limit cuts the search short after so many CPU seconds; without it --steps alone decide (and the answers repeat).
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "graph/check.h"
#include "tests/bench/planning_instances.h"

namespace {

std::atomic<bool> stop{false};

struct Row {
  std::string family, instance, file, size, best_known;
};

struct Options {
  std::string directory, family, only;
  graph::Effort effort{std::int64_t{1} << 40, &stop};
  double limit = 0;
  std::size_t every = 1;
};

std::vector<Row> read_rows(const Options& options) {
  std::ifstream file = graph::bench::open(options.directory + "/best_known.tsv");
  std::vector<Row> rows;
  std::string line;
  std::getline(file, line);
  std::size_t matching = 0;
  while (std::getline(file, line)) {
    std::istringstream cells(line);
    std::vector<std::string> cell;
    for (std::string text; std::getline(cells, text, '\t');) cell.push_back(text);
    if (cell.size() < 7) continue;
    if (!options.family.empty() && cell[0] != options.family) continue;
    if (cell[1].find(options.only) == std::string::npos) continue;
    if (matching++ % options.every == 0) rows.push_back({cell[0], cell[1], cell[2], cell[4], cell[6]});
  }
  return rows;
}

struct Result {
  graph::Time value = 0;
  graph::Time bound = 0;
  bool optimal = false;
};

template <class Answer>
void require_checked(const graph::Instance& instance, const Answer& answer) {
  if (const auto violation = graph::check(instance, answer)) throw std::runtime_error(violation->rule);
}

Result solve(const Row& row, const Options& options) {
  const std::string path = options.directory + "/" + row.file;
  if (row.family == "coloring") {
    const graph::Instance instance = graph::bench::read_coloring(path);
    const graph::Waves answer = solve_waves(instance, options.effort);
    require_checked(instance, answer);
    return {answer.count, answer.bound.value, answer.optimal};
  }
  const bool job_shop = row.family.rfind("jobshop", 0) == 0;
  graph::Instance instance = job_shop ? graph::bench::read_job_shop(path) : graph::bench::read_rcpsp(path);
  if (row.size.rfind("agents=", 0) == 0) instance.agents = std::stoi(row.size.substr(7));
  const graph::Schedule answer = solve_schedule(instance, options.effort);
  require_checked(instance, answer);
  return {answer.makespan, answer.bound.value, answer.optimal};
}

void start_clock(double seconds) {
  if (seconds <= 0) return;
  std::signal(SIGPROF, [](int) { stop = true; });
  itimerval timer{};
  timer.it_value.tv_sec = static_cast<time_t>(seconds);
  timer.it_value.tv_usec = static_cast<suseconds_t>((seconds - static_cast<double>(timer.it_value.tv_sec)) * 1e6);
  setitimer(ITIMER_PROF, &timer, nullptr);
}

int run(const Row& row, const Options& options) {
  try {
    start_clock(options.limit);
    const Result result = solve(row, options);
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const double seconds = static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
                           1e-6 * static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
    std::printf("%s\t%s\t%lld\t%lld\t%s\t%s\t%.2f\t%.0f\n", row.family.c_str(), row.instance.c_str(),
                static_cast<long long>(result.value), static_cast<long long>(result.bound),
                result.optimal ? "yes" : "no", row.best_known.c_str(), seconds,
                static_cast<double>(usage.ru_maxrss) / 1024);
    std::fflush(stdout);
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s: %s\n", row.instance.c_str(), error.what());
    return 1;
  }
}

Options read_options(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; i += 2) {
    const std::string name = argv[i];
    if (i + 1 == argc) throw std::runtime_error(name + " needs a value");
    const std::string value = argv[i + 1];
    if (name == "--data")
      options.directory = value;
    else if (name == "--family")
      options.family = value;
    else if (name == "--only")
      options.only = value;
    else if (name == "--every")
      options.every = std::stoul(value);
    else if (name == "--steps")
      options.effort.steps = std::stoll(value);
    else if (name == "--limit")
      options.limit = std::stod(value);
    else
      throw std::runtime_error("unknown option " + name);
  }
  if (options.directory.empty() || options.every == 0)
    throw std::runtime_error(
        "planning_bench --data DIR [--family F] [--only TEXT] [--every N] [--steps N] [--limit SECONDS]");
  return options;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    const Options options = read_options(argc, argv);
    int failed = 0;
    std::printf("family\tinstance\tvalue\tlower_bound\toptimal\tbest_known\tcpu_s\tpeak_mib\n");
    std::fflush(stdout);
    for (const Row& row : read_rows(options)) {
      const pid_t child = fork();
      if (child == 0) std::_Exit(run(row, options));
      int status = 0;
      waitpid(child, &status, 0);
      if (status != 0) {
        ++failed;
        std::fprintf(stderr, "%s: failed\n", row.instance.c_str());
      }
    }
    return failed == 0 ? 0 : 1;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 2;
  }
}
