// Opens the ledger that a call, the configuration or the repository names.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "planner/io/ledger_place.h"
#include "planner/ledger.h"

namespace planner::io {

class HostLedgerDoor final : public LedgerDoor {
 public:
  /// `wish`: --ledger: a PostgreSQL URL, "none", or empty for what the configuration says. No place: no repository.
  HostLedgerDoor(std::optional<LedgerPlace> place, std::string wish, std::int64_t patience_ms = 60'000)
      : place_(std::move(place)), wish_(std::move(wish)), patience_ms_(patience_ms) {}

  Result<Ledger*> open(const std::string& configured, bool create) override;
  const std::string& prefix() const override;

 private:
  std::optional<LedgerPlace> place_;
  std::string wish_;
  std::int64_t patience_ms_;
  std::unique_ptr<Ledger> ledger_;
};

/// 128 random bits in hex: a key of a transaction that nobody else takes.
std::string fresh_key();

}  // namespace planner::io
