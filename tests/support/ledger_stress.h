// Many processes that claim, renew, release and complete at random on one ledger while they are killed and stopped.
#pragma once

#include <algorithm>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <functional>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

#include "planner/claim_rules.h"
#include "planner/io/sqlite_ledger.h"
#include "tests/support/ledger_history.h"

namespace support {

struct Stress {
  /// A connection of its own for each process. `skew_ms`: what that process takes the wall clock to be off by.
  std::function<planner::Result<std::unique_ptr<planner::Ledger>>(std::int64_t skew_ms)> open;
  std::string directory;  ///< for what is acknowledged, one file a process
  int processes = 8;
  double seconds = 3;
  std::function<void(double)> meanwhile = {};  ///< called now and then with the seconds gone
};

struct StressOutcome {
  std::string wrong;  ///< empty: nothing
  std::size_t events = 0, grants = 0, ends = 0, takeovers = 0, stale = 0, killed = 0, stopped = 0, acknowledged = 0;
};

namespace stress {

inline double seconds_since_boot() { return static_cast<double>(planner::io::host_clock()->ns) / 1e9; }

inline std::vector<planner::Hold> random_holds(std::mt19937& random) {
  static const char* entries[] = {"a/x.py", "a/y.py", "a/*.py", "b/", "b/x/z.c", "**/x.py",
                                  "c/?.md", "c/1.md", "d",      "e",  "f/g/h"};
  std::vector<planner::Hold> out;
  for (std::size_t i = 0, n = 1 + random() % 3; i < n; ++i)
    out.push_back(
        {planner::Hold::Kind::file, planner::resource_from(entries[random() % std::size(entries)]), random() % 4 != 0});
  return out;
}

/// One session after the other until it is killed or the time is up. What was acknowledged is written at once.
inline void live(const Stress& stress, int number, double until) {
  std::mt19937 random(static_cast<unsigned>(number) * 7919U);
  const auto ledger = stress.open(static_cast<std::int64_t>(random() % 14'400'000) - 7'200'000);
  const int acks =
      ::open((stress.directory + "/acks." + std::to_string(number)).c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  const auto say = [&](const std::string& line) {
    [[maybe_unused]] const auto put = ::write(acks, line.data(), line.size());
  };
  if (!ledger) {
    say("FAILED " + ledger.error().what + "\n");
    return;
  }
  int calls = 0;
  const auto act = [&](const std::function<planner::Ruling(const planner::LedgerSnapshot&)>& rule) {
    planner::Ruling ruling;
    const auto done =
        (*ledger)->transact(std::to_string(number) + "." + std::to_string(::getpid()) + "." + std::to_string(++calls),
                            [&](const planner::LedgerSnapshot& s) {
                              ruling = rule(s);
                              return ruling.events;
                            });
    if (!done) say("FAILED " + done.error().what + "\n");
    if (done) ruling.events = *done;
    if (done && !done->empty()) say("ack " + std::to_string(done->back().seq) + " " + done->back().hash + "\n");
    if (done && done->empty() && ruling.denial && ruling.denial->stale) say("stale\n");
    return ruling.events.empty() ? std::optional<planner::Event>() : ruling.events.back();
  };
  while (seconds_since_boot() < until) {
    const std::int64_t ttl = 30 + static_cast<std::int64_t>(random() % 400);
    const auto granted = act([&, holds = random_holds(random)](const planner::LedgerSnapshot& s) {
      return planner::rule_grant(s, {"s" + std::to_string(number), "", holds, ttl}, {});
    });
    if (!granted) {
      ::usleep(static_cast<useconds_t>(random() % 8'000));
      continue;
    }
    ::usleep(static_cast<useconds_t>(random() % 30'000));
    if (random() % 2 == 0)
      act([&](const planner::LedgerSnapshot& s) { return planner::rule_renew(s, granted->claim, granted->fence, 0); });
    if (random() % 8 == 0) ::usleep(1'000 * static_cast<useconds_t>(ttl));  // past the lease
    if (random() % 8 == 0) continue;                                        // forgotten
    const bool done = random() % 2 == 0;
    act([&](const planner::LedgerSnapshot& s) {
      return done ? planner::rule_complete(s, granted->claim, granted->fence, "")
                  : planner::rule_release(s, granted->claim, granted->fence);
    });
  }
}

inline pid_t spawn(const Stress& stress, int number, double until) {
  const pid_t child = ::fork();
  if (child != 0) return child;
  live(stress, number, until);
  ::_exit(0);
}

}  // namespace stress

inline StressOutcome run(const Stress& stress) {
  StressOutcome out;
  std::mt19937 random(1);
  const double start = stress::seconds_since_boot(), until = start + stress.seconds;
  std::vector<pid_t> children;
  std::vector<bool> stopped(static_cast<std::size_t>(stress.processes), false);
  for (int i = 0; i < stress.processes; ++i) children.push_back(stress::spawn(stress, i, until));
  while (stress::seconds_since_boot() < until) {
    ::usleep(20'000);
    if (stress.meanwhile) stress.meanwhile(stress::seconds_since_boot() - start);
    const std::size_t one = random() % children.size();
    if (stopped[one]) {
      ::kill(children[one], SIGCONT);
      stopped[one] = false;
    } else if (random() % 3 == 0) {
      ::kill(children[one], SIGKILL);
      ::waitpid(children[one], nullptr, 0);
      children[one] = stress::spawn(stress, static_cast<int>(one), until);
      ++out.killed;
    } else if (random() % 3 == 0 && std::count(stopped.begin(), stopped.end(), true) < 3) {
      ::kill(children[one], SIGSTOP);
      stopped[one] = true;
      ++out.stopped;
    }
  }
  for (const pid_t child : children) ::kill(child, SIGCONT);
  for (const pid_t child : children) ::waitpid(child, nullptr, 0);

  const auto ledger = stress.open(0);
  std::vector<planner::Event> events;
  if (!ledger ||
      !(*ledger)->read([&](const planner::LedgerSnapshot& s) { events = s.events_after(0, SIZE_MAX / 4); })) {
    out.wrong = "the ledger cannot be read";
    return out;
  }
  out.events = events.size();
  for (const planner::Event& e : events) {
    using Kind = planner::Event::Kind;
    out.grants += e.kind == Kind::granted;
    out.takeovers += e.kind == Kind::expired;
    out.ends += e.kind == Kind::released || e.kind == Kind::completed;
  }
  out.wrong = wrong_with(events);
  const auto problems = (*ledger)->problems();
  if (out.wrong.empty() && !problems) out.wrong = problems.error().what;
  if (out.wrong.empty() && !problems->empty()) out.wrong = problems->front();
  for (int i = 0; i < stress.processes; ++i) {
    std::ifstream acks(stress.directory + "/acks." + std::to_string(i));
    for (std::string line; std::getline(acks, line);) {
      if (line == "stale") ++out.stale;
      if (line.starts_with("FAILED") && out.wrong.empty()) out.wrong = line;
      if (!line.starts_with("ack ") || line.size() < 70) continue;
      ++out.acknowledged;
      const std::size_t seq = std::stoul(line.substr(4));
      const std::string hash = line.substr(line.rfind(' ') + 1);
      if (out.wrong.empty() && (seq == 0 || seq > events.size() || events[seq - 1].hash != hash))
        out.wrong = "event " + std::to_string(seq) + " was acknowledged and is lost";
    }
  }
  return out;
}

}  // namespace support
