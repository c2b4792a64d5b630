// The port Sources over files of this machine and standard input.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "planner/sources.h"

namespace planner::io {

/// Does a file of this name hold work orders, when it is found in a directory?
bool is_order_file(std::string_view path);

class DiskSources final : public Sources {
 public:
  /// `config_directory`: where interlock.yaml is. `input`: the descriptor that "-" reads.
  explicit DiskSources(std::string config_directory, int input = 0)
      : config_directory_(std::move(config_directory)), input_(input) {}

  Result<std::vector<parsers::Source>> read(const std::vector<std::string>& names) override;
  Result<std::optional<parsers::Source>> config() override;

 private:
  std::string config_directory_;
  int input_;
};

}  // namespace planner::io
