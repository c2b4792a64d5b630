// Attributes of files as one commit states them.
#include <fmt/format.h>

#include "planner/io/git_repository.h"

namespace planner::io {

Result<std::vector<std::string>> GitRepository::merged_by_union(const ObjectId& commit,
                                                                const std::vector<std::string>& paths) {
  std::vector<std::string> out;
  if (paths.empty()) return out;
  const auto repository = scratch();
  if (!repository) return tl::make_unexpected(repository.error());
  // An index of the tree in the scratch repository: git reads .gitattributes from it, never from the work tree.
  const std::string index = (*repository)->directory() + "/attributes-index";
  const auto run = [&](std::vector<std::string> arguments, std::string input) {
    GitCommand command = (*repository)->command(std::move(arguments), std::move(input));
    command.index_file = index;
    return git_output(command);
  };
  if (const auto read = run({"read-tree", commit}, {}); !read) return tl::make_unexpected(read.error());
  std::string input;
  for (const std::string& path : paths) input += path + '\0';
  const auto answer = run({"check-attr", "--cached", "-z", "--stdin", "merge"}, std::move(input));
  if (!answer) return tl::make_unexpected(answer.error());
  for (std::string_view rest = *answer; !rest.empty();) {
    const std::string path(next_field(rest));
    next_field(rest);  // the attribute's name
    if (next_field(rest) == "union") out.push_back(path);
  }
  return out;
}

}  // namespace planner::io
