#include "planner/app/file_edits.h"

#include "planner/io/placed_file.h"

namespace planner::app {

Result<void> write_edits(const std::vector<PlacedEdit>& edits) {
  for (const PlacedEdit& edit : edits)
    if (auto written = io::write_placed(edit.top, edit.path, edit.after, edit.executable); !written) return written;
  return {};
}

}  // namespace planner::app
