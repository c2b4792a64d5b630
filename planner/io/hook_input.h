// The standard input of a hook, which may be huge, late or endless; and the last word when time runs out.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace planner::io {

struct HookInput {
  std::string text;
  std::string problem;  ///< why there is no more of it, a clause; empty: it was read to its end
};

/// Reads until `enough(what came)` is true, the input ends, `limit` bytes were read or `patience` is over.
HookInput read_hook_input(int descriptor, std::size_t limit, std::chrono::milliseconds patience,
                          const std::function<bool(std::string_view fresh)>& enough);

/// Ends the process after `patience` with these texts on standard output and standard error, whatever it is doing then.
/// One at a time.
class LastWord {
 public:
  LastWord(std::chrono::milliseconds patience, std::string out, std::string err, int exit_code);
  ~LastWord() { disarm(); }
  LastWord(const LastWord&) = delete;
  LastWord& operator=(const LastWord&) = delete;

  /// Another text for the same deadline.
  void say(std::string out, std::string err, int exit_code);
  /// From here on the process answers itself. Call before writing.
  void disarm();
};

}  // namespace planner::io
