// Which blobs mention which names, kept between runs and shared by all work trees: tables under the git common
// directory that are written once, whole, and never changed. New blobs come as new tables; tables of like size become
// one, so that there are few (a log-structured merge tree).
//
// Nothing here can make an answer fail or differ: a damaged table counts as absent, and its blobs are read again. There
// is no lock: every process publishes tables of its own, and keeps those that it has read.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "planner/index_names.h"
#include "planner/result.h"

namespace planner::io {

class NameSegments {
 public:
  /// A directory that is not there is an empty cache; an empty name is none at all.
  NameSegments(std::string directory, std::uint64_t version);

  struct Place {
    std::uint32_t segment = 0, text = 0;
  };
  /// Of a blob by the bytes of its id.
  std::optional<Place> find(std::string_view id) const;
  const NameTable& table(std::size_t segment) const { return segments_[segment].table; }
  std::size_t size() const { return segments_.size(); }

  /// A table in use from now on, behind the others; of memory alone until `publish`.
  void add(std::string bytes);
  /// Writes the tables that are in memory alone. An error says why they were not kept; they stay in use.
  Result<void> publish();
  /// Joins small tables on disk. Beyond `most_bytes` all become one, and blobs that are not `in_use` are left out.
  Result<void> tidy(std::uint64_t most_bytes, const std::function<bool(std::string_view id)>& in_use) const;

 private:
  struct Segment {
    std::string path;  // empty: in memory alone
    NameTable table;
    std::string unpublished;
  };
  Result<void> join(std::size_t first, const std::function<bool(std::string_view id)>& keep) const;

  std::string directory_;
  std::uint64_t version_;
  std::vector<Segment> segments_;  // oldest first
};

}  // namespace planner::io
