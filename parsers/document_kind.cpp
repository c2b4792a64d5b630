#include "parsers/document_kind.h"

#include <algorithm>
#include <initializer_list>

#include "parsers/document_text.h"

namespace parsers {
namespace {

bool has_ending(std::string_view name, std::initializer_list<std::string_view> endings) {
  return std::any_of(endings.begin(), endings.end(), [&](std::string_view ending) {
    if (name.size() < ending.size()) return false;
    const std::string_view tail = name.substr(name.size() - ending.size());
    return std::equal(tail.begin(), tail.end(), ending.begin(),
                      [](char a, char b) { return a == b || (a >= 'A' && a <= 'Z' && a - 'A' + 'a' == b); });
  });
}

bool has_document_key(std::string_view text) {
  bool fenced = false;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (line.starts_with("```") || line.starts_with("~~~")) fenced = !fenced;
    if (!fenced && (line.starts_with("work_orders:") || line.starts_with("decisions:"))) return true;
  }
  return false;
}

}  // namespace

DocumentKind kind_of(const Source& source) {
  if (has_ending(source.name, {".md", ".markdown"})) return DocumentKind::markdown;
  if (has_ending(source.name, {".yaml", ".yml"})) return DocumentKind::yaml;
  if (has_ending(source.name, {".json"})) return DocumentKind::json;
  const std::string_view text = std::string_view(source.text).substr(byte_order_mark_length(source.text));
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first != std::string_view::npos && text[first] == '{') return DocumentKind::json;
  return has_document_key(text) ? DocumentKind::yaml : DocumentKind::markdown;
}

}  // namespace parsers
