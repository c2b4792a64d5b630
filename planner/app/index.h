// index: builds the code index of one version ahead of time, and says what it could not look into.
#pragma once

#include <functional>
#include <string>

#include "planner/app/load.h"
#include "planner/index_answer.h"

namespace planner::app {

struct IndexRequest {
  std::string revision;         ///< empty: the files of the work tree as they are; where there is none, HEAD
  bool stats = false;           ///< parse every file, too
  std::string references = {};  ///< file to write every link to; empty: none
};

/// Called now and then while files are parsed.
using Progress = std::function<void(std::size_t done, std::size_t of)>;

Answer<IndexAnswer> index(World&, const IndexRequest&, const Progress&);

}  // namespace planner::app
