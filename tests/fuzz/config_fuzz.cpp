// interlock.yaml: any bytes end in a configuration and diagnostics.
#include <cstddef>
#include <cstdint>
#include <string>

#include "parsers/config.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const parsers::Source source{"interlock.yaml", std::string(data, data + size)};
  parsers::describe(parsers::read_config(source, {}).diagnostics, {source});
  return 0;
}
