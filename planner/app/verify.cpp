#include "planner/app/verify.h"

#include <filesystem>
#include <fmt/format.h>

#include "planner/io/revision_sources.h"
#include "planner/verify.h"

namespace planner::app {
namespace {

tl::unexpected<Failure> refuse(Error error) { return tl::make_unexpected(Failure{{}, std::move(error)}); }

Error usage(std::string what, std::string remedy) { return {Error::Kind::input, std::move(what), std::move(remedy)}; }

/// The pieces of work that the words of the call name; a range named for several orders is one piece.
Result<std::vector<WorkRequest>> work_requests(const VerifyRequest& request) {
  const bool single =
      !request.base.empty() || !request.head.empty() || !request.worktree.empty() || !request.work_orders.empty();
  if (!request.maps.empty() && single)
    return tl::make_unexpected(usage("--map does not go with --work-order, --base, --head or --worktree",
                                     "name every order with --map ID=REV"));
  if (!request.worktree.empty() && !request.head.empty())
    return tl::make_unexpected(
        usage("--worktree and --head are two different ends of the work", "leave one of them out"));
  std::vector<WorkRequest> out;
  for (const std::string& map : request.maps) {
    const std::size_t equals = map.find('=');
    if (equals == 0 || equals == std::string::npos || equals + 1 == map.size())
      return tl::make_unexpected(usage(fmt::format("--map takes ID=REV or ID=BASE..HEAD, not \"{}\"", map), ""));
    auto one = work_request(std::string_view(map).substr(equals + 1));
    if (!one) return tl::make_unexpected(one.error());
    one->orders = {map.substr(0, equals)};
    out.push_back(std::move(*one));
  }
  if (!out.empty()) return out;
  WorkRequest one{request.work_orders, request.base, request.head, {}};
  if (!request.worktree.empty()) {
    std::error_code gone;
    one.directory = std::filesystem::canonical(request.worktree, gone).string();
    if (gone) return tl::make_unexpected(usage(fmt::format("there is no directory \"{}\"", request.worktree), ""));
  }
  return std::vector{std::move(one)};
}

/// Ids on the command line have to be orders.
std::optional<Failure> unknown_order(const Loaded& loaded, const std::vector<WorkRequest>& requests) {
  for (const WorkRequest& request : requests)
    for (const std::string& id : request.orders)
      if (auto known = find_order(loaded, id); !known) return known.error();
  return std::nullopt;
}

}  // namespace

Answer<VerifyAnswer> verify(World& world, const VerifyRequest& request) {
  if (!world.repository)
    return refuse({Error::Kind::world, "verify needs a git repository, and there is none here",
                   "run it inside one, or name it with --repo DIR"});
  Repository& repository = *world.repository;
  const auto requests = work_requests(request);
  if (!requests) return refuse(requests.error());

  std::optional<io::RevisionSources> at_revision;
  if (!request.orders_at.empty()) {
    const auto commit = repository.commit(request.orders_at);
    if (!commit) return refuse(commit.error());
    at_revision.emplace(repository, *commit, request.orders_at, world.prefix);
  }
  World lawful{at_revision ? static_cast<Sources&>(*at_revision) : world.sources, world.repository, world.prefix};
  OrdersRequest orders = request.orders;
  orders.wishes.infer = Inference::off;  // what was done is judged, not what might meet
  auto loaded = load(lawful, orders);
  if (!loaded) return tl::make_unexpected(loaded.error());
  if (auto failure = unknown_order(*loaded, *requests)) return tl::make_unexpected(std::move(*failure));
  if (request.policy) loaded->orders.rules.policy = *request.policy;

  const auto name = repository.target(loaded->orders.rules.target);
  if (!name) return refuse(name.error());
  std::optional<Target> target;
  if (*name) {
    const auto tip = repository.commit(**name);
    if (!tip) return refuse(tip.error());
    target = Target{**name, *tip};
  }
  auto looked_up = look_up_work(repository, loaded->orders, *requests, target);
  if (!looked_up) return refuse(looked_up.error());
  if (at_revision) looked_up->law = at_revision->law();

  VerifyAnswer answer;
  answer.policy = loaded->orders.rules.policy;
  answer.findings = planner::verify(loaded->orders, *looked_up);
  for (const Work& work : looked_up->works) answer.judged.push_back(describe(loaded->orders, work));
  answer.reading = std::move(loaded->reading);
  answer.changed_since_plan = std::move(loaded->changed_since_plan);
  return answer;
}

}  // namespace planner::app
