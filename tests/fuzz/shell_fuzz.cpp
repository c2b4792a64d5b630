// Command lines: any bytes are read in bounded time, targets stand for something that was written.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "parsers/shell_reading.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(data, data + size);
  const parsers::ShellReading reading = parsers::read_shell(text, "home");
  if (reading.actions.size() > 500 || reading.unread.size() > 20) std::abort();
  for (const parsers::ShellAction& action : reading.actions) {
    if (action.words.size() > 200) std::abort();
    for (const std::string& target : action.targets)
      if (target.find('\0') != std::string::npos) std::abort();
    const bool files = action.kind <= parsers::ShellAction::Kind::copy;
    if (files && action.targets.empty()) std::abort();
  }
  return 0;
}
