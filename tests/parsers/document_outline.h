// A tree as one line, for tests.
#pragma once

#include <fmt/format.h>
#include <string>

#include "parsers/document.h"

namespace parsers {

/// A tree on one line: every value as line:column and text, quoted ones in quotes.
inline std::string outline(const Node& node) {
  std::string out = fmt::format("{}:{}", node.where.line, node.where.column);
  switch (node.kind) {
    case Node::Kind::null:
      return out + " null";
    case Node::Kind::scalar:
      return out + (node.quoted ? " \"" + node.text + "\"" : " " + node.text);
    case Node::Kind::sequence:
      out += " [";
      for (const Node& item : node.items) out += outline(item) + "; ";
      return out + "]";
    case Node::Kind::mapping:
      out += " {";
      for (const auto& [key, value] : node.members) out += outline(key) + " = " + outline(value) + "; ";
      return out + "}";
  }
  return out;
}

}  // namespace parsers
