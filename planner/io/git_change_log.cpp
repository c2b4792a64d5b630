#include "planner/io/git_change_log.h"

#include <fmt/format.h>
#include <unordered_map>

#include "planner/io/git_command.h"
#include "planner/io/git_repository.h"
#include "planner/io/index_cache.h"

namespace planner::io {
namespace {

constexpr std::uint64_t version = 1;               // of what is kept
constexpr std::size_t most_past_commits = 20'000;  // those beyond are too old to tell anything

/// Under which key the last text is kept: no blob has this id.
IndexKey key_of(const ObjectId& head) { return {std::string(head.size(), '0'), 0}; }

struct Kept {
  ObjectId head;
  std::string text;  // in git's order, the newest first
};

Kept split(std::string payload) {
  const std::size_t end = payload.find('\n');
  if (end == std::string::npos || !is_object_id(std::string_view(payload).substr(0, end))) return {};
  return {payload.substr(0, end), payload.substr(end + 1)};
}

std::vector<std::string> log_of(const ObjectId& head) {
  return {"log",
          "-z",
          "--no-merges",
          fmt::format("--max-count={}", most_past_commits),
          "--no-color",
          "-M",
          "-l400",
          "--name-status",
          "--format=%H",
          "--no-show-signature",
          "--end-of-options",
          head};
}

ChangeHistory read(std::string_view text) {
  const auto slices = log_slices(text);
  ChangeHistory history;
  for (auto slice = slices.rbegin(); slice != slices.rend(); ++slice) history.add(past_changes(slice->second));
  return history;
}

/// What is kept and what is new, in the order in which git lists all of it; empty where that leaves gaps.
std::string joined(std::string_view order, std::string_view fresh, std::string_view kept) {
  std::unordered_map<ObjectId, std::string_view> known;
  for (const std::string_view text : {kept, fresh})
    for (const auto& [id, slice] : log_slices(text)) known[id] = slice;
  std::string out;
  while (!order.empty()) {
    const std::size_t end = std::min(order.find('\n'), order.size());
    const auto slice = known.find(ObjectId(order.substr(0, end)));
    if (slice == known.end()) return {};
    out += slice->second;
    order.remove_prefix(std::min(end + 1, order.size()));
  }
  return out;
}

}  // namespace

std::vector<std::pair<ObjectId, std::string_view>> log_slices(std::string_view text) {
  std::vector<std::pair<ObjectId, std::string_view>> out;
  std::size_t begin = 0, at = 0;
  const auto close = [&](std::size_t end) {
    if (!out.empty()) out.back().second = text.substr(begin, end - begin);
  };
  bool is_path = false;  // the fields after a status are paths, whatever they look like
  int paths = 0;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find('\0', at), text.size());
    std::string_view field = text.substr(at, end - at);
    is_path = paths > 0;
    if (is_path) {
      --paths;
    } else {
      if (field.starts_with('\n')) field.remove_prefix(1);
      if (is_object_id(field)) {
        close(at);
        begin = at;
        out.emplace_back(ObjectId(field), std::string_view());
      } else if (!field.empty()) {
        paths = field.front() == 'R' || field.front() == 'C' ? 2 : 1;
      }
    }
    at = std::min(end + 1, text.size());
  }
  close(text.size());
  return out;
}

std::vector<PastChange> past_changes(std::string_view slice) {
  std::vector<PastChange> out;
  next_field(slice);  // the id
  while (!slice.empty()) {
    std::string_view status = next_field(slice);
    if (status.starts_with('\n')) status.remove_prefix(1);
    if (status.empty()) continue;
    PastChange change;
    change.path = next_field(slice);
    if (status.front() == 'R' || status.front() == 'C') {
      if (status.front() == 'R') change.kind = PastChange::Kind::renamed;
      change.from = change.path;
      change.path = next_field(slice);
    } else if (status.front() == 'D') {
      change.kind = PastChange::Kind::removed;
    }
    out.push_back(change);
  }
  return out;
}

// The text is kept under git's common directory, so that afterwards only new commits are read. What was kept changes no
// answer: the order is git's own in any case.
Result<ChangeHistory> GitRepository::change_history(const ObjectId& head) {
  IndexCache cache(layout_.common_dir + "/interlock/history", version);
  const IndexKey key = key_of(head);
  const Kept kept = split(cache.find(key).value_or(std::string()));
  if (kept.head == head) return read(kept.text);

  std::string text;
  if (!kept.head.empty()) {
    std::vector<std::string> newer = log_of(head);
    newer.push_back("^" + kept.head);
    const Result<std::string> fresh = answer(std::move(newer));
    const Result<std::string> order =
        answer({"rev-list", "--no-merges", fmt::format("--max-count={}", most_past_commits), "--end-of-options", head});
    if (fresh && order) text = joined(*order, *fresh, kept.text);
  }
  if (text.empty()) {
    Result<std::string> all = answer(log_of(head));
    if (!all) return tl::make_unexpected(all.error());
    text = std::move(*all);
  }
  ChangeHistory history = read(text);
  cache.put(key, head + "\n" + text);
  (void)cache.publish();  // what cannot be kept is read again
  return history;
}

}  // namespace planner::io
