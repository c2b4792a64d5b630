#include "parsers/document.h"

namespace parsers {

const Node* Node::find(std::string_view key) const {
  for (const auto& [name, value] : members)
    if (name.text == key) return &value;
  return nullptr;
}

}  // namespace parsers
