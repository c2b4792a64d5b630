#include "parsers/format_json_lines.h"

#include "parsers/markdown_document.h"

namespace parsers {
namespace {

void shift_lines(Node& node, std::uint32_t by) {
  if (node.where.line != 0) node.where.line += by;
  for (Node& item : node.items) shift_lines(item, by);
  for (Node::Member& member : node.members) shift_lines(member.key, by), shift_lines(member.value, by);
}

}  // namespace

void each_json_line(FormatReader& reader, const std::function<void(const Node&)>& take) {
  const std::size_t said = reader.diagnostics().size();
  bool any = false;
  for (std::size_t i = 0; i < reader.lines().size(); ++i) {
    std::string_view line = trim(reader.lines()[i]);
    if (line.empty() || line.starts_with("//") || line.starts_with("#")) continue;
    // Lines cut out of a list keep its comma.
    if (line.ends_with(',')) line.remove_suffix(1);
    const Location start = reader.locate(line);
    Source one{"", std::string(start.column - 1, ' ')};
    one.text += line;
    Parsed<Node> parsed = read_json_kindly(one, reader.file());
    for (Diagnostic& d : parsed.diagnostics) {
      d.where.line = start.line;
      d.severity = std::max(d.severity, Severity::warning);
      reader.diagnostics().push_back(std::move(d));
    }
    if (parsed.value.kind == Node::Kind::null) {
      reader.value().readings.push_back({start, "", "lost", "a line that is no JSON"});
      continue;
    }
    shift_lines(parsed.value, start.line - 1);
    take(parsed.value);
    any = true;
  }
  // A file of nothing but broken lines was not read at all.
  if (!any)
    for (std::size_t i = said; i < reader.diagnostics().size(); ++i) reader.diagnostics()[i].severity = Severity::error;
}

std::string_view first_line(std::string_view text) {
  for (const std::string_view line : lines_of(text.substr(0, 4096))) {
    const std::string_view bare = trim(line);
    if (!bare.empty() && !bare.starts_with("//") && !bare.starts_with('#')) return bare;
  }
  return {};
}

}  // namespace parsers
