// What the requests answer, as values: the reports turn them into text, JSON and Markdown and know nothing else.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "parsers/diagnostic.h"
#include "parsers/work_order.h"
#include "planner/compare.h"
#include "planner/finding.h"
#include "planner/plan.h"
#include "planner/record.h"

namespace planner {

/// What every request that reads orders has to say about them.
struct Reading {
  std::vector<parsers::Source> sources;
  std::vector<parsers::Diagnostic> diagnostics;  ///< warnings and notes; errors end the request before
  std::vector<parsers::Reading> readings;        ///< what was understood as what, for `check --verbose`
};

struct PlanAnswer {
  Orders orders;
  CheckedPlan plan;
  Reading reading;
};

/// A plan made by hand, wave by wave, held against the conflicts.
struct HandMadePlan {
  std::size_t waves = 0;   ///< as written
  std::size_t needed = 0;  ///< the fewest possible
  bool proved = false;     ///< nothing fewer than `needed` is possible
  bool valid = false;
  std::vector<std::string> unplaced;  ///< ids of open orders that stand in no wave
};

struct CheckAnswer {
  Orders orders;
  CheckedPlan plan;
  Reading reading;
  std::vector<Finding> findings;  ///< lint, and what the hand-made waves get wrong
  std::optional<HandMadePlan> hand_made;
  std::vector<std::string> changed_since_plan;
};

/// Everything there is to say about two orders.
struct ExplainAnswer {
  Orders orders;
  CheckedPlan plan;
  Reading reading;
  OrderId a, b;
  std::vector<Conflict> conflicts;   ///< between the two, or of either with all
  std::vector<Hub> hubs;             ///< that both use
  std::vector<OrderId> chain;        ///< a path of the reduced order from one to the other, both ends included
  bool may_overlap = false;          ///< nothing keeps them apart
  std::vector<std::string> reasons;  ///< in words, why they meet or do not
  std::vector<std::string> changed_since_plan;
};

/// The block for the prompt of the session that works on one order.
struct ScopeAnswer {
  Orders orders;
  Reading reading;
  OrderId order;
  std::string base;      ///< commit to start from; empty: no repository
  std::string branch;    ///< to work on
  std::string worktree;  ///< directory for a work tree of its own
  struct Owned {
    std::string entry;
    std::vector<std::string> owners;
  };
  std::vector<Owned> owned;         ///< what others own who may run at once, nearest first, each entry once
  std::size_t owned_more = 0;       ///< how many entries were left out
  std::vector<Reasoned> waits_for;  ///< predecessors in the plan, with the reason
  std::string not_now;              ///< why it must not start, whatever else has finished: held, unplanned, unproven
  std::vector<std::string> read_again;  ///< what it reads and a predecessor writes: to be read once more at the start
  std::vector<std::string> changed_since_plan;
};

/// What changed between two commits, as symbols.
struct ChangesAnswer {
  struct Changed {
    std::string path;
    std::string symbol;  ///< qualified; empty: the file itself ("added", "removed") or text outside of its symbols
    std::string before;  ///< renamed: what it was called
    std::string change;  ///< added, removed, renamed, signature, body
    std::uint32_t first_line = 0, last_line = 0;  ///< in the new file, of what was removed in the old one; 0: unknown
    bool unproven = false;                        ///< the file could not be parsed whole
  };
  std::string base, head;
  std::vector<Changed> changes;  ///< by path, then as in the new file, then what was removed
};

struct CompareAnswer {
  Comparison compared;
  Reading reading;
};

/// One piece of work that was held against its orders.
struct Judged {
  std::vector<std::string> work_orders;    ///< by id; empty: it belongs to none
  std::string name;                        ///< as the user knows it: "fix-03", "main..HEAD", a directory
  std::string base, head;                  ///< object ids; no base: from nothing; no head: the files of a work tree
  std::size_t files = 0;                   ///< changed
  std::optional<FindingSeverity> verdict;  ///< the worst that was found of its orders; nullopt: as declared
};

/// Two orders whose real work changed the same paths, whatever they declared.
struct Crossing {
  std::string between[2];          ///< by id
  std::vector<std::string> paths;  ///< by path
};

/// An order nobody looked at, and why.
struct NotJudged {
  std::string work_order, reason;
};

/// What `verify --record` has kept of a session.
struct RecordAnswer {
  Record record;
  bool start = false;  ///< what was dirty before, and nothing of its own
  Reading reading;
};

struct VerifyAnswer {
  parsers::Policy policy = parsers::Policy::strict;
  std::vector<Finding> findings;
  std::vector<Judged> judged;         ///< as asked for; of one branch, as its commits come
  std::vector<NotJudged> not_judged;  ///< when a fleet was asked for; by id
  std::vector<Crossing> crossed;      ///< by ids
  Reading reading;
  std::vector<std::string> changed_since_plan;
};

}  // namespace planner
