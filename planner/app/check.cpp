#include "planner/app/check.h"

#include <iterator>

#include "planner/lint.h"
#include "planner/predict.h"
#include "planner/recent_work.h"

namespace planner::app {
namespace {

tl::unexpected<Failure> refuse(Error error) { return tl::make_unexpected(Failure{{}, std::move(error)}); }

Answer<std::vector<Finding>> look_lately(World& world, const Orders& orders, const Lately& lately) {
  if (!world.repository)
    return refuse({Error::Kind::world, "--since needs a git repository, and there is none here",
                   "run it inside one, or name it with --repo DIR"});
  Repository& repository = *world.repository;
  std::int64_t time = 0;
  ObjectId revision;
  if (const auto duration = duration_of(lately.since)) {
    time = lately.now - *duration;
  } else if (const auto moment = time_of(lately.since)) {
    time = *moment;
  } else {
    auto commit = repository.commit(lately.since);
    if (!commit) {
      Error error = commit.error();
      error.remedy = "--since takes a duration (30m, 2h, 1d), a time (2026-11-21T05:00) or a revision";
      return refuse(std::move(error));
    }
    revision = std::move(*commit);
  }
  const auto commits = repository.commits_since(time, revision);
  if (!commits) return refuse(commits.error());
  std::vector<DirtyWork> dirty;
  for (const WorktreeInfo& worktree : repository.worktrees()) {
    auto changes = repository.worktree_changes(worktree.path, worktree.head);
    if (!changes) return refuse(changes.error());
    dirty.push_back({worktree.path, worktree.branch, std::move(changes->changes)});
  }
  return recent_work(orders, *commits, dirty);
}

}  // namespace

Answer<CheckAnswer> check(World& world, const OrdersRequest& request, const Lately& lately) {
  auto loaded = load(world, request);
  if (!loaded) return tl::make_unexpected(loaded.error());
  CheckedPlan plan = make_plan(loaded->orders, loaded->facts, loaded->options);
  std::vector<Finding> findings = lint(loaded->orders, loaded->tree ? &*loaded->tree : nullptr);
  if (loaded->code && loaded->history) {
    Linker linker(*loaded->code);
    std::vector<Finding> likely = likely_writes(loaded->orders, *loaded->code, linker, *loaded->history);
    std::move(likely.begin(), likely.end(), std::back_inserter(findings));
  }
  if (!lately.since.empty()) {
    auto recent = look_lately(world, loaded->orders, lately);
    if (!recent) return tl::make_unexpected(recent.error());
    std::move(recent->begin(), recent->end(), std::back_inserter(findings));
  }
  std::vector<Finding> of_text = lint_text(loaded->orders);
  std::move(of_text.begin(), of_text.end(), std::back_inserter(findings));
  std::optional<HandMadePlan> hand_made = check_waves(loaded->orders, *plan, findings);
  findings.insert(findings.end(), plan->findings.begin(), plan->findings.end());
  sort_findings(findings);
  return CheckAnswer{std::move(loaded->orders), std::move(plan),      std::move(loaded->reading),
                     std::move(findings),       std::move(hand_made), std::move(loaded->changed_since_plan)};
}

}  // namespace planner::app
