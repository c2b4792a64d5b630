// A task a file, its scope in the front matter: allowed_paths, forbidden_paths, affected_paths, parallel_safe.
#include <algorithm>
#include <cctype>
#include <fmt/format.h>

#include "parsers/format_front_matter.h"
#include "parsers/format_readers.h"
#include "parsers/markdown_paths.h"
#include "parsers/markdown_words.h"

namespace parsers {
namespace {

using Names = std::initializer_list<std::string_view>;

const Names write_keys{"allowed_paths", "affected_paths", "allowed-paths", "affected-paths",  "touches", "write_paths",
                       "owned_paths",   "owns",           "target_files",  "files_to_modify", "modifies"};
const Names read_keys{"read_paths", "read_only_paths", "readonly_paths", "reads", "reference_paths"};
const Names forbidden_keys{"forbidden_paths", "forbidden-paths", "denied_paths",
                           "protected_paths", "off_limits",      "must_not_touch"};

/// Globs as well as paths, and nothing that is plainly a sentence.
bool is_scope_item(std::string_view item) { return !item.empty() && item.find(' ') == std::string_view::npos; }

}  // namespace

Recognition recognise_scope_file(const Source& source) {
  const std::vector<std::string> keys = front_matter_keys(source);
  const auto any = [&](std::initializer_list<std::string_view> names) {
    return std::any_of(names.begin(), names.end(),
                       [&](std::string_view name) { return std::find(keys.begin(), keys.end(), name) != keys.end(); });
  };
  if (!any(write_keys)) return {};
  return {any({"id", "depends_on", "parallel_safe", "conflicts_with"}) || any(forbidden_keys)
              ? Recognition::Degree::by_content_and_name
              : Recognition::Degree::by_content,
          "a front matter that lists the paths of a task"};
}

Parsed<WorkOrders> read_scope_file(const Source& source, FileId file) {
  FormatReader reader(source, file);
  FrontMatter fields(source, file);
  fields.report(reader);
  reader.value().family = directory_name(source);
  const std::string_view written = fields.value({"id", "task", "task_id", "ticket"});
  const std::string id = written.empty() ? file_stem(source) : std::string(bare_id(written));
  WorkOrder& order = reader.open(id, std::string(fields.value({"title", "name"})),
                                 written.empty() ? Location{file, 1, 1} : fields.locate(written));
  reader.note(order.where, "title", order.title);
  const std::string_view status = fields.value({"status", "state"});
  if (const auto known = foreign_status(status))
    order.status = *known;
  else if (!status.empty())
    reader.warn(fields.locate(status), fmt::format("\"{}\" is no status that anybody agreed on", status),
                "read as pending");
  for (const std::string_view on :
       fields.items({"depends_on", "dependencies", "blocked_by", "blockedby", "requires_tasks"}))
    reader.depend(bare_id(on), fields.locate(on));
  for (const std::string_view on : fields.items({"conflicts_with", "conflicts"}))
    reader.conflicts_with(bare_id(on), fields.locate(on));
  const auto each = [&](std::initializer_list<std::string_view> keys, auto take) {
    for (const std::string_view item : fields.items(keys)) {
      if (!is_scope_item(item)) {
        reader.warn(fields.locate(item), fmt::format("\"{}\" is no path", item), "left out");
        continue;
      }
      for (const std::string& path : expand_braces(item)) take(path, fields.locate(item));
    }
  };
  if (const FrontMatterField* list = fields.find(write_keys);
      list != nullptr && fields.items(write_keys).empty() && list->list)
    reader.write("", fields.locate(list->key));
  each(write_keys, [&](const std::string& path, Location where) { reader.write(path, where); });
  each(read_keys, [&](const std::string& path, Location where) { reader.read(path, where); });
  each(forbidden_keys, [&](const std::string& path, Location where) { reader.do_not_touch(path, where); });
  if (const FrontMatterField* mark = fields.find({"parallel_safe", "parallel", "parallel-safe"});
      mark != nullptr && !mark->list) {
    const std::string word = lowered(mark->value);
    if (word == "true" || word == "yes" || word == "false" || word == "no")
      reader.parallel(word == "true" || word == "yes", fmt::format("{}: {}", mark->key, mark->value),
                      reader.value().family, fields.locate(mark->key));
  }
  for (const MarkdownBlock& block : fields.document().blocks()) {
    if (block.kind == MarkdownBlock::Kind::heading && order.title.empty()) order.title = std::string(block.text);
    if (block.kind != MarkdownBlock::Kind::text) continue;
    for (const ProsePath& path : read_prose(block.text, Ungoverned::mentioned))
      reader.mention(path.path, fields.locate(path.place), path.sure);
  }
  return reader.finish();
}

}  // namespace parsers
