// Texts of a test, where the program would read files.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "planner/sources.h"

namespace support {

class MemorySources final : public planner::Sources {
 public:
  MemorySources(std::initializer_list<std::pair<const std::string, std::string>> texts) : texts_(texts) {}

  planner::Result<std::vector<parsers::Source>> read(const std::vector<std::string>& names) override {
    std::vector<parsers::Source> out;
    for (const std::string& name : names) {
      if (!texts_.contains(name)) return planner::input_error("\"" + name + "\" is not there");
      out.push_back({name, texts_.at(name)});
    }
    return out;
  }
  planner::Result<std::optional<parsers::Source>> config() override {
    if (!texts_.contains("interlock.yaml")) return std::nullopt;
    return parsers::Source{"interlock.yaml", texts_.at("interlock.yaml")};
  }

 private:
  std::map<std::string, std::string> texts_;
};

}  // namespace support
