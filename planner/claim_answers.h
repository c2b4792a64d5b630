// What the requests to the ledger answer, as values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "planner/answers.h"
#include "planner/claim_rules.h"

namespace planner {

/// Of claim, next, renew, release, complete and break.
struct ClaimAnswer {
  bool granted = false;
  std::string work_order;      ///< or empty
  std::optional<Claim> claim;  ///< as it is now, or was when it ended; none: denied
  bool ended = false;          ///< the claim is over: released, completed, broken
  std::vector<Denier> denied_by;
  std::string reason;  ///< of a denial; else what happened, in words
  Moment now;
  std::string prefix;  ///< of this repository within the ledger's
  Reading reading;
  std::vector<std::string> changed_since_plan;
};

struct StatusAnswer {
  std::string ledger;         ///< empty: there is none yet
  std::vector<Claim> claims;  ///< by fence, expired ones included
  Moment now;
};

struct DoctorAnswer {
  std::string ledger;  ///< empty: there is none yet
  std::int64_t events = 0;
  std::size_t claims = 0;
  bool rebuilt = false;
  std::vector<std::string> problems;
};

}  // namespace planner
