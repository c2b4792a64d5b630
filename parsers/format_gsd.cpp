// GSD's PLAN.md: a front matter with wave, depends_on and files_modified, a body of <task><files>...</files></task>.
#include <algorithm>
#include <cctype>
#include <charconv>
#include <fmt/format.h>

#include "parsers/format_front_matter.h"
#include "parsers/format_readers.h"
#include "parsers/markdown_paths.h"
#include "parsers/markdown_tokens.h"
#include "parsers/markdown_words.h"

namespace parsers {
namespace {

/// "01-PLAN", "01-01-PLAN.md", "./01-01" -> "01-01", with the phase's number in front where only the plan's is there.
std::string plan_id(std::string_view written, std::string_view phase) {
  std::string_view id = bare_id(written);
  id = id.substr(id.rfind('/') + 1);
  for (const std::string_view tail : {".md", "-PLAN", "-plan", "-SUMMARY"})
    if (id.ends_with(tail)) id.remove_suffix(tail.size());
  const bool number = !id.empty() && id.find_first_not_of("0123456789") == std::string_view::npos;
  return number && !phase.empty() ? fmt::format("{}-{}", phase, id) : std::string(id);
}

/// "03" of "03-model-training", "2.1" of "2.1-fix".
std::string_view phase_number(std::string_view phase) {
  const std::size_t end = std::min(phase.find_first_not_of("0123456789."), phase.size());
  return phase.substr(0, end);
}

/// The plan's name as its file has it: "03-01" of "03-01-PLAN.md".
std::string id_of_file(const Source& source) {
  std::string stem = file_stem(source);
  for (const std::string_view tail : {"-PLAN", "-plan", "-SUMMARY"})
    if (stem.ends_with(tail)) stem.resize(stem.size() - tail.size());
  return stem;
}

class GsdReader {
 public:
  GsdReader(const Source& source, FileId file) : reader_(source, file), fields_(source, file), source_(source) {
    fields_.report(reader_);
  }

  Parsed<WorkOrders> run() {
    const std::string_view phase = fields_.value({"phase"});
    const std::string_view number = phase_number(phase);
    reader_.value().family = std::string(phase);
    std::string id = plan_id(fields_.value({"plan"}), number);
    if (id.empty()) id = id_of_file(source_);
    if (file_stem(source_).ends_with("SUMMARY")) {
      reader_.value().finished.push_back(id);
      reader_.note(reader_.whole(), "status", fmt::format("{} is done", id));
      return reader_.finish();
    }
    const FrontMatterField* plan = fields_.find({"plan", "phase"});
    const Location where = plan != nullptr ? fields_.locate(plan->key) : Location{reader_.file(), 1, 1};
    reader_.open(id, "", where);
    if (const auto status = foreign_status(fields_.value({"status"}))) reader_.order().status = *status;
    for (const std::string_view on : fields_.items({"depends_on"}))
      reader_.depend(plan_id(on, number), fields_.locate(on));
    if (const FrontMatterField* files = fields_.find({"files_modified", "files"}); files != nullptr) {
      const std::vector<std::string_view> items = fields_.items({"files_modified", "files"});
      if (items.empty() && (files->list || lowered(files->value) == "none"))
        reader_.write("", fields_.locate(files->key));
      for (const std::string_view item : items)
        for (const std::string& path : expand_braces(item)) reader_.write(path, fields_.locate(item));
    }
    read_must_haves();
    read_wave(id, phase);
    read_body();
    reader_.close();
    return reader_.finish();
  }

 private:
  /// Artifacts are what has to be there afterwards, links what has to fit together: neither says that it is written.
  void read_must_haves() {
    const FrontMatterField* must = fields_.find({"must_haves"});
    if (must == nullptr) return;
    for (const std::string_view item : must->items) {
      const std::size_t colon = item.find(':');
      if (colon == std::string_view::npos) continue;
      const std::string_view key = trim(item.substr(0, colon));
      std::string_view value = trim(item.substr(colon + 1));
      if (value.size() > 1 && (value.front() == '"' || value.front() == '\''))
        value = value.substr(1, value.size() - 2);
      if ((key == "path" || key == "from" || key == "to") && names_a_path(value) &&
          value.find(' ') == std::string_view::npos)
        reader_.mention(value, fields_.locate(item));
    }
  }

