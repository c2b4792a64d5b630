// The name git gives to contents.
#pragma once

#include <string>
#include <string_view>

#include "planner/repository.h"

namespace planner::io {

/// Of a blob with these bytes; `object_format` is "sha1" or "sha256".
ObjectId blob_id(std::string_view bytes, std::string_view object_format);

}  // namespace planner::io
