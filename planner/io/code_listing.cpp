#include "planner/io/code_listing.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <sys/stat.h>

#include "planner/io/files.h"
#include "planner/io/worktree_scratch.h"

namespace planner::io {
namespace {

using Place = ListedFile::Place;

constexpr std::string_view attributes_name = ".gitattributes";
constexpr const char* converting[] = {"filter", "working-tree-encoding", "ident"};

bool regular(std::uint32_t mode) { return (mode & 0170000) == 0100000; }

/// One record of `ls-files -v -s`: "TAG MODE ID STAGE\tPATH", or "? PATH".
struct Record {
  char tag = 0;
  std::uint32_t mode = 0;
  std::string_view id, path;
};

Record record_in(std::string_view line) {
  Record out;
  if (line.size() < 3) return out;
  out.tag = line[0];
  if (out.tag == '?') {
    out.path = line.substr(2);
    return out;
  }
  const std::size_t tab = line.find('\t'), space = line.find(' ', 2);
  if (tab == std::string_view::npos || space > tab) return {};
  for (const char c : line.substr(2, space - 2)) out.mode = out.mode * 8 + static_cast<std::uint32_t>(c - '0');
  out.id = line.substr(space + 1, line.find(' ', space + 1) - space - 1);
  out.path = line.substr(tab + 1);
  return out;
}

bool is_regular_file(const std::string& path) {
  struct stat about {};
  return ::lstat(path.c_str(), &about) == 0 && S_ISREG(about.st_mode);
}

/// What the records of one path say together; nullopt: there is no regular file.
std::optional<ListedFile> file_of(const std::string& top, const std::vector<Record>& records) {
  const auto tagged = [&](std::string_view tags) {
    return std::any_of(records.begin(), records.end(),
                       [&](const Record& r) { return tags.find(r.tag) != std::string_view::npos; });
  };
  const Record& first = records.front();
  ListedFile out{std::string(first.path), std::string(first.id), Place::unchanged};
  if (tagged("S")) {  // left out of a sparse checkout, or there all the same
    if (!regular(first.mode)) return std::nullopt;
    out.place = is_regular_file(top + "/" + out.path) ? Place::disk : Place::object;
  } else if (tagged("R")) {
    return std::nullopt;
  } else if (!tagged("H") || tagged("C")) {  // untracked, changed, unmerged, or not to be looked at
    if (first.mode == 0160000 || !is_regular_file(top + "/" + out.path)) return std::nullopt;
    out.place = Place::disk;
  } else if (!regular(first.mode)) {
    return std::nullopt;
  }
  if (out.place == Place::disk) out.blob.clear();
  return out;
}

/// Does one of the files that set attributes name one of those that convert contents?
bool may_convert(const WorktreeScratch& scratch, const std::vector<ListedFile>& files) {
  std::vector<std::string> names = scratch.attribute_files();
  for (const ListedFile& file : files)
    if (file.path.ends_with(attributes_name) &&
        (file.path.size() == attributes_name.size() || file.path[file.path.size() - attributes_name.size() - 1] == '/'))
      names.push_back(scratch.top() + "/" + file.path);
  return std::any_of(names.begin(), names.end(), [](const std::string& name) {
    const Result<std::optional<std::string>> text = read_file_if_there(name);
    return text && *text && std::any_of(std::begin(converting), std::end(converting), [&](const char* attribute) {
             return (*text)->find(attribute) != std::string::npos;
           });
  });
}

/// What filters and encodings make of a file is not what its blob holds.
Result<void> find_converted(const WorktreeScratch& scratch, std::vector<ListedFile>& files) {
  if (!may_convert(scratch, files)) return {};
  std::string paths;
  for (const ListedFile& file : files) paths += file.path + '\0';
  std::vector<std::string> arguments{"check-attr", "-z", "--stdin"};
  arguments.insert(arguments.end(), std::begin(converting), std::end(converting));
  const Result<std::string> text = scratch.answer(std::move(arguments), std::move(paths));
  if (!text) return tl::make_unexpected(text.error());
  std::size_t next = 0;
  for (std::string_view rest = *text; !rest.empty();) {  // "PATH\0ATTRIBUTE\0VALUE\0", in the order asked
    const std::string_view path = next_field(rest);
    next_field(rest);
    const std::string_view value = next_field(rest);
    while (next < files.size() && files[next].path != path) ++next;
    if (next == files.size() || value == "unspecified" || value == "unset") continue;
    if (files[next].place == Place::unchanged) files[next] = {std::move(files[next].path), {}, Place::disk};
  }
  return {};
}

}  // namespace

std::vector<ListedFile> list_tree(const Tree& tree) {
  std::vector<ListedFile> out;
  out.reserve(tree.entries().size());
  for (const TreeEntry& entry : tree.entries())
    if (regular(entry.mode)) out.push_back({entry.path, entry.blob, Place::object});
  return out;
}

Result<WorktreeListing> list_worktree(const GitLayout& layout) {
  const Result<WorktreeScratch> scratch = WorktreeScratch::make(layout);
  if (!scratch) return tl::make_unexpected(scratch.error());
  const Result<std::string> text = scratch->answer(
      {"ls-files", "-z", "-v", "-s", "--cached", "--modified", "--deleted", "--others", "--exclude-standard"});
  if (!text) return tl::make_unexpected(text.error());
  std::vector<Record> records;
  for (std::string_view rest = *text; !rest.empty();) {
    Record record = record_in(next_field(rest));
    if (record.tag != 0 && !record.path.ends_with('/')) records.push_back(record);
  }
  std::stable_sort(records.begin(), records.end(), [](const Record& a, const Record& b) { return a.path < b.path; });
  WorktreeListing out;
  out.asked = scratch->made();
  out.files.reserve(records.size());
  std::vector<Record> here;
  for (std::size_t i = 0; i < records.size(); ++i) {
    here.push_back(records[i]);
    if (i + 1 < records.size() && records[i + 1].path == records[i].path) continue;
    if (std::optional<ListedFile> file = file_of(layout.top, here)) out.files.push_back(std::move(*file));
    here.clear();
  }
  if (Result<void> done = find_converted(*scratch, out.files); !done) return tl::make_unexpected(done.error());
  return out;
}

}  // namespace planner::io
