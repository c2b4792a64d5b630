#include "planner/include_closure.h"

#include <algorithm>
#include <utility>

namespace planner {
namespace {

constexpr std::size_t most_kept = std::size_t{1} << 22;  // files in all closures that are kept: 16 MiB
constexpr std::size_t most_included = 20000;             // by one file

std::string_view last_component(std::string_view path) { return path.substr(path.rfind('/') + 1); }

/// Of the directories that hold what was written the likeliest: nearest to the file, then those that projects name so.
std::size_t common_prefix(std::string_view a, std::string_view b) {
  std::size_t out = 0;
  for (std::size_t i = 0; i <= a.size() && i <= b.size(); ++i) {
    const bool end_a = i == a.size() || a[i] == '/', end_b = i == b.size() || b[i] == '/';
    if (end_a && end_b) out = i + 1;
    if (i == a.size() || i == b.size() || a[i] != b[i]) break;
  }
  return out;
}

struct Include {
  std::string path;
  bool quoted = false;
};

/// The includes of a text, whatever the conditions around them.
std::vector<Include> includes_in(std::string_view text) {
  std::vector<Include> out;
  for (std::size_t at = text.find('#'); at != std::string_view::npos; at = text.find('#', at + 1)) {
    std::size_t before = at;
    while (before > 0 && (text[before - 1] == ' ' || text[before - 1] == '\t')) --before;
    if (before > 0 && text[before - 1] != '\n') continue;
    std::size_t from = text.find_first_not_of(" \t", at + 1);
    if (from == std::string_view::npos || !text.substr(from).starts_with("include")) continue;
    from = text.find_first_not_of(" \t", from + 7);
    if (from != std::string_view::npos && text.substr(from).starts_with("_next"))
      from = text.find_first_not_of(" \t", from + 5);
    if (from == std::string_view::npos || (text[from] != '"' && text[from] != '<')) continue;
    const bool quoted = text[from] == '"';
    const std::size_t end = text.find_first_of(quoted ? "\"\n" : ">\n", from + 1);
    if (end == std::string_view::npos || text[end] == '\n') continue;
    out.push_back({std::string(text.substr(from + 1, end - from - 1)), quoted});
  }
  return out;
}

}  // namespace

IncludeClosures::IncludeClosures(CodeNames& names) : names_(names) {
  const auto& files = names.code().files();
  for (std::size_t i = 0; i < files.size(); ++i)
    if (const auto& language = files[i].language;
        language && (*language == parsers::Language::c || *language == parsers::Language::cpp))
      by_name_[last_component(files[i].path)].emplace_back(i);
}

std::optional<CodeFileId> IncludeClosures::included(CodeFileId from, std::string_view written, bool quoted) {
  const std::string_view directory = directory_of(names_.path(from));
  if (quoted)
    if (const auto beside = joined(directory, written))
      if (const auto file = names_.code().find(*beside)) return file;
  std::string_view plain = written;
  while (plain.starts_with("../") || plain.starts_with("./")) plain.remove_prefix(plain.find('/') + 1);
  const auto named = by_name_.find(last_component(plain));
  if (named == by_name_.end()) return std::nullopt;
  std::optional<CodeFileId> best;
  std::size_t most = 0;
  bool tie = false;
  for (const CodeFileId file : named->second) {
    const std::string_view path = names_.path(file);
    if (!path.ends_with(plain)) continue;
    const std::string_view root = path.substr(0, path.size() - plain.size());
    if (!root.empty() && !root.ends_with('/')) continue;
    const std::string_view top = root.empty() ? root : root.substr(0, root.size() - 1);
    const bool includes = top.empty() || last_component(top) == "include" || last_component(top) == "inc";
    // The name of a system header means a file of the tree only in a directory of includes.
    if (!quoted && !includes && plain.find('/') == std::string_view::npos) continue;
    const std::size_t score = 2 * common_prefix(top, directory) + (includes ? 1 : 0);
    tie = best && score == most;
    if (best && score <= most) continue;
    best = file;
    most = score;
  }
  return tie ? std::nullopt : best;
}

const std::vector<CodeFileId>& IncludeClosures::direct(CodeFileId file) {
  const auto [kept, fresh] = direct_.try_emplace(file.value);
  if (!fresh) return kept->second;
  std::vector<CodeFileId> out;
  if (const auto text = names_.code().text(file))
    for (const Include& include : includes_in(*text))
      if (const auto found = included(file, include.path, include.quoted)) out.push_back(*found);
  return direct_[file.value] = std::move(out);
}

const std::vector<CodeFileId>& IncludeClosures::of(CodeFileId file) {
  if (const auto kept = closures_.find(file.value); kept != closures_.end()) return kept->second;
  std::vector<CodeFileId> out = {file};
  std::unordered_map<std::uint32_t, bool> seen = {{file.value, true}};
  for (std::size_t at = 0; at < out.size() && out.size() < most_included; ++at)
    for (const CodeFileId next : direct(out[at]))
      if (!std::exchange(seen[next.value], true)) out.push_back(next);
  std::sort(out.begin(), out.end());
  kept_.push_back(file.value);
  size_ += out.size();
  for (; size_ > most_kept && kept_.front() != file.value; kept_.pop_front()) {
    size_ -= closures_[kept_.front()].size();
    closures_.erase(kept_.front());
  }
  return closures_[file.value] = std::move(out);
}

bool IncludeClosures::includes(CodeFileId from, CodeFileId what) {
  const std::vector<CodeFileId>& all = of(from);
  return std::binary_search(all.begin(), all.end(), what);
}

}  // namespace planner
