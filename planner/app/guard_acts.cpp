#include "planner/app/guard_acts.h"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>

#include "planner/io/resolved_path.h"
#include "planner/lint.h"

namespace planner::app {
namespace {

using Kind = parsers::ShellAction::Kind;
using Where = GuardedPath::Where;

/// "a/b" below "a"; the path itself is not below.
bool is_below(std::string_view path, std::string_view directory) {
  return path.size() > directory.size() + 1 && path.starts_with(directory) && path[directory.size()] == '/';
}
bool is_at_or_below(std::string_view path, std::string_view directory) {
  return path == directory || is_below(path, directory);
}

/// A component that some file system takes for ".git".
bool names_git(std::string_view path) {
  for (std::size_t from = 0; from <= path.size();) {
    const std::size_t end = std::min(path.find('/', from), path.size());
    const std::string name = folded_name(path.substr(from, end - from));
    if (name == ".git" || name == "git~1") return true;
    from = end + 1;
  }
  return false;
}

/// The part of a pattern without wildcards, up to a '/'.
std::string_view literal_directory(std::string_view pattern) {
  const std::string_view literal = pattern.substr(0, pattern.find_first_of("*?["));
  const std::size_t slash = literal.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : literal.substr(0, slash + 1);
}

class Resolver {
 public:
  Resolver(const io::Checkout& checkout, std::string directory)
      : checkout_(checkout), directory_(std::move(directory)), others_(io::other_work_trees(checkout)) {
    std::error_code none;
    for (const auto& place : {std::filesystem::temp_directory_path(none), std::filesystem::path("/tmp")}) {
      const auto real = std::filesystem::canonical(place, none);
      if (!none) temporary_.push_back(real.string());
    }
    temporary_.emplace_back("/dev");
  }

  GuardedPath resolve(const std::string& base, const std::string& written, bool removes, bool pattern) const {
    GuardedPath out;
    out.written = written;
    out.removes = removes;
    const std::string_view fixed = pattern ? literal_directory(written) : std::string_view(written);
    const std::string directory = base.starts_with('/') ? base : directory_ + (base.empty() ? "" : "/" + base);
    const io::ResolvedPath real =
        io::resolve_path(directory, pattern && fixed.empty() ? "." : fixed,
                         removes && !written.ends_with('/') ? io::LastLink::keep : io::LastLink::follow);
    if (!real.problem.empty()) {
      out.where = Where::unread;
      out.path = real.problem;
      return out;
    }
    out.linked = real.linked;
    out.directory = !pattern && (real.directory || (!real.exists && written.ends_with('/')));
    place(real.path, out);
    if (out.where == Where::inside && !real.twin.empty()) {
      GuardedPath twin;
      place(real.twin, twin);
      if (twin.where == Where::inside) out.twin = twin.path;
    }
    if (pattern) add_pattern(written.substr(fixed.size()), out);
    return out;
  }

  /// The directory of an act lies in this repository; unknown ones are taken to.
  bool here(const parsers::ShellAction& action) const {
    if (!action.git_dir.empty()) {
      const auto real = io::resolve_path(base(action), action.git_dir, io::LastLink::follow);
      return is_at_or_below(real.path, checkout_.common_dir);
    }
    if (!action.directory) return true;
    const io::ResolvedPath real =
        io::resolve_path(directory_, action.directory->empty() ? "." : *action.directory, io::LastLink::follow);
    GuardedPath where;
    where.where = Where::unread;
    if (real.problem.empty()) place(real.path, where);
    return where.where == Where::inside || where.where == Where::git;
  }

  std::string base(const parsers::ShellAction& action) const {
    if (!action.directory || action.directory->empty()) return directory_;
    return action.directory->starts_with('/') ? *action.directory : directory_ + "/" + *action.directory;
  }

