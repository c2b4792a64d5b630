#include <iostream>

#include "planner/app/export.h"
#include "planner/cli/answer.h"
#include "planner/cli/options.h"
#include "planner/io/files.h"

namespace planner::cli {
namespace {

ExitCode write(const app::ExportAnswer& exported) {
  for (const app::ExportAnswer::File& file : exported.files) {
    if (file.name == "<stdin>")
      return fail(Error{Error::Kind::input, "standard input cannot be written to", "name the file, or take the patch"});
    if (const auto written = io::write_file(file.name, file.text); !written) return fail(written.error());
  }
  return ExitCode::clean;
}

ExitCode tell(const Common& common, app::World& world, const app::ExportRequest& request, bool in_place) {
  const auto exported = app::export_orders(world, request);
  if (!exported) return fail(exported.error());
  if (!common.quiet)
    for (const std::string& line : exported->said) std::cerr << "interlock: " << parsers::printable(line) << "\n";
  std::string text = exported->yaml;
  if (in_place) {
    if (const ExitCode code = write(*exported); code != ExitCode::clean) return code;
    for (const app::ExportAnswer::File& file : exported->files) text += file.name + "\n";
  } else {
    for (const app::ExportAnswer::File& file : exported->files) text += file.patch;
  }
  return answer(common, exported->reading, parsers::Severity::warning, text, ExitCode::clean);
}

}  // namespace

void add_export(CLI::App& app, Call& call) {
  CLI::App* verb =
      app.add_subcommand("export", "Write what the plan knows back into the files of another tool, as a patch");
  const auto request = std::make_shared<app::ExportRequest>();
  const auto in_place = std::make_shared<bool>(false);
  static const std::map<std::string, app::ExportTo> targets{{"spec-kit", app::ExportTo::spec_kit},
                                                            {"ccpm", app::ExportTo::ccpm},
                                                            {"beads", app::ExportTo::beads},
                                                            {"taskmaster", app::ExportTo::task_master},
                                                            {"yaml", app::ExportTo::yaml}};
  add_orders(*verb, request->orders);
  add_choice(*verb, "--to", targets, "FORMAT",
             "spec-kit, ccpm, beads, taskmaster (a patch), or yaml (a canonical document)",
             [request](app::ExportTo to) { request->to = to; });
  verb->get_option("--to")->required();
  verb->add_flag("--write", *in_place, "Change the files instead of printing the patch");
  add_wishes(*verb, request->orders.wishes);
  add_common(*verb, call.common, {Format::text});
  verb->callback([request, in_place, &call] {
    call.run = [request, in_place](const Common& common) {
      return in_world(common, Needs::nothing,
                      [&](app::World& world) { return tell(common, world, *request, *in_place); });
    };
  });
}

}  // namespace planner::cli
