#include "parsers/format_front_matter.h"

#include <algorithm>

#include "parsers/markdown_words.h"

namespace parsers {

FrontMatter::FrontMatter(const Source& source, FileId file) : x_document(source, file) {
  MarkdownReader reader(x_document);
  x_fields = front_matter_fields(reader);
  x_diagnostics = reader.finish().diagnostics;
  for (Diagnostic& d : x_diagnostics) d.severity = std::max(d.severity, Severity::warning);
}

const FrontMatterField* FrontMatter::find(std::initializer_list<std::string_view> keys) const {
  for (const std::string_view key : keys)
    for (const FrontMatterField& field : x_fields)
      if (lowered(field.key) == key) return &field;
  return nullptr;
}

std::string_view FrontMatter::value(std::initializer_list<std::string_view> keys) const {
  const FrontMatterField* field = find(keys);
  return field == nullptr || field->list ? std::string_view() : field->value;
}

std::vector<std::string_view> FrontMatter::items(std::initializer_list<std::string_view> keys) const {
  const FrontMatterField* field = find(keys);
  std::vector<std::string_view> out;
  if (field == nullptr) return out;
  if (field->list) {
    out = field->items;
  } else {
    for (std::string_view rest = field->value; !rest.empty();) {
      const std::size_t end = std::min(rest.find(','), rest.size());
      out.push_back(trim(rest.substr(0, end)));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  std::erase_if(out, [](std::string_view item) {
    const std::string word = lowered(item);
    return word.empty() || word == "none" || word == "n/a" || word == "null" || word == "~" || word == "-";
  });
  return out;
}

void FrontMatter::report(FormatReader& reader) {
  std::move(x_diagnostics.begin(), x_diagnostics.end(), std::back_inserter(reader.diagnostics()));
  x_diagnostics.clear();
}

std::vector<std::string> front_matter_keys(const Source& source) {
  std::vector<std::string> keys;
  const std::vector<std::string_view> lines = lines_of(front_of(source).substr(0, 65536));
  if (lines.empty() || trim(lines[0]) != "---") return keys;
  for (std::size_t i = 1; i < lines.size() && trim(lines[i]) != "---" && !lines[i].starts_with("# "); ++i) {
    const std::size_t colon = lines[i].find(':');
    if (colon == std::string_view::npos || colon == 0 || lines[i][0] == ' ' || lines[i][0] == '-') continue;
    keys.push_back(lowered(trim(lines[i].substr(0, colon))));
  }
  return keys;
}

std::string_view bare_id(std::string_view id) {
  id = trim(id);
  while (!id.empty() && (id.front() == '#' || id.front() == '[' || id.front() == '"')) id.remove_prefix(1);
  while (!id.empty() && (id.back() == ']' || id.back() == '"')) id.remove_suffix(1);
  return id;
}

}  // namespace parsers
