// Any bytes as the text of issues: names are views into it, orders have ids, and every passage knows its lines.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "parsers/format.h"
#include "parsers/order_text.h"
#include "parsers/text_names.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace parsers;
  std::string text;
  text.reserve(size);
  for (std::size_t i = 0; i < size; ++i) text += static_cast<char>(data[i]);
  for (const TextName& name : names_in(text)) {
    if (name.text.empty() || name.text.data() < text.data() ||
        name.text.data() + name.text.size() > text.data() + text.size())
      std::abort();
    (void)looks_like_code(name.text);
    for (const std::string& part : parts_of_name(name.text))
      if (part.size() < 2) std::abort();
  }
  for (const char* kind : {"issues.txt", "issues.json", "issues.jsonl", "issues.yaml"}) {
    const Source source{kind, text};
    const OrderTexts texts(source);
    const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
    for (const WorkOrder& order : read_work_orders_as("text", source, FileId{0}).value.orders) {
      if (order.id.empty() || order.where.line == 0 || order.where.line > lines) std::abort();
      for (const Passage& passage : texts.of(order.id, order.title, order.where.line, 0))
        if (passage.line_of(passage.text.size()) > lines) std::abort();
    }
  }
  return 0;
}
