// Any bytes as each foreign format: every entry, dependency and complaint names a place that exists.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "parsers/format.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace parsers;
  Source source{"epics/fuzz/1.md", {}};
  source.text.reserve(size);
  for (std::size_t i = 0; i < size; ++i) source.text += static_cast<char>(data[i]);
  const auto exists = [&](Location where) {
    if (where.line == 0) return;
    if (where.column > line_text(source, where).size() + 2) std::abort();
  };
  for (const Format& format : formats()) {
    (void)format.recognise(source);
    std::vector<WorkOrders> documents;
    Parsed<WorkOrders> parsed = format.read(source, FileId{0});
    for (const WorkOrder& order : parsed.value.orders) {
      if (order.id.empty()) std::abort();
      exists(order.where);
      for (const Dependency& dependency : order.depends_on) exists(dependency.where);
      if (order.write)
        for (const ScopeEntry& entry : *order.write) exists(entry.where);
      for (const ScopeEntry& entry : order.said) exists(entry.where);
    }
    for (const Diagnostic& diagnostic : parsed.diagnostics) exists(diagnostic.where);
    parsed.value.format = format.name;
    documents.push_back(std::move(parsed.value));
    std::vector<Diagnostic> diagnostics;
    join_documents(documents, diagnostics);
  }
  return 0;
}
