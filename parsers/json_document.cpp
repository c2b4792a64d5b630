#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <optional>

#include "parsers/document.h"
#include "parsers/document_builder.h"
#include "parsers/document_fields.h"
#include "parsers/document_text.h"

namespace parsers {
namespace {

bool is_in(std::string_view set, char c) { return set.find(c) != std::string_view::npos; }

/// The parser takes 01 for 0 and then stumbles over the 1; the token is one mistake.
bool is_one_value(std::string_view token) {
  if (token == "true" || token == "false" || token == "null") return true;
  const std::size_t digits = token.starts_with('-') ? 1 : 0;
  const bool zero = token.size() > digits + 1 && token[digits] == '0' && is_in("0123456789", token[digits + 1]);
  return !zero && token.find_first_not_of("+-.eE0123456789") == std::string_view::npos;
}

/// The parser's events carry no positions, so this walks the text beside it: from the end of one token, the next begins
/// behind blanks, commas and colons.
class Walk {
 public:
  Walk(std::string_view text, std::size_t from, FileId file) : x_text(text), x_file(file), x_at(from) {}

  std::size_t at() const { return x_at; }
  char peek() const { return x_at < x_text.size() ? x_text[x_at] : '\0'; }
  bool finished() const { return x_at >= x_text.size(); }
  std::string_view rest() const { return x_text.substr(std::min(x_at, x_text.size())); }

  Location here() const { return {x_file, x_line, static_cast<std::uint32_t>(x_at - x_line_start + 1)}; }

  void skip(std::string_view set) {
    while (!finished() && set.find(peek()) != std::string_view::npos) step();
  }
  void step(std::size_t count = 1) {
    for (; count > 0 && !finished(); --count, ++x_at)
      if (x_text[x_at] == '\n') ++x_line, x_line_start = x_at + 1;
  }

  /// Steps over the token that begins here and returns it.
  std::string_view token() {
    const std::size_t from = x_at;
    if (peek() == '"') {
      for (step(); !finished() && peek() != '"'; step())
        if (peek() == '\\') step();
      step();
    } else if (is_in("[]{}", peek())) {
      step();
    } else {
      while (!finished() && !is_in(" \t\r\n,:[]{}\"", peek())) step();
    }
    return x_text.substr(from, x_at - from);
  }

 private:
  std::string_view x_text;
  FileId x_file;
  std::size_t x_at;
  std::uint32_t x_line = 1;
  std::size_t x_line_start = 0;
};

/// The interface nlohmann::json::sax_parse asks for; every function is false to stop.
class JsonEvents {
 public:
  JsonEvents(std::string_view text, std::size_t from, FileId file)
      : x_from(from), x_walk(text, from, file), x_builder(file) {}

  Parsed<Node> finish() { return x_builder.finish(); }

  bool null() {
    const Location where = next();
    x_walk.token();
    return x_builder.null(where);
  }
  bool boolean(bool) { return plain(); }
  bool number_integer(std::int64_t) { return plain(); }
  bool number_unsigned(std::uint64_t) { return plain(); }
  bool number_float(double, const std::string&) { return plain(); }
  bool string(std::string& text) {
    const Location where = next();
    x_walk.token();
    return x_builder.scalar(where, text, true);
  }
  bool key(std::string& text) { return string(text); }
  bool binary(std::vector<std::uint8_t>&) { return false; }  // no JSON text holds one
  bool start_object(std::size_t) { return begin(Node::Kind::mapping); }
  bool start_array(std::size_t) { return begin(Node::Kind::sequence); }
  bool end_object() { return end(); }
  bool end_array() { return end(); }

  bool parse_error(std::size_t position, const std::string&, const nlohmann::json::exception&) {
    // What the parser had understood ends at the walk; what it choked on follows, behind blanks and one separator.
    x_walk.skip(" \t\r\n");
    const bool comma = x_walk.peek() == ',';
    const Location separator = x_walk.here();
    if (!x_walk.finished() && (comma || x_walk.peek() == ':') && x_walk.at() + 1 < position + x_from) {
      x_walk.step();
      x_walk.skip(" \t\r\n");
    }
    return explain(comma, separator);
  }

 private:
  Location next() {
    x_began = true;
    x_walk.skip(" \t\r\n,:");
    return x_walk.here();
  }

