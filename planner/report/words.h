// What all formats say in the same words. Everything here is raw text: whoever prints it escapes it for its place.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "planner/answers.h"

namespace planner::report {

const std::string& name(const Orders&, OrderId);
std::vector<std::string> names(const Orders&, const std::vector<OrderId>&);

/// "1 wave", "3 waves"; "no waves" for none.
std::string counted(std::size_t, std::string_view one);

/// "orders/a.yaml:12"; without a line the file alone.
std::string shown(const Place&);

/// nullptr: not planned. O(starts).
const Start* start_of(const Plan&, OrderId);

/// "WO-1, WO-2 and 7 more".
std::string listed(const std::vector<std::string>&, std::size_t most = 12);

/// A message taken apart: the sentence, what to do about it, the trailer or command to paste.
struct Advice {
  std::string_view sentence;
  std::string_view remedy;   ///< empty: the sentence is all
  std::string_view trailer;  ///< "Scope-Add: src/a.py -- reason"; empty without a remedy
};
Advice advice(std::string_view message);

/// "WO-1 and WO-2: 3e843cef0a..8d3b9690f1 (3 files)", "WO-1: 3e843cef0a.. and the work tree (1 file)".
std::string described(const Judged&);

/// Who did what was declared, in the morning after: ids, by how their work ended. An order with several pieces of work
/// stands with its worst.
struct Fleet {
  std::vector<std::string> as_declared;   ///< nothing found but notes
  std::vector<std::string> not_declared;  ///< errors and warnings
  std::vector<std::string> silent;        ///< changed nothing
};
Fleet fleet_of(const VerifyAnswer&);
/// More than one order was looked at, or asked for.
bool is_fleet(const VerifyAnswer&);

/// The findings of the orders that were judged together, the worst first.
struct FindingGroup {
  std::vector<std::string> work_orders;  ///< empty: of none in particular
  std::vector<const Finding*> findings;
};

/// Orders with the worst findings first, then by id.
std::vector<FindingGroup> by_work_order(const VerifyAnswer&);

/// "WO-1 and WO-2", "WO-1 and all others".
std::string between(const Orders&, const Conflict&);

/// What the plan does about it: "never at once", "WO-1 goes first", "a decision is needed".
std::string resolution(const Orders&, const Conflict&);

/// "step 2", "45-90 min".
std::string when(const Start&, Unit);

/// "agent 3", or "in review" for an order without one.
std::string who(const Start&);

/// "the branch of WO-1 (fix-01)". REQUIRES: it starts from one.
std::string base_of(const Orders&, const Start&);

/// What a start waits for, with what the title and the status say: "running; Melee; from the
/// branch of WO-3 (fix-03); after WO-1, WO-2".
std::string about(const Orders&, const Start&);

/// "3 steps on 7 agents (as many as it takes)", "9 steps on 2 of 4 agents".
std::string dispatch(const Plan&);

/// What an order does on its side of the evidence: it "deletes" the resource itself, "reads" an entry that covers it,
/// or only "is declared" there.
struct Deed {
  std::string verb;   ///< empty: the entry speaks for itself
  std::string entry;  ///< empty: the resource itself
};
Deed deed(const Order&, const Side&, const std::string& resource);

/// The sentence of a deed, its entry as it is to be printed: "deletes it", "reads `src/**`", "is declared here".
std::string done(const Deed&, std::string_view entry);

/// What the users of a hub do: "writes it", "shares it".
std::string_view deed(const Hub&, bool writer);

/// What is said at a related place: never a mere repetition of the id.
std::string related_words(const Related&);

/// The conflicts of one pair, in their order.
using PairConflicts = std::vector<const Conflict*>;

/// Conflicts pair by pair, those the plan acts on or the hints only.
std::vector<PairConflicts> by_pair(const std::vector<Conflict>&, bool hints);

/// What the plan does about a pair, all of its conflicts together: "WO-1 goes first".
std::string resolution(const Orders&, const PairConflicts&);

/// Orders that share their lane with nobody.
std::vector<OrderId> single_lanes(const Plan&);

/// "base 3e843ce, input 5f1c0a2b7c1d".
std::string origin(const Plan&);

/// "3 writers and 90 readers: WO-1, WO-2, ... and 85 more".
std::string users(const Orders&, const Hub&);

/// Planned or left out, orders nobody knows the write set of, and what becomes of them.
std::vector<Reasoned> unknown_scopes(const Orders&, const Plan&);

/// "1 error, 2 warnings", notes only if there are any.
std::string severities(const std::vector<Finding>&);

/// "inferred" and "unproven" in brackets, nothing for what is certain.
std::string doubt(Certainty);

std::string_view to_string(graph::Reason);
std::string_view to_string(UnknownScope);
std::string_view to_string(Inference);
std::string_view to_string(Unit);

}  // namespace planner::report
