// By which columns of a table the holds that may meet another are found, without reading all of them.
//
// Keys are hex of bytes, so that every store orders them as bytes, whatever its collation and encoding. All but the
// first key of a file may be cut: a key only has to be necessary for meeting, the rules decide.
#pragma once

#include <string>
#include <vector>

#include "planner/claim.h"

namespace planner::io {

struct HoldKeys {
  char kind = 'e';    ///< e: one file, w: directory or pattern; n, p, k, o, a: named, pool, key, order, alone
  std::string front;  ///< e: its path; w: what every path covered begins with; else the name
  std::string back;   ///< e: its path backwards; w: what every path covered ends with, backwards
  std::string base;   ///< e: last segment of its path; w: what that of every path covered begins with
  friend bool operator==(const HoldKeys&, const HoldKeys&) = default;
};

HoldKeys keys_of(const Hold&);

/// Every beginning of a key, the empty one and itself included, as a JSON array of texts.
std::string beginnings(const std::string& key);

/// The end of the range of all keys that begin with this one.
inline std::string behind(const std::string& key) { return key + "g"; }

}  // namespace planner::io
