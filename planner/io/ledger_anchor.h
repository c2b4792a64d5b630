// How far a ledger was acknowledged, kept beside it: what its database cannot know. A write-ahead log that was cut, or
// a file put back from yesterday, opens without complaint and would grant again what is held; the anchor says so.
//
// A file of 64 slots; the record of event n stands in slot n modulo 64, so that writers need no lock and one damaged
// slot costs one record. Written after a commit: it never runs ahead of what is durable.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "planner/claim.h"

namespace planner::io {

struct Anchor {
  std::int64_t seq = 0;  ///< of the last event known to have been acknowledged
  Fence fence = 0;
  std::string hash;  ///< of that event: its first 16 digits
};

class LedgerAnchor {
 public:
  explicit LedgerAnchor(std::string path) : path_(std::move(path)) {}
  ~LedgerAnchor();
  LedgerAnchor(const LedgerAnchor&) = delete;
  LedgerAnchor& operator=(const LedgerAnchor&) = delete;

  /// The newest record; nullopt: none, or none that can be read.
  std::optional<Anchor> newest() const;
  void remember(const Anchor&);
  /// Forgets every record.
  void clear();

 private:
  bool open_file(bool create) const;

  std::string path_;
  mutable int file_ = -1;
};

}  // namespace planner::io
