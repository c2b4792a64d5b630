// What the code index holds of one version: the answer of `index`.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "parsers/language.h"
#include "planner/code.h"

namespace planner {

struct IndexAnswer {
  /// A file of which something is not known, and why.
  struct Gap {
    std::string path, why;
  };
  struct OfLanguage {
    std::size_t files = 0, parsed = 0, degraded = 0, unproven = 0;
  };
  struct Outlines {
    std::array<OfLanguage, parsers::language_count> languages;
    std::size_t definitions = 0, references = 0;
    std::vector<Gap> degraded;  ///< by path: parsed, but for some places
    std::vector<Gap> unproven;  ///< by path: in a known language, and not parsed
  };
  std::string commit;  ///< empty: the files of the work tree as they are
  std::size_t files = 0, unknown_language = 0;
  CodeEffort effort;
  std::vector<Gap> unread;           ///< by path: their names are not known
  std::optional<Outlines> outlines;  ///< asked for with --stats
};

}  // namespace planner
