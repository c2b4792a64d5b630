#include "planner/io/ledger_door.h"

#include <array>
#include <fmt/format.h>
#include <random>

#include "planner/io/postgres_ledger.h"
#include "planner/io/sqlite_ledger.h"

namespace planner::io {

Result<Ledger*> HostLedgerDoor::open(const std::string& configured, bool create) {
  if (ledger_) return ledger_.get();
  const std::string& url = wish_.empty() ? configured : wish_;
  if (wish_ == "none") {
    if (!create) return nullptr;
    return input_error("without a ledger nothing can be claimed", "leave --ledger none out");
  }
  Result<std::unique_ptr<Ledger>> opened = nullptr;
  if (is_postgres_url(url)) {
    opened = open_postgres_ledger(url, {create, patience_ms_});
  } else if (!url.empty()) {  // not shown: it may be a URL with a password and a slip of the pen
    return input_error("the ledger named by --ledger or interlock.yaml is no PostgreSQL URL",
                       "it looks like postgresql://USER@HOST/DATABASE; leave it out for the ledger of this repository");
  } else if (place_) {
    opened = open_sqlite_ledger(place_->directory, {create, patience_ms_, {}});
  } else if (create) {
    return world_error("there is no git repository here to keep the ledger in",
                       "run it inside one, or name a ledger with --ledger postgresql://...");
  }
  if (!opened) return tl::make_unexpected(opened.error());
  ledger_ = std::move(*opened);
  return ledger_.get();
}

const std::string& HostLedgerDoor::prefix() const {
  static const std::string none;
  return place_ ? place_->prefix : none;
}

std::string fresh_key() {
  std::random_device random;
  std::string out;
  for (int i = 0; i < 4; ++i) out += fmt::format("{:08x}", random());
  return out;
}

}  // namespace planner::io
