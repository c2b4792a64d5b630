#include "planner/app/guard.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

#include "planner/app/guard_acts.h"
#include "planner/app/guard_git.h"
#include "planner/app/guard_setting.h"
#include "planner/claim_orders.h"
#include "planner/io/ledger_door.h"
#include "planner/report/hook_answer.h"

namespace planner::app {
namespace {

using parsers::HookAgent;
using parsers::HookMoment;

/// Who asks: what the caller says, else the session's own ids as the name it claims under.
GuardSession session_of(const GuardRequest& request, const parsers::HookCall& call, const std::string& branch) {
  GuardSession session;
  session.claim = request.claim;
  std::from_chars(request.fence.data(), request.fence.data() + request.fence.size(), session.fence);
  session.work_order = request.work_order;
  session.branch = branch;
  if (!request.name.empty()) {
    if (!call.subagent.empty()) session.agents.push_back(request.name + "/" + call.subagent);
    session.agents.push_back(request.name);
  } else if (!call.session.empty()) {
    const std::string name = fmt::format("{}:{}", to_string(request.agent), call.session);
    if (!call.subagent.empty()) session.agents.push_back(name + "/" + call.subagent);
    session.agents.push_back(name);
  }
  return session;
}

class Story {
 public:
  Story(const GuardRequest& request, const LedgerDoorOf& door_of) : request_(request), door_of_(door_of) {
    answer_.agent = request.agent;
    answer_.event = request.event;
    answer_.moment = request.agent == HookAgent::git ? HookMoment::before : parsers::hook_moment(request.event);
  }

  GuardAnswer run(const std::string& input, const std::string& problem,
                  const std::function<void(parsers::Policy)>& settled) {
    parsers::HookCall call;
    std::string trouble = problem;
    if (request_.agent == HookAgent::git) {
      if (trouble.empty() && !git_hook_matters(request_, input)) return finish();
    } else if (trouble.empty()) {
      parsers::HookReading reading = parsers::read_hook_call(request_.agent, request_.event, input);
      call = std::move(reading.call);
      trouble = std::move(reading.problem);
      answer_.event = call.event;
      answer_.moment = call.moment;
      if (trouble.empty() && call.moment == HookMoment::other) return other_event();
    }
    // Garbage for an event that is not ours is not our business; without any event it may be an edit.
    if (answer_.moment == HookMoment::other && !answer_.event.empty()) return other_event();
    if (answer_.moment == HookMoment::other) answer_.moment = HookMoment::before;
    const std::string directory = call.cwd.starts_with('/') ? call.cwd : request_.directory;
    auto checkout = io::find_checkout(request_.repo.empty() ? directory : request_.repo, request_.git_dir);
    // A session that stands in no repository may still edit one.
    for (const parsers::HookEdit& edit : call.edits)
      if (checkout && !*checkout && request_.repo.empty() && edit.path.starts_with('/'))
        for (std::size_t end = edit.path.rfind('/'); end != std::string::npos && end != 0;
             end = edit.path.rfind('/', end - 1))
          if (auto around = io::find_checkout(edit.path.substr(0, end))) {  // the nearest directory that is there
            checkout = std::move(around);
            break;
          }
    if (checkout && *checkout) setting_ = guard_setting(**checkout, request_.orders, request_.directory);
    settled(policy());
    if (!trouble.empty()) {
      add("unavailable", fmt::format("the hook's input was not understood: {}", trouble),
          "tell the agent's makers, or interlock's");
      return finish();
    }
    if (!checkout) {
      add("unavailable", checkout.error().what, checkout.error().remedy);
      return finish();
    }
    if (!*checkout) return no_repository(call);
    for (const std::string& clause : setting_.problems) add("unavailable", clause, "");
    const auto named = [&](const Order& order) { return order.id == request_.work_order; };
    const std::vector<Order>& orders = setting_.orders.list;
    if (!request_.work_order.empty() && !orders.empty() && std::none_of(orders.begin(), orders.end(), named))
      add("unavailable", fmt::format("there is no work order \"{}\" in the orders", request_.work_order),
          "name one of them with --work-order");
    judge_all(call, **checkout, directory, input);
    return finish();
  }

