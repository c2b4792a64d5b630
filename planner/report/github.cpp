// GitHub workflow commands, one a line: "::error file=F,line=N,title=T::message".
#include <fmt/format.h>

#include "planner/report/finding_list.h"
#include "planner/report/words.h"

namespace planner::report {
namespace {

constexpr std::size_t most_of_a_level = 10;
constexpr std::size_t most_summary_bytes = std::size_t{1} << 20;

/// As the runner unescapes it; in a property ':' and ',' end things, too. Other controls are shown, not sent.
std::string escaped_command(std::string_view text, bool property) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '%':
        out += "%25";
        break;
      case '\r':
        out += "%0D";
        break;
      case '\n':
        out += "%0A";
        break;
      case ':':
        out += property ? "%3A" : ":";
        break;
      case ',':
        out += property ? "%2C" : ",";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string escaped_message(std::string_view text) { return escaped_command(parsers::printable(text), false); }
/// A name in which something had to be shown as \xNN is no file's any more, and is not followed to one.
std::string property(std::string_view text) { return escaped_command(parsers::printable(text), true); }

std::string_view level_of(FindingSeverity severity) {
  return severity == FindingSeverity::note ? "notice" : to_string(severity);
}

std::string command(const Finding& finding) {
  std::string out = fmt::format("::{} ", level_of(finding.severity));
  if (const Place* place = place_of(finding)) {
    out += fmt::format("file={},", property(place->file));
    if (place->line > 0) out += fmt::format("line={},", place->line);
  }
  const std::string who = finding.work_order.empty() ? finding.rule : finding.work_order + " " + finding.rule;
  return out + fmt::format("title={}::{}\n", property(who), escaped_message(full_message(finding)));
}

}  // namespace

std::string github(const FindingList& list) {
  std::string out;
  std::size_t shown[3] = {}, all[3] = {};
  for (const Finding& finding : list.findings) {
    const auto level = static_cast<std::size_t>(finding.severity);
    ++all[level];
    if (shown[level] == most_of_a_level) continue;
    ++shown[level];
    out += command(finding);
  }
  std::string rest;
  for (const FindingSeverity severity : {FindingSeverity::error, FindingSeverity::warning, FindingSeverity::note}) {
    const auto level = static_cast<std::size_t>(severity);
    if (all[level] > shown[level])
      rest += fmt::format("{}{}", rest.empty() ? "" : ", ", counted(all[level] - shown[level], to_string(severity)));
  }
  if (!rest.empty()) rest = fmt::format("and {} more: see the job summary, or --format text\n", rest);
  return out + rest + fmt::format("interlock {}: {}\n", list.command, severities(list.findings));
}

std::string job_summary(std::string markdown) {
  if (markdown.size() <= most_summary_bytes) return markdown;
  constexpr std::string_view more = "\n... cut: a job summary holds 1 MiB\n";
  const std::size_t end = markdown.rfind('\n', most_summary_bytes - more.size() - 1);
  markdown.resize(end == std::string::npos ? 0 : end);
  return markdown + std::string(more);
}

}  // namespace planner::report
