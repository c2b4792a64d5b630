#include "planner/app/init_hooks.h"

#include <filesystem>
#include <fmt/format.h>

#include "planner/io/placed_file.h"

namespace planner::app {
namespace {

using parsers::HookAgent;

bool is_below(const std::string& path, const std::string& directory) {
  return path.size() > directory.size() && path.starts_with(directory) && path[directory.size()] == '/';
}

/// The directory that files of an agent are relative to, and the one that nothing above may be touched of.
struct Base {
  std::string directory;
  std::string top;
};
Result<Base> base_of(HookAgent agent, const io::Checkout& checkout) {
  if (agent != HookAgent::git) return Base{checkout.top, checkout.top};
  const auto hooks = io::hooks_directory(checkout.top, checkout.common_dir);
  if (!hooks) return tl::make_unexpected(hooks.error());
  std::error_code gone;
  const std::string real = std::filesystem::weakly_canonical(*hooks, gone).string();
  for (const std::string* top : {&checkout.common_dir, &checkout.top})
    if (is_below(real, *top)) return Base{real, *top};
  return input_error(fmt::format("core.hooksPath leads to \"{}\", outside of this repository", *hooks),
                     "hooks there are other repositories' too: add the call yourself, or set core.hooksPath here");
}

std::string shown(const std::string& path, const io::Checkout& checkout) {
  return is_below(path, checkout.top) ? path.substr(checkout.top.size() + 1) : path;
}

Result<std::optional<PlacedEdit>> edit(HookAgent agent, const HookFile& file, const Base& base,
                                       const io::Checkout& checkout, const InitHooksRequest& request) {
  PlacedEdit out;
  out.path = base.directory + "/" + file.path;
  out.shown = shown(out.path, checkout);
  out.executable = file.executable;
  out.top = base.top;
  auto before = io::read_placed(base.top, out.path);
  if (!before) return tl::make_unexpected(before.error());
  out.before = std::move(*before);
  const auto named = [&](Error error) {
    if (file.path != out.shown && error.what.starts_with(file.path)) error.what.replace(0, file.path.size(), out.shown);
    return error;
  };
  if (request.undo) {
    if (!out.before) return std::nullopt;
    auto after = without_hooks(agent, file, *out.before);
    if (!after) return tl::make_unexpected(named(after.error()));
    out.after = std::move(*after);
  } else {
    auto after = with_hooks(agent, file, out.before, request.wishes);
    if (!after) return tl::make_unexpected(named(after.error()));
    out.after = std::move(*after);
  }
  if (out.before == out.after) return std::nullopt;
  return std::optional(std::move(out));
}

}  // namespace

Result<InitAnswer> init_hooks(const InitHooksRequest& request) {
  const auto found = io::find_checkout(request.repo);
  if (!found) return tl::make_unexpected(found.error());
  if (!*found)
    return world_error("init needs a git repository, and there is none here",
                       "run it inside one, or name it with --repo DIR");
  const io::Checkout& checkout = **found;
  InitAnswer out;
  for (const HookAgent agent : request.agents) {
    const auto base = base_of(agent, checkout);
    if (!base) return tl::make_unexpected(base.error());
    bool changed = false;
    for (const HookFile& file : hook_files(agent)) {
      auto one = edit(agent, file, *base, checkout, request);
      if (!one) return tl::make_unexpected(one.error());
      if (!*one) continue;
      changed = true;
      out.edits.push_back(std::move(**one));
    }
    if (changed && !request.undo)
      for (std::string& note : hook_notes(agent)) out.notes.push_back(std::move(note));
  }
  if (!request.dry_run)
    if (auto written = write_edits(out.edits); !written) return tl::make_unexpected(written.error());
  return out;
}

}  // namespace planner::app
