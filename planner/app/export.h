// What was learned, back into the files it was learned from.
#pragma once

#include "planner/app/load.h"
#include "planner/export.h"

namespace planner::app {

enum class ExportTo { spec_kit, ccpm, beads, task_master, yaml };

struct ExportRequest {
  OrdersRequest orders;
  ExportTo to = ExportTo::yaml;
};

struct ExportAnswer {
  Reading reading;
  std::string yaml;  ///< with ExportTo::yaml
  struct File {
    std::string name;  ///< as it was read
    std::string path;  ///< from the top of the repository, as a patch names it
    std::string patch;
    std::string text;  ///< the whole file with the patch applied
  };
  std::vector<File> files;        ///< those that change
  std::vector<std::string> said;  ///< one line an edit
};

/// Orders without a write set are taken for harmless here: what is unknown is nothing learned. No file of the format
/// among the orders: a failure of kind input.
Answer<ExportAnswer> export_orders(World&, const ExportRequest&);

}  // namespace planner::app
