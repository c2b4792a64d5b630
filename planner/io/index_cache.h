// What was found out about blobs, kept between runs and shared by all work trees: records under the git common
// directory, in segments that are written once, whole, and never changed.
//
// Nothing here can make an answer fail or differ. A record that is damaged, cut short or of another version counts as
// absent and is made again; a directory that cannot be written costs speed. There is no lock: every process publishes
// segments of its own, under names nobody else takes, and readers keep the files they opened.
//
// Segment: Header | entries by key | payloads. Integers are as the machine has them; another machine's are refused.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "planner/result.h"

namespace planner::io {

struct IndexKey {
  std::string blob;           ///< full object id, hex
  std::uint32_t section = 0;  ///< what of it: the caller's numbers
  friend auto operator<=>(const IndexKey&, const IndexKey&) = default;
};

class IndexCache {
 public:
  /// `version`: of whatever the payloads depend on besides the blob. A directory that is not there is an empty cache.
  IndexCache(std::string directory, std::uint64_t version);
  ~IndexCache();
  IndexCache(IndexCache&&) noexcept;
  IndexCache& operator=(IndexCache&&) noexcept;

  /// The newest payload under that key whose checksum is right. From several threads at once.
  std::optional<std::string> find(const IndexKey&) const;

  /// Kept in memory until `publish`; REQUIRES: a hex id of 20 or 32 bytes.
  void put(IndexKey, std::string payload);

  /// Writes what was put as one segment. Beyond `most_bytes` the oldest segments are removed; many become few. An error
  /// says why nothing was kept; the cache goes on in memory.
  Result<void> publish(std::uint64_t most_bytes = std::uint64_t{128} << 20);

  std::size_t segments() const { return segments_.size(); }

 private:
  class Segment;
  void open_segments();
  void evict(std::uint64_t most_bytes);
  Result<void> merge();

  std::string directory_;
  std::uint64_t version_;
  std::vector<std::shared_ptr<const Segment>> segments_;  // oldest first
  std::map<IndexKey, std::string> fresh_;
};

}  // namespace planner::io
