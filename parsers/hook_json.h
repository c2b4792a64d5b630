// One JSON value out of bytes that arrive in pieces and may never end, as agents write it to their hooks.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "parsers/document.h"

namespace parsers {

constexpr std::size_t most_hook_bytes = std::size_t{8} << 20;

/// Tells where the first JSON object or array ends, so that nobody waits for the end of the input. Only brackets and
/// strings are looked at; whether it is JSON is for read_hook_json to say.
class JsonValueEnd {
 public:
  /// The next bytes; true: the value is complete, or what came cannot begin one. Later calls change nothing.
  bool feed(std::string_view bytes);
  bool done() const { return x_done; }
  /// Bytes up to the end of the value, blanks in front included.
  std::size_t size() const { return x_size; }

 private:
  std::size_t x_size = 0;
  std::size_t x_depth = 0;
  bool x_in_string = false;
  bool x_escaped = false;
  bool x_done = false;
};

/// The value, or why there is none (a clause; empty: there is one). Strings may be as long as the text; duplicate keys,
/// a depth over 64 and more than 100,000 values are refused. Places are not kept.
struct HookJson {
  Node value;
  std::string problem;
};
HookJson read_hook_json(std::string_view text);

}  // namespace parsers
