// The .gitattributes files of a tree as one text, for a repository that has no work tree to read them from.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace planner::io {

struct AttributeFile {
  std::string path;  ///< "src/.gitattributes"
  std::string text;
};

/// Lines for info/attributes that say of every path what the files say: patterns are anchored where their file stands,
/// and deeper files come later, because the last line wins. Macros count at the top alone, as in git.
std::string flattened(std::vector<AttributeFile>);

/// Does any line name a merge driver that is not built into git?
bool names_merge_driver(std::string_view attributes);

/// "text", "binary", "union", and the answers that name no driver at all.
bool is_own_merge(std::string_view value);

}  // namespace planner::io
