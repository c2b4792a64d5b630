// PROGRAM [CALLS [CLAIMS]]: what one call of the guard costs, as an agent starts it: a process for every edit.
//
// In a fresh repository with a ledger of that many live claims of others. Prints TSV: the kind of call, how many,
// median and 95th percentile of the wall clock in milliseconds, mean CPU of the process and of git below it.
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <sys/resource.h>

#include "planner/claim_rules.h"
#include "planner/io/process.h"
#include "planner/io/sqlite_ledger.h"
#include "tests/support/temporary_repository.h"

namespace {

using Clock = std::chrono::steady_clock;

double cpu_of_children() {
  rusage used{};
  ::getrusage(RUSAGE_CHILDREN, &used);
  const auto ms = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) * 1e3 + static_cast<double>(t.tv_usec) / 1e3;
  };
  return ms(used.ru_utime) + ms(used.ru_stime);
}

struct Kind {
  const char* name;
  const char* tool;
  const char* input;
  std::vector<std::string> arguments;
};

void measure(const std::string& program, const std::string& top, const Kind& kind, int calls) {
  planner::io::Command command;
  command.arguments = {program, "guard", "--agent", "claude", "--event", "PreToolUse"};
  command.arguments.insert(command.arguments.end(), kind.arguments.begin(), kind.arguments.end());
  command.environment = {"PATH=/usr/bin:/bin"};
  command.input = std::string(R"({"session_id":"s","hook_event_name":"PreToolUse","cwd":")") + top +
                  R"(","tool_name":")" + kind.tool + R"(","tool_input":)" + kind.input + "}";
  std::vector<double> walls;
  double cpu = 0;
  for (int i = -5; i < calls; ++i) {  // the first five warm the caches
    const double before = cpu_of_children();
    const auto start = Clock::now();
    const auto finished = planner::io::run(command);
    const std::chrono::duration<double, std::milli> wall = Clock::now() - start;
    if (!finished || finished->exit_code != 0) {
      std::cerr << kind.name << ": the guard failed: " << (finished ? finished->err : finished.error().what) << "\n";
      std::exit(1);
    }
    if (i < 0) continue;
    walls.push_back(wall.count());
    cpu += cpu_of_children() - before;
  }
  std::sort(walls.begin(), walls.end());
  std::cout << kind.name << "\t" << calls << "\t" << walls[walls.size() / 2] << "\t" << walls[walls.size() * 95 / 100]
            << "\t" << cpu / calls << "\n";
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::cerr << "guard_bench: PROGRAM [CALLS [CLAIMS]]\n";
    return 2;
  }
  const int calls = argc > 2 ? std::atoi(argv[2]) : 200;
  const int claims = argc > 3 ? std::atoi(argv[3]) : 20;
  const support::TemporaryRepository repository;
  const std::string top = repository.top();
  support::write(top + "/src/a.py", "1\n");
  std::string orders = "work_orders:\n";
  for (int i = 0; i < 100; ++i)
    orders += "  - {id: WO-" + std::to_string(i) + ", write: [src/" + (i == 0 ? "a" : "m" + std::to_string(i)) +
              ".py, \"gen/" + std::to_string(i) + "/**\"]}\n";
  support::write(top + "/orders.yaml", orders);
  auto ledger = planner::io::open_sqlite_ledger(top + "/.git/interlock/ledger", {true, 1000, {}});
  if (!ledger || !*ledger) {
    std::cerr << "guard_bench: no ledger\n";
    return 1;
  }
  for (int i = 0; i < claims; ++i) {
    planner::ClaimRequest request{"other", "", {}, 3'600'000, {}};
    planner::Hold hold;
    hold.resource = planner::resource_from("other/f" + std::to_string(i) + ".py");
    request.holds = {hold};
    const auto granted = (*ledger)->transact(
        "bench-" + std::to_string(i),
        [&](const planner::LedgerSnapshot& snapshot) { return planner::rule_grant(snapshot, request, {}).events; });
    if (!granted) return 1;
  }
  ledger->reset();
  std::cout << "call\tcalls\tmedian wall ms\t95 % wall ms\tCPU ms\n";
  const Kind kinds[] = {
      {"edit, no orders", "Edit", R"({"file_path":"src/a.py"})", {}},
      {"edit, 100 orders", "Edit", R"({"file_path":"src/a.py"})", {"--work-order", "WO-0", "orders.yaml"}},
      {"edit, held by another", "Edit", R"({"file_path":"other/f1.py"})", {"--strict"}},
      {"shell, git add -A", "Bash", R"({"command":"cd src && git add -A && git commit -m x"})", {"--strict"}},
      {"reading tool", "Read", R"({"file_path":"src/a.py"})", {}},
  };
  for (const Kind& kind : kinds) measure(argv[1], top, kind, calls);
}
