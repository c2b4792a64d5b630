// Names of a tree: what each file defines by which name, and what lies in which directory.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "planner/code.h"

namespace planner {

/// One definition of one file; no_definition: the file itself.
struct Site {
  CodeFileId file;
  std::uint32_t definition = parsers::no_definition;
  friend auto operator<=>(const Site&, const Site&) = default;
};

/// "a/b" of "a/b/c", "" of "c".
std::string_view directory_of(std::string_view path);

/// `path` relative to `directory`, with "." and ".." resolved; nullopt: it leaves the top.
std::optional<std::string> joined(std::string_view directory, std::string_view path);

class CodeNames {
 public:
  explicit CodeNames(Code& code) : code_(code) {}

  Code& code() const { return code_; }
  std::string_view path(CodeFileId file) const { return code_.files()[file.index()].path; }

  /// Gives back the memory of all outlines.
  void forget();

  /// Code::mentioning, remembered. The answer holds until the next question.
  const std::vector<CodeFileId>& mentioning(std::string_view name);

  /// The file's definitions of exactly this qualified name ("f", "C.m"), ascending. Parses the file.
  std::span<const std::uint32_t> defined(CodeFileId, std::string_view qualified);
  /// Those whose last component is this, members included.
  std::span<const std::uint32_t> ending_in(CodeFileId, std::string_view short_name);
  /// Positions of the imports that bring the file a name of its own ("a" of `import x as a`), ascending.
  std::span<const std::uint32_t> brought(CodeFileId, std::string_view alias);
  /// Positions of the imports of everything ("*"), ascending.
  std::span<const std::uint32_t> brought_whole(CodeFileId);

  /// Whether a tracked file lies below the directory ("" is the top). O(log files).
  bool is_directory(std::string_view) const;
  /// The files directly in a directory, ascending. O((files + directories in it) log files).
  std::vector<CodeFileId> files_in(std::string_view directory) const;
  /// All files below it, ascending.
  std::vector<CodeFileId> files_below(std::string_view directory) const;

 private:
  using Positions = std::unordered_map<std::string_view, std::vector<std::uint32_t>>;
  struct Tables {
    Positions qualified, last, imports;  // views into the outline, which lives until forget()
    std::vector<std::uint32_t> whole;
  };
  const Tables& tables(CodeFileId);

  Code& code_;
  std::unordered_map<std::uint32_t, Tables> tables_;
  std::unordered_map<std::string, std::vector<CodeFileId>> mentioning_;
  std::size_t mentions_ = 0;  // files in all of these
};

}  // namespace planner
