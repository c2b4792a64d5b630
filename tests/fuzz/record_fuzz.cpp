// Records of sessions: whatever bytes stand there, the answer is what was written, or nothing.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "planner/record.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(data, data + size);
  const auto read = planner::record_in(text);
  if (read && !planner::record_in(planner::written(*read))) std::abort();
  return 0;
}
