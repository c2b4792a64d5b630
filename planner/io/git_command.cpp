#include "planner/io/git_command.h"

#include <algorithm>
#include <cstdlib>
#include <fmt/format.h>

namespace planner::io {
namespace {

std::string from_environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

std::vector<std::string> environment(const GitCommand& git) {
  const std::string path = from_environment("PATH");
  std::vector<std::string> out{
      "PATH=" + (path.empty() ? std::string("/usr/bin:/bin") : path),
      "LC_ALL=C",
      "GIT_NO_LAZY_FETCH=1",
      "GIT_OPTIONAL_LOCKS=0",
      "GIT_NO_REPLACE_OBJECTS=1",
      "GIT_TERMINAL_PROMPT=0",
  };
  if (git.user_config) {
    for (const char* name : {"HOME", "XDG_CONFIG_HOME"})
      if (const std::string value = from_environment(name); !value.empty())
        out.push_back(fmt::format("{}={}", name, value));
  } else {
    out.insert(out.end(), {"GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=/dev/null"});
  }
  if (!git.git_dir.empty()) out.push_back("GIT_DIR=" + git.git_dir);
  if (!git.work_tree.empty()) out.push_back("GIT_WORK_TREE=" + git.work_tree);
  if (!git.index_file.empty()) out.push_back("GIT_INDEX_FILE=" + git.index_file);
  if (!git.object_directory.empty()) out.push_back("GIT_OBJECT_DIRECTORY=" + git.object_directory);
  return out;
}

std::vector<std::string> arguments(const GitCommand& git) {
  // A foreign owner is no danger where nothing configured is run, hence safe.directory.
  std::vector<std::string> out{"git",
                               "--no-optional-locks",
                               "--literal-pathspecs",
                               "--no-pager",
                               "-c",
                               "safe.directory=*",
                               "-c",
                               "core.fsmonitor=false",
                               "-c",
                               "core.hooksPath=/dev/null",
                               "-c",
                               "core.quotePath=false",
                               "-c",
                               "protocol.allow=never"};
  for (const std::string& setting : git.config) out.insert(out.end(), {"-c", setting});
  if (!git.directory.empty()) out.insert(out.end(), {"-C", git.directory});
  out.insert(out.end(), git.arguments.begin(), git.arguments.end());
  return out;
}

Error named_version(Error error) {
  if (error.remedy == "install git") error.remedy = "install git 2.38 or newer";
  return error;
}

}  // namespace

bool git_is_installed() {
  GitCommand ask;
  ask.arguments = {"--version"};
  const Result<Finished> version = run_git(ask);
  return version.has_value();
}

Result<Finished> run_git(const GitCommand& git) {
  return run({arguments(git), environment(git), git.input}).map_error(named_version);
}

Result<Conversation> converse_with_git(const GitCommand& git) {
  return Conversation::start({arguments(git), environment(git), {}}).map_error(named_version);
}

Result<std::string> git_output(const GitCommand& git) {
  Result<Finished> finished = run_git(git);
  if (!finished) return tl::make_unexpected(finished.error());
  if (finished->exit_code != 0)
    return world_error(
        fmt::format("git {}: {}", git.arguments.empty() ? "" : git.arguments[0], git_complaint(*finished)));
  return std::move(finished->out);
}

std::string git_complaint(const Finished& finished) {
  std::string_view text = finished.err;
  // The last "fatal:" is the reason; warnings may precede it.
  if (const std::size_t fatal = text.rfind("fatal: "); fatal != std::string_view::npos) text.remove_prefix(fatal + 7);
  text = text.substr(0, text.find('\n'));
  if (text.empty()) return fmt::format("ended with {}", finished.exit_code);
  return std::string(text);
}

std::string_view next_field(std::string_view& rest) {
  const std::size_t end = std::min(rest.find('\0'), rest.size());
  const std::string_view field = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return field;
}

bool is_object_id(std::string_view text) {
  return (text.size() == 40 || text.size() == 64) &&
         std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

}  // namespace planner::io
