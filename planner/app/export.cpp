#include "planner/app/export.h"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>

#include "parsers/format.h"

namespace planner::app {
namespace {

std::string_view format_name(ExportTo to) {
  switch (to) {
    case ExportTo::spec_kit:
      return "spec-kit";
    case ExportTo::ccpm:
      return "ccpm";
    case ExportTo::beads:
      return "beads";
    case ExportTo::task_master:
      return "taskmaster";
    case ExportTo::yaml:
      return "yaml";
  }
  return "";
}

FileExport edits_for(ExportTo to, const parsers::Source& source, const Orders& orders, const Plan& plan,
                     const Learned& learned) {
  switch (to) {
    case ExportTo::spec_kit:
      return export_spec_kit(source, orders, plan, learned);
    case ExportTo::ccpm:
      return export_ccpm(source, orders, learned);
    case ExportTo::beads:
      return export_beads(source, orders, learned);
    case ExportTo::task_master:
      return export_task_master(source, orders, learned);
    case ExportTo::yaml:
      break;
  }
  return {};
}

/// As `git apply` at the top of the repository wants it.
std::string path_in_patch(const World& world, const std::string& name) {
  std::filesystem::path path = name;
  if (world.repository && path.is_absolute())
    path = path.lexically_relative(world.repository->top());
  else if (!path.is_absolute())
    path = std::filesystem::path(world.prefix) / path;
  std::string out = path.lexically_normal().generic_string();
  while (out.starts_with('/')) out.erase(0, 1);
  return out;
}

}  // namespace

Answer<ExportAnswer> export_orders(World& world, const ExportRequest& request) {
  OrdersRequest orders = request.orders;
  orders.claims = false;  // what is written down goes out, not who is at work
  auto loaded = load(world, orders);
  if (!loaded) return tl::make_unexpected(loaded.error());
  ExportAnswer answer;
  if (request.to == ExportTo::yaml) {
    answer.yaml = export_yaml(loaded->orders);
    answer.reading = std::move(loaded->reading);
    return answer;
  }
  const parsers::Format* format = parsers::find_format(format_name(request.to));
  const bool asked = request.orders.from == format->name;
  PlanOptions options = loaded->options;
  if (!request.orders.wishes.unknown) options.unknown = UnknownScope::parallel;
  const CheckedPlan plan = make_plan(loaded->orders, loaded->facts, options);
  const Learned learned = learned_from(loaded->orders, *plan);
  bool any = false;
  for (std::size_t i = 0; i < loaded->reading.sources.size(); ++i) {
    const parsers::Source& source = loaded->reading.sources[i];
    if (!asked && format->recognise(source).degree == parsers::Recognition::Degree::no) continue;
    any = true;
    FileExport file = edits_for(request.to, source, loaded->orders, *plan, learned);
    answer.said.insert(answer.said.end(), file.said.begin(), file.said.end());
    if (file.edits.empty()) continue;
    const std::string path = path_in_patch(world, source.name);
    std::string patch = unified_patch(path, source.text, file.edits);
    if (!patch.empty())
      answer.files.push_back({source.name, path, std::move(patch), edited(source.text, std::move(file.edits))});
  }
  if (!any)
    return tl::make_unexpected(Failure{
        {},
        Error{Error::Kind::input, fmt::format("none of the files is {}", format->name),
              fmt::format("--to takes the format the orders are in; --from {} reads them as such", format->name)}});
  answer.reading = std::move(loaded->reading);
  return answer;
}

}  // namespace planner::app
