// What two orders can collide on, and whether two of them meet: the one notion of overlap that plan, verify, compare,
// claims and guard share.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/path_pattern.h"

namespace planner {

/// Two resources are the same exactly when kind and text are.
struct Resource {
  enum class Kind {
    path,       ///< one file: "aidm/core/a.py"
    directory,  ///< all below: "tests/"
    pattern,    ///< "**/*.lock"
    symbol,     ///< "aidm/core/a.py::Outer.inner"
    named,      ///< "db:test"
  };
  Kind kind = Kind::path;
  std::string text;  ///< canonical; symbol: with its path

  std::string_view path() const;    ///< the part before "::" of a symbol, else the text
  std::string_view symbol() const;  ///< the part after "::" of a symbol, else empty
  friend auto operator<=>(const Resource&, const Resource&) = default;
};

/// A canonical path, directory, pattern or `path::Symbol` as a resource. REQUIRES: no pattern_error in the path.
Resource resource_from(std::string text);

/// Does the entry cover a path? A symbol covers its file; a named thing covers none.
bool covers(const Resource&, std::string_view path);

/// A path covered by both (see parsers::common_path for which), or for named things the name; a symbol counts as its
/// file. nullopt: they never meet.
std::optional<std::string> overlap(const Resource&, const Resource&);

/// "A.b" lies in "A" and in itself, not in "Ab". The empty symbol is the whole file.
bool encloses(std::string_view outer, std::string_view inner);

/// A set of resources compiled once and asked for many paths.
class Coverage {
 public:
  Coverage() = default;
  explicit Coverage(const std::vector<Resource>&);
  /// Position of the first resource that covers `path`; nullopt: none. O(log n + directories of path + patterns).
  std::optional<std::size_t> find(std::string_view path) const;
  bool covers(std::string_view path) const { return find(path).has_value(); }

 private:
  std::vector<std::pair<std::string, std::size_t>> exact_;  // path or "dir/", first position; sorted
  std::vector<std::pair<parsers::PathPattern, std::size_t>> patterns_;
};

}  // namespace planner
