#include "parsers/document_text.h"

#include <algorithm>
#include <fmt/format.h>

namespace parsers {
namespace {

/// Bytes of the well-formed UTF-8 sequence at `at`, 0 when it is malformed (overlong, surrogate, beyond U+10FFFF).
std::size_t sequence_length(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U; };
  const auto between = [&](std::size_t i, unsigned low, unsigned high) { return byte(i) >= low && byte(i) <= high; };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return between(1, 0x80, 0xBF) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    const bool second = between(1, first == 0xE0 ? 0xA0 : 0x80, first == 0xED ? 0x9F : 0xBF);
    return second && between(2, 0x80, 0xBF) ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    const bool second = between(1, first == 0xF0 ? 0x90 : 0x80, first == 0xF4 ? 0x8F : 0xBF);
    return second && between(2, 0x80, 0xBF) && between(3, 0x80, 0xBF) ? 4 : 0;
  }
  return 0;
}

std::size_t first_bad_byte(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') return at;
    const std::size_t length = sequence_length(text, at);
    if (length == 0) return at;
    at += length;
  }
  return text.size();
}

Location location_of(std::string_view text, std::size_t at, FileId file) {
  const std::string_view before = text.substr(0, at);
  const auto lines = std::count(before.begin(), before.end(), '\n');
  const std::size_t line_start = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
  return {file, static_cast<std::uint32_t>(lines + 1), static_cast<std::uint32_t>(at - line_start + 1)};
}

}  // namespace

std::optional<Diagnostic> refuse_text(const Source& source, FileId file) {
  const std::string_view text = source.text;
  if (text.size() > document_bytes_limit)
    return Diagnostic{Severity::error,
                      {file, 0, 0},
                      fmt::format("the file has {} bytes, more than the limit of 64 MiB", text.size()),
                      "split it into several files"};
  const std::size_t bad = first_bad_byte(text);
  if (bad == text.size()) return std::nullopt;
  const Location where = location_of(text, bad, file);
  const auto byte = static_cast<unsigned char>(text[bad]);
  const std::string save_as = "save the file as UTF-8";
  if (bad == 0 && (text.substr(0, 2) == "\xFF\xFE" || text.substr(0, 2) == "\xFE\xFF"))
    return Diagnostic{Severity::error, where, "the file is UTF-16, not UTF-8", save_as};
  if (byte == 0)
    return Diagnostic{Severity::error, where, "a NUL byte, which no text holds",
                      save_as + ", without NUL bytes (UTF-16 is full of them)"};
  if (byte < 0x20)
    return Diagnostic{Severity::error, where, fmt::format("a control character, 0x{:02X}", byte),
                      "remove it; in a quoted text it can be written as an escape"};
  return Diagnostic{Severity::error, where, fmt::format("byte 0x{:02X} is not UTF-8", byte), save_as};
}

std::optional<Diagnostic> refuse_nul(const Source& source, FileId file) {
  return source.text.find('\0') == std::string::npos ? std::nullopt : refuse_text(source, file);
}

std::size_t byte_order_mark_length(std::string_view text) { return text.substr(0, 3) == "\xEF\xBB\xBF" ? 3 : 0; }

}  // namespace parsers
