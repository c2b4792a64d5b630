// From the words of a call to bound orders: the part that every story begins with.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "planner/answers.h"
#include "planner/code.h"
#include "planner/ledger.h"
#include "planner/replan.h"
#include "planner/repository.h"
#include "planner/sources.h"

namespace planner::app {

/// The world behind its ports. No repository: what would need one stays unproven.
struct World {
  Sources& sources;
  Repository* repository = nullptr;
  std::string prefix = {};       ///< directory of the caller relative to the top; empty: the top, or outside
  CodeSource* code = nullptr;    ///< null exactly when there is no repository
  LedgerDoor* ledger = nullptr;  ///< null: nothing is known of claims
};

/// Why there is no answer: errors in what was read (exit 2), or a refusal (exit 2 or 3 by its kind).
struct Failure {
  Reading reading;
  std::optional<Error> error;
};
template <class T>
using Answer = tl::expected<T, Failure>;

/// What a call says about planning; nullopt: the configuration decides, else the default.
struct PlanWishes {
  std::optional<int> agents;
  std::optional<parsers::Isolation> isolation;
  std::optional<UnknownScope> unknown;
  std::optional<Inference> infer;
  bool stack = false;
  EffortLevel effort = EffortLevel::normal;
  std::optional<std::int64_t> steps = std::nullopt;       ///< in place of those of `effort`
  std::optional<std::int64_t> time_limit = std::nullopt;  ///< seconds; whoever sets it sets `stop` when they are over
  const std::atomic<bool>* stop = nullptr;
};

struct OrdersRequest {
  std::vector<std::string> orders;  ///< files, directories, "-"
  PlanWishes wishes;
  std::string approved_plan;      ///< --plan FILE, or empty
  std::string from = "auto";      ///< one of parsers::format_names()
  std::string earlier_plan = {};  ///< --from FILE, or empty: the plan to go on from
  /// Orders that stand in no file, with the text their places lie in.
  std::optional<std::pair<parsers::Source, parsers::WorkOrders>> declared = {};
  bool claims = true;  ///< look at the ledger: claimed orders run, completed ones are done
};

struct Loaded {
  Orders orders;
  Facts facts;
  Reading reading;
  std::optional<Tree> tree;  ///< tracked files of the base
  PlanOptions options;
  std::vector<std::string> changed_since_plan;
  std::string ledger;  ///< as the configuration names it; empty: the default
  std::optional<EarlierPlan> earlier;
  std::optional<ChangeHistory> history;  ///< that leads to the base; nullopt: nobody asked for it
  std::unique_ptr<Code> code;            ///< of the base; null: nobody asked for it, or there is none
};

Answer<Loaded> load(World&, const OrdersRequest&);

/// The order of that id; a failure that lists the nearest ids.
Answer<OrderId> find_order(const Loaded&, const std::string& id);

}  // namespace planner::app
