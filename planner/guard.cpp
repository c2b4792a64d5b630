#include "planner/guard.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <set>

#include "planner/claim_orders.h"
#include "planner/guard_state.h"
#include "planner/verify_rules.h"

namespace planner {
namespace {

constexpr std::size_t most_claims_looked_at = 200;
constexpr std::size_t most_others = 5;

/// Rules that only a guard has. `always`: denied whatever the caller wished.
struct OwnRule {
  std::string_view name;
  std::array<FindingSeverity, 3> severity;  // observe, protect, strict
  bool always;
};
using enum FindingSeverity;
constexpr OwnRule own_rules[] = {
    {"stale-fence", {error, error, error}, true},
    {"git-directory", {error, error, error}, true},
    {"lapsed-claim", {warning, error, error}, false},
    {"shared-state", {warning, error, error}, false},
    {"outside-repository", {note, warning, error}, false},
    {"unavailable", {warning, error, error}, false},
    {"unread", {note, note, warning}, false},
};

const OwnRule* own_rule(std::string_view name) {
  for (const OwnRule& rule : own_rules)
    if (rule.name == name) return &rule;
  return nullptr;
}

bool is_own(const Claim& claim, const GuardSession& session, std::string_view order) {
  return claim.id == session.claim ||
         std::find(session.agents.begin(), session.agents.end(), claim.agent) != session.agents.end() ||
         (!order.empty() && claim.work_order == order);
}

std::optional<OrderId> order_of(const GuardSession& session, const std::string& claimed, const Orders& orders) {
  for (std::size_t i = 0; i < orders.list.size(); ++i) {
    const Order& order = orders.list[i];
    if (!session.work_order.empty() ? order.id == session.work_order : !claimed.empty() && order.id == claimed)
      return OrderId(i);
  }
  if (session.work_order.empty() && claimed.empty() && !session.branch.empty())
    for (std::size_t i = 0; i < orders.list.size(); ++i)
      if (orders.list[i].branch == session.branch && orders.list[i].open()) return OrderId(i);
  return std::nullopt;
}

Resource resource_of(const GuardedPath& path) {
  if (path.pattern && !parsers::PathPattern::pattern_error(path.path)) return {Resource::Kind::pattern, path.path};
  if (path.path.empty()) return {Resource::Kind::pattern, "**"};
  return path.directory ? Resource{Resource::Kind::directory, path.path + "/"}
                        : Resource{Resource::Kind::path, path.path};
}

/// As the ledger knows the path.
Hold hold_of(const GuardedPath& path, const std::string& prefix) {
  Hold hold;
  hold.resource = resource_of(path);
  if (path.removes) hold.intent = parsers::Intent::remove;
  return into_ledger(std::move(hold), prefix);
}

/// The first entry that meets the resource; nullptr: none.
const Entry* meets(const std::vector<Entry>& entries, const Resource& resource) {
  for (const Entry& entry : entries)
    if (overlap(entry.resource, resource)) return &entry;
  return nullptr;
}
bool meets(const std::vector<Resource>& resources, const Resource& resource) {
  return std::any_of(resources.begin(), resources.end(),
                     [&](const Resource& r) { return overlap(r, resource).has_value(); });
}

/// Does it reach the repository at all?
bool changes_repository(const GuardedAct& act) {
  using Kind = parsers::ShellAction::Kind;
  if (act.kind != Kind::write && act.kind != Kind::remove) return true;
  return std::any_of(act.paths.begin(), act.paths.end(),
                     [](const GuardedPath& path) { return path.where == GuardedPath::Where::inside; });
}

class Judge {
 public:
  Judge(const GuardSession& session, const GuardFacts& facts, const GuardLaw& law, const LedgerSnapshot* ledger)
      : session_(session), facts_(facts), law_(law), orders_(*law.orders), ledger_(ledger) {
    if (facts.order) own_ = &orders_.list[facts.order->index()];
    for (const auto* shared : {&orders_.rules.companion, &orders_.rules.append, &orders_.rules.regenerate})
      classes_.insert(classes_.end(), shared->begin(), shared->end());
  }

  std::vector<GuardReason> run(const std::vector<GuardedAct>& acts, const std::vector<std::string>& unread) {
    if (std::any_of(acts.begin(), acts.end(), changes_repository)) fence();
    for (const GuardedAct& act : acts) {
      using Kind = parsers::ShellAction::Kind;
      if (act.kind == Kind::write || act.kind == Kind::remove) {
        for (const GuardedPath& path : act.paths) judge(path, act);
      } else {
        shared(act);
      }
    }
    for (const std::string& clause : unread)
      add(guard_reason("unread", policy(), fmt::format("not read, so not judged: {}", clause)));
    return std::move(reasons_);
  }

