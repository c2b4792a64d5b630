#include "planner/app/compare.h"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <map>

#include "parsers/config.h"

namespace planner::app {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Failure> refuse(Error error) { return tl::make_unexpected(Failure{{}, std::move(error)}); }

std::string canonical(const std::string& path) {
  std::error_code gone;
  const fs::path out = fs::canonical(path, gone);
  return gone ? std::string() : out.string();
}

/// A work tree goes by its branch; without one, by its directory.
BranchRequest of(const WorktreeInfo& worktree) {
  return {worktree.branch.empty() ? fs::path(worktree.path).filename().string() : worktree.branch, worktree.head,
          worktree.path};
}

/// What the words of the call name; a directory that is a work tree is that work tree, everything else a revision.
std::vector<BranchRequest> named(Repository& repository, const std::vector<std::string>& names) {
  const std::vector<WorktreeInfo> worktrees = repository.worktrees();
  std::vector<BranchRequest> out;
  for (const std::string& name : names) {
    const std::string directory = canonical(name);
    const auto found = std::find_if(worktrees.begin(), worktrees.end(), [&](const WorktreeInfo& w) {
      return !directory.empty() && canonical(w.path) == directory;
    });
    if (found == worktrees.end())
      out.push_back({name, name, {}});
    else
      out.push_back(of(*found));
    if (out.back().revision.empty()) out.back().revision = "HEAD";  // nothing is committed: says so
  }
  return out;
}

std::vector<BranchRequest> all_worktrees(Repository& repository, Reading& reading) {
  std::vector<BranchRequest> out;
  for (const WorktreeInfo& worktree : repository.worktrees()) {
    if (!worktree.head.empty()) {
      out.push_back(of(worktree));
      continue;
    }
    reading.sources.push_back({worktree.path, {}});
    reading.diagnostics.push_back({parsers::Severity::warning,
                                   {parsers::FileId{static_cast<std::uint32_t>(reading.sources.size() - 1)}, 0, 0},
                                   "this work tree has no commit yet, and is left out",
                                   "commit something first"});
  }
  return out;
}

/// A work tree that holds the target as it is has nothing to be merged.
void leave_out_target(Repository& repository, std::vector<BranchRequest>& requests, const Target& target) {
  std::erase_if(requests, [&](const BranchRequest& request) {
    return request.revision == target.tip &&
           repository.worktree_commit(request.directory, request.revision).value_or(ObjectId()) == target.tip;
  });
}

/// Two of one name are told apart by where they are, and so is work on the target that is not committed.
void make_unique(std::vector<BranchRequest>& requests, const std::optional<Target>& target) {
  std::map<std::string, int> count;
  if (target)
    for (const BranchRequest& request : requests)
      if (request.revision == target->tip) ++count[target->name];
  for (const BranchRequest& request : requests) ++count[request.name];
  for (BranchRequest& request : requests)
    if (count[request.name] > 1 && !request.directory.empty()) request.name = request.directory;
  std::sort(requests.begin(), requests.end(), [](const BranchRequest& a, const BranchRequest& b) {
    return std::tie(a.name, a.directory) < std::tie(b.name, b.directory);
  });
  const auto same = [](const BranchRequest& a, const BranchRequest& b) {
    return a.name == b.name && a.directory == b.directory;
  };
  requests.erase(std::unique(requests.begin(), requests.end(), same), requests.end());
}

}  // namespace

Answer<CompareAnswer> compare(World& world, const CompareRequest& request) {
  if (!world.repository)
    return refuse({Error::Kind::world, "compare needs a git repository, and there is none here",
                   "run it inside one, or name it with --repo DIR"});
  Repository& repository = *world.repository;
  CompareAnswer answer;
  auto source = world.sources.config();
  if (!source) return refuse(source.error());
  parsers::Config config;
  if (*source) {
    answer.reading.sources.push_back(std::move(**source));
    auto read = parsers::read_config(answer.reading.sources[0], parsers::FileId{0});
    answer.reading.diagnostics = std::move(read.diagnostics);
    if (parsers::has_errors(answer.reading.diagnostics))
      return tl::make_unexpected(Failure{std::move(answer.reading), std::nullopt});
    config = std::move(read.value);
  }
  const auto name = repository.target(request.target.empty() ? config.target : request.target);
  if (!name) return refuse(name.error());
  std::optional<Target> target;
  if (*name) {
    const auto tip = repository.commit(**name);
    if (!tip) return refuse(tip.error());
    target = Target{**name, *tip};
  }
  std::vector<BranchRequest> requests =
      request.names.empty() ? all_worktrees(repository, answer.reading) : named(repository, request.names);
  if (request.names.empty() && target) leave_out_target(repository, requests, *target);
  make_unique(requests, target);
  std::vector<std::string> series;
  for (const parsers::ConfiguredPath& path : config.series) series.push_back(path.text);
  auto compared = planner::compare(repository, world.code, std::move(requests), target, series);
  if (!compared) return refuse(compared.error());
  answer.compared = std::move(*compared);
  return answer;
}

}  // namespace planner::app
