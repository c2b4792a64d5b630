#include "planner/app/guard_setting.h"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>

#include "planner/io/disk_sources.h"
#include "planner/io/git_hooks.h"
#include "planner/resolve.h"

namespace planner::app {
namespace {

/// The first error, as one clause.
std::string first_error(const std::vector<parsers::Diagnostic>& diagnostics,
                        const std::vector<parsers::Source>& sources) {
  for (const parsers::Diagnostic& d : diagnostics) {
    if (d.severity != parsers::Severity::error) continue;
    const std::size_t file = d.where.file.value;
    return fmt::format("{}:{}: {}", file < sources.size() ? sources[file].name : "", d.where.line, d.message);
  }
  return {};
}

std::string found_at(const std::string& name, const std::string& directory, const std::string& top) {
  std::error_code none;
  const std::filesystem::path near = std::filesystem::path(directory) / name;
  if (name.starts_with('/') || std::filesystem::exists(near, none)) return near.string();
  return (std::filesystem::path(top) / name).string();
}

}  // namespace

GuardSetting guard_setting(const io::Checkout& checkout, const std::vector<std::string>& names,
                           const std::string& directory) {
  GuardSetting out;
  io::DiskSources disk(checkout.top);
  std::vector<parsers::Source> sources;
  const auto add = [&](parsers::Source source) {
    sources.push_back(std::move(source));
    return parsers::FileId{static_cast<std::uint32_t>(sources.size() - 1)};
  };
  auto config = disk.config();
  if (!config) {
    out.problems.push_back(config.error().what);
  } else if (*config) {
    const parsers::FileId file = add(std::move(**config));
    auto read = parsers::read_config(sources[file.value], file);
    if (parsers::has_errors(read.diagnostics))
      out.problems.push_back(first_error(read.diagnostics, sources));
    else
      out.config = std::move(read.value);
  }
  std::vector<std::string> paths;
  for (const std::string& name : names) paths.push_back(found_at(name, directory, checkout.top));
  std::vector<parsers::WorkOrders> documents;
  if (!paths.empty()) {
    auto texts = disk.read(paths);
    if (!texts) out.problems.push_back(texts.error().what);
    for (parsers::Source& text : texts ? *texts : std::vector<parsers::Source>()) {
      const parsers::FileId file = add(std::move(text));
      auto read = parsers::read_work_orders(sources[file.value], file);
      if (parsers::has_errors(read.diagnostics)) {
        out.problems.push_back(first_error(read.diagnostics, sources));
        continue;
      }
      documents.push_back(std::move(read.value));
    }
  }
  std::optional<Tree> tree;
  const bool loose = std::any_of(documents.begin(), documents.end(), [](const parsers::WorkOrders& document) {
    return std::any_of(document.orders.begin(), document.orders.end(), [](const auto& order) { return order.loose; });
  });
  if (loose) {
    const auto tracked = io::tracked_paths(checkout);
    if (!tracked) {
      out.problems.push_back(tracked.error().what);
    } else {
      std::vector<TreeEntry> entries;
      for (const std::string& path : *tracked) entries.push_back({path, 0100644, {}});
      tree.emplace(std::move(entries));
    }
  }
  std::vector<std::string> tops{checkout.top};
  for (const io::Checkout& other : io::other_work_trees(checkout)) {
    tops.push_back(other.top);
    if (other.top.starts_with(checkout.top + "/")) tops.push_back(other.top.substr(checkout.top.size() + 1));
  }
  std::sort(tops.begin(), tops.end(),
            [](const auto& a, const auto& b) { return std::pair(b.size(), a) < std::pair(a.size(), b); });
  Bound bound = resolve(documents, out.config, {tree ? &*tree : nullptr, tops}, sources);
  if (parsers::has_errors(bound.diagnostics)) out.problems.push_back(first_error(bound.diagnostics, sources));
  out.orders = std::move(bound.orders);
  return out;
}

}  // namespace planner::app
