#include "planner/app/init_ci.h"

#include <fmt/format.h>

#include "parsers/config.h"
#include "planner/io/disk_sources.h"
#include "planner/io/git_repository.h"
#include "planner/io/placed_file.h"

namespace planner::app {
namespace {

/// The revision that the target goes by in every clone: "origin/main" where there is a remote.
Result<std::string> target_of(io::GitRepository& repository) {
  io::DiskSources disk(repository.top());
  const auto source = disk.config();
  if (!source) return tl::make_unexpected(source.error());
  std::string configured;
  if (*source) configured = parsers::read_config(**source, parsers::FileId{0}).value.target;
  const auto target = repository.target(configured);
  if (!target) return tl::make_unexpected(target.error());
  const std::string name = target->value_or("main");
  if (name.starts_with("origin/")) return name;
  return repository.commit("refs/remotes/origin/" + name) ? "origin/" + name : name;
}

}  // namespace

Result<InitAnswer> init_ci(const InitCiRequest& request) {
  const auto repository = io::open_repository(request.repo);
  if (!repository) return tl::make_unexpected(repository.error());
  if (!*repository || !(*repository)->has_work_tree())
    return world_error("init --ci needs a git work tree, and there is none here",
                       "run it inside one, or name it with --repo DIR");
  CiWishes wishes{request.orders, std::nullopt, {}};
  if (!request.source.empty()) {
    auto source = ci_source_from(request.source);
    if (!source) return tl::make_unexpected(source.error());
    wishes.source = std::move(*source);
  }
  if (!request.undo) {
    for (const CiSystem system : request.systems)
      if (auto fine = check_wishes(system, wishes); !fine) return tl::make_unexpected(fine.error());
    auto target = target_of(**repository);
    if (!target) return tl::make_unexpected(target.error());
    wishes.target = std::move(*target);
  }
  InitAnswer out;
  const std::string top = (*repository)->top();
  for (const CiSystem system : request.systems) {
    bool changed = false;
    std::optional<std::string> shared;
    for (const CiFile& file : ci_files(system)) {
      PlacedEdit edit{file.path, top + "/" + file.path, std::nullopt, std::nullopt, false, top};
      auto before = io::read_placed(top, edit.path);
      if (!before) return tl::make_unexpected(before.error());
      edit.before = std::move(*before);
      if (file.shared) shared = edit.before;
      if (request.undo) {
        if (edit.before) edit.after = without_ci(system, file, *edit.before);
      } else {
        auto after = with_ci(system, file, edit.before, wishes);
        if (!after) return tl::make_unexpected(after.error());
        edit.after = std::move(*after);
      }
      if (edit.before == edit.after) continue;
      changed = true;
      out.edits.push_back(std::move(edit));
    }
    if (changed && !request.undo)
      for (std::string& note : ci_notes(system, shared)) out.notes.push_back(std::move(note));
  }
  if (!request.dry_run)
    if (auto written = write_edits(out.edits); !written) return tl::make_unexpected(written.error());
  return out;
}

}  // namespace planner::app
