#include "planner/io/user_settings.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <string_view>

#include "planner/io/git_command.h"

namespace planner::io {
namespace {

constexpr std::array scalars{
    "core.autocrlf",   "core.eol",       "core.filemode",          "core.ignorecase",     "core.symlinks",
    "core.trustctime", "core.checkstat", "core.precomposeunicode", "core.sparsecheckout", "core.sparsecheckoutcone"};
constexpr std::array harmless{"true", "false", "yes", "no",   "on",     "off",     "1",
                              "0",    "input", "lf",  "crlf", "native", "default", "minimal"};

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

/// Paths in the configuration may begin with "~/".
std::string expanded(const std::string& path) {
  return path.starts_with("~/") ? variable("HOME") + path.substr(1) : path;
}

/// Where git looks for `name` when nothing is configured.
std::string default_path(const char* name) {
  const std::string base = variable("XDG_CONFIG_HOME"), home = variable("HOME");
  if (!base.empty()) return base + "/git/" + name;
  return home.empty() ? std::string() : home + "/.config/git/" + name;
}

/// What is configured for the user in this repository; of a key that stands there often, the last value.
Result<std::map<std::string, std::string>> configuration(const GitLayout& layout) {
  GitCommand git;
  git.arguments = {"config", "--list", "-z", "--includes"};
  git.git_dir = layout.git_dir;
  git.user_config = true;
  const Result<std::string> text = git_output(git);
  if (!text) return tl::make_unexpected(text.error());
  std::map<std::string, std::string> last{{"core.excludesfile", default_path("ignore")},
                                          {"core.attributesfile", default_path("attributes")}};
  for (std::string_view rest = *text; !rest.empty();) {
    const std::string_view record = next_field(rest);  // "key\nvalue", or "key" alone for true
    const std::size_t end = record.find('\n');
    last.insert_or_assign(std::string(record.substr(0, end)),
                          end == std::string_view::npos ? "true" : std::string(record.substr(end + 1)));
  }
  return last;
}

}  // namespace

Result<std::vector<std::string>> work_tree_settings(const GitLayout& layout) {
  auto read = configuration(layout);
  if (!read) return tl::make_unexpected(read.error());
  std::map<std::string, std::string>& last = *read;
  // An index that is expanded while it is read compares like any other. Nothing here may fail over line ends.
  std::vector<std::string> out{"core.bare=false", "index.sparse=false", "core.untrackedCache=false",
                               "core.safecrlf=false", "core.splitIndex=false"};
  for (const char* key : scalars)
    if (const auto found = last.find(key); found != last.end())
      if (std::find(harmless.begin(), harmless.end(), found->second) != harmless.end())
        out.push_back(found->first + "=" + found->second);
  for (const char* key : {"core.excludesfile", "core.attributesfile"})
    if (const std::string& path = last[key]; !path.empty()) out.push_back(std::string(key) + "=" + expanded(path));
  return out;
}

Result<MergeSettings> merge_settings(const GitLayout& layout) {
  const auto read = configuration(layout);
  if (!read) return tl::make_unexpected(read.error());
  constexpr std::array keys{"diff.renamelimit",  "diff.renames",  "merge.conflictstyle", "merge.directoryrenames",
                            "merge.renamelimit", "merge.renames", "merge.renormalize"};
  const auto word = [](const std::string& value) {
    return !value.empty() && std::all_of(value.begin(), value.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    });
  };
  MergeSettings out;
  for (const char* key : keys)
    if (const auto found = read->find(key); found != read->end() && word(found->second))
      out.settings.push_back(found->first + "=" + found->second);
  constexpr std::string_view begin = "merge.", end = ".driver";
  for (const auto& [key, value] : *read)
    if (key.starts_with(begin) && key.ends_with(end) && key.size() > begin.size() + end.size())
      out.drivers.insert(key.substr(begin.size(), key.size() - begin.size() - end.size()));
  return out;
}

}  // namespace planner::io
