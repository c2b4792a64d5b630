// What a parser says about a place in a text, and the texts themselves.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace parsers {

/// A text with the name it goes by in messages ("orders/a.md", "<stdin>", "main:orders/a.md").
struct Source {
  std::string name;
  std::string text;
};

/// Position of a Source in the request's list of sources; travels with every value that was read from it.
struct FileId {
  std::uint32_t value = 0;
  friend auto operator<=>(const FileId&, const FileId&) = default;
};

/// Lines and columns count from 1, columns in bytes; 0 is "the whole file" or "the whole line".
struct Location {
  FileId file;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  friend auto operator<=>(const Location&, const Location&) = default;
};

enum class Severity { error, warning, note };

struct Diagnostic {
  Severity severity = Severity::error;
  Location where;
  std::string message;  ///< what is wrong, one sentence without a full stop; text from the input is in quotes, raw
  std::string remedy;   ///< what to do, or empty
};

/// A value and everything there was to say while reading it. The value holds the good part even when errors exist.
template <class T>
struct Parsed {
  T value{};
  std::vector<Diagnostic> diagnostics;
};

bool has_errors(const std::vector<Diagnostic>&);
std::string_view to_string(Severity);

/// The line `where` points into, without its end; empty when there is none. O(text).
std::string_view line_text(const Source&, Location where);

/// Diagnostics as a person reads them: "file:line:column: error: message", the line, a caret, the remedy.
/// Ordered by (file, line, column, message); terminal controls in the quoted line are shown as \xNN. At most
/// `limit` errors and warnings, then a count of the rest.
std::string describe(const std::vector<Diagnostic>&, const std::vector<Source>&, std::size_t limit = 50);

/// Text from outside made safe for a terminal or a one-line message: C0, C1, bidirectional controls and bytes that are
/// not UTF-8 become \xNN.
std::string printable(std::string_view);

}  // namespace parsers
