// JUnit XML: suites of cases, as test reporters of every CI read it.
#include <algorithm>
#include <fmt/format.h>
#include <map>

#include "planner/report/finding_list.h"
#include "planner/report/words.h"

namespace planner::report {
namespace {

/// Text and attributes alike. Controls are shown as \xNN before: XML 1.0 knows no way to write them. So are the two
/// characters that it forbids though they are UTF-8.
std::string xml(std::string_view text) {
  std::string out;
  const std::string shown = parsers::printable(text);
  for (std::size_t i = 0; i < shown.size(); ++i) {
    const std::string_view rest = std::string_view(shown).substr(i);
    if (rest.starts_with("\xEF\xBF\xBE") || rest.starts_with("\xEF\xBF\xBF")) {
      out += rest[2] == '\xBE' ? "\\xEF\\xBF\\xBE" : "\\xEF\\xBF\\xBF";
      i += 2;
      continue;
    }
    switch (shown[i]) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&apos;";
        break;
      default:
        out += shown[i];
    }
  }
  return out;
}

std::string details(const Finding& finding) {
  std::string out = full_message(finding);
  for (const Related& related : finding.related) {
    const std::string place = related.where.file.empty() ? std::string() : shown(related.where) + ": ";
    out += "; " + place + related_words(related);
  }
  return out;
}

class Suite {
 public:
  Suite(std::string name, FindingSeverity failing) : name_(std::move(name)), failing_(failing) {}

  void add(const Finding& finding) {
    const Place* place = place_of(finding);
    const std::string what = place ? fmt::format("{} {}", finding.rule, place->file) : finding.rule;
    // Cases of one name hide each other in some reporters.
    const std::size_t before = names_[what]++;
    const std::string name = before == 0 ? what : fmt::format("{} ({})", what, before + 1);
    const std::string file = place ? fmt::format(" file=\"{}\"", xml(place->file)) : std::string();
    body_ += fmt::format("    <testcase classname=\"{}\" name=\"{}\"{}>\n", xml(name_), xml(name), file);
    if (finding.severity <= failing_) {
      ++failures_;
      body_ += fmt::format("      <failure type=\"{}\" message=\"{}\">{}</failure>\n", xml(finding.rule),
                           xml(full_message(finding)), xml(details(finding)));
    } else {
      body_ +=
          fmt::format("      <system-out>{}: {}</system-out>\n", to_string(finding.severity), xml(details(finding)));
    }
    body_ += "    </testcase>\n";
    ++cases_;
  }

  std::string print() {
    if (cases_ == 0) {
      body_ = fmt::format("    <testcase classname=\"{}\" name=\"as declared\"/>\n", xml(name_));
      cases_ = 1;
    }
    return fmt::format(
        "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"0\">\n{}"
        "  </testsuite>\n",
        xml(name_), cases_, failures_, body_);
  }

  std::size_t cases() const { return cases_; }
  std::size_t failures() const { return failures_; }

 private:
  std::string name_, body_;
  FindingSeverity failing_;
  std::map<std::string, std::size_t> names_;
  std::size_t cases_ = 0, failures_ = 0;
};

}  // namespace

std::string junit(const FindingList& list) {
  std::map<std::string, Suite> suites;
  const auto suite = [&](const std::string& id) -> Suite& {
    return suites.try_emplace(id, id.empty() ? "no work order" : id, list.failing).first->second;
  };
  for (const std::string& id : list.work_orders) suite(id);
  for (const Finding& finding : list.findings) suite(finding.work_order).add(finding);
  std::string body;
  std::size_t cases = 0, failures = 0;
  for (auto& [id, one] : suites) {
    body += one.print();
    cases += one.cases();
    failures += one.failures();
  }
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"interlock {}\" tests=\"{}\" "
      "failures=\"{}\" errors=\"0\">\n{}</testsuites>\n",
      xml(list.command), cases, failures, body);
}

}  // namespace planner::report
