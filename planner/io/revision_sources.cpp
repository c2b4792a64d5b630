#include "planner/io/revision_sources.h"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <set>

#include "planner/io/disk_sources.h"

namespace planner::io {
namespace {

namespace fs = std::filesystem;

bool hidden_below(std::string_view path, std::size_t from) {
  return path.substr(from).starts_with('.') || path.find("/.", from) != std::string_view::npos;
}

}  // namespace

Result<std::string> RevisionSources::path_in_repository(const std::string& name) const {
  if (name == "-") return input_error(fmt::format("standard input is not at {}: name the order files", revision_));
  fs::path path = name;
  if (path.is_absolute())
    path = path.lexically_relative(repository_.top());
  else
    path = fs::path(prefix_) / path;
  std::string inside = path.lexically_normal().generic_string();
  if (inside.ends_with('/')) inside.pop_back();
  if (inside == ".") inside.clear();
  if (inside == ".." || inside.starts_with("../"))
    return input_error(fmt::format("\"{}\" lies outside of the repository", name));
  return inside;
}

Result<std::vector<parsers::Source>> RevisionSources::read(const std::vector<std::string>& names) {
  if (!tree_) {
    Result<Tree> tree = repository_.tree(commit_);
    if (!tree) return tl::make_unexpected(tree.error());
    tree_ = std::move(*tree);
  }
  std::vector<parsers::Source> out;
  std::set<std::string> seen;
  for (const std::string& name : names) {
    const Result<std::string> path = path_in_repository(name);
    if (!path) return tl::make_unexpected(path.error());
    std::vector<std::string> files;
    const std::string below = path->empty() ? std::string() : *path + "/";
    if (tree_->has_file(*path)) {
      files.push_back(*path);
      law_.push_back(*path);
    } else {
      for (const TreeEntry& entry : tree_->entries())
        if (entry.path.starts_with(below) && (entry.mode & 0170000) == 0100000 && is_order_file(entry.path) &&
            !hidden_below(entry.path, below.size()))
          files.push_back(entry.path);
      law_.push_back(below);
    }
    if (files.empty()) return input_error(fmt::format("\"{}\" is not there at {}", name, revision_));
    for (const std::string& file : files) {
      if (!seen.insert(file).second) continue;
      Result<std::optional<std::string>> text = repository_.file(commit_, file);
      if (!text) return tl::make_unexpected(text.error());
      if (!*text) return input_error(fmt::format("\"{}\" is no file at {}", file, revision_));
      out.push_back({revision_ + ":" + file, std::move(**text)});
    }
  }
  return out;
}

Result<std::optional<parsers::Source>> RevisionSources::config() {
  Result<std::optional<std::string>> text = repository_.file(commit_, "interlock.yaml");
  if (!text) return tl::make_unexpected(text.error());
  if (!*text) return std::nullopt;
  return parsers::Source{revision_ + ":interlock.yaml", std::move(**text)};
}

}  // namespace planner::io
