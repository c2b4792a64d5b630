#include "planner/verify_appends.h"

#include <algorithm>

#include "planner/work_contents.h"

namespace planner {
namespace {

std::string_view next_line(std::string_view& rest) {
  const std::size_t end = std::min(rest.find('\n'), rest.size());
  std::string_view line = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

bool is_declared(const Orders& orders, const Work& work, const std::string& path) {
  return std::any_of(work.orders.begin(), work.orders.end(), [&](OrderId id) {
    const auto& write = orders.list[id.index()].write;
    return write && std::any_of(write->begin(), write->end(), [&](const Entry& entry) {
             return entry.intent_declared && entry.intent == parsers::Intent::append &&
                    entry.resource.kind != Resource::Kind::symbol && covers(entry.resource, path);
           });
  });
}

Growth growth_of(const Change& change, const Contents& contents) {
  if (change.old_blob.empty() || change.old_blob == change.new_blob) return Growth::grew;
  if (!is_regular_file(change.old_mode) || !is_regular_file(change.new_mode)) return Growth::rewritten;
  const auto before = contents.find(change.old_blob), after = contents.find(change.new_blob);
  if (before == contents.end() || after == contents.end() || !before->second || !after->second) return Growth::unknown;
  // What a large file held is not in its pointer.
  if (before->second->starts_with("version https://git-lfs.github.com/spec/")) return Growth::unknown;
  return only_grew(*before->second, *after->second) ? Growth::grew : Growth::rewritten;
}

}  // namespace

bool only_grew(std::string_view before, std::string_view after) {
  if (after.starts_with(before)) return true;
  while (!before.empty())
    if (after.empty() || next_line(before) != next_line(after)) return false;
  return true;
}

Result<void> look_at_growth(Repository& repository, const Orders& orders, const std::vector<Change>& steps,
                            Work& work) {
  std::vector<const Change*> whole, parts;
  for (const Change& change : work.changes)
    if (is_declared(orders, work, change.path)) whole.push_back(&change);
  for (const Change& step : steps)
    if (std::any_of(whole.begin(), whole.end(), [&](const Change* c) { return c->path == step.path; }))
      parts.push_back(&step);

  if (whole.empty()) return {};
  const Result<Contents> read = contents_of(repository, work, whole, parts);
  if (!read) return tl::make_unexpected(read.error());
  const Contents& contents = *read;
  for (const Change* change : whole) {
    Growth& growth = work.growth[change->path] = growth_of(*change, contents);
    if (growth == Growth::grew || steps.empty()) continue;
    growth = Growth::grew;
    for (const Change* part : parts)
      if (part->path == change->path) growth = std::max(growth, growth_of(*part, contents));
  }
  return {};
}

}  // namespace planner