 private:
  parsers::Policy policy() const { return setting_.orders.rules.policy; }

  void add(std::string rule, std::string message, std::string remedy) {
    answer_.reasons.push_back(guard_reason(std::move(rule), policy(), std::move(message), std::move(remedy)));
  }

  GuardAnswer finish() {
    answer_.decision = decide(answer_.reasons, request_.strict, report::may_ask(answer_.agent, answer_.moment));
    return std::move(answer_);
  }

  GuardAnswer other_event() {
    answer_.decision = GuardDecision::allow;
    return std::move(answer_);
  }

  /// Nothing to protect; only a claim that was named cannot be there.
  GuardAnswer no_repository(const parsers::HookCall& call) {
    if (!request_.claim.empty() && (call.command || !call.edits.empty()))
      add("unavailable",
          fmt::format("\"{}\" is in no git repository, so claim {} is not known here",
                      call.cwd.empty() ? request_.directory : call.cwd, request_.claim),
          "run it where the claim was made, or name the repository with --repo");
    return finish();
  }

  void judge_all(const parsers::HookCall& call, const io::Checkout& checkout, const std::string& directory,
                 const std::string& input) {
    call_ = request_.agent == HookAgent::git ? git_hook_acts(request_, input, checkout)
                                             : guarded_call(call, checkout, directory, request_.home);
    session_ = session_of(request_, call, checkout.branch);
    law_.orders = &setting_.orders;
    law_.claims = {setting_.config.isolation, Coverage(setting_.orders.rules.regenerate)};
    const bool wants_claims = request_.claim_on_edit && answer_.moment == HookMoment::before &&
                              !session_.agents.empty() && request_.agent != HookAgent::git;
    if (call_.acts.empty() && call_.unread.empty() && !renews()) return;
    const std::unique_ptr<LedgerDoor> door = door_of_(checkout);
    law_.prefix = door->prefix();
    const auto ledger = door->open(setting_.config.ledger, wants_claims && !call_.acts.empty());
    if (!ledger) return without_ledger(ledger.error());
    if (!*ledger) return look(nullptr);
    bool settled = false;
    const auto read = (*ledger)->read([&](const LedgerSnapshot& snapshot) {
      whose(snapshot);
      facts_ = guard_facts(session_, law_, &snapshot);
      now_ = snapshot.now();
      settled = !wants_claims && std::none_of(facts_.own.begin(), facts_.own.end(),
                                              [&](const Claim& claim) { return past_half(claim, now_); });
      if (settled) look(&snapshot);
    });
    if (read && settled) return;
    if (read && wants_claims) claim_touched(**ledger);
    if (read) renew(**ledger);
    const auto judged = (*ledger)->read([&](const LedgerSnapshot& snapshot) {
      facts_ = guard_facts(session_, law_, &snapshot);
      look(&snapshot);
    });
    if (!judged) without_ledger(judged.error());
  }

  /// What the orders say can still be judged; whether a claim is live cannot.
  void without_ledger(const Error& error) {
    add("unavailable", fmt::format("the ledger: {}", error.what), error.remedy);
    session_.claim.clear();
    look(nullptr);
  }

  bool renews() const { return !request_.claim.empty() || !request_.name.empty(); }

  void look(const LedgerSnapshot* snapshot) {
    if (!snapshot) facts_ = guard_facts(session_, law_, nullptr);
    for (GuardReason& reason : judge(call_.acts, call_.unread, session_, facts_, law_, snapshot))
      if (!guessed_ || reason.finding.rule != "undeclared-write") answer_.reasons.push_back(std::move(reason));
    std::stable_sort(answer_.reasons.begin(), answer_.reasons.end(), [](const GuardReason& a, const GuardReason& b) {
      return a.finding.severity < b.finding.severity;
    });
  }

  /// git does not say which session commits. When all that is committed and claimed is one session's, it is that one.
  void whose(const LedgerSnapshot& snapshot) {
    if (request_.agent != HookAgent::git || session_.known()) return;
    if (guard_facts(session_, law_, &snapshot).order) return;  // the branch says it
    std::vector<Hold> holds;
    for (const GuardedAct& act : call_.acts)
      for (const GuardedPath& path : act.paths)
        holds.push_back(into_ledger({Hold::Kind::file, resource_from(path.path)}, law_.prefix));
    if (holds.empty()) return;
    const std::vector<Denier> holders = in_the_way(snapshot, holds, {}, law_.claims);
    if (holders.size() != 1) return;
    session_.agents = {holders[0].claim.agent};
    guessed_ = true;
  }

