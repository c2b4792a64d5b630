// Work orders bound to a tree: canonical resources, known ids, all of the configuration applied.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "graph/ids.h"
#include "parsers/config.h"
#include "parsers/work_order.h"
#include "planner/finding.h"
#include "planner/resource.h"
#include "planner/symbol_cover.h"

namespace planner {

/// Position in Orders::list, which is ordered by (priority, id): smaller ids win ties everywhere.
using OrderId = graph::DenseId<struct OrderTag>;

struct Entry {
  Resource resource;
  parsers::Intent intent = parsers::Intent::modify;
  bool intent_declared = false;
  bool tolerates_writes = false;
  std::string after;
  std::string written;  ///< as its author wrote it
  Place where;
  Certainty certainty = Certainty::declared;      ///< inferred: read out of prose
  std::shared_ptr<const SymbolCover> cover = {};  ///< of a symbol, looked up in the code of the base; else null
  bool claimed = false;                           ///< nobody declared it: the order's claim was extended by it
};

struct Dependency {
  parsers::Dependency::Kind kind = parsers::Dependency::Kind::order;
  std::string target;            ///< canonical
  std::optional<OrderId> order;  ///< kind order: nullopt when there is no such order
  Place where;
  Certainty certainty = Certainty::declared;  ///< inferred: read out of prose, or out of the order of the text
};

struct ResourceUse {
  std::string name;
  parsers::Mode mode = parsers::Mode::exclusive;
  bool pool = false;
  Place where;
  bool claimed = false;  ///< as of Entry
};

/// What its author claims about running side by side with the others of a group.
struct ParallelMark {
  bool parallel = true;
  std::string text;
  std::string among;
  Place where;
};

struct Order {
  std::string id;
  std::string title;
  Place where;
  std::optional<std::int64_t> priority;
  std::optional<std::int64_t> estimate;     ///< seconds, as declared
  std::optional<std::vector<Entry>> write;  ///< nullopt: unknown (not declared, or only proposed)
  std::vector<Entry> proposed;              ///< what an unaccepted draft says it will write
  std::optional<std::vector<Entry>> read;
  std::vector<Dependency> depends_on;
  std::vector<Dependency> before;
  std::vector<Entry> do_not_touch;
  std::vector<Entry> permits;
  bool closed = true;
  std::vector<ResourceUse> resources;
  std::vector<ResourceUse> keys;  ///< name and place only
  std::string exploration;
  std::string branch;
  parsers::Status status = parsers::Status::pending;
  std::vector<Entry> mentions;  ///< what its text names and no more: never held, at most a hint
  std::vector<Entry> said;      ///< what its text says will change, beside a write set that is declared
  std::optional<ParallelMark> parallel;
  std::string no_change;  ///< why nothing will change: "already-satisfied" or "analysis-only"; empty: something will
  std::optional<parsers::Status> written_status;  ///< where the ledger says otherwise: what the documents say
  std::string claim, agent;                       ///< the live claim it runs under, and whose it is; empty: none
  bool declared = true;  ///< false: no document declares it, it stands for a claim in the ledger

  /// Pending, running or in review: takes part in the plan.
  bool open() const;
};

struct Decision {
  OrderId between[2];  ///< ascending
  parsers::Decision::Choice choice = parsers::Decision::Choice::together;
  OrderId chosen;  ///< with first and drop
  std::string why, by, digest;
  Place where;
};

/// A wave of a plan made by hand, as its document states it.
struct HandMadeWave {
  std::string name;
  std::vector<std::string> orders;
  Place where;
};

struct Pool {
  std::string name;
  int capacity = 1;
};

/// interlock.yaml with its patterns compiled.
struct Rules {
  std::string target;
  parsers::Isolation isolation = parsers::Isolation::shared;
  parsers::Policy policy = parsers::Policy::strict;
  bool require_order = false;
  std::vector<Resource> append, regenerate, companion, barrier, removed;
  std::vector<Place> barrier_where;  ///< by barrier
  std::vector<std::string> series;
  std::vector<Pool> pools;  ///< ordered by name
};

struct Orders {
  std::vector<Order> list;
  std::vector<Decision> decisions;
  std::vector<HandMadeWave> waves;  ///< in document order
  Rules rules;
};

}  // namespace planner