 private:
  parsers::Policy policy() const { return orders_.rules.policy; }
  std::string id() const { return own_ ? own_->id : std::string(); }

  void add(GuardReason reason) {
    reason.finding.work_order = id();
    const auto same = [&](const GuardReason& r) { return r.finding.message == reason.finding.message; };
    if (std::none_of(reasons_.begin(), reasons_.end(), same)) reasons_.push_back(std::move(reason));
  }

  void add(std::string rule, Certainty certainty, std::string message, Place where, std::string remedy = {},
           std::vector<Related> related = {}) {
    GuardReason reason{finding(std::move(rule), policy(), certainty, id(), std::move(message), std::move(where)),
                       std::move(remedy)};
    reason.finding.related = std::move(related);
    add(std::move(reason));
  }

  void fence() {
    const auto refuse = [&](const char* rule, std::string why) {
      add(guard_reason(rule, policy(), std::move(why),
                       own_ ? fmt::format("claim again before anything else: interlock claim --work-order {}", own_->id)
                            : "claim again before anything else: interlock next, or interlock claim"));
    };
    if (!session_.claim.empty()) {
      if (!ledger_) return refuse("stale-fence", fmt::format("there is no ledger, and so no claim {}", session_.claim));
      if (const auto denial = stale(*ledger_, session_.claim, session_.fence)) refuse("stale-fence", denial->reason);
    } else if (facts_.lapsed && facts_.own.empty()) {
      refuse("lapsed-claim", "the lease of this session's claim has run out: others may hold what it works on");
    }
  }

  void judge(const GuardedPath& path, const GuardedAct& act) {
    using Where = GuardedPath::Where;
    switch (path.where) {
      case Where::git:
        return add(guard_reason("git-directory", policy(),
                                fmt::format("\"{}\" lies in git's own directory", path.written),
                                "change it with git's commands"));
      case Where::temporary:
        return;
      case Where::outside:
        return add(guard_reason(
            "outside-repository", policy(),
            fmt::format("\"{}\" lies outside of the repository{}: no order and no claim covers it", path.written,
                        path.linked ? fmt::format(", at \"{}\" where a symbolic link leads", path.path) : "")));
      case Where::unread:
        return add(guard_reason("unread", policy(), fmt::format("\"{}\" is not judged: {}", path.written, path.path)));
      case Where::inside:
        break;
    }
    if (path.is_work_tree && path.removes) return work_tree(path, act);
    if (!path.work_tree.empty() && own_ && !path.branch.empty() && path.branch != own_->branch)
      add(guard_reason(
          "outside-repository", policy(),
          fmt::format("\"{}\" lies in another work tree, {} (branch {})", path.written, path.work_tree, path.branch)));
    if (forbidden(path) || foreign(path) || declared(path) || owed(path)) return;
    undeclared(path, act);
  }

  bool forbidden(const GuardedPath& path) {
    const Entry* entry = own_ ? meets(own_->do_not_touch, resource_of(path)) : nullptr;
    if (!entry) return false;
    add("forbidden-write", Certainty::proved,
        fmt::format("\"{}\" is do-not-touch for {} ({})", shown(path), own_->id, entry->written), {shown(path), 0},
        "leave it as it is; what has to change there belongs to another order",
        {{entry->where, fmt::format("{} forbids {}", own_->id, entry->written)}});
    return true;
  }

  /// Somebody else's claim, or another open order's declared write.
  bool foreign(const GuardedPath& path) {
    if (held(path)) return false;  // granted together with what the others hold
    for (const std::string& name : {path.path, path.twin}) {
      if (name.empty() && name != path.path) continue;
      GuardedPath spelled = path;
      spelled.path = name;
      // A twin is only a hint, and the path itself is still to be judged.
      if ((claimed(spelled, path) || promised(spelled, path)) && name == path.path) return true;
    }
    return false;
  }