 private:
  void place(const std::string& path, GuardedPath& out) const {
    for (const std::string* git : {&checkout_.git_dir, &checkout_.common_dir})
      if (is_at_or_below(path, *git) || (out.removes && is_below(*git, path) && !is_a_top(path))) {
        out.where = Where::git;
        out.path = path;
        return;
      }
    // A work tree inside another's directory: the innermost counts.
    const io::Checkout* best = is_at_or_below(path, checkout_.top) ? &checkout_ : nullptr;
    for (const io::Checkout& other : others_)
      if (is_at_or_below(path, other.top) && (!best || other.top.size() > best->top.size())) best = &other;
    if (!best) {
      const bool temporary = std::any_of(temporary_.begin(), temporary_.end(),
                                         [&](const std::string& place) { return is_below(path, place); });
      out.where = temporary ? Where::temporary : Where::outside;
      out.path = path;
      return;
    }
    out.where = Where::inside;
    out.path = path.substr(std::min(path.size(), best->top == "/" ? 1 : best->top.size() + 1));
    if (best != &checkout_) {
      out.work_tree = best->top;
      out.branch = best->branch;
      out.is_work_tree = out.path.empty();
    }
    if (names_git(out.path)) out.where = Where::git;
  }

  bool is_a_top(const std::string& path) const {
    return path != checkout_.top &&
           std::any_of(others_.begin(), others_.end(), [&](const io::Checkout& other) { return other.top == path; });
  }

  static void add_pattern(const std::string& rest, GuardedPath& out) {
    if (out.where != Where::inside) return;
    if (rest.find("..") != std::string::npos || rest.find('\\') != std::string::npos) {
      out.where = Where::unread;
      out.path = "its wildcards stand beside things that are not read";
      return;
    }
    std::string pattern = out.path.empty() ? rest : out.path + "/" + rest;
    while (pattern.ends_with('/')) pattern.pop_back();
    if (parsers::PathPattern::pattern_error(pattern)) {
      out.where = Where::unread;
      out.path = "its wildcards cannot be a pattern";
      return;
    }
    out.path = std::move(pattern);
    out.pattern = true;
    out.directory = false;
  }

  const io::Checkout& checkout_;
  std::string directory_;
  std::vector<io::Checkout> others_;
  std::vector<std::string> temporary_;
};

class Translation {
 public:
  Translation(const io::Checkout& checkout, const std::string& directory, const std::string& home)
      : resolver_(checkout, directory), home_(home) {}

  void edits(const std::vector<parsers::HookEdit>& edits, const std::string& base, const std::string& words) {
    GuardedAct act{Kind::write, words, {}, {}};
    for (const parsers::HookEdit& edit : edits) {
      using EditKind = parsers::HookEdit::Kind;
      const bool removes = edit.kind == EditKind::remove || edit.kind == EditKind::move;
      act.paths.push_back(resolver_.resolve(base, edit.path, removes, false));
      if (edit.kind == EditKind::move) act.paths.push_back(resolver_.resolve(base, edit.to, false, false));
    }
    if (!act.paths.empty()) out_.acts.push_back(std::move(act));
  }

  void shell(const std::string& command) {
    parsers::ShellReading reading = parsers::read_shell(command, home_);
    for (const parsers::ShellAction& action : reading.actions) shell(action);
    for (const parsers::ShellPatch& patch : reading.patches) {
      const parsers::HookPatch read = parsers::read_hook_patch(patch.text);
      if (patch.directory)
        edits(read.edits, *patch.directory, "apply_patch");
      else
        out_.unread.push_back("where a patch is applied");
      out_.unread.insert(out_.unread.end(), read.unread.begin(), read.unread.end());
    }
    out_.unread.insert(out_.unread.end(), reading.unread.begin(), reading.unread.end());
  }

  void remove_work_tree(const std::string& directory, const std::string& words) {
    out_.acts.push_back({Kind::remove_worktree, words, {resolver_.resolve({}, directory, false, false)}, {}});
  }

  GuardedCall finish() { return std::move(out_); }

