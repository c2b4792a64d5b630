// Text as YAML holds it.
#pragma once

#include <string>
#include <string_view>

namespace planner {

/// A double-quoted scalar that is this text to every reader of YAML. Bytes that are not UTF-8 become U+FFFD.
std::string yaml_quoted(std::string_view text);

/// Plain where every reader takes it for this text, else quoted.
std::string yaml_scalar(std::string_view text);

}  // namespace planner
