// A ledger in memory with a clock that tests set.
#pragma once

#include <algorithm>

#include "planner/claim_projection.h"
#include "planner/ledger.h"

namespace support {

class MemoryLedger final : public planner::Ledger {
 public:
  planner::Moment now{"boot", 1'000'000'000, 1'700'000'000'000};
  planner::Projection state;
  std::vector<planner::Event> events;

  void pass(std::int64_t ms) {
    now.ns += ms * 1'000'000;
    now.wall_ms += ms;
  }

  planner::Result<std::vector<planner::Event>> transact(const std::string& key, const Rule& rule) override {
    std::vector<planner::Event> known;
    for (const planner::Event& event : events)
      if (event.id.substr(0, event.id.rfind('/')) == key) known.push_back(event);
    if (!known.empty()) return known;
    std::vector<planner::Event> fresh = rule(Snapshot(*this));
    planner::seal(fresh, key, state.last_seq, state.last_hash);
    for (const planner::Event& event : fresh) {
      if (const auto wrong = planner::apply(state, event)) return planner::world_error(*wrong);
      events.push_back(event);
    }
    return fresh;
  }
  planner::Result<void> read(const std::function<void(const planner::LedgerSnapshot&)>& look) override {
    look(Snapshot(*this));
    return {};
  }
  planner::Result<void> wait_for_change(std::int64_t most_ms) override {
    pass(most_ms);
    return {};
  }
  planner::Result<std::vector<std::string>> problems() override { return std::vector<std::string>{}; }
  planner::Result<void> rebuild() override { return {}; }
  std::string name() const override { return "memory"; }

 private:
  class Snapshot final : public planner::LedgerSnapshot {
   public:
    explicit Snapshot(const MemoryLedger& ledger) : ledger_(ledger) {}
    planner::Moment now() const override { return ledger_.now; }
    planner::Fence last_fence() const override { return ledger_.state.last_fence; }
    std::int64_t last_seq() const override { return ledger_.state.last_seq; }
    std::optional<planner::Claim> claim(const std::string& id) const override {
      for (const auto& [fence, claim] : ledger_.state.claims)
        if (claim.id == id) return claim;
      return std::nullopt;
    }
    std::vector<planner::Claim> claims() const override {
      std::vector<planner::Claim> out;
      for (const auto& [fence, claim] : ledger_.state.claims) out.push_back(claim);
      return out;
    }
    std::optional<planner::Completion> completion(const std::string& work_order) const override {
      const auto known = ledger_.state.completions.find(work_order);
      return known == ledger_.state.completions.end() ? std::nullopt : std::optional(known->second);
    }
    std::vector<planner::Event> history(const std::string& claim) const override {
      std::vector<planner::Event> out;
      for (const planner::Event& event : ledger_.events)
        if (event.claim == claim) out.push_back(event);
      return out;
    }
    std::vector<planner::Event> events_after(std::int64_t seq, std::size_t most) const override {
      std::vector<planner::Event> out;
      for (const planner::Event& event : ledger_.events)
        if (event.seq > seq && out.size() < most) out.push_back(event);
      return out;
    }
    void candidates(const planner::Hold&, const Visit& visit) const override {
      for (const auto& [fence, claim] : ledger_.state.claims)
        for (const planner::Hold& hold : claim.holds)
          if (!visit(claim.id, hold)) return;
    }

   private:
    const MemoryLedger& ledger_;
  };
};

}  // namespace support
