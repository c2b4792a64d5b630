// Small changes to a JSON text that leave every other byte as its author wrote it.
#pragma once

#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "parsers/document.h"

namespace parsers {

/// Values to put in.
Node json_string(std::string text);
Node json_number(std::int64_t);
Node json_boolean(bool);
Node json_list(std::vector<Node> items);
Node json_object(std::vector<std::pair<std::string, Node>> members);

/// The value in several lines (two spaces a level; `indent` in front of all but the first), or in one.
std::string json_pretty(const Node&, std::string_view indent);
std::string json_compact(const Node&);

/// Appends to the list that `path` names (keys of objects, outermost first), making what is missing of the path. Where
/// the container stands in one line the addition does too, else it takes the indentation it finds.
/// REQUIRES: read_json takes `text`, it is an object, and what there is of the path are objects and a list.
std::string json_appended(std::string_view text, const std::vector<std::string>& path, const Node& item);

/// Takes out the items of that list for which `goes` says so, with their commas; then, innermost first, at most `empty`
/// containers on the path (the list, the objects around it, never the outermost) that this leaves with nothing in them.
std::string json_removed(std::string_view text, const std::vector<std::string>& path,
                         const std::function<bool(const Node&)>& goes, std::size_t empty);

/// The value that the path names; nullptr: there is none.
const Node* json_at(const Node& document, const std::vector<std::string>& path);

}  // namespace parsers
