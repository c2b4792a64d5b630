// One list of findings, and every form in which programs take it: for verify, check and whatever else finds something.
//
// All of these are pure and deterministic; text from outside is escaped for its place. Paths stay as they are: those of
// the repository relative to its top, those of order files as they were named.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "planner/answers.h"

namespace planner::report {

struct FindingList {
  std::string command;                               ///< "verify"
  std::vector<Finding> findings;                     ///< the worst first, as sort_findings leaves them
  std::vector<std::string> work_orders;              ///< looked at, whatever was found
  FindingSeverity failing = FindingSeverity::error;  ///< this and worse makes the exit code 1
  std::string version;                               ///< of interlock
};

FindingList finding_list(const VerifyAnswer&);
FindingList finding_list(const CheckAnswer&);

/// SARIF 2.1.0 (OASIS), one run, inside GitHub's limits: 25,000 results, the worst of them, and 100 related places
/// each. URIs are relative to %SRCROOT%.
std::string sarif(const FindingList&);

/// GitHub workflow commands: the ten worst of each level, because no step shows more, then how many there are beyond.
std::string github(const FindingList&);
/// What of a text fits into a job summary (1 MiB), cut at a line.
std::string job_summary(std::string markdown);

/// GitLab's code quality report: a JSON array, fingerprints unique and without lines.
std::string gitlab(const FindingList&);

/// JUnit XML: a suite for each work order, a case for each rule and path that was found; those that fail the call are
/// failures, the others output of a case that passed.
std::string junit(const FindingList&);

/// Reviewdog's diagnostic format as one JSON object.
std::string rdjson(const FindingList&);

/// Hex, one for each finding and in their order: of rule, path and work order, not of lines or words, so that it stays
/// when the file changes elsewhere. Equal ones are told apart by their position among themselves.
std::vector<std::string> fingerprints(const std::vector<Finding>&);

/// What the rule is about, a phrase.
std::string_view meaning_of(std::string_view rule);

/// Where to point at: the place, else the first related one; nullptr: there is none.
const Place* place_of(const Finding&);

/// The sentence, and what to do about it.
std::string full_message(const Finding&);

/// As a relative URI reference; an absolute path as a file: URI.
std::string uri_of(std::string_view path);

}  // namespace planner::report
