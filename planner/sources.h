// Port: the texts a request reads. Implemented in io/, by memory in tests.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "parsers/diagnostic.h"
#include "planner/result.h"

namespace planner {

class Sources {
 public:
  virtual ~Sources() = default;

  /// Files in the order given; a directory stands for the *.md, *.markdown, *.yaml, *.yml, *.json and *.jsonl files
  /// below it, ordered by path bytes, hidden ones left out; "-" is standard input. Each file once.
  virtual Result<std::vector<parsers::Source>> read(const std::vector<std::string>& names) = 0;

  /// interlock.yaml at the top of the repository, or of --repo where there is no git; nullopt when there is none.
  virtual Result<std::optional<parsers::Source>> config() = 0;
};

}  // namespace planner
