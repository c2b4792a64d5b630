#include "planner/code_names.h"

#include <algorithm>

namespace planner {
namespace {

constexpr std::size_t most_mentions = std::size_t{1} << 23;  // that are remembered: 32 MiB

std::span<const std::uint32_t> find(const std::unordered_map<std::string_view, std::vector<std::uint32_t>>& table,
                                    std::string_view name) {
  const auto found = table.find(name);
  return found == table.end() ? std::span<const std::uint32_t>() : std::span(found->second);
}

}  // namespace

std::string_view directory_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

std::optional<std::string> joined(std::string_view directory, std::string_view path) {
  std::string out(path.starts_with('/') ? std::string_view() : directory);
  for (std::size_t at = 0; at <= path.size();) {
    const std::size_t end = std::min(path.find('/', at), path.size());
    const std::string_view part = path.substr(at, end - at);
    at = end + 1;
    if (part.empty() || part == ".") continue;
    if (part == "..") {
      if (out.empty()) return std::nullopt;
      out.resize(directory_of(out).size());
    } else {
      if (!out.empty()) out += '/';
      out += part;
    }
  }
  return out;
}

void CodeNames::forget() {
  tables_.clear();
  std::vector<CodeFileId> all;
  for (std::size_t i = 0; i < code_.files().size(); ++i) all.emplace_back(i);
  code_.forget(all);
}

const std::vector<CodeFileId>& CodeNames::mentioning(std::string_view name) {
  if (const auto kept = mentioning_.find(std::string(name)); kept != mentioning_.end()) return kept->second;
  if (mentions_ > most_mentions) {
    mentioning_.clear();
    mentions_ = 0;
  }
  std::vector<CodeFileId> found = code_.mentioning(name);
  mentions_ += found.size() + 16;
  return mentioning_[std::string(name)] = std::move(found);
}

const CodeNames::Tables& CodeNames::tables(CodeFileId file) {
  const auto [at, fresh] = tables_.try_emplace(file.value);
  Tables& out = at->second;
  if (!fresh) return out;
  const parsers::CodeOutline& outline = code_.outline(file);
  for (std::uint32_t i = 0; i < outline.definitions.size(); ++i) {
    const parsers::Definition& definition = outline.definitions[i];
    out.qualified[definition.name].push_back(i);
    out.last[definition.short_name()].push_back(i);
  }
  for (std::uint32_t i = 0; i < outline.imports.size(); ++i) {
    const parsers::Import& import = outline.imports[i];
    if (!import.alias.empty()) out.imports[import.alias].push_back(i);
    if (import.alias.empty() && import.name == "*") out.whole.push_back(i);
  }
  return out;
}

std::span<const std::uint32_t> CodeNames::defined(CodeFileId file, std::string_view qualified) {
  return find(tables(file).qualified, qualified);
}

std::span<const std::uint32_t> CodeNames::ending_in(CodeFileId file, std::string_view short_name) {
  return find(tables(file).last, short_name);
}

std::span<const std::uint32_t> CodeNames::brought(CodeFileId file, std::string_view alias) {
  return find(tables(file).imports, alias);
}

std::span<const std::uint32_t> CodeNames::brought_whole(CodeFileId file) { return tables(file).whole; }

bool CodeNames::is_directory(std::string_view directory) const {
  const std::vector<CodeFile>& files = code_.files();
  if (directory.empty()) return !files.empty();
  const std::string below = std::string(directory) + '/';
  const auto found = std::lower_bound(files.begin(), files.end(), below,
                                      [](const CodeFile& f, const std::string& p) { return f.path < p; });
  return found != files.end() && found->path.starts_with(below);
}

std::vector<CodeFileId> CodeNames::files_in(std::string_view directory) const {
  const std::vector<CodeFile>& files = code_.files();
  const std::string below = directory.empty() ? std::string() : std::string(directory) + '/';
  std::vector<CodeFileId> out;
  auto at = std::lower_bound(files.begin(), files.end(), below,
                             [](const CodeFile& f, const std::string& p) { return f.path < p; });
  while (at != files.end() && at->path.starts_with(below)) {
    const std::size_t slash = at->path.find('/', below.size());
    if (slash == std::string::npos) {
      out.emplace_back(static_cast<std::size_t>(at - files.begin()));
      ++at;
      continue;
    }
    // Past everything in this subdirectory: '0' follows '/'.
    const std::string next = at->path.substr(0, slash) + '0';
    at = std::lower_bound(at, files.end(), next, [](const CodeFile& f, const std::string& p) { return f.path < p; });
  }
  return out;
}

std::vector<CodeFileId> CodeNames::files_below(std::string_view directory) const {
  const std::vector<CodeFile>& files = code_.files();
  const std::string below = directory.empty() ? std::string() : std::string(directory) + '/';
  std::vector<CodeFileId> out;
  auto at = std::lower_bound(files.begin(), files.end(), below,
                             [](const CodeFile& f, const std::string& p) { return f.path < p; });
  for (; at != files.end() && at->path.starts_with(below); ++at)
    out.emplace_back(static_cast<std::size_t>(at - files.begin()));
  return out;
}

}  // namespace planner
