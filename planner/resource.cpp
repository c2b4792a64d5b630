#include "planner/resource.h"

#include <algorithm>

namespace planner {

using parsers::PathPattern;

std::string_view Resource::path() const {
  const std::string_view all = text;
  return kind == Kind::symbol ? all.substr(0, all.find("::")) : all;
}

std::string_view Resource::symbol() const {
  return kind == Kind::symbol ? std::string_view(text).substr(text.find("::") + 2) : std::string_view();
}

Resource resource_from(std::string text) {
  using Kind = Resource::Kind;
  const Kind kind = text.find("::") != std::string::npos ? Kind::symbol
                    : parsers::is_pattern(text)          ? Kind::pattern
                    : text.back() == '/'                 ? Kind::directory
                                                         : Kind::path;
  return {kind, std::move(text)};
}

bool covers(const Resource& resource, std::string_view path) {
  switch (resource.kind) {
    case Resource::Kind::path:
    case Resource::Kind::symbol:
      return resource.path() == path;
    case Resource::Kind::directory:
      return path.size() > resource.text.size() && path.starts_with(resource.text);
    case Resource::Kind::pattern:
      return PathPattern(resource.text).matches(path);
    case Resource::Kind::named:
      return false;
  }
  return false;
}

std::optional<std::string> overlap(const Resource& a, const Resource& b) {
  using Kind = Resource::Kind;
  if (a.kind == Kind::named || b.kind == Kind::named) return a == b ? std::optional(a.text) : std::nullopt;
  if (a.path() == b.path() && a.kind != Kind::pattern && a.kind != Kind::directory) return std::string(a.path());
  const bool exact_a = a.kind == Kind::path || a.kind == Kind::symbol;
  const bool exact_b = b.kind == Kind::path || b.kind == Kind::symbol;
  if (exact_a && exact_b) return std::nullopt;
  return common_path(PathPattern(a.path()), PathPattern(b.path()));
}

bool encloses(std::string_view outer, std::string_view inner) {
  return outer.empty() || (inner.starts_with(outer) && (inner.size() == outer.size() || inner[outer.size()] == '.'));
}

Coverage::Coverage(const std::vector<Resource>& resources) {
  for (std::size_t i = 0; i < resources.size(); ++i) {
    if (resources[i].kind == Resource::Kind::pattern)
      patterns_.emplace_back(PathPattern(resources[i].text), i);
    else if (resources[i].kind != Resource::Kind::named)
      exact_.emplace_back(resources[i].path(), i);
  }
  std::sort(exact_.begin(), exact_.end());
}

std::optional<std::size_t> Coverage::find(std::string_view path) const {
  std::optional<std::size_t> first;
  const auto take = [&](std::size_t i) { first = first ? std::min(*first, i) : i; };
  const auto look_up = [&](std::string_view key) {
    const auto at = std::lower_bound(exact_.begin(), exact_.end(), key,
                                     [](const auto& entry, std::string_view k) { return entry.first < k; });
    if (at != exact_.end() && at->first == key) take(at->second);
  };
  look_up(path);
  for (std::size_t slash = path.find('/'); slash != std::string_view::npos && slash + 1 < path.size();
       slash = path.find('/', slash + 1))
    look_up(path.substr(0, slash + 1));
  for (const auto& [pattern, i] : patterns_)
    if ((!first || i < *first) && pattern.matches(path)) take(i);
  return first;
}

}  // namespace planner
