#include "parsers/document_builder.h"

#include <algorithm>
#include <fmt/format.h>
#include <numeric>
#include <utility>

#include "parsers/document_fields.h"
#include "parsers/document_text.h"

namespace parsers {

bool DocumentBuilder::null(Location where) {
  if (wants_key()) return give_up(where, "a key is missing", "write every member as \"key: value\"");
  return add({Node::Kind::null, where, {}, false, {}, {}});
}

bool DocumentBuilder::scalar(Location where, std::string text, bool quoted) {
  if (text.size() > document_text_limit) {
    if (!complain(where, fmt::format("a text of {} bytes, more than the limit of 64 KiB", text.size()), "shorten it"))
      return false;
    text.clear();
  }
  return add({Node::Kind::scalar, where, std::move(text), quoted, {}, {}});
}

bool DocumentBuilder::begin(Node::Kind kind, Location where) {
  if (x_open.size() == document_depth_limit)
    return give_up(where, fmt::format("nested deeper than {} levels", document_depth_limit), "write it flatter");
  if (wants_key())
    return give_up(where, kind == Node::Kind::mapping ? "a mapping where a key belongs" : "a list where a key belongs",
                   "a key is plain text; put text that begins with [ or { in quotes");
  if (!add({kind, where, {}, false, {}, {}})) return false;
  Node* node = &x_root;
  if (!x_open.empty()) {
    Node& parent = *x_open.back().node;
    node = parent.kind == Node::Kind::sequence ? &parent.items.back() : &parent.members.back().value;
  }
  x_open.push_back({node, false});
  return true;
}

bool DocumentBuilder::end() {
  Node& node = *x_open.back().node;
  x_open.pop_back();
  if (node.kind == Node::Kind::mapping) drop_duplicate_keys(node);
  return !x_gave_up;
}

bool DocumentBuilder::add(Node&& node) {
  if (++x_values > document_values_limit)
    return give_up(node.where, fmt::format("more than {} values in one document", document_values_limit),
                   "split it into several files");
  if (x_open.empty()) {
    x_root = std::move(node);
    return true;
  }
  Open& open = x_open.back();
  if (open.node->kind == Node::Kind::sequence) {
    open.node->items.push_back(std::move(node));
  } else if (open.has_key) {
    open.node->members.back().value = std::move(node);
    open.has_key = false;
  } else {
    open.node->members.push_back({std::move(node), Node{}});
    open.has_key = true;
  }
  return true;
}

void DocumentBuilder::drop_duplicate_keys(Node& mapping) {
  auto& members = mapping.members;
  std::vector<std::size_t> order(members.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return members[a].key.text < members[b].key.text; });
  std::vector<bool> repeated(members.size(), false);
  std::size_t first = 0;  // position in `order` of the first member with the present key
  for (std::size_t i = 1; i < order.size(); ++i) {
    const Node& key = members[order[i]].key;
    const Node& earlier = members[order[first]].key;
    if (key.text != earlier.text) {
      first = i;
      continue;
    }
    repeated[order[i]] = true;
    complain(key.where, fmt::format("the key {} is here twice", quote(key.text)),
             fmt::format("the first is on line {}; keep one", earlier.where.line));
  }
  std::size_t index = 0;
  members.erase(std::remove_if(members.begin(), members.end(), [&](const auto&) { return repeated[index++]; }),
                members.end());
}

bool DocumentBuilder::complain(Location where, std::string message, std::string remedy) {
  constexpr std::size_t most = 1000;
  if (x_diagnostics.size() < most)
    x_diagnostics.push_back({Severity::error, where, std::move(message), std::move(remedy)});
  if (x_diagnostics.size() < most) return true;
  x_gave_up = true;
  return false;
}

bool DocumentBuilder::give_up(Location where, std::string message, std::string remedy) {
  complain(where, std::move(message), std::move(remedy));
  x_gave_up = true;
  return false;
}

Parsed<Node> DocumentBuilder::finish() {
  x_open.clear();
  if (x_gave_up) x_root = Node{Node::Kind::null, {x_file, 0, 0}, {}, false, {}, {}};
  return {std::move(x_root), std::move(x_diagnostics)};
}

}  // namespace parsers
