#include "planner/merge.h"

#include <algorithm>

namespace planner {

std::vector<std::string> Merge::paths() const {
  std::vector<std::string> out;
  for (const MergeStage& stage : stages)
    if (out.empty() || out.back() != stage.path) out.push_back(stage.path);
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace planner
