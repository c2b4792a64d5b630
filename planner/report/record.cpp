// What was kept of a session: schemas/record.schema.json.
#include <algorithm>
#include <fmt/format.h>

#include "planner/report/json_values.h"
#include "planner/report/report.h"
#include "planner/report/words.h"

namespace planner::report {

std::string text(const RecordAnswer& answer) {
  const Record& record = answer.record;
  const std::string at = record.head.empty() ? "before the first commit" : "at " + record.head.substr(0, 10);
  const std::string session = parsers::printable(record.session);
  if (answer.start)
    return fmt::format("session {} begins {}: {} dirty before\n", session, at, counted(record.before.size(), "file"));
  const auto loose =
      std::count_if(record.files.begin(), record.files.end(), [](const auto& f) { return !f.committed; });
  std::string out = fmt::format("session {} {}: {} recorded, {} uncommitted\n", session, at,
                                counted(record.files.size(), "file"), loose);
  for (const RecordedFile& file : record.files)
    out += fmt::format("  {} {}{}\n", file.blob.substr(0, 10), parsers::printable(file.path),
                       file.committed      ? ""
                       : file.pack.empty() ? ", uncommitted, its bytes not kept"
                                           : ", uncommitted");
  return out;
}

std::string json(const RecordAnswer& answer) {
  const Record& record = answer.record;
  const auto or_null = [](const std::string& text) { return text.empty() ? Json() : Json(text); };
  Json out = Json::object();
  out["schema"] = "interlock.record/1";
  out["session"] = record.session;
  out["work_orders"] = record.work_orders;
  out["branch"] = or_null(record.branch);
  out["base"] = or_null(record.base);
  out["head"] = or_null(record.head);
  Json& before = out["before"] = Json::array();
  for (const auto& [path, blob] : record.before) before.push_back(path);
  Json& files = out["files"] = Json::array();
  for (const RecordedFile& file : record.files) {
    Json one = Json::object();
    one["path"] = file.path;
    one["blob"] = file.blob;
    one["committed"] = file.committed;
    one["kept"] = !file.pack.empty();
    files.push_back(std::move(one));
  }
  out["diagnostics"] = diagnostics(answer.reading);
  return printed(out);
}

}  // namespace planner::report
