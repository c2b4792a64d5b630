// Canonical work orders as JSON: what is read is what the JSON library accepts, less what the limits refuse.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>

#include "parsers/document.h"
#include "parsers/work_order.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const parsers::Source source{"a.json", std::string(data, data + size)};
  const parsers::Parsed<parsers::Node> parsed = parsers::read_json(source, {});
  if (parsed.diagnostics.empty() && !nlohmann::json::accept(source.text)) std::abort();
  for (const parsers::Diagnostic& d : parsed.diagnostics)
    if (d.where.column > parsers::line_text(source, d.where).size() + 2) std::abort();
  parsers::describe(parsed.diagnostics, {source});
  parsers::describe(parsers::read_canonical(source, {}).diagnostics, {source});
  return 0;
}
