#include "planner/work.h"

#include <fmt/format.h>

namespace planner {
Result<WorkRequest> work_request(std::string_view range) {
  WorkRequest request;
  const std::size_t dots = range.find("..");
  if (dots == std::string_view::npos) {
    request.head = range;
  } else if (range.find("...") != std::string_view::npos) {
    return input_error(fmt::format("\"{}\" has three dots", range), "write BASE..HEAD");
  } else {
    request.base = range.substr(0, dots);
    request.head = range.substr(dots + 2);
    if (request.base.empty()) return input_error(fmt::format("\"{}\" has no base", range), "write BASE..HEAD");
  }
  if (dots == std::string_view::npos && request.head.empty())
    return input_error("a revision is empty", "write REV or BASE..HEAD");
  return request;
}

std::string names_of(const Orders& orders, const std::vector<OrderId>& ids) {
  std::string out;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (i > 0) out += i + 1 == ids.size() ? " and " : ", ";
    out += orders.list[ids[i].index()].id;
  }
  return out;
}

}  // namespace planner
