#include "planner/verify_appends.h"

#include <algorithm>
#include <map>
#include <optional>

namespace planner {
namespace {

constexpr std::size_t most_bytes = std::size_t{1} << 20;

std::string_view next_line(std::string_view& rest) {
  const std::size_t end = std::min(rest.find('\n'), rest.size());
  std::string_view line = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

bool is_file(std::uint32_t mode) { return (mode & 0170000) == 0100000; }

bool is_declared(const Orders& orders, const Work& work, const std::string& path) {
  return std::any_of(work.orders.begin(), work.orders.end(), [&](OrderId id) {
    const auto& write = orders.list[id.index()].write;
    return write && std::any_of(write->begin(), write->end(), [&](const Entry& entry) {
             return entry.intent_declared && entry.intent == parsers::Intent::append &&
                    entry.resource.kind != Resource::Kind::symbol && covers(entry.resource, path);
           });
  });
}

using Contents = std::map<ObjectId, std::optional<std::string>>;

Growth growth_of(const Change& change, const Contents& contents) {
  if (change.old_blob.empty() || change.old_blob == change.new_blob) return Growth::grew;
  if (!is_file(change.old_mode) || !is_file(change.new_mode)) return Growth::rewritten;
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

  std::vector<ObjectId> blobs;
  std::vector<const Change*> uncommitted;
  for (const std::vector<const Change*>* list : {&whole, &parts})
    for (const Change* change : *list) {
      if (change->old_blob.empty() || change->new_blob.empty()) continue;
      blobs.push_back(change->old_blob);
      if (work.head.empty())
        uncommitted.push_back(change);
      else
        blobs.push_back(change->new_blob);
    }
  if (blobs.empty()) {
    for (const Change* change : whole) work.growth[change->path] = growth_of(*change, {});
    return {};
  }
  Contents contents;
  Result<std::vector<std::optional<std::string>>> read = repository.blobs(blobs, most_bytes);
  if (!read) return tl::make_unexpected(read.error());
  for (std::size_t i = 0; i < blobs.size(); ++i) contents[blobs[i]] = std::move((*read)[i]);
  if (!uncommitted.empty()) {
    std::vector<std::string> paths;
    for (const Change* change : uncommitted) paths.push_back(change->path);
    read = repository.worktree_files(work.name, paths, most_bytes);
    if (!read) return tl::make_unexpected(read.error());
    for (std::size_t i = 0; i < uncommitted.size(); ++i) contents[uncommitted[i]->new_blob] = std::move((*read)[i]);
  }

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
