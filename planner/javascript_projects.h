// What package.json and tsconfig.json of a tree say about imports that are no relative paths.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "planner/code.h"

namespace planner {

/// `paths` of a tsconfig.json: "@app/*" to files, relative to the top of the repository, with the same star.
struct PathMapping {
  std::string pattern;
  std::vector<std::string> targets;
};

struct ScriptConfig {
  std::optional<std::string> base;  ///< baseUrl: plain names are tried below it
  std::vector<PathMapping> paths;
};

/// A package of this repository that others import by its name.
struct ScriptPackage {
  std::string directory;
  /// "." and "./part" to the files they name, relative to the directory, in the order they are tried. From `exports`,
  /// else from `source`, `types`, `module`, `main`.
  std::vector<PathMapping> exports;
  std::vector<PathMapping> imports;  ///< "#part", for its own files
};

class JavascriptProjects {
 public:
  explicit JavascriptProjects(Code&);

  /// The nearest tsconfig.json or jsconfig.json at or above a directory that says anything about paths, with what it
  /// extends and refers to.
  const ScriptConfig& config_of(std::string_view directory);
  /// Null: no package of that name, or several.
  const ScriptPackage* package(std::string_view name);
  /// The package.json at or above a directory; null: none.
  const ScriptPackage* around(std::string_view directory);

 private:
  bool read_config(const std::string& path, unsigned depth, ScriptConfig& out);
  const ScriptPackage& read_package(CodeFileId);

  Code& code_;
  std::map<std::string, ScriptConfig, std::less<>> configs_;              // by directory
  std::map<CodeFileId, std::pair<std::string, ScriptPackage>> packages_;  // with their names
  std::optional<std::map<std::string, CodeFileId, std::less<>>> by_name_;
};

/// JSON with comments and commas before closing brackets, as JSON of the same length.
std::string plain_json(std::string_view text);

/// What the star stands for: "b" of "@a/b" for "@a/*"; nullopt: no match. A pattern without a star matches itself.
std::optional<std::string_view> star_of(std::string_view pattern, std::string_view text);

}  // namespace planner
