#include "planner/record.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

namespace planner {
namespace {

constexpr std::string_view first = "interlock.record/1", last = "end";

bool is_hex(std::string_view id) {
  return (id.size() == 40 || id.size() == 64) &&
         std::all_of(id.begin(), id.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

/// A name of a file beside the record, and of no other.
bool is_pack_name(std::string_view name) {
  return name.empty() || (name.ends_with(".pack") && is_hex(name.substr(0, name.size() - 5)));
}

std::string_view next_word(std::string_view& rest) {
  const std::size_t end = std::min(rest.find(' '), rest.size());
  const std::string_view word = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return word;
}

bool read_file(std::string_view value, Record& out) {
  RecordedFile file;
  const std::string_view mode = next_word(value);
  const auto [end, wrong] = std::from_chars(mode.data(), mode.data() + mode.size(), file.mode, 8);
  file.blob = next_word(value);
  const std::string_view where = next_word(value), pack = next_word(value);
  file.committed = where == "committed";
  if (pack != "-") file.pack = pack;
  file.path = value;
  out.files.push_back(file);
  return wrong == std::errc() && end == mode.data() + mode.size() && is_hex(file.blob) &&
         (file.committed || where == "uncommitted") && is_pack_name(file.pack) && !file.path.empty();
}

/// False: not a field of a record.
bool read_field(std::string_view field, Record& out) {
  const std::string_view key = next_word(field);
  if (key == "session")
    out.session = field;
  else if (key == "work-order")
    out.work_orders.emplace_back(field);
  else if (key == "branch")
    out.branch = field;
  else if (key == "worktree")
    out.worktree = field;
  else if (key == "author")
    out.author = field;
  else if (key == "base")
    out.base = field;
  else if (key == "head")
    out.head = field;
  else if (key == "pack")
    out.pack = field;
  else if (key == "before") {
    const std::string blob(next_word(field));
    out.before.emplace(field, blob);
    return !field.empty() && (blob == "-" || is_hex(blob));
  } else if (key == "file") {
    return read_file(field, out);
  } else {
    return false;
  }
  return true;
}

}  // namespace

std::string written(const Record& record) {
  std::string out;
  const auto add = [&](std::string_view key, std::string_view value) {
    out += key;
    out += ' ';
    out += value;
    out += '\0';
  };
  out += first;
  out += '\0';
  add("session", record.session);
  for (const std::string& id : record.work_orders) add("work-order", id);
  add("branch", record.branch);
  add("worktree", record.worktree);
  add("author", record.author);
  add("base", record.base);
  add("head", record.head);
  add("pack", record.pack);
  for (const auto& [path, blob] : record.before) add("before", (blob.empty() ? "-" : blob) + " " + path);
  for (const RecordedFile& file : record.files)
    add("file", fmt::format("{:o} {} {} {} {}", file.mode, file.blob, file.committed ? "committed" : "uncommitted",
                            file.pack.empty() ? "-" : file.pack, file.path));
  out += last;
  out += '\0';
  return out;
}

std::optional<Record> record_in(std::string_view text) {
  Record out;
  bool begun = false;
  while (!text.empty()) {
    const std::size_t end = text.find('\0');
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view field = text.substr(0, end);
    text.remove_prefix(end + 1);
    if (!begun) {
      if (field != first) return std::nullopt;
      begun = true;
    } else if (field == last) {
      const bool sound = text.empty() && !out.session.empty() && (out.base.empty() || is_hex(out.base)) &&
                         (out.head.empty() || is_hex(out.head)) && is_pack_name(out.pack);
      for (auto& [path, blob] : out.before)
        if (blob == "-") blob.clear();
      return sound ? std::optional(std::move(out)) : std::nullopt;
    } else if (!read_field(field, out)) {
      return std::nullopt;
    }
  }
  return std::nullopt;
}

}  // namespace planner
