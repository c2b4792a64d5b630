#include "parsers/json_edit.h"

#include <algorithm>
#include <fmt/format.h>
#include <optional>

namespace parsers {
namespace {

constexpr std::string_view blanks = " \t\r\n";

/// Where a value and its parts stand in the text.
struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;
  struct Part {
    std::string key;        ///< of a member
    std::size_t begin = 0;  ///< of the key, or of the item
  };
  std::vector<Part> parts;
  std::vector<Span> values;  ///< by part
};

/// Reads a text that is known to be JSON.
class SpanReader {
 public:
  explicit SpanReader(std::string_view text) : text_(text) {}

  Span read() {
    skip();
    Span out;
    out.begin = at_;
    if (peek() == '{' || peek() == '[') {
      const bool object = peek() == '{';
      ++at_;
      for (skip(); at_ < text_.size() && peek() != '}' && peek() != ']'; skip()) {
        Span::Part part;
        part.begin = at_;
        if (object) {
          part.key = key();
          skip();
          ++at_;  // the colon
        }
        out.parts.push_back(std::move(part));
        out.values.push_back(read());
        skip();
        if (peek() == ',') ++at_;
      }
      ++at_;
    } else if (peek() == '"') {
      string();
    } else {
      at_ = std::min(text_.find_first_of(" \t\r\n,]}", at_), text_.size());
    }
    out.end = std::min(at_, text_.size());
    return out;
  }

