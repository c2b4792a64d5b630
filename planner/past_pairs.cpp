#include "planner/past_pairs.h"

#include <algorithm>
#include <fmt/format.h>

#include "planner/compare_textual.h"
#include "planner/conflicts.h"
#include "planner/landed_lines.h"

namespace planner {
namespace {

bool keeps_apart(const Clash& clash) {
  return clash.kind == ConflictKind::write_write || clash.kind == ConflictKind::orphaned_work ||
         clash.kind == ConflictKind::duplicate_work;
}

}  // namespace

std::vector<std::string_view> touched_paths(const BranchWork& work) {
  std::vector<std::string_view> out;
  for (const FileEdit& edit : work.edits) {
    out.push_back(edit.path);
    if (!edit.old_path.empty() && edit.old_path != edit.path) out.push_back(edit.old_path);
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

std::vector<std::string_view> common_paths(const PastState& a, const PastState& b) {
  std::vector<std::string_view> out;
  std::set_intersection(a.paths.begin(), a.paths.end(), b.paths.begin(), b.paths.end(), std::back_inserter(out));
  return out;
}

Writers writers_of(const std::vector<const PastState*>& states) {
  Writers out;
  for (const PastState* state : states)
    for (const FileEdit& edit : state->work.edits) {
      out[edit.path].emplace_back(state, &edit);
      if (!edit.old_path.empty() && edit.old_path != edit.path) out[edit.old_path].emplace_back(state, &edit);
    }
  return out;
}

Result<void> PastPairs::merge(std::vector<StatePair> pairs) {
  pairs_ = std::move(pairs);
  std::vector<std::pair<ObjectId, ObjectId>> asked, drift;
  for (const auto& [a, b] : pairs_) asked.emplace_back(a->work.tip, b->work.tip);
  auto merged = repository_.merges(asked);
  if (!merged) return tl::make_unexpected(merged.error());
  merges_ = std::move(*merged);
  const auto want = [&](const ObjectId& ours, const ObjectId& theirs) {
    if (drift_.try_emplace({ours, theirs}, drift.size()).second) drift.emplace_back(ours, theirs);
  };
  for (std::size_t i = 0; i < pairs_.size(); ++i) {
    const BranchWork &a = pairs_[i].first->work, &b = pairs_[i].second->work;
    if (merges_[i].state != Merge::State::conflicted || a.base == b.base) continue;
    want(a.tip, b.base);
    want(a.base, b.tip);
  }
  auto drifted = repository_.merges(drift);
  if (!drifted) return tl::make_unexpected(drifted.error());
  drift_merges_ = std::move(*drifted);
  return {};
}

std::vector<const Merge*> PastPairs::drift_of(const StatePair& pair) const {
  const BranchWork &a = pair.first->work, &b = pair.second->work;
  std::vector<const Merge*> out;
  if (a.base == b.base) return out;
  for (const auto& names : {std::pair(a.tip, b.base), std::pair(a.base, b.tip)})
    if (const auto found = drift_.find(names); found != drift_.end()) out.push_back(&drift_merges_[found->second]);
  return out;
}

Result<void> PastPairs::read(const std::vector<std::vector<const PastState*>>& groups) {
  std::set<const FileEdit*> edits;
  for (const auto& group : groups)
    for (const auto& [path, writers] : writers_of(group))
      if (writers.size() > 1)
        for (const auto& [state, edit] : writers) edits.insert(edit);
  std::vector<std::string> merged;
  for (std::size_t i = 0; i < pairs_.size(); ++i) {
    const auto marked = drifted_files(merges_[i], drift_of(pairs_[i]));
    merged.insert(merged.end(), marked.begin(), marked.end());
  }
  if (auto done = reader_.read({edits.begin(), edits.end()}); !done) return done;
  return reader_.read_blobs(std::move(merged));
}

PastPairs::Collided PastPairs::collided(std::size_t pair) {
  const BranchWork &a = pairs_[pair].first->work, &b = pairs_[pair].second->work;
  Collided out;
  for (const Finding& finding :
       compare_textual(a, b, merges_[pair], drift_of(pairs_[pair]), common_files(a, b), reader_))
    if (finding.severity == FindingSeverity::error) out.paths.insert(finding.where.file);
  out.drift = out.paths.empty() && merges_[pair].state == Merge::State::conflicted;
  return out;
}

std::set<std::string> PastPairs::would_collide(const PastState& earlier, const PastState& later) {
  std::set<std::string> out;
  for (const FileEdit& edit : later.work.edits) {
    if (edit.old_path.empty()) continue;
    const FileEdit* before = earlier.work.now_at(edit.old_path);
    if (before == nullptr || before->kind != FileEdit::Kind::modified) continue;
    if (edit.kind == FileEdit::Kind::removed) out.insert(edit.old_path);
    const EditedText &a = reader_.text(*before), &b = reader_.text(edit);
    if (edit.kind == FileEdit::Kind::removed || !a.read || !b.read) continue;
    if (lines_meet(a.hunks, line_hunks(a.after, b.before), b.hunks)) out.insert(edit.old_path);
  }
  return out;
}

bool PastPairs::only_insertions(const StatePair& pair, std::string_view path) {
  const FileEdit* edit_a = pair.first->work.now_at(path);
  const FileEdit* edit_b = pair.second->work.now_at(path);
  if (edit_a == nullptr || edit_b == nullptr || edit_a->kind != FileEdit::Kind::modified ||
      edit_b->kind != FileEdit::Kind::modified)
    return false;
  const EditedText &a = reader_.text(*edit_a), &b = reader_.text(*edit_b);
  if (!a.read || !b.read) return false;
  const bool same = edit_a->old_blob == edit_b->old_blob;  // else nobody knows which lines are the same
  bool met = false;
  for (const LineHunk& x : a.hunks)
    for (const LineHunk& y : b.hunks) {
      if (same && (x.old_first > y.old_first + y.old_count || y.old_first > x.old_first + x.old_count)) continue;
      if (x.old_count > 0 || y.old_count > 0) return false;
      met = true;
    }
  return met;
}

const WrittenFile& PastPairs::written(const FileEdit& edit) {
  auto& kept = written_[&edit];
  if (!kept) kept = std::make_unique<WrittenFile>(written_file(edit, reader_.text(edit)));
  return *kept;
}

/// The text in which the places of a path are looked up when several meet: what the newest of them began with.
const parsers::CodeOutline* PastPairs::version(
    const std::vector<std::pair<const PastState*, const FileEdit*>>& writers) {
  const FileEdit* newest = nullptr;
  std::ptrdiff_t seen = 0;
  for (const auto& [state, edit] : writers)
    if (edit->kind == FileEdit::Kind::modified && (newest == nullptr || state->seen > seen))
      newest = edit, seen = state->seen;
  return newest == nullptr ? nullptr : reader_.text(*newest).old_outline;
}

Orders PastPairs::orders_of(const std::vector<const PastState*>& states, const Writers& writers,
                            Granularity granularity) {
  Orders out;
  for (std::size_t i = 0; i < states.size(); ++i) {
    std::vector<Entry> entries;
    for (const FileEdit& edit : states[i]->work.edits) {
      const auto& here = writers.at(edit.path);
      const bool met_before = !edit.old_path.empty() && writers.at(edit.old_path).size() > 1;
      if (here.size() < 2 && !met_before) continue;
      for (Entry& entry : entries_of(written(edit), granularity, version(here))) entries.push_back(std::move(entry));
    }
    out.list.push_back(past_order(fmt::format("{:03}", i), std::move(entries)));
  }
  return out;
}

PastPairs::Alarms PastPairs::alarms(const PastState& a, const PastState& b) {
  const std::vector<const PastState*> states{&a, &b};
  const Writers writers = writers_of(states);
  Alarms out;
  for (const Granularity granularity : all_granularities)
    for (const Clash& clash : find_clashes(orders_of(states, writers, granularity), {}, UnknownScope::parallel).pairs)
      if (keeps_apart(clash))
        out[static_cast<std::size_t>(granularity)].emplace(clash.evidence.witness, clash.evidence.resource);
  return out;
}

}  // namespace planner
