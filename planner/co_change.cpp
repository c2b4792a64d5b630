#include "planner/co_change.h"

#include <algorithm>
#include <cctype>
#include <iterator>
#include <map>

namespace planner {
namespace {

constexpr std::size_t giant = 30;                  // files of a commit that tells nothing
constexpr std::size_t most_commits_of_file = 400;  // the newest of them vote
constexpr std::int64_t half_life = 300;            // commits
constexpr std::int64_t one = 1 << 20;              // of a vote: a commit of the same files, just now
constexpr std::int64_t doubt = one * 3 / 10;       // what votes have to outweigh
constexpr std::int64_t named_alike = 100;          // permille
constexpr std::int64_t worth_saying = 150;         // permille: of the likeliest
constexpr std::int64_t worth_listing = 30;

/// "cart" of "src/cart.py", "test_cart.py", "CartTest.java", "cart.spec.ts".
std::string subject_of(std::string_view path) {
  std::string_view name = path.substr(path.rfind('/') + 1);
  name = name.substr(0, name.find('.', 1));
  std::string out;
  for (const char c : name) out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  for (const std::string_view before : {"test_", "tests_"})
    if (out.starts_with(before)) out.erase(0, before.size());
  for (const std::string_view after : {"_test", "_tests", "_spec", "tests", "test"})
    if (out.size() > after.size() && out.ends_with(after)) {
      out.resize(out.size() - after.size());
      break;
    }
  return out;
}

}  // namespace

ChangeHistory::FileNumber ChangeHistory::number_of(std::string_view path) {
  const auto [known, fresh] = by_path_.try_emplace(std::string(path), static_cast<FileNumber>(paths_.size()));
  if (fresh) {
    paths_.emplace_back(path);
    of_file_.emplace_back();
  }
  return known->second;
}

void ChangeHistory::add(const std::vector<PastChange>& changes) {
  std::vector<FileNumber> files;
  for (const PastChange& change : changes) {
    if (change.kind == PastChange::Kind::renamed)
      if (auto old = by_path_.extract(std::string(change.from)); !old.empty()) {
        if (const auto there = by_path_.find(std::string(change.path)); there != by_path_.end()) {
          paths_[there->second].clear();
          by_path_.erase(there);
        }
        paths_[old.mapped()] = change.path;
        old.key() = change.path;
        by_path_.insert(std::move(old));
      }
    if (change.kind != PastChange::Kind::removed) {
      files.push_back(number_of(change.path));
    } else if (const auto gone = by_path_.find(std::string(change.path)); gone != by_path_.end()) {
      paths_[gone->second].clear();
      by_path_.erase(gone);
    }
  }
  if (files.empty() || changes.size() > giant) return;
  std::sort(files.begin(), files.end());
  files.erase(std::unique(files.begin(), files.end()), files.end());
  for (const FileNumber file : files) of_file_[file].push_back(static_cast<std::uint32_t>(commits_.size()));
  commits_.push_back(std::move(files));
}

std::vector<CoChange> ChangeHistory::likely_with(const std::vector<std::string>& given, std::size_t most) const {
  std::vector<FileNumber> files;
  std::vector<std::string> subjects;
  for (const std::string& path : given) {
    if (const auto known = by_path_.find(path); known != by_path_.end()) files.push_back(known->second);
    subjects.push_back(subject_of(path));
  }
  std::sort(files.begin(), files.end());
  files.erase(std::unique(files.begin(), files.end()), files.end());

  std::map<std::uint32_t, std::int64_t> shared;  // commit -> files it has in common with the given
  for (const FileNumber file : files) {
    const std::vector<std::uint32_t>& all = of_file_[file];
    const std::size_t from = all.size() > most_commits_of_file ? all.size() - most_commits_of_file : 0;
    for (std::size_t i = from; i < all.size(); ++i) ++shared[all[i]];
  }
  std::map<FileNumber, std::int64_t> votes;
  std::int64_t all_votes = doubt;
  for (const auto& [commit, common] : shared) {
    const auto size = static_cast<std::int64_t>(commits_[commit].size());
    const auto age = static_cast<std::int64_t>(commits_.size() - 1 - commit);
    const std::int64_t alike = one * common * common / (size * static_cast<std::int64_t>(files.size()));
    const std::int64_t vote = alike * half_life / (half_life + age);
    all_votes += vote;
    for (const FileNumber file : commits_[commit])
      if (!paths_[file].empty() && !std::binary_search(files.begin(), files.end(), file)) votes[file] += vote;
  }
  std::vector<std::pair<std::int64_t, FileNumber>> ranked;
  for (const auto& [file, sum] : votes) {
    const std::string subject = subject_of(paths_[file]);
    const bool alike = subject.size() > 1 && std::find(subjects.begin(), subjects.end(), subject) != subjects.end();
    const std::int64_t permille = 1000 * sum / all_votes + (alike ? named_alike : 0);
    if (permille >= worth_listing) ranked.emplace_back(std::min<std::int64_t>(permille, 1000), file);
  }
  std::sort(ranked.begin(), ranked.end(), [&](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : paths_[a.second] < paths_[b.second];
  });
  if (ranked.empty() || ranked.front().first < worth_saying) return {};
  std::vector<CoChange> out;
  for (std::size_t i = 0; i < std::min(most, ranked.size()); ++i) {
    out.push_back({paths_[ranked[i].second], ranked[i].first, "", 0, 0});
    count(out.back(), ranked[i].second, files);
  }
  return out;
}

void ChangeHistory::count(CoChange& co_change, FileNumber file, const std::vector<FileNumber>& given) const {
  for (const FileNumber with : given) {
    std::vector<std::uint32_t> both;
    std::set_intersection(of_file_[file].begin(), of_file_[file].end(), of_file_[with].begin(), of_file_[with].end(),
                          std::back_inserter(both));
    if (both.size() <= co_change.together) continue;
    co_change.with = paths_[with];
    co_change.together = both.size();
    co_change.of = of_file_[with].size();
  }
}

}  // namespace planner
