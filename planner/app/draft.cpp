#include "planner/app/draft.h"

namespace planner::app {
namespace {

constexpr std::size_t most_inferred = 5;  // lines of an order that nobody named

void propose(Order& order, const Drafted& drafted) {
  order.write.reset();
  for (const DraftLine& line : drafted.write) order.proposed.push_back(line.entry);
  if (drafted.read.empty()) return;
  if (!order.read) order.read.emplace();
  for (const DraftLine& line : drafted.read) {
    const auto same = [&](const Entry& e) { return e.resource == line.entry.resource; };
    if (std::none_of(order.read->begin(), order.read->end(), same)) order.read->push_back(line.entry);
  }
}

}  // namespace

Answer<DraftAnswer> draft(World& world, const OrdersRequest& request) {
  OrdersRequest wanted = request;
  wanted.claims = false;  // it is about what is written down
  wanted.wishes.infer = Inference::off;
  auto loaded = load(world, wanted);
  if (!loaded) {
    Failure failure = loaded.error();
    if (failure.error && failure.error->what.starts_with("no work order found"))
      failure.error->remedy += "; --text FILE takes issues as plain text";
    return tl::make_unexpected(std::move(failure));
  }
  if (loaded->orders.list.empty())
    return tl::make_unexpected(Failure{std::move(loaded->reading), Error{Error::Kind::input, "no work order found",
                                                                         "--text FILE takes issues as plain text"}});
  const auto refuse = [](Error error) { return tl::make_unexpected(Failure{{}, std::move(error)}); };
  DraftGround ground;
  std::optional<ChangeHistory> history;
  if (loaded->tree) {
    ground.tree = &*loaded->tree;
    if (!loaded->code && world.code) {
      auto opened = world.code->at(*loaded->tree);
      if (!opened) return refuse(opened.error());
      loaded->code = std::move(*opened);
    }
    ground.code = loaded->code.get();
    auto mined = world.repository->change_history(loaded->facts.base);
    if (!mined) return refuse(mined.error());
    history = std::move(*mined);
    ground.history = &*history;
    ground.tops = {world.repository->top()};
  }
  DraftAnswer answer;
  answer.drafted = draft_scopes(loaded->orders, loaded->reading.sources, ground, most_inferred);
  answer.base = loaded->facts.base;
  answer.orders = std::move(loaded->orders);
  answer.reading = std::move(loaded->reading);
  for (const Drafted& drafted : answer.drafted) propose(answer.orders.list[drafted.order.index()], drafted);
  return answer;
}

}  // namespace planner::app
