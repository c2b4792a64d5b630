// Hook payloads of every agent: the first byte says whose, the rest is what the agent wrote.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "parsers/hook_call.h"
#include "parsers/hook_json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto agent = static_cast<parsers::HookAgent>(data[0] % 7);
  const std::string text(data + 1, data + size);
  // What was read to the end of the value is read as the whole is.
  parsers::JsonValueEnd end;
  end.feed(text);
  const parsers::HookReading all = parsers::read_hook_call(agent, "", text);
  if (end.done() && all.problem.empty()) {
    const parsers::HookReading first = parsers::read_hook_call(agent, "", std::string_view(text).substr(0, end.size()));
    if (!first.problem.empty() || first.call.edits != all.call.edits) std::abort();
  }
  // A value that is complete for the library is complete for whoever waits for it.
  if (all.problem.empty() && !end.done()) std::abort();
  return 0;
}