 private:
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  void skip() {
    if (at_ == 0 && text_.starts_with("\xef\xbb\xbf")) at_ = 3;
    at_ = std::min(text_.find_first_not_of(blanks, at_), text_.size());
  }
  void string() {
    for (++at_; at_ < text_.size() && peek() != '"'; ++at_)
      if (peek() == '\\') ++at_;
    ++at_;
  }
  /// Keys of ours have no escapes; one with escapes is another key.
  std::string key() {
    const std::size_t from = at_;
    string();
    return std::string(text_.substr(from + 1, at_ - from - 2));
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

const Span* member(const Span& object, std::string_view key) {
  for (std::size_t i = 0; i < object.parts.size(); ++i)
    if (object.parts[i].key == key) return &object.values[i];
  return nullptr;
}

bool in_one_line(std::string_view text, const Span& span) {
  return text.substr(span.begin, span.end - span.begin).find('\n') == std::string_view::npos;
}

/// The blanks in front of the line that `at` stands in.
std::string indent_at(std::string_view text, std::size_t at) {
  const std::size_t line = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;  // npos + 1 is 0
  const std::size_t end = std::min(text.find_first_not_of(" \t", line), text.size());
  return std::string(text.substr(line, std::min(end, at) - line));
}

/// The line end that the text uses.
std::string_view line_end(std::string_view text) { return text.find("\r\n") == std::string_view::npos ? "\n" : "\r\n"; }

std::string with_line_ends(std::string text, std::string_view end) {
  if (end == "\n") return text;
  std::string out;
  for (const char c : text) out += c == '\n' ? std::string(end) : std::string(1, c);
  return out;
}

/// Puts `part` (made by `print` from an indentation, "" for one line) behind the last part of a container.
template <class Print>
std::string with_part(std::string_view text, const Span& into, const Print& print) {
  std::string out;
  const std::string_view end = line_end(text);
  if (!into.parts.empty()) {
    const Span& last = into.values.back();
    const bool flat = in_one_line(text, into);
    const std::string indent = indent_at(text, into.parts.back().begin);
    out = std::string(text.substr(0, last.end)) +
          (flat ? ", " + print(std::nullopt)
                : "," + std::string(end) + indent + with_line_ends(print(std::optional(indent)), end));
    return out + std::string(text.substr(last.end));
  }
  const bool whole =
      into.begin == 0 || text.substr(0, into.begin).find_first_not_of("\xef\xbb\xbf \t\r\n") == std::string_view::npos;
  if (in_one_line(text, into) && !whole)
    return std::string(text.substr(0, into.begin + 1)) + print(std::nullopt) + std::string(text.substr(into.end - 1));
  const std::string outer = indent_at(text, into.begin);
  const std::string inner = outer + "  ";
  return std::string(text.substr(0, into.begin + 1)) + std::string(end) + inner +
         with_line_ends(print(std::optional(inner)), end) + std::string(end) + outer +
         std::string(text.substr(into.end - 1));
}

/// Without part `i` of a container and one comma.
std::string without_part(std::string_view text, const Span& from, std::size_t i) {
  std::size_t begin = from.parts[i].begin;
  std::size_t end = from.values[i].end;
  if (i > 0) {
    begin = from.values[i - 1].end;
  } else if (from.parts.size() > 1) {
    end = from.parts[1].begin;
  } else {
    begin = from.begin + 1;
    end = from.end - 1;
  }
  return std::string(text.substr(0, begin)) + std::string(text.substr(end));
}

std::string escaped(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\')
      out += std::string("\\") + c;
    else if (static_cast<unsigned char>(c) < 0x20)
      out += fmt::format("\\u{:04x}", static_cast<unsigned char>(c));
    else
      out += c;
  }
  return out + "\"";
}

Node plain(std::string text) {
  Node node;
  node.kind = Node::Kind::scalar;
  node.text = std::move(text);
  return node;
}

}  // namespace

Node json_string(std::string text) {
  Node node = plain(std::move(text));
  node.quoted = true;
  return node;
}
Node json_number(std::int64_t number) { return plain(std::to_string(number)); }
Node json_boolean(bool value) { return plain(value ? "true" : "false"); }
Node json_list(std::vector<Node> items) {
  Node node;
  node.kind = Node::Kind::sequence;
  node.items = std::move(items);
  return node;
}
Node json_object(std::vector<std::pair<std::string, Node>> members) {
  Node node;
  node.kind = Node::Kind::mapping;
  for (auto& [key, value] : members) node.members.push_back({json_string(std::move(key)), std::move(value)});
  return node;
}

std::string json_compact(const Node& node) {
  std::string out;
  switch (node.kind) {
    case Node::Kind::null:
      return "null";
    case Node::Kind::scalar:
      return node.quoted ? escaped(node.text) : node.text;
    case Node::Kind::sequence:
      for (const Node& item : node.items) out += (out.empty() ? "" : ", ") + json_compact(item);
      return "[" + out + "]";
    case Node::Kind::mapping:
      for (const Node::Member& m : node.members)
        out += (out.empty() ? "" : ", ") + escaped(m.key.text) + ": " + json_compact(m.value);
      return "{" + out + "}";
  }
  return out;
}

std::string json_pretty(const Node& node, std::string_view indent) {
  const std::string inner = std::string(indent) + "  ";
  const bool flat = std::all_of(node.items.begin(), node.items.end(),
                                [](const Node& item) { return item.kind == Node::Kind::scalar; });
  std::string out;
  if (node.kind == Node::Kind::sequence && !flat) {
    for (const Node& item : node.items) out += (out.empty() ? "\n" : ",\n") + inner + json_pretty(item, inner);
    return "[" + out + "\n" + std::string(indent) + "]";
  }
  if (node.kind == Node::Kind::mapping && !node.members.empty()) {
    for (const Node::Member& m : node.members)
      out += (out.empty() ? "\n" : ",\n") + inner + escaped(m.key.text) + ": " + json_pretty(m.value, inner);
    return "{" + out + "\n" + std::string(indent) + "}";
  }
  return json_compact(node);
}

std::string json_appended(std::string_view text, const std::vector<std::string>& path, const Node& item) {
  const Span root = SpanReader(text).read();
  const Span* at = &root;
  for (std::size_t depth = 0; depth < path.size(); ++depth) {
    const Span* const next = member(*at, path[depth]);
    if (next) {
      at = next;
      continue;
    }
    Node value = json_list({item});
    // In one line, what is made has blanks inside its brackets: that tells it from what was there.
    std::string flat = "[ " + json_compact(item) + " ]";
    for (std::size_t i = path.size(); i > depth + 1; --i) {
      value = json_object({{path[i - 1], std::move(value)}});
      flat = "{ " + escaped(path[i - 1]) + ": " + flat + " }";
    }
    return with_part(text, *at, [&](const std::optional<std::string>& indent) {
      return escaped(path[depth]) + ": " + (indent ? json_pretty(value, *indent) : flat);
    });
  }
  return with_part(text, *at, [&](const std::optional<std::string>& indent) {
    return indent ? json_pretty(item, *indent) : json_compact(item);
  });
}

const Node* json_at(const Node& document, const std::vector<std::string>& path) {
  const Node* at = &document;
  for (const std::string& key : path) {
    at = at->kind == Node::Kind::mapping ? at->find(key) : nullptr;
    if (!at) return nullptr;
  }
  return at;
}

std::string json_removed(std::string_view text, const std::vector<std::string>& path,
                         const std::function<bool(const Node&)>& goes, std::size_t empty) {
  std::string out(text);
  bool removed = false;
  for (;;) {
    const Parsed<Node> document = read_json({"", out}, {});
    const Node* const list = json_at(document.value, path);
    if (!list || list->kind != Node::Kind::sequence) return out;
    const auto ours = std::find_if(list->items.begin(), list->items.end(), goes);
    if (ours == list->items.end()) break;
    const Span root = SpanReader(out).read();
    const Span* at = &root;
    for (const std::string& key : path) at = member(*at, key);
    out = without_part(out, *at, static_cast<std::size_t>(ours - list->items.begin()));
    removed = true;
  }
  for (std::size_t depth = path.size(); removed && empty > 0 && depth > 0; --depth, --empty) {
    const Span root = SpanReader(out).read();
    const Span* parent = &root;
    for (std::size_t i = 0; i + 1 < depth; ++i) parent = member(*parent, path[i]);
    const Span* const child = member(*parent, path[depth - 1]);
    if (!child->parts.empty()) break;
    out = without_part(out, *parent, static_cast<std::size_t>(child - parent->values.data()));
  }
  return out;
}

}  // namespace parsers
