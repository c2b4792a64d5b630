// `Scope-Add: PATH -- reason` trailers: an undeclared write that its author stands by.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "planner/work.h"

namespace planner {

struct ScopeAdd {
  std::string path;  ///< canonical; with a trailing slash: all below. Wildcards are not wild here
  std::string reason;
  std::string commit;  ///< id
};

struct ScopeAdds {
  std::vector<ScopeAdd> list;     ///< oldest first
  std::vector<Finding> findings;  ///< notes about those that count for nothing

  const ScopeAdd* find(std::string_view path) const;
};

ScopeAdds read_scope_adds(const Orders&, const Work&);

/// The line to paste.
std::string scope_add_line(std::string_view path);

}  // namespace planner
