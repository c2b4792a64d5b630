// The ledger: a stress with its own checker, rates against a bare insert loop, a new claim among many. TSV.
//
//   ledger_bench stress [SECONDS [PROCESSES [sqlite|postgres]]]
//   ledger_bench rates [SECONDS [DIRECTORY]]
//   ledger_bench held [CLAIMS [PROGRAM]]
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fmt/format.h>
#include <iostream>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <tuple>

#include "planner/io/postgres_ledger.h"
#include "tests/support/ledger_stress.h"
#include "tests/support/postgres_server.h"
#include "tests/support/temporary_repository.h"

namespace {

using planner::io::open_postgres_ledger;
using planner::io::open_sqlite_ledger;

[[noreturn]] void stop(const std::string& why) {
  std::cerr << "ledger_bench: " << why << "\n";
  std::exit(1);
}

double now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

int stress(double seconds, int processes, const std::string& store) {
  support::TemporaryDirectory directory;
  support::Stress stress;
  stress.directory = directory.path();
  stress.processes = processes;
  stress.seconds = seconds;
  std::optional<support::PostgresServer> server;
  int restarts = 0, cuts = 0;
  if (store == "postgres") {
    server.emplace();
    if (server->url().empty()) return 1;
    stress.open = [&](std::int64_t) { return open_postgres_ledger(server->url(), {true, 60'000}); };
    // Connections are cut all the time, the server restarted in turn fast and immediately.
    stress.meanwhile = [&, next_restart = seconds / 8, next_cut = 0.5](double gone) mutable {
      if (gone > next_cut) {
        next_cut = gone + 0.5;
        ++cuts;
        const std::string cut =
            "psql -qAt '" + server->url() +
            "' -c \"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'interlock' ORDER "
            "BY random() LIMIT 4\" >/dev/null 2>&1";
        if (std::system(cut.c_str()) != 0) std::cerr << "a cut failed\n";
      }
      if (gone > next_restart && gone < seconds * 0.9) {
        next_restart = gone + seconds / 8;
        server->restart(restarts++ % 2 == 0 ? "fast" : "immediate");
      }
    };
  } else {
    ::mkdir((directory / "interlock").c_str(), 0755);
    stress.open = [&](std::int64_t skew_ms) {
      return open_sqlite_ledger(directory / "interlock/ledger", {true, 60'000, [skew_ms] {
                                                                   auto moment = *planner::io::host_clock();
                                                                   moment.wall_ms += skew_ms;
                                                                   return moment;
                                                                 }});
    };
  }
  const support::StressOutcome out = support::run(stress);
  fmt::print(
      "store\tseconds\tprocesses\tevents\tgrants\tends\ttakeovers\tstale_"
      "refused\tacknowledged\tkilled\tstopped\trestarts\tcuts\twrong\n");
  fmt::print("{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\n", store, seconds, processes, out.events,
             out.grants, out.ends, out.takeovers, out.stale, out.acknowledged, out.killed, out.stopped, restarts, cuts,
             out.wrong.empty() ? "nothing" : out.wrong);
  return out.wrong.empty() ? 0 : 1;
}

/// Runs `work` in so many processes and adds up what each says it did.
std::size_t together(int processes, const std::function<std::size_t()>& work) {
  std::vector<std::pair<pid_t, int>> children;
  for (int i = 0; i < processes; ++i) {
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) != 0) stop("no pipe");
    const pid_t child = ::fork();
    if (child == 0) {
      const std::size_t done = work();
      [[maybe_unused]] const auto put = ::write(ends[1], &done, sizeof done);
      ::_exit(0);
    }
    ::close(ends[1]);
    children.emplace_back(child, ends[0]);
  }
  std::size_t sum = 0;
  for (const auto& [child, end] : children) {
    std::size_t done = 0;
    if (::read(end, &done, sizeof done) == sizeof done) sum += done;
    ::close(end);
    ::waitpid(child, nullptr, 0);
  }
  return sum;
}

/// One row and one commit at a time: the least that a durable record costs.
std::size_t bare(const std::string& file, double seconds) {
  sqlite3* database = nullptr;
  sqlite3_stmt *begin = nullptr, *insert = nullptr, *commit = nullptr;
  sqlite3_open(file.c_str(), &database);
  sqlite3_busy_timeout(database, 60'000);
  sqlite3_exec(database, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL", nullptr, nullptr, nullptr);
  sqlite3_exec(database, "CREATE TABLE IF NOT EXISTS event (seq INTEGER PRIMARY KEY, text TEXT)", nullptr, nullptr,
               nullptr);
  sqlite3_prepare_v2(database, "BEGIN IMMEDIATE", -1, &begin, nullptr);
  sqlite3_prepare_v2(database, "INSERT INTO event (text) VALUES (?)", -1, &insert, nullptr);
  sqlite3_prepare_v2(database, "COMMIT", -1, &commit, nullptr);
  const std::string row(400, 'x');
  std::size_t pairs = 0;
  for (const double until = now() + seconds; now() < until; ++pairs)
    for (int half = 0; half < 2; ++half) {
      sqlite3_bind_text(insert, 1, row.data(), static_cast<int>(row.size()), SQLITE_STATIC);
      for (sqlite3_stmt* statement : {begin, insert, commit}) {
        const int code = sqlite3_step(statement);
        if (code != SQLITE_DONE) stop(sqlite3_errmsg(database));
        sqlite3_reset(statement);
      }
    }
  for (sqlite3_stmt* statement : {begin, insert, commit}) sqlite3_finalize(statement);
  sqlite3_close(database);
  return pairs;
}

std::size_t claims(const std::string& directory, double seconds) {
  const auto ledger = open_sqlite_ledger(directory, {true, 60'000, {}});
  if (!ledger) stop(ledger.error().what);
  std::size_t pairs = 0;
  const std::string me = std::to_string(::getpid());
  for (const double until = now() + seconds; now() < until; ++pairs) {
    const auto granted = (*ledger)->transact(fmt::format("{}.{}.c", me, pairs), [&](const planner::LedgerSnapshot& s) {
      return planner::rule_grant(
                 s, {me, "", {{planner::Hold::Kind::file, planner::resource_from("src/" + me + ".py")}}, 600'000}, {})
          .events;
    });
    if (!granted || granted->empty()) stop("a claim failed");
    const auto released = (*ledger)->transact(fmt::format("{}.{}.r", me, pairs), [&](const planner::LedgerSnapshot& s) {
      return planner::rule_release(s, granted->back().claim, granted->back().fence).events;
    });
    if (!released || released->empty()) stop("a release failed");
  }
  return pairs;
}

int rates(double seconds, const std::string& where) {
  fmt::print("processes\tbare_pairs_per_s\tclaim_release_per_s\tratio\n");
  for (const int processes : {1, 16}) {
    std::vector<double> ratios;
    std::vector<std::tuple<double, double, double>> rounds;
    for (int round = 0; round < 5; ++round) {  // in turn, because the machine has moods; the median counts
      support::TemporaryDirectory own;
      const std::string directory = where.empty() ? own.path() : where;
      ::mkdir((directory + "/interlock").c_str(), 0755);
      const double plain =
          static_cast<double>(together(processes, [&] { return bare(directory + "/bare.sqlite", seconds); })) / seconds;
      const double claimed =
          static_cast<double>(together(processes, [&] { return claims(directory + "/interlock/ledger", seconds); })) /
          seconds;
      rounds.emplace_back(plain / claimed, plain, claimed);
    }
    std::sort(rounds.begin(), rounds.end());
    const auto& [ratio, plain, claimed] = rounds[rounds.size() / 2];
    fmt::print("{}\t{:.0f}\t{:.0f}\t{:.2f}\n", processes, plain, claimed, ratio);
  }
  return 0;
}

/// CPU seconds of children that have ended.
double children_cpu() {
  rusage usage{};
  ::getrusage(RUSAGE_CHILDREN, &usage);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// Median wall and CPU milliseconds of one claim with a glob by a process of its own, whole command or library.
std::pair<double, double> one_claim(const std::string& repository, const std::string& glob, const std::string& program,
                                    bool expected) {
  std::vector<double> wall, cpu;
  for (int round = 0; round < 41; ++round) {
    const double start = now(), used = children_cpu();
    const pid_t child = ::fork();
    if (child == 0) {
      if (!program.empty()) {
        const int null = ::open("/dev/null", O_WRONLY);
        ::dup2(null, STDOUT_FILENO);
        ::execl(program.c_str(), program.c_str(), "claim", "--repo", repository.c_str(), "--resource", glob.c_str(),
                "--agent", "bench", "--ttl", "1s", static_cast<char*>(nullptr));
        ::_exit(127);
      }
      const auto ledger = open_sqlite_ledger(repository + "/.git/interlock/ledger", {true, 60'000, {}});
      if (!ledger) stop(ledger.error().what);
      const auto done = (*ledger)->transact(
          std::to_string(::getpid()) + "." + std::to_string(round) + glob, [&](const planner::LedgerSnapshot& s) {
            return planner::rule_grant(s, {"bench", "", {{planner::Hold::Kind::file, planner::resource_from(glob)}}, 1},
                                       {})
                .events;
          });
      ::_exit(done && done->empty() ? 1 : 0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    wall.push_back((now() - start) * 1e3);
    cpu.push_back((children_cpu() - used) * 1e3);
    if (program.empty() && (WEXITSTATUS(status) == 0) != expected) stop("not the answer that was expected for " + glob);
    if (!program.empty() && WEXITSTATUS(status) > 1) stop("the program failed");
  }
  std::sort(wall.begin(), wall.end());
  std::sort(cpu.begin(), cpu.end());
  return {wall[wall.size() / 2], cpu[cpu.size() / 2]};
}

int held(int claims, const std::string& program) {
  support::TemporaryDirectory empty, full;
  for (const auto* directory : {&empty, &full}) {
    support::git(directory->path(), {"init", "-q"});
    ::mkdir((*directory / ".git/interlock").c_str(), 0755);
  }
  const auto ledger = open_sqlite_ledger(full / ".git/interlock/ledger", {true, 60'000, {}});
  if (!ledger) stop(ledger.error().what);
  const auto filled = (*ledger)->transact("fill", [&](const planner::LedgerSnapshot& s) {
    std::vector<planner::Event> events;
    for (int i = 1; i <= claims; ++i) {
      planner::Event event;
      event.fence = static_cast<planner::Fence>(i);
      event.claim = fmt::format("c{}", i);
      event.agent = "holder";
      event.at = s.now();
      event.ttl_ms = 3'600'000;
      const std::string directory = fmt::format("src/module{}/part{}", i % 300, i % 7);
      event.holds = {
          {planner::Hold::Kind::file, planner::resource_from(fmt::format("{}/file{}.py", directory, i))},
          {planner::Hold::Kind::file, planner::resource_from(i % 10 == 0 ? fmt::format("gen/m{}/**/*.out{}", i, i % 50)
                                                                         : fmt::format("lib/l{}.c", i))}};
      events.push_back(std::move(event));
    }
    return events;
  });
  if (!filled) stop(filled.error().what);
  fmt::print("glob\tgranted\tempty_wall_ms\tfull_wall_ms\tmore_wall_ms\tempty_cpu_ms\tfull_cpu_ms\tmore_cpu_ms\n");
  for (const auto& [glob, granted] : {std::pair{"docs/**/*.md", true},
                                      {"src/**/*_test.py", true},
                                      {"src/module7/**/x*.py", true},
                                      {"**/*.rs", true},
                                      {"gen/**/*.bin", true},
                                      {"src/module7/*/file7.py", false},
                                      {"src/**/*.py", false}}) {
    const auto [empty_wall, empty_cpu] = one_claim(empty.path(), glob, program, true);
    const auto [full_wall, full_cpu] = one_claim(full.path(), glob, program, granted);
    fmt::print("{}\t{}\t{:.2f}\t{:.2f}\t{:.2f}\t{:.2f}\t{:.2f}\t{:.2f}\n", glob, granted ? "yes" : "no", empty_wall,
               full_wall, full_wall - empty_wall, empty_cpu, full_cpu, full_cpu - empty_cpu);
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string what = argc > 1 ? argv[1] : "";
  const auto word = [&](int i, const char* otherwise) { return std::string(argc > i ? argv[i] : otherwise); };
  if (what == "stress") return stress(std::stod(word(2, "60")), std::stoi(word(3, "64")), word(4, "sqlite"));
  if (what == "rates") return rates(std::stod(word(2, "2")), word(3, ""));
  if (what == "held") return held(std::stoi(word(2, "100000")), word(3, ""));
  std::cerr << "ledger_bench: stress, rates or held\n";
  return 2;
}
