// Work that was done, as the work order that would have declared it.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "planner/compare_work.h"
#include "planner/order.h"

namespace planner {

/// How finely write sets are declared.
enum class Granularity : std::uint8_t {
  file,    ///< the paths
  symbol,  ///< the symbols, changed or new; text outside of all symbols is left out
  gap,     ///< the symbols and the gaps between them
};
inline constexpr std::array all_granularities{Granularity::file, Granularity::symbol, Granularity::gap};
std::string_view to_string(Granularity);  ///< "file", "symbol", "symbol-and-gap"

/// What one edit touches.
struct WrittenFile {
  const FileEdit* edit = nullptr;
  bool known = false;                ///< false: only as a whole
  std::vector<std::string> places;   ///< blocks and gaps, as the old file names them; ascending, each once
  std::vector<std::string> created;  ///< symbols that were not there; ascending
};
WrittenFile written_file(const FileEdit&, const EditedText&);

/// The entries that declare it. `version`: the outline in which places are looked up, as a plan looks them up in the
/// tree that it starts from; null, or without the place: the file as a whole.
std::vector<Entry> entries_of(const WrittenFile&, Granularity, const parsers::CodeOutline* version);

/// A pending order with that write set.
Order past_order(std::string id, std::vector<Entry> write);

}  // namespace planner
