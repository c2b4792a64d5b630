// One side of a comparison: what a branch, a work tree or the target changed since they parted.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "parsers/code_outline.h"
#include "planner/index_changes.h"
#include "planner/line_hunks.h"
#include "planner/repository.h"

namespace planner {

/// One file as a side changed it; a rename is one edit.
struct FileEdit {
  enum class Kind { added, modified, removed, renamed };
  Kind kind = Kind::modified;
  std::string path;      ///< now; of a removed file, then
  std::string old_path;  ///< then; empty: added
  std::uint32_t old_mode = 0, new_mode = 0;
  ObjectId old_blob, new_blob;

  bool adds() const { return kind == Kind::added || kind == Kind::renamed; }
  bool takes_away() const { return kind == Kind::removed || kind == Kind::renamed; }
};

struct BranchWork {
  std::string name;
  ObjectId base;                ///< empty: since ever
  ObjectId tip;                 ///< uncommitted work included
  std::vector<FileEdit> edits;  ///< by path

  const FileEdit* now_at(std::string_view path) const;   ///< that wrote this path; nullptr: none did. O(log n)
  const FileEdit* once_at(std::string_view path) const;  ///< whose file this was. O(n)
};

/// Renames are paired as `renamed_from` says. Ordered by path.
std::vector<FileEdit> file_edits(const std::vector<Change>&);

/// The texts of one edit and what lies between them. What is not there is empty; `read` says whether it is known.
struct EditedText {
  bool read = false;  ///< false: missing, binary, a submodule, or larger than 1 MiB
  std::string_view before, after;
  std::vector<LineHunk> hunks;
  std::optional<parsers::Language> language;
  const parsers::CodeOutline* old_outline = nullptr;  ///< null: no language, or not read
  const parsers::CodeOutline* new_outline = nullptr;
  std::vector<SymbolChange> symbols;  ///< empty where an outline is not proven
};

/// Texts, hunks and outlines of edits, each made once, read in batches.
class EditReader {
 public:
  explicit EditReader(Repository& repository) : repository_(repository) {}

  /// Reads what is not known yet of these in two processes of git.
  Result<void> read(const std::vector<const FileEdit*>&);
  Result<void> read_blobs(std::vector<std::string> names);

  /// REQUIRES: read. Valid as long as this.
  const EditedText& text(const FileEdit&);
  /// By blob id or TREE:PATH; nullptr: not read, or not to be had.
  const std::string* blob(const std::string& name) const;
  const parsers::CodeOutline* outline(parsers::Language, const std::string& name);

 private:
  using Key = std::tuple<std::string, std::string, std::string>;  // old blob, new blob, path (for its language)
  Repository& repository_;
  std::map<std::string, std::optional<std::string>> blobs_;
  std::map<std::pair<parsers::Language, std::string>, std::unique_ptr<parsers::CodeOutline>> outlines_;
  std::map<Key, std::unique_ptr<EditedText>> texts_;
};

/// An edit of each side of one file: both changed it, under whatever names, or both added the path.
struct CommonFile {
  const FileEdit* a;
  const FileEdit* b;
};
/// By path of the first side. O(n log n).
std::vector<CommonFile> common_files(const BranchWork& a, const BranchWork& b);

}  // namespace planner
