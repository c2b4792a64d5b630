// Which hooks each agent has for the guard, and how they get into the files it reads and out again. Pure: texts in,
// texts out; `init` adds more files of other kinds beside these.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "parsers/hook_call.h"
#include "planner/result.h"

namespace planner {

struct HookWishes {
  std::string program = "interlock";   ///< as the hooks call it
  std::vector<std::string> arguments;  ///< behind "guard --agent A --event E": --strict, ORDERS, ...
  bool strict = false;                 ///< the agent is told to treat a broken hook as a denial, where it can be told
};

/// A file that hooks stand in.
struct HookFile {
  std::string path;  ///< relative to the top of the work tree; of git: relative to its directory of hooks
  bool executable = false;
};

/// In the order in which they are written.
std::vector<HookFile> hook_files(parsers::HookAgent);

/// The text of that file with the hooks as wished in place of any of ours it has; everything else stays as it is.
/// `before` nullopt: there is no file. The same wishes twice change nothing. Errors of kind input: the text is not what
/// the agent reads, with what to do.
Result<std::string> with_hooks(parsers::HookAgent, const HookFile&, const std::optional<std::string>& before,
                               const HookWishes&);

/// The text without our hooks; nullopt: the file held nothing else and goes. What `with_hooks` made of a text becomes
/// that text again, byte for byte, but for two things that leave no trace: blanks inside brackets that held nothing
/// else, and a file that held no more than a new one would.
Result<std::optional<std::string>> without_hooks(parsers::HookAgent, const HookFile&, const std::string& text);

/// What the user still has to do or to know, one sentence each.
std::vector<std::string> hook_notes(parsers::HookAgent);

}  // namespace planner
