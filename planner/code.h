// Port: the source files of one version of the repository, and what the code index says about them. Implemented in io/
// over git, the work tree and the index cache; by memory in tests.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/ids.h"
#include "parsers/code_outline.h"
#include "parsers/language.h"
#include "planner/result.h"
#include "planner/tree.h"

namespace planner {

/// Position in Code::files().
using CodeFileId = graph::DenseId<struct CodeFileTag>;

struct CodeFile {
  std::string path;
  std::optional<parsers::Language> language;  ///< none: its names are known, its definitions are not
};

/// A file that nobody could look into: it may mention and define anything.
struct UnreadFile {
  CodeFileId file;
  std::string why;  ///< "cannot be read: Permission denied"
};

/// How much work a version was.
struct CodeEffort {
  std::size_t kept = 0, read = 0;  ///< files whose names the cache knew; that were read for them
  std::size_t bytes = 0;           ///< of what was read
  std::size_t outlines_kept = 0, outlines_parsed = 0;
};

class Code {
 public:
  virtual ~Code() = default;

  /// Tracked regular files, ordered by path bytes; of a work tree also the untracked ones that are not ignored.
  virtual const std::vector<CodeFile>& files() const = 0;
  /// O(log n).
  virtual std::optional<CodeFileId> find(std::string_view path) const = 0;

  /// Lexical tier: the files that mention the name at all, ascending. Files that could not be read are not among them.
  virtual std::vector<CodeFileId> mentioning(std::string_view name) = 0;
  /// The files that `mentioning` cannot speak for, ascending.
  virtual const std::vector<UnreadFile>& unread() = 0;
  /// Syntactic tier: parsed when first asked for, then kept; valid as long as this. A file that cannot be read, or of
  /// no known language, gives an outline that is not proven.
  virtual const parsers::CodeOutline& outline(CodeFileId) = 0;
  /// The file as it stands in this version; nullopt: missing, unreadable or larger than 1 MiB.
  virtual std::optional<std::string> text(CodeFileId) = 0;

  /// What will be asked for: outlines many files in one go, which is faster. The answers do not depend on it.
  virtual void prepare(const std::vector<CodeFileId>&) {}
  /// Ends the outlines of these files; asked for again, they are made again.
  virtual void forget(const std::vector<CodeFileId>&) {}
  /// So far.
  virtual CodeEffort effort() const { return {}; }
};

/// Port: opens versions. What is asked of them is looked up when it is asked for first.
class CodeSource {
 public:
  virtual ~CodeSource() = default;

  /// The tracked files of a commit.
  virtual Result<std::unique_ptr<Code>> at(const Tree&) = 0;
  /// The files of a work tree of this repository as they are.
  virtual Result<std::unique_ptr<Code>> in_worktree(const std::string& directory) = 0;
};

}  // namespace planner
