#include "planner/compare_rules.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace planner {

FindingSeverity compare_severity(std::string_view rule) {
  constexpr std::array<std::string_view, 6> errors{"textual",        "orphaned-work",     "sequence-collision",
                                                   "case-collision", "reference-removed", "signature-changed"};
  constexpr std::array<std::string_view, 2> warnings{"same-symbol", "duplicate-key"};
  if (std::find(errors.begin(), errors.end(), rule) != errors.end()) return FindingSeverity::error;
  if (std::find(warnings.begin(), warnings.end(), rule) != warnings.end()) return FindingSeverity::warning;
  return FindingSeverity::note;
}

Finding compare_finding(std::string rule, Certainty certainty, std::string message, Place where) {
  const FindingSeverity severity = compare_severity(rule);
  return {std::move(rule), severity, certainty, "", std::move(message), std::move(where), {}};
}

Related on_side(const std::string& branch, Place where, std::string_view what) {
  return {std::move(where), fmt::format("{}: {}", branch, what)};
}

std::vector<Finding> compare_removals(const BranchWork& a, const BranchWork& b) {
  std::vector<Finding> out;
  const auto one_way = [&](const BranchWork& remover, const BranchWork& worker) {
    for (const FileEdit& gone : remover.edits) {
      if (gone.kind != FileEdit::Kind::removed) continue;
      const FileEdit* work = worker.once_at(gone.path);
      if (work == nullptr || work->kind == FileEdit::Kind::removed) continue;
      Finding finding = compare_finding("orphaned-work", Certainty::proved,
                                        fmt::format("{} removes {}, which {} {}", remover.name, gone.path, worker.name,
                                                    work->kind == FileEdit::Kind::renamed ? "renames" : "changes"),
                                        {gone.path, 0});
      finding.related.push_back(on_side(worker.name, {work->path, 0}, "goes on with it here"));
      out.push_back(std::move(finding));
    }
  };
  one_way(a, b);
  one_way(b, a);
  return out;
}

}  // namespace planner
