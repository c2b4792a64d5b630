// From a story's answer to the words on standard output and the exit code.
#pragma once

#include <algorithm>
#include <functional>
#include <optional>
#include <string>

#include "planner/app/load.h"
#include "planner/cli/verbs.h"
#include "planner/report/finding_list.h"
#include "planner/report/report.h"

namespace planner::cli {

/// What a verb cannot do without.
enum class Needs { nothing, git };

/// Opens the world, tells the story in it, or says why it cannot be opened.
ExitCode in_world(const Common&, Needs, const std::function<ExitCode(app::World&)>& story);

ExitCode fail(const Error&);
ExitCode fail(const app::Failure&);

/// Writes the answer where it belongs; a report that cannot be written is a refusal.
ExitCode deliver(const Common&, const std::string& text, ExitCode);

/// Says the diagnostics of at least that severity on standard error, then delivers.
ExitCode answer(const Common&, const Reading&, parsers::Severity least, const std::string& text, ExitCode);

report::TextStyle style(const Common&);

/// Is one of them at least that severe?
bool any(const std::vector<Finding>&, FindingSeverity worst);

inline ExitCode action_if(bool action) { return action ? ExitCode::action : ExitCode::clean; }

/// The value in the format asked for; `text` makes the plain one.
template <class A, class Text>
std::string formatted(const Common& common, const A& value, Text text) {
  switch (common.format) {
    case Format::json:
      return report::json(value);
    case Format::markdown:
      return report::markdown(value);
    default:
      break;
  }
  return text();
}

/// The list in the format of a CI system; nullopt: another format was asked for.
std::optional<std::string> for_ci(const Common&, report::FindingList);

/// Appends to the summary of a GitHub job, if one runs and its format was asked for; a warning when that fails.
void append_job_summary(const Common&, const std::function<std::string()>& markdown);

/// A list of findings in any format: those of CI systems, else as `formatted`.
template <class A, class Text>
std::string formatted_findings(const Common& common, const A& value, FindingSeverity failing, Text text) {
  report::FindingList list = report::finding_list(value);
  list.failing = failing;
  append_job_summary(common, [&] { return report::markdown(value); });
  if (std::optional<std::string> told = for_ci(common, list)) return std::move(*told);
  return formatted(common, value, text);
}

inline const std::vector<Format> finding_formats{Format::text,   Format::json,   Format::markdown, Format::sarif,
                                                 Format::github, Format::gitlab, Format::junit,    Format::rdjson};

}  // namespace planner::cli
