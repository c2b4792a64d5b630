// YAML and JSON as one tree of values that know their place.
//
// UTF-8 only; one document, no tags, anchors or aliases; duplicate keys refused; depth 64; strings of at most 64 KiB.
// Whatever breaks a rule is a located diagnostic; the tree holds what could be read.
#pragma once

#include <string>
#include <vector>

#include "parsers/diagnostic.h"

namespace parsers {

struct Node {
  enum class Kind { null, scalar, sequence, mapping };
  Kind kind = Kind::null;
  Location where;
  std::string text;         ///< scalar
  bool quoted = false;      ///< a quoted scalar is text even if it looks like a number, a boolean or null
  std::vector<Node> items;  ///< sequence
  struct Member;
  std::vector<Member> members;                   ///< mapping, in document order
  const Node* find(std::string_view key) const;  ///< mapping: the value, or nullptr
};

struct Node::Member {
  Node key;
  Node value;
};

Parsed<Node> read_yaml(const Source&, FileId);
Parsed<Node> read_json(const Source&, FileId);

}  // namespace parsers