  /// Files that nobody holds yet become the session's, unless it works on an order, whose scope says what it may touch.
  void claim_touched(Ledger& ledger) {
    if (facts_.order ||
        std::any_of(facts_.own.begin(), facts_.own.end(), [](const Claim& c) { return !c.work_order.empty(); }))
      return;
    std::vector<Hold> holds;
    for (const GuardedAct& act : call_.acts)
      for (const GuardedPath& path : act.paths) {
        if (act.kind != parsers::ShellAction::Kind::write || path.where != GuardedPath::Where::inside ||
            path.path.empty() || path.pattern)
          continue;
        Hold hold;
        hold.resource = path.directory ? Resource{Resource::Kind::directory, path.path + "/"}
                                       : Resource{Resource::Kind::path, path.path};
        hold = into_ledger(std::move(hold), law_.prefix);
        if (std::none_of(facts_.own.begin(), facts_.own.end(),
                         [&](const Claim& claim) { return holds_it(claim, hold); }) &&
            std::find(holds.begin(), holds.end(), hold) == holds.end())
          holds.push_back(std::move(hold));
      }
    if (holds.empty()) return;
    const ClaimRequest wanted{session_.agents.front(), {}, std::move(holds), request_.ttl_ms, {}};
    const auto granted = ledger.transact(io::fresh_key(), [&](const LedgerSnapshot& snapshot) {
      if (facts_.own.empty()) return rule_grant(snapshot, wanted, law_.claims).events;
      return rule_extend(snapshot, facts_.own[0].id, facts_.own[0].fence, wanted, law_.claims).events;
    });
    if (!granted) add("unavailable", fmt::format("the ledger: {}", granted.error().what), granted.error().remedy);
  }

  static bool holds_it(const Claim& claim, const Hold& hold) {
    return std::any_of(claim.holds.begin(), claim.holds.end(), [&](const Hold& held) {
      return held.kind == Hold::Kind::file && held.writes && overlap(held.resource, hold.resource);
    });
  }

  void renew(Ledger& ledger) {
    for (const Claim& claim : facts_.own) {
      if (!past_half(claim, now_)) continue;
      // Under a stale fence nothing is renewed.
      if (claim.id == session_.claim && claim.fence != session_.fence) continue;
      const auto renewed = ledger.transact(io::fresh_key(), [&](const LedgerSnapshot& snapshot) {
        return rule_renew(snapshot, claim.id, claim.fence, 0).events;
      });
      if (!renewed) add("unavailable", fmt::format("the ledger: {}", renewed.error().what), renewed.error().remedy);
    }
  }

  const GuardRequest& request_;
  const LedgerDoorOf& door_of_;
  GuardAnswer answer_;
  GuardSetting setting_;
  GuardedCall call_;
  GuardSession session_;
  GuardLaw law_;
  GuardFacts facts_;
  Moment now_;
  bool guessed_ = false;  // whose() took the session for the one that holds the paths
};

}  // namespace

GuardAnswer guard_unavailable(const GuardRequest& request, const std::string& problem, parsers::Policy policy) {
  GuardAnswer answer;
  answer.agent = request.agent;
  answer.event = request.event;
  answer.moment = request.agent == HookAgent::git ? HookMoment::before : parsers::hook_moment(request.event);
  if (answer.moment == HookMoment::other) answer.moment = HookMoment::before;
  answer.reasons.push_back(guard_reason("unavailable", policy, problem, ""));
  answer.decision = decide(answer.reasons, request.strict, false);
  return answer;
}

GuardAnswer guard(const GuardRequest& request, const std::string& input, const std::string& problem,
                  const LedgerDoorOf& door_of, const std::function<void(parsers::Policy)>& settled) {
  return Story(request, door_of).run(input, problem, settled);
}

}  // namespace planner::app
