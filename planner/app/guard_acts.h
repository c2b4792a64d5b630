// From what a hook was told to what is judged: every path resolved on this disk.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "parsers/hook_call.h"
#include "planner/guard.h"
#include "planner/io/checkout.h"

namespace planner::app {

/// What a session is about to do, or did.
struct GuardedCall {
  std::vector<GuardedAct> acts;
  std::vector<std::string> unread;
};

/// `directory`: where the session stands, absolute. `home`: for ~, or empty.
GuardedCall guarded_call(const parsers::HookCall&, const io::Checkout&, const std::string& directory,
                         const std::string& home);

/// Paths of the work tree as git names them.
GuardedAct guarded_paths(const std::vector<std::string>& paths, const std::string& words);

}  // namespace planner::app
