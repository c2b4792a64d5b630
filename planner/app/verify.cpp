#include "planner/app/verify.h"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <map>

#include "planner/attribution.h"
#include "planner/io/record_store.h"
#include "planner/io/revision_sources.h"
#include "planner/verify.h"
#include "planner/verify_fences.h"
#include "planner/verify_records.h"
#include "planner/verify_rules.h"

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
  WorkRequest one{request.work_orders, request.base, request.head, {}, request.branch};
  if (!request.worktree.empty()) {
    std::error_code gone;
    one.directory = std::filesystem::canonical(request.worktree, gone).string();
    if (gone) return tl::make_unexpected(usage(fmt::format("there is no directory \"{}\"", request.worktree), ""));
  }
  return std::vector{std::move(one)};
}

/// Nothing was said of which work it is.
bool says_nothing(const VerifyRequest& request) {
  return request.maps.empty() && request.work_orders.empty() && request.base.empty() && request.head.empty() &&
         request.worktree.empty();
}

/// The branch of an order, here or, where it was asked for, at the remote; empty: there is none.
std::string branch_of(Repository& repository, const Order& order, bool remote_too) {
  if (order.branch.empty()) return {};
  if (repository.commit("refs/heads/" + order.branch)) return order.branch;
  if (remote_too && repository.commit("refs/remotes/origin/" + order.branch)) return "origin/" + order.branch;
  return {};
}

/// Who stands on the target and asks about no work in particular means all of it: the last commit there was judged on
/// its branch. On any other branch its own work is meant.
Result<bool> means_fleet(Repository& repository, const Orders& orders, const VerifyRequest& request,
                         const std::optional<Target>& target) {
  if (request.branches) return true;
  if (!says_nothing(request) || !target) return false;
  const Result<ObjectId> head = repository.commit("HEAD");
  if (!head) return false;
  const Result<bool> landed = repository.is_ancestor(*head, target->tip);
  if (!landed || !*landed) return landed;
  for (const WorktreeInfo& tree : repository.worktrees())
    if (tree.path == repository.top() && !orders_on_branch(orders, tree.branch).empty()) return false;
  return std::any_of(orders.list.begin(), orders.list.end(), [&](const Order& order) {
    return order.status != parsers::Status::dropped && !branch_of(repository, order, false).empty();
  });
}

/// One request a branch; orders that share one are judged together.
std::vector<WorkRequest> fleet_requests(Repository& repository, const Orders& orders, bool remote_too,
                                        std::vector<NotJudged>& not_judged) {
  std::map<std::string, std::vector<std::string>> by_branch;
  for (const Order& order : orders.list) {
    const std::string branch = branch_of(repository, order, remote_too);
    if (order.status == parsers::Status::dropped)
      not_judged.push_back({order.id, "it was dropped"});
    else if (!branch.empty())
      by_branch[branch].push_back(order.id);
    else
      not_judged.push_back({order.id, order.branch.empty() ? std::string("it names no branch")
                                                           : fmt::format("there is no branch {}", order.branch)});
  }
  std::sort(not_judged.begin(), not_judged.end(),
            [](const NotJudged& a, const NotJudged& b) { return a.work_order < b.work_order; });
  std::vector<WorkRequest> out;
  for (auto& [branch, ids] : by_branch) out.push_back({std::move(ids), {}, branch, {}});
  return out;
}

/// Ids on the command line have to be orders.
std::optional<Failure> unknown_order(const Loaded& loaded, const std::vector<WorkRequest>& requests) {
  for (const WorkRequest& request : requests)
    for (const std::string& id : request.orders)
      if (auto known = find_order(loaded, id); !known) return known.error();
  return std::nullopt;
}

/// Those that bear on what was judged; all of them where no work in particular was named.
std::vector<Record> looked_at(const std::vector<Record>& records, const Orders& orders, const std::vector<Work>& works,
                              const VerifyRequest& request) {
  std::vector<Record> out;
  std::copy_if(records.begin(), records.end(), std::back_inserter(out), [&](const Record& record) {
    if (!request.session.empty()) return record.session == request.session;
    if (says_nothing(request)) return true;
    return std::any_of(works.begin(), works.end(), [&](const Work& work) {
      return std::any_of(work.orders.begin(), work.orders.end(), [&](OrderId id) {
        const auto& ids = record.work_orders;
        return std::find(ids.begin(), ids.end(), orders.list[id.index()].id) != ids.end();
      });
    });
  });
  return out;
}

