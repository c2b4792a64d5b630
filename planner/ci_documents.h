// What CI systems read so that interlock judges every change: pure, texts in and texts out.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "planner/result.h"

namespace planner {

enum class CiSystem { github, gitlab, pre_commit };
std::optional<CiSystem> ci_system_from(std::string_view name);

/// Where interlock itself comes from: "OWNER/REPO@REF" (on GitHub) or "URL@REF".
struct CiSource {
  std::string url;  ///< "https://github.com/OWNER/REPO" or as written
  std::string ref;
};
/// Errors of kind input say what it takes; nothing that a shell or YAML would understand is let through.
Result<CiSource> ci_source_from(std::string_view text);

struct CiWishes {
  std::vector<std::string> orders;  ///< paths relative to the top
  std::optional<CiSource> source;
  std::string target;  ///< pre-commit: the revision whose orders hold
};

struct CiFile {
  std::string path;  ///< relative to the top of the work tree
  /// Written into a file that others own as well; else the whole file is ours.
  bool shared = false;
};

/// In the order in which they are written.
std::vector<CiFile> ci_files(CiSystem);

/// Errors of kind input: orders or a source that the document cannot hold, or that it needs.
Result<void> check_wishes(CiSystem, const CiWishes&);

/// The text of that file as wished; everything else of a shared file stays as it is. `before` nullopt: there is no
/// file. Errors of kind input: somebody else's file, or a shape that nothing can be added to; with what to do.
/// REQUIRES: check_wishes.
Result<std::optional<std::string>> with_ci(CiSystem, const CiFile&, const std::optional<std::string>& before,
                                           const CiWishes&);

/// The text without ours; nullopt: the file goes.
std::optional<std::string> without_ci(CiSystem, const CiFile&, const std::string& text);

/// What the user still has to do or to know, one sentence each. `includes`: what .gitlab-ci.yml says, if it is there.
std::vector<std::string> ci_notes(CiSystem, const std::optional<std::string>& shared_before);

}  // namespace planner
