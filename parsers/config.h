// interlock.yaml as written.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "parsers/diagnostic.h"

namespace parsers {

enum class Isolation { shared, worktree };
enum class Policy { observe, protect, strict };

std::string_view to_string(Isolation);
std::string_view to_string(Policy);
std::optional<Isolation> isolation_from(std::string_view);
std::optional<Policy> policy_from(std::string_view);

/// A path or pattern of the configuration with its place.
struct ConfiguredPath {
  std::string text;
  Location where;
};

struct Classes {
  std::vector<ConfiguredPath> append, regenerate, companion, barrier;
};

struct ConfiguredPool {
  std::int64_t capacity = 1;
  Location where;
};

struct Config {
  std::string target;  ///< empty: the remote's default branch, else main
  Isolation isolation = Isolation::shared;
  Policy policy = Policy::strict;
  bool require_order = false;
  Classes classes;
  std::map<std::string, ConfiguredPool> pools;
  std::map<std::string, std::vector<ConfiguredPath>> areas;
  std::vector<ConfiguredPath> series;
  std::vector<ConfiguredPath> removed;
  std::string ledger;  ///< empty: SQLite under the git common directory
};

Parsed<Config> read_config(const Source&, FileId);

}  // namespace parsers