  bool claimed(const GuardedPath& path, const GuardedPath& asked) {
    if (!ledger_) return false;
    const Hold mine = hold_of(path, law_.prefix);
    for (const Denier& denier : in_the_way(*ledger_, {mine}, session_.claim, law_.claims)) {
      if (is_own(denier.claim, session_, id())) continue;
      const bool exact =
          denier.theirs.resource.kind == Resource::Kind::path || denier.theirs.resource.kind == Resource::Kind::symbol;
      if (!exact && denier.theirs.kind == Hold::Kind::file && meets(classes_, resource_of(path))) continue;
      // A symbol is claimed, and nobody looked which symbols this edit changes.
      const bool symbol = denier.theirs.resource.kind == Resource::Kind::symbol;
      const Certainty certainty = symbol                    ? Certainty::unproven
                                  : path.path != asked.path ? Certainty::inferred
                                                            : Certainty::proved;
      add("foreign-work", certainty,
          fmt::format("\"{}\"{} is held by {}: {}", shown(asked), spelled(path, asked), who(denier.claim),
                      describe(out_of_ledger(denier.theirs, law_.prefix))),
          {shown(asked), 0},
          "leave it to them, wait for the release, or ask them; interlock status shows who holds what",
          {{{denier.claim.id, 0}, describe(out_of_ledger(denier.theirs, law_.prefix))}});
      return true;
    }
    return false;
  }

  bool promised(const GuardedPath& path, const GuardedPath& asked) {
    const Resource resource = resource_of(path);
    if (meets(classes_, resource) || (own_ && (own_writes(resource) || meets(own_->permits, resource)))) return false;
    if (!own_) return false;  // without an order of its own nobody knows whose work this is
    for (const Order& order : orders_.list) {
      if (&order == own_ || !order.open() || !order.write) continue;
      const Entry* const entry = meets(*order.write, resource);
      if (!entry) continue;
      add("foreign-work", path.path != asked.path ? Certainty::inferred : Certainty::proved,
          fmt::format("\"{}\"{} belongs to {}, not to {}", shown(asked), spelled(path, asked), order.id, own_->id),
          {shown(asked), 0}, fmt::format("leave it to {}", order.id),
          {{entry->where, fmt::format("{} writes {}", order.id, entry->written)}});
      return true;
    }
    return false;
  }

  bool own_writes(const Resource& resource) const { return own_->write && meets(*own_->write, resource); }

  /// The session's own claim covers it.
  bool held(const GuardedPath& path) const {
    const Resource resource = hold_of(path, law_.prefix).resource;
    for (const Claim& claim : facts_.own)
      for (const Hold& hold : claim.holds)
        if (hold.kind == Hold::Kind::alone ||
            (hold.kind == Hold::Kind::file && hold.writes && overlap(hold.resource, resource)))
          return true;
    return false;
  }

  bool declared(const GuardedPath& path) const {
    const Resource resource = resource_of(path);
    if (held(path) || meets(classes_, resource)) return true;
    return own_ && (!own_->write || own_writes(resource) || meets(own_->permits, resource) || !own_->closed);
  }

  /// Nothing was ever declared that this could break.
  bool owed(const GuardedPath&) const { return !own_ && facts_.own.empty() && !orders_.rules.require_order; }

  void undeclared(const GuardedPath& path, const GuardedAct&) {
    if (!own_ && facts_.own.empty())
      return add("undeclared-write", Certainty::proved,
                 fmt::format("\"{}\" is changed without an order, and every change needs one here", shown(path)),
                 {shown(path), 0}, "take an order with interlock next");
    std::string remedy = facts_.own.empty()
                             ? fmt::format("claim it first: interlock claim --resource {} --agent NAME", quoted(path))
                             : fmt::format("claim it first: interlock claim --extend {} --fence {} --resource {}",
                                           facts_.own[0].id, facts_.own[0].fence, quoted(path));
    add("undeclared-write", Certainty::proved,
        own_ ? fmt::format("\"{}\" is not in the scope of {}", shown(path), own_->id)
             : fmt::format("\"{}\" is not among what {} holds", shown(path), facts_.own[0].id),
        {shown(path), 0}, std::move(remedy));
  }

  void work_tree(const GuardedPath& path, const GuardedAct& act) { shared(act, &path); }

  void shared(const GuardedAct& act, const GuardedPath* work_tree = nullptr) {
    for (const GuardedPath& path : act.paths) {
      // What git is told to stage, discard or stash by name is judged as the path it names.
      if (!touches_paths(act.kind) || work_tree || path.path.empty()) continue;
      if (path.where == GuardedPath::Where::inside && foreign(path)) return;
    }
    const SharedState state{act, work_tree, own_, orders_, facts_, law_};
    if (auto reason = judge_shared_state(state, policy())) add(std::move(*reason));
  }

  std::string shown(const GuardedPath& path) const {
    return path.path.empty() ? path.written : path.directory ? path.path + "/" : path.path;
  }
  static std::string spelled(const GuardedPath& path, const GuardedPath& asked) {
    return path.path == asked.path
               ? ""
               : fmt::format(", which differs from \"{}\" by case or Unicode form alone,", path.path);
  }
  static std::string quoted(const GuardedPath& path) {
    constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-+=@:,";
    if (path.path.find_first_not_of(plain) == std::string::npos) return path.path;
    std::string out = "'";
    for (const char c : path.path) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out + "'";
  }