 private:
  void shell(const parsers::ShellAction& action) {
    switch (action.kind) {
      case Kind::write:
      case Kind::remove:
      case Kind::move:
      case Kind::copy:
        return files(action);
      case Kind::force_push:
      case Kind::change_branch:
      case Kind::change_ref:
        if (resolver_.here(action)) out_.acts.push_back({action.kind, action.words, {}, action.targets});
        return;
      default:
        break;
    }
    if (!resolver_.here(action)) return;
    GuardedAct act{action.kind, action.words, {}, {}};
    if (action.kind == Kind::switch_branch) {
      // One word may name a file: git restores that instead of switching.
      const bool file = action.targets.size() == 1 && action.words.find("checkout") != std::string::npos &&
                        io::resolve_path(resolver_.base(action), action.targets[0], io::LastLink::keep).exists;
      if (!file) {
        act.names = action.targets;
        out_.acts.push_back(std::move(act));
        return;
      }
      act.kind = Kind::discard;
    }
    for (const std::string& target : action.targets)
      if (action.directory || target.starts_with('/'))
        act.paths.push_back(resolver_.resolve(action.directory.value_or(""), target, false,
                                              action.pattern && parsers::is_pattern(target)));
    if (!action.targets.empty() && act.paths.empty()) return unknown_place(action);
    out_.acts.push_back(std::move(act));
  }

  void unknown_place(const parsers::ShellAction& action) {
    out_.unread.push_back(fmt::format("in which directory \"{}\" runs", action.words));
  }

  void files(const parsers::ShellAction& action) {
    GuardedAct act{Kind::write, action.words, {}, {}};
    const std::size_t last = action.targets.size() - 1;
    const bool transfer = action.kind == Kind::move || action.kind == Kind::copy;
    for (std::size_t i = 0; i < action.targets.size(); ++i) {
      const std::string& target = action.targets[i];
      if (!action.directory && !target.starts_with('/')) return unknown_place(action);
      const std::string base = action.directory.value_or("");
      const bool pattern = action.pattern && parsers::is_pattern(target);
      if (transfer && i == last) {
        destination(action, base, act);
      } else if (action.kind != Kind::copy) {
        const bool removes = action.kind != Kind::write;
        act.paths.push_back(resolver_.resolve(base, target, removes, pattern));
      }
    }
    out_.acts.push_back(std::move(act));
  }

  /// Into a directory: each source under its own name; else the file that is named.
  void destination(const parsers::ShellAction& action, const std::string& base, GuardedAct& act) {
    const std::string& to = action.targets.back();
    const GuardedPath there = resolver_.resolve(base, to, false, false);
    if (!there.directory) {
      act.paths.push_back(there);
      return;
    }
    for (std::size_t i = 0; i + 1 < action.targets.size(); ++i) {
      std::string name = action.targets[i];
      while (name.size() > 1 && name.ends_with('/')) name.pop_back();
      name = name.substr(name.rfind('/') + 1);
      if (name.empty() || name == "." || name == "..") {
        act.paths.push_back(there);
      } else {
        act.paths.push_back(
            resolver_.resolve(base, to + "/" + name, false, action.pattern && parsers::is_pattern(name)));
      }
    }
  }

  Resolver resolver_;
  const std::string& home_;
  GuardedCall out_;
};

}  // namespace

GuardedCall guarded_call(const parsers::HookCall& call, const io::Checkout& checkout, const std::string& directory,
                         const std::string& home) {
  std::string at = directory;
  if (!call.command_directory.empty())
    at = call.command_directory.starts_with('/') ? call.command_directory : directory + "/" + call.command_directory;
  Translation translation(checkout, at, home);
  translation.edits(call.edits, directory, call.tool);
  if (!call.removed_worktree.empty()) translation.remove_work_tree(call.removed_worktree, call.tool);
  if (call.command) translation.shell(*call.command);
  GuardedCall out = translation.finish();
  out.unread.insert(out.unread.begin(), call.unread.begin(), call.unread.end());
  return out;
}

GuardedAct guarded_paths(const std::vector<std::string>& paths, const std::string& words) {
  GuardedAct act{Kind::write, words, {}, {}};
  for (const std::string& path : paths) {
    GuardedPath one;
    one.path = path;
    one.written = path;
    act.paths.push_back(std::move(one));
  }
  return act;
}

}  // namespace planner::app
