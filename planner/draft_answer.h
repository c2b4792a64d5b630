// What `draft` answers.
#pragma once

#include "planner/answers.h"
#include "planner/draft.h"

namespace planner {

/// Scopes that nobody has accepted yet.
struct DraftAnswer {
  Orders orders;                 ///< all of them: those that were drafted have a proposal, the others are as they were
  std::vector<Drafted> drafted;  ///< ascending by order
  std::string base;              ///< commit whose files, code and history were looked at; empty: there is none
  Reading reading;
};

}  // namespace planner