  const GuardSession& session_;
  const GuardFacts& facts_;
  const GuardLaw& law_;
  const Orders& orders_;
  const LedgerSnapshot* ledger_;
  const Order* own_ = nullptr;
  std::vector<Resource> classes_;
  std::vector<GuardReason> reasons_;
};

}  // namespace

std::string_view to_string(GuardDecision decision) {
  constexpr std::string_view names[] = {"allow", "advise", "ask", "deny"};
  return names[static_cast<std::size_t>(decision)];
}

GuardReason guard_reason(std::string rule, parsers::Policy policy, std::string message, std::string remedy) {
  const OwnRule* const own = own_rule(rule);
  const FindingSeverity severity = own ? own->severity[static_cast<std::size_t>(policy)] : FindingSeverity::note;
  const Certainty certainty = rule == "unread" || rule == "unavailable" ? Certainty::unproven : Certainty::proved;
  return {{std::move(rule), severity, certainty, {}, std::move(message), {}, {}}, std::move(remedy)};
}

GuardFacts guard_facts(const GuardSession& session, const GuardLaw& law, const LedgerSnapshot* ledger) {
  GuardFacts facts;
  std::string claimed;
  if (ledger && !session.claim.empty())
    if (const auto claim = ledger->claim(session.claim)) claimed = claim->work_order;
  facts.order = order_of(session, claimed, *law.orders);
  const std::string order = facts.order ? law.orders->list[facts.order->index()].id : session.work_order;
  if (!ledger) return facts;
  const Moment now = ledger->now();
  std::set<std::string> seen;
  std::vector<Claim> lapsed;
  const auto look = [&](const std::string& id) {
    if (!seen.insert(id).second) return;
    auto claim = ledger->claim(id);
    if (!claim) return;
    const bool own = is_own(*claim, session, order);
    if (claim->expired(now)) {
      facts.lapsed = facts.lapsed || own;
    } else if (own) {
      facts.own.push_back(std::move(*claim));
    } else {
      facts.others.push_back(std::move(*claim));
    }
  };
  if (!session.claim.empty()) look(session.claim);
  Hold everything;
  everything.kind = Hold::Kind::alone;
  everything.resource = {Resource::Kind::named, "*"};
  ledger->candidates(everything, [&](const std::string& id, const Hold&) {
    look(id);
    const bool enough = !session.claim.empty() && facts.others.size() >= most_others;
    return !enough && seen.size() < most_claims_looked_at;
  });
  const auto by_fence = [](const Claim& a, const Claim& b) { return a.fence < b.fence; };
  std::sort(facts.own.begin(), facts.own.end(), by_fence);
  std::sort(facts.others.begin(), facts.others.end(), by_fence);
  if (facts.others.size() > most_others) facts.others.resize(most_others);
  // A claim may tell which order the session works on.
  if (!facts.order)
    for (const Claim& claim : facts.own)
      if (!facts.order && !claim.work_order.empty()) facts.order = order_of(session, claim.work_order, *law.orders);
  return facts;
}

std::vector<GuardReason> judge(const std::vector<GuardedAct>& acts, const std::vector<std::string>& unread,
                               const GuardSession& session, const GuardFacts& facts, const GuardLaw& law,
                               const LedgerSnapshot* ledger) {
  std::vector<GuardReason> reasons = Judge(session, facts, law, ledger).run(acts, unread);
  std::stable_sort(reasons.begin(), reasons.end(),
                   [](const GuardReason& a, const GuardReason& b) { return a.finding.severity < b.finding.severity; });
  return reasons;
}

GuardDecision decide(const std::vector<GuardReason>& reasons, bool strict, bool may_ask) {
  GuardDecision decision = reasons.empty() ? GuardDecision::allow : GuardDecision::advise;
  for (const GuardReason& reason : reasons) {
    const OwnRule* const own = own_rule(reason.finding.rule);
    if ((own && own->always) || (strict && reason.finding.severity == FindingSeverity::error))
      return GuardDecision::deny;
    if (strict && may_ask && reason.finding.rule == "unread" && reason.finding.severity == FindingSeverity::warning)
      decision = GuardDecision::ask;
  }
  return decision;
}

bool past_half(const Claim& claim, const Moment& now) {
  return claim.renewed.clock == now.clock && now.ns - claim.renewed.ns > claim.ttl_ms * 500'000;
}

}  // namespace planner
