// Port: the source files of one version of the repository, and what the code index says about them. Implemented in io/
// over git, the work tree and the index cache; by memory in tests.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/ids.h"
#include "parsers/code_outline.h"
#include "parsers/language.h"

namespace planner {

/// Position in Code::files().
using CodeFileId = graph::DenseId<struct CodeFileTag>;

struct CodeFile {
  std::string path;
  std::optional<parsers::Language> language;  ///< none: its names are known, its definitions are not
};

class Code {
 public:
  virtual ~Code() = default;

  /// Tracked regular files, ordered by path bytes.
  virtual const std::vector<CodeFile>& files() const = 0;
  /// O(log n).
  virtual std::optional<CodeFileId> find(std::string_view path) const = 0;

  /// Lexical tier: the files that mention the name at all, ascending. Files that could not be read are not among them.
  virtual std::vector<CodeFileId> mentioning(std::string_view name) = 0;
  /// Syntactic tier: parsed when first asked for, then kept; valid as long as this. A file that cannot be read, or of
  /// no known language, gives an outline that is not proven.
  virtual const parsers::CodeOutline& outline(CodeFileId) = 0;
  /// The file as it stands in this version; nullopt: missing, unreadable or larger than 1 MiB.
  virtual std::optional<std::string> text(CodeFileId) = 0;
};

}  // namespace planner
