#include "planner/verify_scope_add.h"

#include <algorithm>
#include <fmt/format.h>

#include "planner/attribution.h"
#include "planner/resolve.h"
#include "planner/verify_rules.h"

namespace planner {
namespace {

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

/// What is wrong with it; empty: nothing.
std::string problem_of(std::string_view value, ScopeAdd& out) {
  const std::size_t dashes = value.find(" -- ");
  const std::string_view path = trimmed(value.substr(0, dashes));
  if (dashes == std::string_view::npos || trimmed(value.substr(dashes + 4)).empty()) return "it gives no reason";
  const CanonicalPath canonical = canonical_path(path, "", Ground{});
  if (!canonical.error.empty()) return canonical.error;
  out.path = canonical.text.substr(0, canonical.text.find("::"));
  out.reason = trimmed(value.substr(dashes + 4));
  return {};
}

}  // namespace

const ScopeAdd* ScopeAdds::find(std::string_view path) const {
  const auto found = std::find_if(list.begin(), list.end(), [&](const ScopeAdd& add) {
    return add.path == path || (add.path.ends_with('/') && path.starts_with(add.path));
  });
  return found == list.end() ? nullptr : &*found;
}

ScopeAdds read_scope_adds(const Orders& orders, const Work& work) {
  ScopeAdds out;
  const std::string id = work.orders.empty() ? std::string() : orders.list[work.orders[0].index()].id;
  for (const Commit& commit : work.commits)
    for (const Trailer& trailer : commit.trailers) {
      if (!has_key(trailer, "Scope-Add")) continue;
      ScopeAdd add;
      add.commit = commit.id;
      const std::string problem = problem_of(trailer.value, add);
      if (problem.empty()) {
        out.list.push_back(std::move(add));
        continue;
      }
      out.findings.push_back(finding("scope-extended", orders.rules.policy, Certainty::proved, id,
                                     fmt::format("the trailer \"Scope-Add: {}\" of commit {} counts for nothing: {}",
                                                 trailer.value, commit.id.substr(0, 10), problem),
                                     {}));
    }
  return out;
}

std::string scope_add_line(std::string_view path) { return fmt::format("Scope-Add: {} -- reason", path); }

}  // namespace planner
