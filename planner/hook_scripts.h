// The hooks that are programs: git's shell scripts, and the plugin for opencode.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "planner/hooks.h"

namespace planner {

/// A word as a POSIX shell reads it back; plain words stay plain.
std::string shell_quoted(std::string_view word);
/// The words of a line that was made of shell_quoted words.
std::vector<std::string> shell_split(std::string_view line);

/// As with_hooks and without_hooks. In a script that is there, the call goes between two marks below its first line: a
/// script that ends early, or hands over to another program, does not get round it. What git writes to the hook's
/// standard input is passed on.
Result<std::string> with_git_hook(const std::string& name, const std::optional<std::string>& before, const HookWishes&);
Result<std::optional<std::string>> without_git_hook(const std::string& text);

/// The plugin is a file of its own; somebody else's under its name is refused.
Result<std::string> with_opencode_plugin(const std::string& path, const std::optional<std::string>& before,
                                         const HookWishes&);
Result<std::optional<std::string>> without_opencode_plugin(const std::string& text);

}  // namespace planner
