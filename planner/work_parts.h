// Which parts of its files a piece of work touched: symbols, the gaps between them, or only the ends of lines.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "planner/order.h"
#include "planner/work_contents.h"

namespace planner {

/// Fills `parts` of the work: of every changed file of which some order or rule names a symbol; and `ends_only`, of at
/// most 500 modified files. Blank lines touch nothing. `steps`: where the work is some commits of a range, what each of
/// them changed; a file that others changed in between is not known. O(bytes of those files).
Result<void> look_into_files(Repository&, const Orders&, const std::vector<Change>& steps, Work&);

/// One file; `symbols` as orders write them. Not known: no language for it, or it could not be parsed or compared.
FileParts parts_of(std::string_view path, std::string_view before, std::string_view after,
                   const std::set<std::string>& symbols);

}  // namespace planner
