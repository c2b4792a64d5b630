#include "planner/io/disk_sources.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fmt/format.h>
#include <set>

#include "planner/io/files.h"

namespace planner::io {
namespace {

std::string identity(const std::string& path) {
  std::error_code error;
  const std::filesystem::path real = std::filesystem::canonical(path, error);
  return error ? path : real.string();
}

Result<std::vector<std::string>> expanded(const std::string& name) {
  if (name == "-" || !is_directory(name)) return std::vector{name};
  Result<std::vector<std::string>> files = list_files(name);
  if (!files) return files;
  for (std::string& file : *files)
    if (file.starts_with("./")) file.erase(0, 2);  // "." is where the user is
  std::erase_if(*files, [](const std::string& path) { return !is_order_file(path); });
  if (files->empty())
    return input_error(fmt::format("\"{}\" holds no .md, .markdown, .yaml, .yml, .json or .jsonl file", name));
  return files;
}

}  // namespace

bool is_order_file(std::string_view path) {
  constexpr std::array endings{".md", ".markdown", ".yaml", ".yml", ".json", ".jsonl"};
  return std::any_of(endings.begin(), endings.end(), [&](const char* ending) { return path.ends_with(ending); });
}

Result<std::vector<parsers::Source>> DiskSources::read(const std::vector<std::string>& names) {
  std::vector<parsers::Source> out;
  std::set<std::string> seen;
  for (const std::string& name : names) {
    const Result<std::vector<std::string>> files = expanded(name);
    if (!files) return tl::make_unexpected(files.error());
    for (const std::string& file : *files) {
      if (!seen.insert(file == "-" ? file : identity(file)).second) continue;
      Result<std::string> text = file == "-" ? read_descriptor(input_, "<stdin>") : read_file(file);
      if (!text) return tl::make_unexpected(text.error());
      out.push_back({file == "-" ? "<stdin>" : file, std::move(*text)});
    }
  }
  return out;
}

Result<std::optional<parsers::Source>> DiskSources::config() {
  Result<std::optional<std::string>> text = read_file_if_there(config_directory_ + "/interlock.yaml");
  if (!text) return tl::make_unexpected(text.error());
  if (!*text) return std::nullopt;
  return parsers::Source{"interlock.yaml", std::move(**text)};
}

}  // namespace planner::io
