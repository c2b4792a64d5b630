// What two sides did that does not go together, rule by rule. Pure: everything looked at is a value.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "planner/compare_work.h"
#include "planner/finding.h"
#include "planner/tree.h"

namespace planner {

/// A finding of a comparison with the severity of its rule: `textual`, `orphaned-work`, `sequence-collision`,
/// `case-collision`, `reference-removed`, `signature-changed` are errors, `same-symbol`, `duplicate-key` warnings, the
/// rest notes.
Finding compare_finding(std::string rule, Certainty, std::string message, Place where);
FindingSeverity compare_severity(std::string_view rule);

/// "main.py:12 in fix-a": the other side of a finding.
Related on_side(const std::string& branch, Place where, std::string_view what);

/// What one file's two edits say; `merged`: what git makes of the file, empty where it could not (then what both sides
/// added counts).
struct FileMeeting {
  const BranchWork* a;
  const BranchWork* b;
  const FileEdit* edit_a;
  const FileEdit* edit_b;
  const EditedText* text_a;
  const EditedText* text_b;
  const std::string* merged = nullptr;                   ///< nullptr: git could not merge it, or it was not read
  const parsers::CodeOutline* merged_outline = nullptr;  ///< nullptr likewise
};

/// `same-symbol`: both changed the same block or gap, though not in the same way. `same-change`: they changed something
/// in the same way.
std::vector<Finding> compare_places(const FileMeeting&);

/// `duplicate-definition` inside one file.
std::vector<Finding> compare_definitions(const FileMeeting&);

/// `duplicate-key`: the same member or value of an enumeration, the same route, the same key of a JSON, YAML or TOML
/// mapping, added by both at two places of one file.
std::vector<Finding> compare_keys(const FileMeeting&);

/// `orphaned-work`: one side removed the file that the other goes on changing.
std::vector<Finding> compare_removals(const BranchWork& a, const BranchWork& b);

/// The files that were there before either side; asked for only when names meet.
using TreeBefore = std::function<const Tree&()>;

/// `case-collision`: two new names, of files or directories, that are one where case or Unicode form does not count.
std::vector<Finding> compare_names(const BranchWork& a, const BranchWork& b, const TreeBefore&);

/// `sequence-collision`: two new files that take the same number of one series: of `series` ("db/{n}_*.sql"), or of a
/// directory whose files are numbered.
std::vector<Finding> compare_sequences(const BranchWork& a, const BranchWork& b, const TreeBefore&,
                                       const std::vector<std::string>& series);

/// `duplicate-definition` across files: of one package an error, of new files of one directory with the same body a
/// warning, else a note. `of` has read the candidates.
std::vector<Finding> compare_namespaces(const BranchWork& a, const BranchWork& b, EditReader& of);
std::vector<const FileEdit*> namespace_candidates(const BranchWork& a, const BranchWork& b);

}  // namespace planner
