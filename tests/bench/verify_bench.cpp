// verify of one large diff against git's own: script/bench verify [FILES]
//
// TSV: what, files, CPU seconds of the process and its children (best of five), wall seconds.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <sys/resource.h>

#include "planner/app/verify.h"
#include "planner/io/git_repository.h"
#include "tests/support/memory_sources.h"
#include "tests/support/temporary_repository.h"

namespace {

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
}

double cpu() {
  double out = 0;
  for (const int who : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
    rusage used{};
    getrusage(who, &used);
    out += seconds(used.ru_utime) + seconds(used.ru_stime);
  }
  return out;
}

void measure(const char* what, int files, const std::function<void()>& work) {
  double best = 1e9, wall = 1e9;
  for (int i = 0; i < 5; ++i) {
    const double before = cpu();
    const auto begin = std::chrono::steady_clock::now();
    work();
    wall = std::min(wall, std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
    best = std::min(best, cpu() - before);
  }
  std::printf("%s\t%d\t%.3f\t%.3f\n", what, files, best, wall);
}

std::string text(int file, const char* word) {
  std::string out;
  for (int line = 0; line < 40; ++line)
    out += "def f" + std::to_string(line) + "():\n    return " + std::to_string(file + line) + word + "\n";
  return out;
}

void judge(const support::TemporaryRepository& user, const std::string& orders, bool worktree) {
  const auto repository = std::move(*planner::io::open_repository(user.top()));
  support::MemorySources sources({{"o.yaml", orders}});
  planner::app::World world{sources, repository.get()};
  planner::app::VerifyRequest request;
  request.orders.orders = {"o.yaml"};
  request.work_orders = {"A"};
  if (worktree)
    request.worktree = user.top();
  else
    request.head = "work";
  if (!planner::app::verify(world, request)) std::abort();
}

}  // namespace

int main(int argc, char** argv) {
  const int files = argc > 1 ? std::atoi(argv[1]) : 10'000;
  const support::TemporaryRepository user;
  const auto fill = [&](const char* word) {
    for (int i = 0; i < files; ++i)
      user.write("src/d" + std::to_string(i % 100) + "/f" + std::to_string(i) + ".py", text(i, word));
  };
  user.git({"config", "gc.auto", "0"});  // not behind our back
  fill("");
  user.commit("base");
  user.git({"checkout", "-q", "-b", "work"});
  fill(" + 1");
  user.commit("work");
  user.git({"gc", "-q"});
  measure("git diff-tree", files, [&] { user.git({"diff-tree", "-r", "-z", "--raw", "main", "work"}); });
  measure("verify, all declared", files, [&] { judge(user, "work_orders: [{id: A, write: [src/]}]\n", false); });
  measure("verify, none declared", files, [&] { judge(user, "work_orders: [{id: A, write: [lib/]}]\n", false); });
  measure("verify, committed work in its work tree", files,
          [&] { judge(user, "work_orders: [{id: A, write: [src/]}]\n", true); });
  return 0;
}
