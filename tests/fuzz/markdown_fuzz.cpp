// Whatever bytes: reading ends, throws nothing, and every place it names exists.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "parsers/work_order.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace parsers;
  Source source{"fuzz.md", {}};
  source.text.reserve(size);
  for (std::size_t i = 0; i < size; ++i) source.text += static_cast<char>(data[i]);
  const Parsed<WorkOrders> parsed = read_markdown(source, FileId{0});
  const auto exists = [&](Location where) {
    if (where.line == 0 || where.column == 0 || where.column > line_text(source, where).size() + 2) std::abort();
  };
  for (const WorkOrder& order : parsed.value.orders) {
    exists(order.where);
    for (const Dependency& dependency : order.depends_on) exists(dependency.where);
    if (order.write)
      for (const ScopeEntry& entry : *order.write) exists(entry.where);
  }
  for (const Diagnostic& diagnostic : parsed.diagnostics) exists(diagnostic.where);
  return 0;
}