  bool plain() {
    const Location where = next();
    const std::string_view token = x_walk.token();
    if (!is_one_value(token)) return x_builder.give_up(where, fmt::format(bad_number, quote(token)), write_number);
    return x_builder.scalar(where, std::string(token), false);
  }

  bool begin(Node::Kind kind) {
    const Location where = next();
    x_walk.token();
    return x_builder.begin(kind, where);
  }
  bool end() {
    next();
    x_walk.token();
    return x_builder.end();
  }

  static constexpr const char* bad_number = "{} is not a number that can be read";
  static constexpr const char* write_number =
      "write an integer as digits, without leading zeros, or put the text in quotes";
  static constexpr const char* missing = "a comma or a colon is missing before this";
  static constexpr const char* separate = "separate members with commas; a member is \"key\": value";

  bool explain(bool comma, Location separator) {
    const Node* const open = x_builder.open();
    const Location where = x_walk.here();
    const char c = x_walk.peek();
    const bool in_list = open != nullptr && open->kind == Node::Kind::sequence;
    const auto refuse = [&](Location place, std::string message, std::string remedy) {
      return x_builder.give_up(place, std::move(message), std::move(remedy));
    };
    if (x_walk.finished() && open == nullptr) return refuse(where, "the file is empty", "write one JSON document");
    if (x_walk.finished())
      return refuse(open->where, fmt::format("the {} opened here is not closed", in_list ? '[' : '{'),
                    fmt::format("end it with {}", in_list ? ']' : '}'));
    if (comma && (c == ']' || c == '}')) return refuse(separator, "a comma with nothing behind it", "remove the comma");
    if (x_walk.rest().substr(0, 2) == "//" || x_walk.rest().substr(0, 2) == "/*" || c == '#')
      return refuse(where, "a comment, and JSON has none", "remove it, or write the file as YAML");
    if (c == '\'') return refuse(where, "a single quote", "JSON wants double quotes: \"...\"");
    if (open == nullptr && x_began)
      return refuse(where, "text after the end of the document", "write one document per file");
    if (c == '"') return explain_string(where);
    Walk ahead = x_walk;
    const std::string_view value = ahead.token();
    if (nlohmann::json::accept(value.begin(), value.end())) {
      if (x_builder.wants_key() && (comma || open->members.empty()))
        return refuse(where, fmt::format("{} where a key belongs", quote(value)), "a key is text in double quotes");
      return refuse(where, missing, separate);
    }
    if (is_in("-+.0123456789", c)) return refuse(where, fmt::format(bad_number, quote(value)), write_number);
    if (open != nullptr && (c == ']' || c == '}'))
      return refuse(where,
                    fmt::format("a {} where the {} on line {} still waits", c, in_list ? "[" : "{", open->where.line),
                    "finish what was begun, and close it with its own bracket");
    if (x_walk.peek() == ':' || x_walk.peek() == ',')
      return refuse(where, fmt::format("a {} out of place", c),
                    "a member is \"key\": value; members are separated by commas");
    return refuse(where, fmt::format("{} is not JSON", quote(value)),
                  "put text in double quotes; only numbers, true, false and null go without");
  }

  /// A string the parser did not like: itself broken, or good and in the wrong place.
  bool explain_string(Location where) {
    const std::string_view text = x_walk.token();
    const std::size_t line_end = text.find_first_of("\n\r\t");
    const bool closed = text.size() > 1 && text.back() == '"';
    if (line_end != std::string_view::npos || !closed)
      return x_builder.give_up(where, "a text that is not closed, or with a tab or line break inside",
                               "close it with \"; write a line break as \\n and a tab as \\t");
    if (nlohmann::json::accept(text.begin(), text.end())) return x_builder.give_up(where, missing, separate);
    return x_builder.give_up(where, "an unknown escape in a text", "write a backslash as \\\\");
  }

  std::size_t x_from;
  Walk x_walk;
  DocumentBuilder x_builder;
  bool x_began = false;
};

}  // namespace

Parsed<Node> read_json(const Source& source, FileId file) {
  if (std::optional<Diagnostic> refusal = refuse_text(source, file))
    return {Node{Node::Kind::null, {file, 0, 0}, {}, false, {}, {}}, {*std::move(refusal)}};
  const std::size_t from = byte_order_mark_length(source.text);
  JsonEvents events(source.text, from, file);
  const std::string_view text = std::string_view(source.text).substr(from);
  nlohmann::json::sax_parse(text.begin(), text.end(), &events);
  return events.finish();
}

}  // namespace parsers
