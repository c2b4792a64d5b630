#include "planner/app/claim.h"

#include <algorithm>
#include <fmt/format.h>

#include "planner/app/ledger_access.h"
#include "planner/claim_orders.h"

namespace planner::app {
namespace {

constexpr const char* words_of_call = "command line";

/// "db:test" and "port:8080" are names; "a/b:c", "./a:b" and "a.py::f" are paths.
bool is_name(const std::string& text) {
  const std::size_t colon = text.find(':');
  return colon != std::string::npos && colon > 0 && text.substr(colon, 2) != "::" &&
         text.rfind('/', colon) == std::string::npos;
}

/// The resources of the call as an order, so that they are bound as any order's are.
std::optional<Failure> declare(const ClaimWords& words, const parsers::Config& config, OrdersRequest& request) {
  parsers::Source source{words_of_call, ""};
  parsers::WorkOrder order;
  order.id = words_of_call;
  order.write.emplace();
  order.read.emplace();
  order.exploration = words.exploration;
  std::uint32_t line = 0;
  const auto place = [&](const std::string& text) {
    source.text += text + "\n";
    return parsers::Location{{}, ++line, 1};
  };
  for (const bool writes : {true, false})
    for (const std::string& text : writes ? words.resources : words.reads) {
      if (auto error = unfit(writes ? "--resource" : "--read", text)) return Failure{{}, std::move(error)};
      const parsers::Location where = place(text);
      if (is_name(text) || config.pools.contains(text)) {
        order.resources.push_back({text, writes ? parsers::Mode::exclusive : parsers::Mode::shared, true, where});
        continue;
      }
      parsers::ScopeEntry entry;
      entry.text = text;
      entry.where = where;
      if (writes && words.intent) entry.intent = *words.intent, entry.intent_declared = true;
      (writes ? order.write : order.read)->push_back(std::move(entry));
    }
  for (const std::string& key : words.keys) {
    if (auto error = unfit("--key", key)) return Failure{{}, std::move(error)};
    order.keys.push_back({key, place(key)});
  }
  if (line == 0) return std::nullopt;
  parsers::WorkOrders document;
  document.orders.push_back(std::move(order));
  request.declared = {std::move(source), std::move(document)};
  return std::nullopt;
}

/// What only makes sense together.
std::optional<Failure> contradiction(const ClaimWords& words) {
  const auto usage = [](std::string what, std::string remedy = {}) {
    return Failure{{}, Error{Error::Kind::input, std::move(what), std::move(remedy)}};
  };
  const bool resources = !words.resources.empty() || !words.reads.empty() || !words.keys.empty();
  if (words.orders.orders.empty() != words.work_order.empty())
    return usage(words.work_order.empty() ? "ORDERS were given, and no --work-order says which of them to claim"
                                          : "--work-order needs the ORDERS it stands in");
  if (words.work_order.empty() && !resources)
    return usage("nothing to claim", "name ORDERS and --work-order ID, or --resource, --read or --key");
  if (!words.extend.empty() && !words.work_order.empty())
    return usage("--extend adds resources to a claim, not another order");
  if (words.extend.empty())
    if (auto error = unfit("--agent", words.agent)) return Failure{{}, std::move(error)};
  if (words.intent == parsers::Intent::rename && words.resources.size() != 1 && words.resources.size() != 2)
    return usage("a rename is claimed as --resource OLD --resource NEW --intent rename");
  return std::nullopt;
}

/// The new name of a rename comes into being, the old one goes.
void split_rename(parsers::WorkOrder& order) {
  std::vector<parsers::ScopeEntry>& write = *order.write;
  if (write.empty() || write[0].intent != parsers::Intent::rename) return;
  if (write.size() > 1) {
    write[0].to = write[1].text;
    write.resize(1);
  } else {
    write[0].intent = parsers::Intent::remove;  // where it goes is nobody's concern here
  }
}

struct Prepared {
  Loaded loaded;
  std::optional<OrderId> order;  ///< --work-order
  std::vector<Hold> more;        ///< of the call itself
};

Answer<Prepared> prepare(World& world, const ClaimWords& words, const parsers::Config& config) {
  OrdersRequest request = words.orders;
  request.claims = false;
  if (words.work_order.empty()) request.wishes.infer = Inference::off;
  if (auto failure = declare(words, config, request)) return tl::make_unexpected(std::move(*failure));
  if (request.declared) split_rename(request.declared->second.orders[0]);
  auto loaded = load(world, request);
  if (!loaded) return tl::make_unexpected(loaded.error());
  Prepared out{std::move(*loaded), std::nullopt, {}};
  std::vector<Order>& list = out.loaded.orders.list;
  if (request.declared) {
    const auto own = std::find_if(list.begin(), list.end(), [](const Order& o) { return o.id == words_of_call; });
    Order order = *own;
    order.id.clear();
    out.more = holds_of(order, out.loaded.orders.rules, out.loaded.options.unknown, world.ledger->prefix());
    own->status = parsers::Status::dropped;  // it is no order that a plan could start
  }
  if (!words.work_order.empty()) {
    const auto id = find_order(out.loaded, words.work_order);
    if (!id) return tl::make_unexpected(id.error());
    out.order = *id;
  }
  return out;
}

Ruling deny(std::string reason) {
  Denial denial;
  denial.reason = std::move(reason);
  return {{}, std::move(denial)};
}

ClaimRequest request_for(const Orders& orders, const Plan& plan, OrderId id, const PlanOptions& options,
                         const std::string& prefix) {
  const Order& order = orders.list[id.index()];
  return {"", order.id, holds_of(order, orders.rules, options.unknown, prefix), 0,
          together_with(orders, plan, id, options.unknown, prefix)};
}

}  // namespace

Answer<ClaimAnswer> claim(World& world, const ClaimWords& words) {
  if (auto failure = contradiction(words)) return tl::make_unexpected(std::move(*failure));
  const auto config = read_configuration(world);
  if (!config) return tl::make_unexpected(config.error());
  const auto ledger = open_ledger(world, config->ledger, words.extend.empty());
  if (!ledger) return tl::make_unexpected(ledger.error());
  if (!*ledger) return refuse_call("there is no ledger yet, so there is no claim to extend");
  auto prepared = prepare(world, words, *config);
  if (!prepared) return tl::make_unexpected(prepared.error());
  const Loaded& loaded = prepared->loaded;
  const std::string& prefix = world.ledger->prefix();
  const ClaimLaw law = law_of(loaded.orders.rules, loaded.options.isolation);

  auto answer = settle(world, **ledger, words.key, words.wait_ms, [&](const LedgerSnapshot& snapshot) {
    ClaimRequest request{words.agent, "", {}, words.ttl_ms, {}};
    if (prepared->order) {
      Orders orders = loaded.orders;
      overlay(orders, snapshot, law, loaded.options.unknown, prefix);
      const Order& order = orders.list[prepared->order->index()];
      if (order.claim.empty() && !snapshot.completion(order.id)) {
        const CheckedPlan plan = make_plan(orders, loaded.facts, loaded.options);
        if (std::string reason = why_not(orders, *plan, *prepared->order); !reason.empty()) return deny(reason);
        request = request_for(loaded.orders, *plan, *prepared->order, loaded.options, prefix);
        request.together = together_with(orders, *plan, *prepared->order, loaded.options.unknown, prefix);
      } else {
        request.work_order = order.id;
        request.holds =
            holds_of(loaded.orders.list[prepared->order->index()], loaded.orders.rules, loaded.options.unknown, prefix);
      }
      request.agent = words.agent;
      request.ttl_ms = words.ttl_ms;
    }
    request.holds.insert(request.holds.end(), prepared->more.begin(), prepared->more.end());
    return words.extend.empty() ? rule_grant(snapshot, request, law)
                                : rule_extend(snapshot, words.extend, words.fence, request, law);
  });
  if (!answer) return answer;
  if (answer->work_order.empty()) answer->work_order = words.work_order;
  answer->reading = std::move(prepared->loaded.reading);
  answer->changed_since_plan = std::move(prepared->loaded.changed_since_plan);
  return answer;
}

Answer<ClaimAnswer> next(World& world, const NextWords& words) {
  if (auto error = unfit("--agent", words.agent)) return tl::make_unexpected(Failure{{}, std::move(error)});
  OrdersRequest request = words.orders;
  request.claims = false;
  auto loaded = load(world, request);
  if (!loaded) return tl::make_unexpected(loaded.error());
  const auto ledger = open_ledger(world, loaded->ledger, true);
  if (!ledger) return tl::make_unexpected(ledger.error());
  const std::string& prefix = world.ledger->prefix();
  const ClaimLaw law = law_of(loaded->orders.rules, loaded->options.isolation);

  // A plan takes its time. Others do not wait for it where nothing happens meanwhile: the first is made without the
  // lock, and used if the ledger has not moved.
  struct Planned {
    std::int64_t seq = -1;
    Orders orders;
    std::optional<CheckedPlan> plan;
  } planned;
  const auto plan_on = [&](const LedgerSnapshot& snapshot) {
    planned.seq = snapshot.last_seq();
    planned.orders = loaded->orders;
    overlay(planned.orders, snapshot, law, loaded->options.unknown, prefix);
    planned.plan.emplace(make_plan(planned.orders, loaded->facts, loaded->options));
  };
  if (auto looked = (*ledger)->read(plan_on); !looked) return tl::make_unexpected(Failure{{}, looked.error()});

  auto answer = settle(world, **ledger, words.key, words.wait_ms, [&](const LedgerSnapshot& snapshot) -> Ruling {
    // Leases run out without any event, so an old plan may be too careful, never too bold.
    if (planned.seq != snapshot.last_seq() || (*planned.plan)->ready.empty()) plan_on(snapshot);
    const Plan& plan = **planned.plan;
    std::optional<Denial> denied;
    for (const OrderId id : plan.ready) {
      ClaimRequest wanted = request_for(planned.orders, plan, id, loaded->options, prefix);
      wanted.agent = words.agent;
      wanted.ttl_ms = words.ttl_ms;
      Ruling ruling = rule_grant(snapshot, wanted, law);
      if (!ruling.denial) return ruling;
      denied = std::move(ruling.denial);
    }
    if (denied) return {{}, std::move(denied)};
    Ruling ruling = deny(why_nothing_is_ready(planned.orders, plan));
    ruling.denial->passes = std::any_of(planned.orders.list.begin(), planned.orders.list.end(),
                                        [](const Order& order) { return !order.claim.empty(); });
    ruling.denial->wait_ms = 1'000;
    return ruling;
  });
  if (!answer) return answer;
  answer->reading = std::move(loaded->reading);
  answer->changed_since_plan = std::move(loaded->changed_since_plan);
  return answer;
}

}  // namespace planner::app
