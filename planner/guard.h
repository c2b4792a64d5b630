// Judges what a session is about to do against its order, everybody's live claims and the policy. Pure: paths were
// resolved before, the ledger is shown as a snapshot.
//
// A finding is what `verify` would say of the work afterwards, under the same names and weights; in front of it stand
// rules that only a guard can have (a stale fence, shared state, git's own directory).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "parsers/shell_reading.h"
#include "planner/claim_rules.h"
#include "planner/finding.h"
#include "planner/order.h"

namespace planner {

/// A path that somebody wants to change, where it really lies.
struct GuardedPath {
  enum class Where {
    inside,     ///< `path` is relative to the top of its work tree; empty: the top itself
    git,        ///< git's own directory, or something below it
    outside,    ///< of the repository; `path` is absolute
    temporary,  ///< outside, where nobody's work lies: the directory for temporary files, a device
    unread,     ///< `path` says why
  };
  Where where = Where::inside;
  std::string path;
  std::string written;     ///< as the session wrote it
  bool directory = false;  ///< with all below
  bool pattern = false;    ///< `path` holds wildcards
  bool removes = false;
  bool linked = false;        ///< a symbolic link led there
  std::string twin;           ///< a file that is there and differs from it by case or Unicode form alone
  std::string work_tree;      ///< the path is another work tree's: its directory; empty: the session's own
  std::string branch;         ///< checked out in that other work tree
  bool is_work_tree = false;  ///< the path is the top of that other work tree
};

/// One thing the session wants to do.
struct GuardedAct {
  parsers::ShellAction::Kind kind = parsers::ShellAction::Kind::write;  ///< move and copy are taken apart into writes
  std::string words;                                                    ///< the command, or the tool: the evidence
  std::vector<GuardedPath> paths;  ///< of the kinds that name paths; none with stage, discard, ...: everything
  std::vector<std::string> names;  ///< branches, refs
  std::vector<std::string> work_orders = {};  ///< whose commits a rewritten branch loses
};

/// Who asks. A claim is the session's own when it is the one named here, when its agent is one of `agents`, or when it
/// is of the session's work order.
struct GuardSession {
  std::vector<std::string> agents;  ///< the name it claims under, then those it may act for (a subagent's session)
  std::string claim;                ///< as the caller says, or empty
  Fence fence = 0;
  std::string work_order;  ///< as the caller says, or empty
  std::string branch;      ///< checked out where it stands, or empty
  bool known() const { return !agents.empty() || !claim.empty() || !work_order.empty(); }
};

struct GuardLaw {
  const Orders* orders = nullptr;  ///< never null; an empty list when none were given
  ClaimLaw claims;
  std::string prefix = {};  ///< of this repository's paths in the ledger: empty, or with a trailing slash
};

/// `remedy`: what to do instead, or empty.
struct GuardReason {
  Finding finding;
  std::string remedy;
};

struct GuardFacts {
  std::optional<OrderId> order;  ///< the session's, when it is among the orders
  std::vector<Claim> own;        ///< its live claims, by fence
  std::vector<Claim> others;     ///< some of the other live claims, by fence, at most five
  bool lapsed = false;           ///< it had claims, and the lease of all of them ran out
};

/// Whose the session is. `ledger` nullptr: nobody claims anything. Without a claim that is
/// named, the first 200 claims are looked at.
GuardFacts guard_facts(const GuardSession&, const GuardLaw&, const LedgerSnapshot* ledger);

/// Everything there is to say, errors first; empty: nothing is wrong. One finding per path: forbidden, else foreign,
/// else undeclared. O(paths * (open orders + claims that overlap them)).
std::vector<GuardReason> judge(const std::vector<GuardedAct>&, const std::vector<std::string>& unread,
                               const GuardSession&, const GuardFacts&, const GuardLaw&, const LedgerSnapshot* ledger);

/// A finding under the guard's own rules: stale-fence, lapsed-claim, git-directory, shared-state, outside-repository,
/// unread, unavailable. Known rules of `verify` weigh what they weigh there.
GuardReason guard_reason(std::string rule, parsers::Policy, std::string message, std::string remedy = {});

enum class GuardDecision { allow, advise, ask, deny };
std::string_view to_string(GuardDecision);

/// Not strict: only what no session may do (git's directory, a stale fence) is denied, the rest is advice. Strict:
/// errors are denied; what could not be read is asked where the agent can ask (`may_ask`), else said.
GuardDecision decide(const std::vector<GuardReason>&, bool strict, bool may_ask);

/// The lease of the claim is past half of its time: worth a renewal.
bool past_half(const Claim&, const Moment& now);

}  // namespace planner
