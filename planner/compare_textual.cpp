#include "planner/compare_textual.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>

#include "planner/compare_rules.h"

namespace planner {
namespace {

/// Both sides of one conflicting region, as git marks it.
using Region = std::pair<std::string, std::string>;

std::vector<Region> regions(std::string_view text) {
  std::vector<Region> out;
  enum class In { none, ours, base, theirs } in = In::none;
  for (const std::string_view line : lines_of(text)) {
    if (line.starts_with("<<<<<<< ")) {
      out.emplace_back();
      in = In::ours;
    } else if (in != In::none && line.starts_with("||||||| ")) {
      in = In::base;
    } else if (in != In::none && line == "=======") {
      in = In::theirs;
    } else if (in != In::none && line.starts_with(">>>>>>> ")) {
      in = In::none;
    } else if (in == In::ours) {
      out.back().first += std::string(line) + "\n";
    } else if (in == In::theirs) {
      out.back().second += std::string(line) + "\n";
    }
  }
  return out;
}

bool in_conflict(const Merge& merge, const std::string& path) {
  return std::any_of(merge.stages.begin(), merge.stages.end(), [&](const MergeStage& s) { return s.path == path; });
}

bool is_drift(const Merge& merge, const std::vector<const Merge*>& drift, const std::string& path,
              const EditReader& reader) {
  std::set<Region> known;
  bool drifted = false;
  for (const Merge* other : drift) {
    if (!in_conflict(*other, path)) continue;
    drifted = true;
    if (const std::string* text = reader.blob(other->tree + ":" + path))
      for (Region& region : regions(*text)) known.insert(std::move(region));
  }
  if (!drifted) return false;
  const std::string* text = reader.blob(merge.tree + ":" + path);
  if (text == nullptr) return true;  // removed against changed, or binary: nothing in it could tell
  const std::vector<Region> own = regions(*text);
  return std::all_of(own.begin(), own.end(), [&](const Region& region) { return known.contains(region); });
}

/// "CONFLICT (modify/delete)" as "modify/delete".
std::string kind_of(const Merge& merge, const std::string& path) {
  for (const MergeMessage& message : merge.said) {
    if (!message.conflict() || std::find(message.paths.begin(), message.paths.end(), path) == message.paths.end())
      continue;
    const std::size_t open = message.kind.find('('), close = message.kind.rfind(')');
    if (open != std::string::npos && close > open) return message.kind.substr(open + 1, close - open - 1);
  }
  return "conflict";
}

bool touch(const LineHunk& a, const LineHunk& b) {
  return a.old_first <= b.old_first + b.old_count && b.old_first <= a.old_first + a.old_count;
}

/// Where the two meet first: lines of each side's file; 0 where nobody can say.
std::pair<std::uint32_t, std::uint32_t> lines_in_conflict(const std::string& path,
                                                          const std::vector<CommonFile>& common, EditReader& reader) {
  for (const CommonFile& file : common) {
    if (file.a->path != path && file.b->path != path) continue;
    const EditedText &a = reader.text(*file.a), &b = reader.text(*file.b);
    if (!a.read || !b.read || file.a->kind == FileEdit::Kind::removed || file.b->kind == FileEdit::Kind::removed)
      return {0, 0};
    if (file.a->old_blob == file.b->old_blob)
      for (const LineHunk& x : a.hunks)
        for (const LineHunk& y : b.hunks)
          if (touch(x, y)) return {x.new_first, y.new_first};
  }
  return {0, 0};
}

}  // namespace

std::vector<std::string> drifted_files(const Merge& merge, const std::vector<const Merge*>& drift) {
  std::vector<std::string> out;
  if (merge.state != Merge::State::conflicted) return out;
  for (const std::string& path : merge.paths())
    for (const Merge* other : drift)
      if (in_conflict(*other, path)) {
        out.push_back(merge.tree + ":" + path);
        out.push_back(other->tree + ":" + path);
      }
  return out;
}

std::vector<Finding> compare_textual(const BranchWork& a, const BranchWork& b, const Merge& merge,
                                     const std::vector<const Merge*>& drift, const std::vector<CommonFile>& common,
                                     EditReader& reader) {
  std::vector<Finding> out;
  if (merge.state == Merge::State::unproven) {
    out.push_back(compare_finding("textual", Certainty::unproven,
                                  fmt::format("git cannot say whether {} and {} merge: {}", a.name, b.name, merge.why),
                                  {}));
    out.back().severity = FindingSeverity::note;
    return out;
  }
  for (const std::string& path : merge.paths()) {
    if (is_drift(merge, drift, path, reader)) continue;
    const auto [line_a, line_b] = lines_in_conflict(path, common, reader);
    Finding finding = compare_finding(
        "textual", Certainty::proved,
        fmt::format("git cannot merge {} and {} in {} ({})", a.name, b.name, path, kind_of(merge, path)),
        {path, line_a});
    finding.related.push_back(on_side(b.name, {path, line_b}, "in conflict with it"));
    out.push_back(std::move(finding));
  }
  return out;
}

}  // namespace planner