  void read_wave(const std::string& id, std::string_view phase) {
    const std::string_view value = fields_.value({"wave"});
    std::int64_t number = 0;
    if (value.empty()) return;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (error != std::errc{} || end != value.data() + value.size() || number < 0)
      return reader_.warn(fields_.locate(value), fmt::format("\"{}\" is no number of a wave", value), "left out");
    HandMadeWave wave;
    wave.name = phase.empty() ? fmt::format("wave {}", number) : fmt::format("wave {} of {}", number, phase);
    wave.orders.push_back({id, fields_.locate(value)});
    wave.where = fields_.locate(value);
    wave.among = std::string(phase.empty() ? "plan" : phase);
    wave.number = number;
    reader_.note(wave.where, "wave", value);
    reader_.value().waves.push_back(std::move(wave));
  }

  void read_body() {
    const std::string_view text = reader_.text();
    std::size_t at = fields_.empty() ? 0 : reader_.lines().front().size();
    if (!fields_.empty())
      if (const std::size_t closing = text.find("\n---", at); closing != std::string_view::npos) at = closing + 4;
    objective(text.substr(at));
    for (std::size_t open = text.find("<task", at); open != std::string_view::npos;
         open = text.find("<task", open + 1)) {
      if (text.substr(open).starts_with("<tasks")) continue;
      const std::size_t close = std::min(text.find("</task>", open), text.size());
      read_task(text.substr(open, close - open));
      open = std::min(close, text.size() - 1);
    }
  }

  void objective(std::string_view body) {
    const std::string_view inside = element(body, "objective");
    for (const std::string_view line :
         {inside.substr(0, inside.find('\n', std::min(inside.find_first_not_of("\n "), inside.size())))})
      if (reader_.order().title.empty()) reader_.order().title = std::string(trim(line));
    reader_.note(reader_.order().where, "title", reader_.order().title);
  }

  static std::string_view element(std::string_view text, std::string_view name) {
    const std::string opening = fmt::format("<{}>", name), closing = fmt::format("</{}>", name);
    const std::size_t from = text.find(opening);
    if (from == std::string_view::npos) return text.substr(0, 0);
    const std::size_t start = from + opening.size();
    const std::size_t end = std::min(text.find(closing, start), text.size());
    return text.substr(start, end - start);
  }

  void read_task(std::string_view task) {
    const std::string_view files = element(task, "files");
    // What a task lists, the plan's own list should have: it is said, and compared.
    const MarkdownTokens tokens(files);
    for (std::size_t i = 0; i < files.size();) {
      if (std::string_view(" \t\r\n,;").find(files[i]) != std::string_view::npos) {
        ++i;
        continue;
      }
      const MarkdownToken token = tokens.token(i);
      if (token.end != 0 && MarkdownTokens::is_path(token))
        for (const std::string& path : expand_braces(token.text)) said(path, reader_.locate(token.place));
      i = std::max(token.end, i + 1);
    }
    reader_.prose(element(task, "action"), std::nullopt);
  }

  void said(const std::string& path, Location where) {
    const bool declared = fields_.find({"files_modified", "files"}) != nullptr;
    if (declared)
      reader_.mention(path, where, Sure::stated);
    else
      reader_.write(path, where);
  }

  FormatReader reader_;
  FrontMatter fields_;
  const Source& source_;
};

}  // namespace

Recognition recognise_gsd(const Source& source) {
  const std::vector<std::string> keys = front_matter_keys(source);
  const auto has = [&](std::string_view key) { return std::find(keys.begin(), keys.end(), key) != keys.end(); };
  const std::string stem = file_stem(source);
  const bool named = stem.ends_with("PLAN");
  if (stem.ends_with("SUMMARY") && has("phase") && has("plan"))
    return {Recognition::Degree::by_content_and_name, "the summary of a finished plan"};
  if (has("files_modified") && (has("wave") || has("phase") || has("plan")))
    return {named ? Recognition::Degree::by_content_and_name : Recognition::Degree::by_content,
            "a front matter with phase, wave and files_modified"};
  if (named && has("phase") && has("plan"))
    return {Recognition::Degree::by_content_and_name, "a front matter with phase and plan"};
  return {};
}

Parsed<WorkOrders> read_gsd(const Source& source, FileId file) { return GsdReader(source, file).run(); }

}  // namespace parsers
