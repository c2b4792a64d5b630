#include "planner/app/guard_git.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>

#include "planner/io/git_hooks.h"

namespace planner::app {
namespace {

using Kind = parsers::ShellAction::Kind;
constexpr std::string_view heads = "refs/heads/";

/// One branch that gets another value.
struct BranchUpdate {
  std::string ref;
  std::string old;  ///< zeros in a reference transaction: not checked
  std::string now;  ///< zeros: deleted
};

std::vector<BranchUpdate> updates(const GuardRequest& request, const std::string& input) {
  std::vector<BranchUpdate> out;
  for (const std::vector<std::string>& words : io::hook_lines(input)) {
    BranchUpdate update;
    if (request.event == "reference-transaction" && words.size() == 3)
      update = {words[2], words[0], words[1]};
    else if (request.event == "pre-push" && words.size() == 4)
      update = {words[2], words[3], words[1]};
    if (update.ref.starts_with(heads) && update.old != update.now) out.push_back(std::move(update));
  }
  return out;
}

std::string branch_of(const std::string& ref) { return ref.substr(heads.size()); }

void add_update(const GuardRequest& request, BranchUpdate update, const io::Checkout& checkout, GuardedCall& out) {
  const bool push = request.event == "pre-push";
  const std::string what = push ? "push" : "update";
  if (io::is_zero(update.old) && push) return;  // the remote has no such branch yet
  if (io::is_zero(update.old)) {
    const auto value = io::value_of_ref(checkout, update.ref);
    if (!value) return out.unread.push_back(value.error().what);
    if (value->empty()) return;  // it is created
    update.old = *value;
  }
  if (io::is_zero(update.now)) {
    out.acts.push_back({push ? Kind::force_push : Kind::change_branch,
                        fmt::format("{}: {} is deleted", what, update.ref),
                        {},
                        {branch_of(update.ref)}});
    return;
  }
  const auto dropped = io::dropped_commits(checkout, update.old, update.now);
  if (!dropped)
    return out.unread.push_back(
        fmt::format("whether the {} of {} drops commits: {}", what, update.ref, dropped.error().what));
  if (dropped->empty()) return;
  std::set<std::string> orders;
  for (const io::DroppedCommit& commit : *dropped) orders.insert(commit.work_orders.begin(), commit.work_orders.end());
  std::string of;
  for (const std::string& order : orders) of += (of.empty() ? ", of " : ", ") + order;
  out.acts.push_back({push ? Kind::force_push : Kind::rewrite_history,
                      fmt::format("{}: {} drops {} commit{} ({}{})", what, update.ref, dropped->size(),
                                  dropped->size() == 1 ? "" : "s", dropped->front().id.substr(0, 12), of),
                      {},
                      {branch_of(update.ref)},
                      {orders.begin(), orders.end()}});
}

}  // namespace

bool git_hook_matters(const GuardRequest& request, const std::string& input) {
  if (request.event == "pre-commit") return true;
  if (request.event == "reference-transaction" && request.state != "prepared") return false;
  return !updates(request, input).empty();
}

GuardedCall git_hook_acts(const GuardRequest& request, const std::string& input, const io::Checkout& checkout) {
  GuardedCall out;
  if (request.event == "pre-commit") {
    const auto staged = io::staged_paths(checkout, request.index_file);
    if (!staged)
      out.unread.push_back(fmt::format("what is being committed: {}", staged.error().what));
    else if (!staged->empty())
      out.acts.push_back(guarded_paths(*staged, "git commit"));
    return out;
  }
  for (BranchUpdate& update : updates(request, input)) add_update(request, std::move(update), checkout, out);
  return out;
}

}  // namespace planner::app
