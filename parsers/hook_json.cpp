#include "parsers/hook_json.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

namespace parsers {
namespace {

constexpr std::size_t deepest = 64;
constexpr std::size_t most_values = 100'000;

/// The interface nlohmann::json::sax_parse asks for; every function is false to stop.
class HookEvents {
 public:
  HookJson finish() && { return {std::move(x_root), std::move(x_problem)}; }

  bool null() { return add({}); }
  bool boolean(bool value) { return scalar(value ? "true" : "false", false); }
  bool number_integer(std::int64_t value) { return scalar(std::to_string(value), false); }
  bool number_unsigned(std::uint64_t value) { return scalar(std::to_string(value), false); }
  bool number_float(double, const std::string& written) { return scalar(written, false); }
  bool string(std::string& text) { return scalar(std::move(text), true); }
  bool binary(std::vector<std::uint8_t>&) { return false; }  // no JSON text holds one
  bool key(std::string& text) {
    const std::vector<Node::Member>& members = x_open.back()->members;
    if (std::any_of(members.begin(), members.end(), [&](const Node::Member& m) { return m.key.text == text; }))
      return refuse("the key \"" + text.substr(0, 40) + "\" stands twice in one object");
    x_key.kind = Node::Kind::scalar;
    x_key.text = std::move(text);
    x_key.quoted = true;
    return true;
  }
  bool start_object(std::size_t) { return begin(Node::Kind::mapping); }
  bool start_array(std::size_t) { return begin(Node::Kind::sequence); }
  bool end_object() { return end(); }
  bool end_array() { return end(); }
  bool parse_error(std::size_t position, const std::string&, const nlohmann::json::exception&) {
    return refuse("it is not JSON from byte " + std::to_string(position) + " on");
  }

 private:
  bool refuse(std::string problem) {
    x_problem = std::move(problem);
    return false;
  }

  bool scalar(std::string text, bool quoted) {
    Node node;
    node.kind = Node::Kind::scalar;
    node.text = std::move(text);
    node.quoted = quoted;
    return add(std::move(node));
  }

  Node* place(Node&& node) {
    if (x_open.empty()) {
      x_root = std::move(node);
      return &x_root;
    }
    Node& parent = *x_open.back();
    if (parent.kind == Node::Kind::sequence) {
      parent.items.push_back(std::move(node));
      return &parent.items.back();
    }
    parent.members.push_back({std::move(x_key), std::move(node)});
    x_key = {};
    return &parent.members.back().value;
  }

  bool add(Node&& node) {
    if (++x_values > most_values) return refuse("it holds more than 100,000 values");
    // Looking for duplicate keys is quadratic in the members of one object.
    if (!x_open.empty() && x_open.back()->members.size() > 1000) return refuse("an object has more than 1000 keys");
    place(std::move(node));
    return true;
  }

  bool begin(Node::Kind kind) {
    if (x_open.size() >= deepest) return refuse("it is nested more than 64 deep");
    if (++x_values > most_values) return refuse("it holds more than 100,000 values");
    Node node;
    node.kind = kind;
    x_open.push_back(place(std::move(node)));  // stable: its parent grows only after it was closed
    return true;
  }
  bool end() {
    x_open.pop_back();
    return true;
  }

  Node x_root;
  Node x_key;
  std::vector<Node*> x_open;
  std::size_t x_values = 0;
  std::string x_problem;
};

}  // namespace

bool JsonValueEnd::feed(std::string_view bytes) {
  for (std::size_t i = 0; i < bytes.size() && !x_done; ++i, ++x_size) {
    const char c = bytes[i];
    if (x_escaped) {
      x_escaped = false;
    } else if (x_in_string) {
      x_escaped = c == '\\';
      x_in_string = c != '"';
    } else if (c == '{' || c == '[') {
      ++x_depth;
    } else if (c == '}' || c == ']') {
      x_done = x_depth <= 1;
      x_depth -= x_depth > 0 ? 1 : 0;
    } else if (x_depth > 0) {
      x_in_string = c == '"';
    } else if (std::string_view(" \t\r\n\xef\xbb\xbf").find(c) == std::string_view::npos) {
      x_done = true;  // no object and no array
    }
  }
  return x_done;
}

HookJson read_hook_json(std::string_view text) {
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) return {{}, "it is empty"};
  HookEvents events;
  const bool strict = false;  // what follows the first value is nobody's business
  nlohmann::json::sax_parse(text.begin(), text.end(), &events, nlohmann::json::input_format_t::json, strict);
  HookJson out = std::move(events).finish();
  if (!out.problem.empty()) out.value = {};
  return out;
}

}  // namespace parsers
