#include "planner/app/load.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "parsers/approved_plan.h"
#include "planner/app/documents.h"
#include "planner/claim_orders.h"
#include "planner/infer.h"
#include "planner/lint.h"
#include "planner/resolve.h"

namespace planner::app {
namespace {

tl::unexpected<Failure> refuse(Error error) { return tl::make_unexpected(Failure{{}, std::move(error)}); }
tl::unexpected<Failure> bad_input(Reading reading) {
  return tl::make_unexpected(Failure{std::move(reading), std::nullopt});
}

parsers::FileId add(Reading& reading, parsers::Source source) {
  reading.sources.push_back(std::move(source));
  return parsers::FileId{static_cast<std::uint32_t>(reading.sources.size() - 1)};
}

template <class T>
T keep(Reading& reading, parsers::Parsed<T> parsed) {
  std::move(parsed.diagnostics.begin(), parsed.diagnostics.end(), std::back_inserter(reading.diagnostics));
  return std::move(parsed.value);
}

/// What the repository knows before anything is bound: the base commit, its files, the prefixes that mean its top.
struct Surroundings {
  std::string base;
  std::optional<Tree> tree;
  std::vector<std::string> tops;
};

Result<Surroundings> look_around(Repository& repository, const std::string& target) {
  Surroundings out;
  const std::string top = repository.top();
  out.tops.push_back(top);
  for (const WorktreeInfo& worktree : repository.worktrees()) {
    out.tops.push_back(worktree.path);
    if (worktree.path.size() > top.size() + 1 && worktree.path.starts_with(top + "/"))
      out.tops.push_back(worktree.path.substr(top.size() + 1));
  }
  // The longest prefix first: a work tree inside the top is not a directory of the top.
  std::sort(out.tops.begin(), out.tops.end(),
            [](const auto& a, const auto& b) { return std::pair(b.size(), a) < std::pair(a.size(), b); });
  const auto name = repository.target(target);
  if (!name) return tl::make_unexpected(name.error());
  // Where no branch is the target, a plan goes by what is checked out.
  const auto commit = repository.commit(name->value_or("HEAD"));
  if (!commit && !*name) return out;  // nothing is committed yet
  if (!commit) return tl::make_unexpected(commit.error());
  auto tree = repository.tree(*commit);
  if (!tree) return tl::make_unexpected(tree.error());
  out.base = *commit;
  out.tree = std::move(*tree);
  return out;
}

bool names_symbols(const std::vector<parsers::WorkOrders>& documents) {
  const auto any = [](const std::vector<parsers::ScopeEntry>& entries) {
    return std::any_of(entries.begin(), entries.end(),
                       [](const parsers::ScopeEntry& e) { return e.text.find("::") != std::string::npos; });
  };
  for (const parsers::WorkOrders& document : documents)
    for (const parsers::WorkOrder& order : document.orders)
      if ((order.write && any(*order.write)) || (order.read && any(*order.read)) || any(order.do_not_touch) ||
          any(order.permits))
        return true;
  return false;
}

/// Dependencies outside of the orders that the repository can answer.
void look_up_dependencies(Repository& repository, const Tree& tree, const Orders& orders, Facts& facts) {
  using Kind = parsers::Dependency::Kind;
  for (const Order& order : orders.list)
    for (const Dependency& d : order.depends_on) {
      if (d.kind == Kind::path &&
          (tree.has_file(d.target) || tree.has_directory(d.target.substr(0, d.target.find_last_not_of('/') + 1))))
        facts.existing_paths.insert(d.target);
      if (d.kind != Kind::commit) continue;
      const auto commit = repository.commit(d.target);
      if (commit && repository.is_ancestor(*commit, facts.base).value_or(false))
        facts.satisfied_commits.insert(d.target);
    }
}

/// Of two orders in review, whether the branch of one has all that the other's has: (inner, outer).
std::set<std::pair<OrderId, OrderId>> contained_branches(Repository& repository, const Orders& orders) {
  constexpr std::size_t most = 64;  // every pair is a question to git
  std::vector<std::pair<OrderId, ObjectId>> tips;
  for (std::size_t i = 0; i < orders.list.size() && tips.size() < most; ++i) {
    const Order& order = orders.list[i];
    if (order.status != parsers::Status::review || order.branch.empty()) continue;
    if (const auto tip = repository.commit(order.branch)) tips.emplace_back(OrderId(i), *tip);
  }
  std::set<std::pair<OrderId, OrderId>> contained;
  for (const auto& [inner, inner_tip] : tips)
    for (const auto& [outer, outer_tip] : tips)
      if (inner != outer && repository.is_ancestor(inner_tip, outer_tip).value_or(false))
        contained.emplace(inner, outer);
  return contained;
}

std::vector<std::string> appended_paths(const Orders& orders) {
  std::vector<std::string> paths;
  const Coverage append(orders.rules.append);
  for (const Order& order : orders.list)
    if (order.write)
      for (const Entry& entry : *order.write)
        if (entry.resource.kind == Resource::Kind::path &&
            (entry.intent == parsers::Intent::append || append.covers(entry.resource.text)))
          paths.push_back(entry.resource.text);
  std::sort(paths.begin(), paths.end());
  paths.erase(std::unique(paths.begin(), paths.end()), paths.end());
  return paths;
}

/// What differs between an approved plan and what it would be made from today.
std::vector<std::string> changes_since(const parsers::ApprovedPlan& plan, const Orders& orders, const Facts& facts) {
  const auto texts = [](const std::vector<Entry>& entries) {
    std::vector<std::string> out;
    for (const Entry& e : entries) out.push_back(e.resource.text);
    std::sort(out.begin(), out.end());
    return out;
  };
  const auto sorted = [](std::vector<std::string> v) {
    std::sort(v.begin(), v.end());
    return v;
  };
  std::vector<std::string> out;
  if (plan.base != facts.base)
    out.push_back(fmt::format("the base moved from {} to {}", plan.base.empty() ? "nothing" : plan.base.substr(0, 12),
                              facts.base.empty() ? "nothing" : facts.base.substr(0, 12)));
  if (plan.input_digest == input_digest(orders)) return out;
  const std::size_t before = out.size();
  for (const Order& order : orders.list) {
    const auto was =
        std::find_if(plan.work_orders.begin(), plan.work_orders.end(), [&](const auto& o) { return o.id == order.id; });
    if (was == plan.work_orders.end()) {
      out.push_back(fmt::format("{} is new", order.id));
      continue;
    }
    if (was->status != to_string(order.status))
      out.push_back(fmt::format("{} was {} and is {}", order.id, was->status, to_string(order.status)));
    if (was->write.has_value() != order.write.has_value() ||
        (order.write && sorted(*was->write) != texts(*order.write)))
      out.push_back(fmt::format("the write set of {} changed", order.id));
    if (sorted(was->read) != texts(order.read.value_or(std::vector<Entry>{})))
      out.push_back(fmt::format("the read set of {} changed", order.id));
  }
  for (const auto& was : plan.work_orders)
    if (std::none_of(orders.list.begin(), orders.list.end(), [&](const Order& o) { return o.id == was.id; }))
      out.push_back(fmt::format("{} is gone", was.id));
  if (out.size() == before) out.push_back("dependencies, intents, decisions or the configuration changed");
  return out;
}

/// The same orders with their places in that file.
parsers::WorkOrders placed_in(parsers::WorkOrders document, parsers::FileId file) {
  for (parsers::WorkOrder& order : document.orders) {
    order.where.file = file;
    for (auto* entries : {&order.write, &order.read})
      if (*entries)
        for (parsers::ScopeEntry& entry : **entries) entry.where.file = file;
    for (parsers::ResourceUse& use : order.resources) use.where.file = file;
    for (parsers::Key& key : order.keys) key.where.file = file;
  }
  return document;
}

/// What readers had to leave out and may have been an order: whoever plans without it has to know.
std::vector<Finding> lost_orders(const Reading& reading) {
  std::vector<Finding> out;
  for (const parsers::Reading& r : reading.readings)
    if (r.as == "lost")
      out.push_back({"lost-order",
                     FindingSeverity::error,
                     Certainty::unproven,
                     r.order,
                     fmt::format("an order may be missing from all that follows: {}", r.text),
                     {reading.sources[r.where.file.value].name, r.where.line},
                     {}});
  return out;
}

/// Claimed orders run, completed ones are done; no ledger yet: no claims.
Result<void> see_claims(LedgerDoor& door, Loaded& loaded) {
  const auto ledger = door.open(loaded.ledger, false);
  if (!ledger) return tl::make_unexpected(ledger.error());
  if (!*ledger) return {};
  return (*ledger)->read([&](const LedgerSnapshot& snapshot) {
    overlay(loaded.orders, snapshot, law_of(loaded.orders.rules, loaded.options.isolation), loaded.options.unknown,
            door.prefix());
  });
}

std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j)
      diagonal =
          std::exchange(row[j], std::min({row[j] + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)}));
  }
  return row[b.size()];
}

}  // namespace

