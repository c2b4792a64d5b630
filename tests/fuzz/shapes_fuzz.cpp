// Keys of data files and lists of parameters and arguments: any bytes end in values that lie inside the text.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "parsers/call_shape.h"
#include "parsers/data_keys.h"
#include "planner/line_hunks.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
  for (const auto format : {parsers::DataFormat::json, parsers::DataFormat::yaml, parsers::DataFormat::toml})
    for (const parsers::DataKey& key : parsers::keys_in(format, text))
      if (key.line == 0 || key.line > lines) std::abort();
  for (std::size_t i = 0; i < parsers::language_count; ++i) {
    const auto language = static_cast<parsers::Language>(i);
    for (const std::size_t at : {std::size_t{0}, size / 2, size}) {
      const auto parameters = parsers::parameters_at(language, text, at);
      const auto arguments = parsers::arguments_at(language, text, at);
      if (parameters && arguments) parsers::misfit(*parameters, *arguments);
    }
  }
  planner::line_hunks(text.substr(0, size / 2), text.substr(size / 2));
  return 0;
}
