// From entries as written to resources of one tree: canonical paths, known ids, the configuration applied.
#pragma once

#include <string>
#include <vector>

#include "parsers/config.h"
#include "parsers/diagnostic.h"
#include "parsers/work_order.h"
#include "planner/code.h"
#include "planner/order.h"
#include "planner/tree.h"

namespace planner {

/// Where the orders are to be understood.
struct Ground {
  const Tree* tree = nullptr;  ///< tracked files; nullptr: there is no repository, what needs one stays unproven
  /// Prefixes that stand for the top of the repository, without a trailing slash: the absolute paths of its work trees,
  /// and those that lie inside it relative to the top (".worktrees/a").
  std::vector<std::string> tops;
  Code* code = nullptr;  ///< of the same tree; nullptr: symbols are not looked up and count as their files
};

struct Bound {
  Orders orders;
  std::vector<parsers::Diagnostic> diagnostics;
};

/// Binds all documents together. Errors (exit 2): bad paths, unknown areas, ids declared twice, self-dependencies,
/// dependencies of canonical orders and decisions on orders that are not there, unknown symbols. The orders hold the
/// good part. `sources`: names for the places; file ids of the documents and the configuration index it. O(entries log
/// entries + entries of bare names * files of that name).
Bound resolve(const std::vector<parsers::WorkOrders>& documents, const parsers::Config& config, const Ground& ground,
              const std::vector<parsers::Source>& sources);

/// One path, directory, pattern or symbol as its author wrote it, made canonical: `./` and prefixes of the ground
/// stripped, `root` prepended. Exactly one of the two results is set.
struct CanonicalPath {
  std::string text;
  std::string error;
};
CanonicalPath canonical_path(std::string_view written, std::string_view root, const Ground& ground);

}  // namespace planner