Answer<Loaded> load(World& world, const OrdersRequest& request) {
  Loaded out;
  auto config_source = world.sources.config();
  if (!config_source) return refuse(config_source.error());
  parsers::Config config;
  if (*config_source) {
    const parsers::FileId file = add(out.reading, std::move(**config_source));
    config = keep(out.reading, parsers::read_config(out.reading.sources[file.value], file));
  }
  std::optional<parsers::ApprovedPlan> approved, earlier;
  for (const auto& [name, plan] : {std::pair(&request.approved_plan, &approved), {&request.earlier_plan, &earlier}}) {
    if (name->empty()) continue;
    auto source = world.sources.read({*name});
    if (!source) return refuse(source.error());
    if (source->empty()) return refuse({Error::Kind::input, fmt::format("{} holds no plan", *name), ""});
    const parsers::FileId file = add(out.reading, std::move(source->front()));
    *plan = keep(out.reading, parsers::read_approved_plan(out.reading.sources[file.value], file));
  }

  auto texts = world.sources.read(request.orders);
  if (!texts) return refuse(texts.error());
  std::vector<parsers::WorkOrders> documents = read_documents(std::move(*texts), request, out.reading);
  if (request.declared) {
    const parsers::FileId file = add(out.reading, request.declared->first);
    documents.push_back(placed_in(request.declared->second, file));
  }

  Surroundings around;
  if (world.repository) {
    auto looked = look_around(*world.repository, config.target);
    if (!looked) return refuse(looked.error());
    around = std::move(*looked);
  }
  const auto& same_as = approved ? approved : earlier;  // what was asked then and is not asked otherwise now
  const Inference infer = request.wishes.infer.value_or(!same_as || same_as->infer == "hints" ? Inference::hints
                                                        : same_as->infer == "off"             ? Inference::off
                                                                                              : Inference::enforce);
  if (world.code && around.tree && (infer != Inference::off || names_symbols(documents))) {
    auto opened = world.code->at(*around.tree);
    if (!opened) return refuse(opened.error());
    out.code = std::move(*opened);
  }
  Bound bound = resolve(documents, config, {around.tree ? &*around.tree : nullptr, around.tops, out.code.get()},
                        out.reading.sources);
  std::move(bound.diagnostics.begin(), bound.diagnostics.end(), std::back_inserter(out.reading.diagnostics));
  if (parsers::has_errors(out.reading.diagnostics)) return bad_input(std::move(out.reading));
  if (bound.orders.list.empty()) {
    // What was wrong with another tool's file may be why; of our own there is no more to say.
    const bool foreign =
        std::any_of(documents.begin(), documents.end(), [](const auto& d) { return !d.format.empty(); });
    if (!foreign) out.reading.diagnostics.clear();
    return tl::make_unexpected(
        Failure{std::move(out.reading),
                Error{Error::Kind::input, fmt::format("no work order found in {}", fmt::join(request.orders, ", ")),
                      "an order is a heading with an id over a scope block, or an entry of work_orders"}});
  }
  out.orders = std::move(bound.orders);
  out.facts.base = around.base;
  if (world.repository && around.tree) {
    look_up_dependencies(*world.repository, *around.tree, out.orders, out.facts);
    const auto merged = world.repository->merged_by_union(around.base, appended_paths(out.orders));
    if (!merged) return refuse(merged.error());
    out.facts.union_merged.insert(merged->begin(), merged->end());
  }
  out.ledger = config.ledger;
  const PlanWishes& wishes = request.wishes;
  PlanOptions& options = out.options;
  options.agents = wishes.agents;
  options.isolation = wishes.isolation.value_or(config.isolation);
  options.unknown = wishes.unknown.value_or(UnknownScope::serial);
  if (same_as) {
    const UnknownScope unknown = same_as->unknown == "exclude"    ? UnknownScope::exclude
                                 : same_as->unknown == "parallel" ? UnknownScope::parallel
                                                                  : UnknownScope::serial;
    if (!wishes.agents) options.agents = same_as->agents;
    options.isolation = wishes.isolation.value_or(same_as->isolation);
    options.unknown = wishes.unknown.value_or(unknown);
  }
  options.infer = infer;
  options.stack = wishes.stack || (same_as && same_as->stack);
  if (options.stack && world.repository) options.contained = contained_branches(*world.repository, out.orders);
  options.level = wishes.effort;
  options.effort = {wishes.steps.value_or(steps_of(wishes.effort)), wishes.stop};
  options.time_limit = wishes.time_limit;
  if (world.ledger && request.claims)
    if (auto seen = see_claims(*world.ledger, out); !seen) return refuse(seen.error());
  if (earlier) out.earlier = earlier_plan(out.orders, *earlier);
  if (out.code && infer != Inference::off) {
    Linker linker(*out.code);
    out.facts.inferred = infer_clashes(out.orders, *out.code, linker, infer == Inference::enforce);
    auto history = world.repository->change_history(around.base);
    if (!history) return refuse(history.error());
    out.history = std::move(*history);
    std::vector<Clash> together = co_change_clashes(out.orders, *out.history);
    std::move(together.begin(), together.end(), std::back_inserter(out.facts.inferred));
  }
  out.facts.findings = name_collisions(out.orders, around.tree ? &*around.tree : nullptr);
  const std::vector<Finding> lost = lost_orders(out.reading);
  out.facts.findings.insert(out.facts.findings.end(), lost.begin(), lost.end());
  out.tree = std::move(around.tree);
  if (approved) out.changed_since_plan = changes_since(*approved, out.orders, out.facts);
  return out;
}

Answer<OrderId> find_order(const Loaded& loaded, const std::string& id) {
  const std::vector<Order>& list = loaded.orders.list;
  const auto known = std::find_if(list.begin(), list.end(), [&](const Order& o) { return o.id == id; });
  if (known != list.end()) return OrderId(static_cast<std::size_t>(known - list.begin()));
  std::vector<std::pair<std::size_t, std::string>> nearest;
  for (const Order& o : list) nearest.emplace_back(distance(o.id, id), o.id);
  std::sort(nearest.begin(), nearest.end());
  std::vector<std::string> names;
  for (std::size_t i = 0; i < std::min<std::size_t>(3, nearest.size()); ++i) names.push_back(nearest[i].second);
  return tl::make_unexpected(Failure{{},
                                     Error{Error::Kind::input, fmt::format("there is no work order \"{}\"", id),
                                           fmt::format("nearest: {}", fmt::join(names, ", "))}});
}

}  // namespace planner::app
