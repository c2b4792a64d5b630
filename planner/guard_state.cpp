#include "planner/guard_state.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <set>
#include <vector>

#include "planner/claim_orders.h"
#include "planner/verify_rules.h"

namespace planner {
namespace {

using Kind = parsers::ShellAction::Kind;

/// One sentence's end: what the act does to the others; and what to do instead.
struct Harm {
  std::string_view does;
  std::string_view instead;
  bool one_tree;  ///< only where sessions share a work tree
};
Harm harm_of(Kind kind) {
  switch (kind) {
    case Kind::stage:
      return {"stages whatever anybody has changed", "stage your own paths: git add -- {}", true};
    case Kind::commit_all:
      return {"commits whatever anybody has changed", "commit your own paths: git commit -- {}", true};
    case Kind::amend:
      return {"replaces the last commit, which may be somebody else's", "make a new commit", true};
    case Kind::rewrite_history:
      return {"moves the branch under everybody's feet", "make new commits instead; git revert undoes one", true};
    case Kind::discard:
      return {"throws away work of others that is not committed", "restore your own paths: git restore -- {}", true};
    case Kind::unstage:
      return {"empties the index, with what others have staged", "name your own paths: git restore --staged -- {}",
              true};
    case Kind::stash:
      return {"takes uncommitted work of others away; the stash is one for all work trees",
              "commit your own paths: git commit -- {}", false};
    case Kind::autostash:
      return {"stashes or moves uncommitted work of others", "git fetch, and merge when nobody else works here", true};
    case Kind::switch_branch:
      return {"changes the branch under everybody's feet", "use a work tree of your own: git worktree add", true};
    case Kind::force_push:
      return {"rewrites a branch that others may have built on", "push new commits to a branch of your own", false};
    case Kind::change_branch:
      return {"changes branches that may be somebody else's", "leave branches of others alone", false};
    case Kind::change_ref:
      return {"changes refs behind git's back", "use git commit, git branch or git tag on names of your own", false};
    case Kind::remove_worktree:
      return {"removes a work tree that may be somebody else's", "remove only the work tree you made", false};
    case Kind::prune:
      return {"deletes objects that others may have just made", "leave it to git gc without --prune=now", false};
    case Kind::write:
    case Kind::remove:
    case Kind::move:
    case Kind::copy:
      break;
  }
  return {"removes a work tree that may be somebody else's", "remove only the work tree you made", false};
}

/// Up to eight paths of the session's own scope, for a command that names them; "YOUR PATHS" when none is known.
std::string own_paths(const SharedState& state) {
  std::set<std::string> paths;
  for (const Claim& claim : state.facts.own)
    for (const Hold& hold : claim.holds)
      if (hold.kind == Hold::Kind::file && hold.writes)
        paths.insert(std::string(out_of_ledger(hold, state.law.prefix).resource.path()));
  if (paths.empty() && state.own && state.own->write)
    for (const Entry& entry : *state.own->write) paths.insert(std::string(entry.resource.path()));
  std::vector<std::string> shown;
  for (const std::string& path : paths) {
    if (shown.size() == 8) break;
    if (path.find_first_of(" '\"\\$`\n") == std::string::npos)
      shown.push_back(parsers::is_pattern(path) ? "'" + path + "'" : path);
  }
  return shown.empty() ? "YOUR PATHS" : fmt::format("{}", fmt::join(shown, " "));
}

std::string branch_of(std::string_view name) {
  constexpr std::string_view heads = "refs/heads/";
  return std::string(name.starts_with(heads) ? name.substr(heads.size()) : name);
}

/// The open order of somebody else that has this branch; nullptr: none.
const Order* owner_of(const std::string& branch, const SharedState& state) {
  for (const Order& order : state.orders.list)
    if (&order != state.own && order.open() && !branch.empty() && order.branch == branch) return &order;
  return nullptr;
}

bool names_branches(Kind kind) {
  return kind == Kind::change_branch || kind == Kind::force_push || kind == Kind::change_ref ||
         kind == Kind::rewrite_history;
}

/// The first open order of somebody else whose commits are lost; nullptr: none.
const Order* loser_of(const SharedState& state) {
  for (const Order& order : state.orders.list)
    if (&order != state.own && order.open() &&
        std::find(state.act.work_orders.begin(), state.act.work_orders.end(), order.id) != state.act.work_orders.end())
      return &order;
  return nullptr;
}

std::vector<std::string> branches_of(const SharedState& state) {
  std::vector<std::string> out;
  if (state.work_tree) out.push_back(state.work_tree->branch);
  for (const GuardedPath& path : state.act.paths)
    if (state.act.kind == Kind::remove_worktree && path.is_work_tree) out.push_back(path.branch);
  if (names_branches(state.act.kind))
    for (const std::string& name : state.act.names) out.push_back(branch_of(name));
  return out;
}

}  // namespace

bool touches_paths(Kind kind) {
  return kind == Kind::stage || kind == Kind::discard || kind == Kind::unstage || kind == Kind::stash;
}

std::string who(const Claim& claim) {
  return claim.work_order.empty() ? fmt::format("{} of {}", claim.id, claim.agent)
                                  : fmt::format("{} of {} (order {})", claim.id, claim.agent, claim.work_order);
}

std::optional<GuardReason> judge_shared_state(const SharedState& state, parsers::Policy policy) {
  const Harm harm = harm_of(state.act.kind);
  const std::vector<std::string> branches = branches_of(state);
  for (const std::string& branch : branches)
    if (const Order* other = owner_of(branch, state)) {
      GuardReason reason{
          finding("foreign-work", policy, Certainty::proved, state.own ? state.own->id : "",
                  fmt::format("\"{}\" reaches branch {}, which is that of {}", state.act.words, branch, other->id),
                  other->where),
          fmt::format("leave it to {}", other->id)};
      return reason;
    }
  if (const Order* other = loser_of(state))
    return GuardReason{finding("foreign-work", policy, Certainty::proved, state.own ? state.own->id : "",
                               fmt::format("\"{}\" loses commits of {}", state.act.words, other->id), other->where),
                       "keep them: make new commits instead"};
  const bool all_own = !branches.empty() && state.own && !state.own->branch.empty() &&
                       std::all_of(branches.begin(), branches.end(),
                                   [&](const std::string& branch) { return branch == state.own->branch; });
  if (all_own || state.facts.others.empty()) return std::nullopt;
  if (harm.one_tree && state.law.claims.isolation == parsers::Isolation::worktree) return std::nullopt;
  // Paths by name were judged one by one; everything is what is left.
  const bool named = touches_paths(state.act.kind) && !state.act.paths.empty() &&
                     std::none_of(state.act.paths.begin(), state.act.paths.end(), [](const GuardedPath& path) {
                       return path.where == GuardedPath::Where::inside && path.path.empty();
                     });
  if (named) return std::nullopt;
  std::vector<std::string> names;
  for (const Claim& claim : state.facts.others) {
    if (names.size() == 3) {
      names.push_back("others");
      break;
    }
    names.push_back(who(claim));
  }
  GuardReason reason =
      guard_reason("shared-state", policy,
                   fmt::format("\"{}\" {}; at work here: {}", state.act.words, harm.does, fmt::join(names, ", ")));
  const std::size_t hole = harm.instead.find("{}");
  reason.remedy = std::string(harm.instead.substr(0, hole));
  if (hole != std::string_view::npos) reason.remedy += own_paths(state);
  return reason;
}

}  // namespace planner
