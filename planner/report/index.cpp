#include "planner/report/index.h"

#include <fmt/format.h>

#include "parsers/diagnostic.h"
#include "planner/report/json_values.h"

namespace planner::report {
namespace {

using Outlines = IndexAnswer::Outlines;

Json gaps(const std::vector<IndexAnswer::Gap>& list) {
  Json out = Json::array();
  for (const IndexAnswer::Gap& gap : list) out.push_back({{"path", gap.path}, {"why", gap.why}});
  return out;
}

Json outlines(const IndexAnswer& answer) {
  if (!answer.outlines) return nullptr;
  const Outlines& all = *answer.outlines;
  Json out = Json::object();
  out["kept"] = answer.effort.outlines_kept;
  out["parsed"] = answer.effort.outlines_parsed;
  out["definitions"] = all.definitions;
  out["references"] = all.references;
  Json& languages = out["languages"] = Json::array();
  for (std::size_t i = 0; i < all.languages.size(); ++i) {
    const IndexAnswer::OfLanguage& one = all.languages[i];
    if (one.files == 0) continue;
    Json row = Json::object();
    row["language"] = parsers::to_string(static_cast<parsers::Language>(i));
    row["files"] = one.files;
    row["parsed"] = one.parsed;
    row["degraded"] = one.degraded;
    row["unproven"] = one.unproven;
    languages.push_back(std::move(row));
  }
  out["degraded"] = gaps(all.degraded);
  out["unproven"] = gaps(all.unproven);
  return out;
}

void list(std::string& out, std::string_view title, const std::vector<IndexAnswer::Gap>& gaps) {
  if (gaps.empty()) return;
  out += fmt::format("\n{}:\n", title);
  for (const IndexAnswer::Gap& gap : gaps)
    out += fmt::format("  {}: {}\n", parsers::printable(gap.path), parsers::printable(gap.why));
}

}  // namespace

std::string json(const IndexAnswer& answer) {
  Json out = Json::object();
  out["schema"] = "interlock.index/1";
  out["commit"] = answer.commit.empty() ? Json() : Json(answer.commit);
  out["files"] = answer.files;
  out["unknown_language"] = answer.unknown_language;
  out["kept"] = answer.effort.kept;
  out["read"] = answer.effort.read;
  out["bytes"] = answer.effort.bytes;
  out["unread"] = gaps(answer.unread);
  out["outlines"] = outlines(answer);
  return printed(out);
}

std::string text(const IndexAnswer& answer) {
  std::string out = fmt::format("{} files of {}: the names of {} were kept, {} read ({} bytes)\n", answer.files,
                                answer.commit.empty() ? "the work tree" : answer.commit.substr(0, 12),
                                answer.effort.kept, answer.effort.read, answer.effort.bytes);
  if (answer.unknown_language != 0)
    out += fmt::format("{} are in no known language: their names are known, their symbols are not\n",
                       answer.unknown_language);
  if (answer.outlines) {
    const Outlines& all = *answer.outlines;
    out += fmt::format("{} outlines were kept, {} parsed: {} definitions, {} references\n\n",
                       answer.effort.outlines_kept, answer.effort.outlines_parsed, all.definitions, all.references);
    out += fmt::format("{:<12}{:>9}{:>9}{:>10}{:>10}\n", "language", "files", "parsed", "degraded", "unproven");
    for (std::size_t i = 0; i < all.languages.size(); ++i) {
      const IndexAnswer::OfLanguage& one = all.languages[i];
      if (one.files == 0) continue;
      out += fmt::format("{:<12}{:>9}{:>9}{:>10}{:>10}\n", parsers::to_string(static_cast<parsers::Language>(i)),
                         one.files, one.parsed, one.degraded, one.unproven);
    }
    list(out, "Degraded: symbols that overlap a parse error count as their file", all.degraded);
    list(out, "Unproven: not parsed, may define and use anything", all.unproven);
  }
  list(out, "Unread: may mention anything", answer.unread);
  return out;
}

}  // namespace planner::report
