// Canonical work orders as YAML: any bytes end in a value and diagnostics whose places exist.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "parsers/document.h"
#include "parsers/work_order.h"

namespace {

void check(const parsers::Source& source, const std::vector<parsers::Diagnostic>& diagnostics) {
  for (const parsers::Diagnostic& d : diagnostics) {
    if (d.message.empty()) std::abort();
    const std::string_view line = parsers::line_text(source, d.where);
    if (d.where.column > line.size() + 2) std::abort();  // just behind the end, or behind its carriage return
  }
  parsers::describe(diagnostics, {source});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const parsers::Source source{"a.yaml", std::string(data, data + size)};
  check(source, parsers::read_yaml(source, {}).diagnostics);
  check(source, parsers::read_canonical(source, {}).diagnostics);
  return 0;
}