/// What sessions recorded, held against what became of it; and what was dirty before they began, left out.
Result<std::vector<Finding>> judge_records(Repository& repository, const Orders& orders, std::vector<Work>& works,
                                           const VerifyRequest& request, const std::optional<Target>& target) {
  const auto layout = io::find_repository(repository.top());
  if (!layout || !*layout) return std::vector<Finding>{};
  const io::RecordStore store(**layout);
  const Result<io::StoredRecords> stored = store.all();
  if (!stored) return tl::make_unexpected(stored.error());
  const bool known =
      request.session.empty() || std::any_of(stored->records.begin(), stored->records.end(),
                                             [&](const Record& record) { return record.session == request.session; });
  if (!known)
    return input_error(fmt::format("nothing was recorded of a session \"{}\"", request.session),
                       "record it first: interlock verify --record");
  for (Work& work : works) leave_out_earlier(stored->records, work, request.session, orders);
  // Commands are for the top of the repository.
  std::string directory = store.directory();
  if (directory.starts_with(repository.top() + "/")) directory.erase(0, repository.top().size() + 1);
  const auto facts = look_up_records(repository, orders, looked_at(stored->records, orders, works, request),
                                     stored->records, directory, target);
  if (!facts) return tl::make_unexpected(facts.error());
  std::vector<Finding> out = verify_records(orders, *facts);
  for (const std::string& name : stored->damaged)
    out.push_back(finding("lost-work", orders.rules.policy, Certainty::unproven, "",
                          fmt::format("the record {} is damaged; what it held was not looked for", name), {}));
  return out;
}

/// What the ledger says of the fences that commits name. Where it cannot be asked, that is said of each.
std::vector<Finding> judge_fences(World& world, const Loaded& loaded, const std::vector<Work>& works) {
  const std::set<Fence> fences = named_fences(works);
  if (fences.empty()) return {};
  std::string why = "there is no ledger here to ask";
  std::map<Fence, FenceState> states;
  if (world.ledger) {
    const auto ledger = world.ledger->open(loaded.ledger, false);
    const auto asked =
        ledger && *ledger
            ? (*ledger)->read([&](const LedgerSnapshot& snapshot) { states = fence_states(fences, snapshot); })
            : Result<void>{};
    if (!ledger || !asked) why = "the ledger cannot be asked: " + (ledger ? asked.error() : ledger.error()).what;
    if (!asked) states.clear();
  }
  if (states.empty())
    for (const Fence fence : fences) states[fence] = {FenceState::Kind::unknown, why};
  return verify_fences(loaded.orders, works, states);
}

}  // namespace

Answer<VerifyAnswer> verify(World& world, const VerifyRequest& request) {
  if (!world.repository)
    return refuse({Error::Kind::world, "verify needs a git repository, and there is none here",
                   "run it inside one, or name it with --repo DIR"});
  Repository& repository = *world.repository;
  auto requests = work_requests(request);
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
  VerifyAnswer answer;
  const Result<bool> fleet = means_fleet(repository, loaded->orders, request, target);
  if (!fleet) return refuse(fleet.error());
  if (*fleet) *requests = fleet_requests(repository, loaded->orders, request.branches, answer.not_judged);
  auto looked_up = look_up_work(repository, loaded->orders, *requests, target);
  if (!looked_up) return refuse(looked_up.error());
  if (at_revision) looked_up->law = at_revision->law();

  answer.policy = loaded->orders.rules.policy;
  auto recorded = judge_records(repository, loaded->orders, looked_up->works, request, target);
  if (!recorded) return refuse(recorded.error());
  answer.findings = planner::verify(loaded->orders, *looked_up);
  answer.findings.insert(answer.findings.end(), recorded->begin(), recorded->end());
  const std::vector<Finding> fences = judge_fences(world, *loaded, looked_up->works);
  answer.findings.insert(answer.findings.end(), fences.begin(), fences.end());
  sort_findings(answer.findings);
  answer.judged = judged_work(loaded->orders, looked_up->works, answer.findings);
  answer.crossed = crossings(loaded->orders, looked_up->works);
  answer.reading = std::move(loaded->reading);
  answer.changed_since_plan = std::move(loaded->changed_since_plan);
  return answer;
}

}  // namespace planner::app
