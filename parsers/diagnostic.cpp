#include "parsers/diagnostic.h"

#include <algorithm>
#include <fmt/format.h>
#include <tuple>

namespace parsers {
namespace {

/// Length of the UTF-8 sequence at the front of `text`, 0 when it is malformed (overlong, surrogate, beyond U+10FFFF).
std::size_t sequence_length(std::string_view text, char32_t& code) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const auto tail = [&](std::size_t i) { return i < text.size() && (byte(i) & 0xC0) == 0x80; };
  const unsigned char first = byte(0);
  if (first < 0x80) return code = first, 1;
  const auto join = [&](char32_t lead, std::size_t count) {
    code = lead;
    for (std::size_t i = 1; i <= count; ++i) code = (code << 6) | (byte(i) & 0x3FU);
  };
  if ((first & 0xE0) == 0xC0 && tail(1)) return join(first & 0x1F, 1), code >= 0x80 ? 2 : 0;
  if ((first & 0xF0) == 0xE0 && tail(1) && tail(2)) {
    join(first & 0x0F, 2);
    return code >= 0x800 && (code < 0xD800 || code > 0xDFFF) ? 3 : 0;
  }
  if ((first & 0xF8) == 0xF0 && tail(1) && tail(2) && tail(3)) {
    join(first & 0x07, 3);
    return code >= 0x10000 && code <= 0x10FFFF ? 4 : 0;
  }
  return 0;
}

/// Controls that move a cursor or turn text around: C0, DEL, C1, bidirectional marks, line and paragraph separators.
bool is_control(char32_t code) {
  return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x061C || code == 0x200E || code == 0x200F ||
         (code >= 0x2028 && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069) || code == 0xFEFF;
}

std::string excerpt(const Source& source, Location where) {
  constexpr std::size_t width = 160;
  const std::string_view line = line_text(source, where);
  if (where.line == 0 || line.empty()) return {};
  const std::size_t column = where.column == 0 ? 0 : std::min<std::size_t>(where.column - 1, line.size());
  const std::size_t from = column > width - 40 ? column - (width - 40) : 0;
  const std::string before = printable(line.substr(from, column - from));
  std::string out = fmt::format("  {}{}\n", before, printable(line.substr(column, width - (column - from))));
  if (where.column == 0) return out;
  // The caret stands under a character, not under a byte: count the lead bytes of what is printed before it.
  const auto cells = std::count_if(before.begin(), before.end(), [](char c) { return (c & 0xC0) != 0x80; });
  return out + std::string(static_cast<std::size_t>(cells) + 2, ' ') + "^\n";
}

}  // namespace

bool has_errors(const std::vector<Diagnostic>& diagnostics) {
  return std::any_of(diagnostics.begin(), diagnostics.end(),
                     [](const Diagnostic& d) { return d.severity == Severity::error; });
}

std::string_view to_string(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "error";
    case Severity::warning:
      return "warning";
    case Severity::note:
      return "note";
  }
  return "";
}

std::string_view line_text(const Source& source, Location where) {
  if (where.line == 0) return {};
  std::string_view rest = source.text;
  for (std::uint32_t line = 1; line < where.line; ++line) {
    const std::size_t end = rest.find('\n');
    if (end == std::string_view::npos) return {};
    rest.remove_prefix(end + 1);
  }
  std::string_view line = rest.substr(0, rest.find('\n'));
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return line;
}

std::string printable(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    char32_t code = 0;
    const std::size_t length = sequence_length(text, code);
    if (length == 1 && code == '\t') {
      out += ' ';
    } else if (length == 0 || is_control(code)) {
      for (std::size_t i = 0; i < std::max<std::size_t>(length, 1); ++i)
        out += fmt::format("\\x{:02X}", static_cast<unsigned char>(text[i]));
    } else {
      out += text.substr(0, length);
    }
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return out;
}

std::string describe(const std::vector<Diagnostic>& diagnostics, const std::vector<Source>& sources,
                     std::size_t limit) {
  std::vector<const Diagnostic*> ordered;
  for (const Diagnostic& d : diagnostics) ordered.push_back(&d);
  std::stable_sort(ordered.begin(), ordered.end(), [](const Diagnostic* a, const Diagnostic* b) {
    return std::tie(a->where, a->severity, a->message) < std::tie(b->where, b->severity, b->message);
  });
  std::string out;
  std::size_t shown = 0;
  for (const Diagnostic* d : ordered) {
    if (shown++ == limit) break;
    if (d->where.file.value < sources.size()) {
      const Source& source = sources[d->where.file.value];
      out += printable(source.name);
      if (d->where.line != 0) out += fmt::format(":{}", d->where.line);
      if (d->where.line != 0 && d->where.column != 0) out += fmt::format(":{}", d->where.column);
      out += fmt::format(": {}: {}\n{}", to_string(d->severity), printable(d->message), excerpt(source, d->where));
    } else {
      out += fmt::format("interlock: {}: {}\n", to_string(d->severity), printable(d->message));
    }
    if (!d->remedy.empty()) out += fmt::format("  {}\n", printable(d->remedy));
  }
  if (ordered.size() > limit) out += fmt::format("... and {} more\n", ordered.size() - limit);
  return out;
}

}  // namespace parsers
