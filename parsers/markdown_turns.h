// Who goes first: what the words around an order's name say.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "parsers/markdown_ids.h"

namespace parsers {

enum class Turn {
  unsaid,
  other_first,  ///< the order at hand waits for the one that is named
  this_first,
  unclear,  ///< a negation, or words that contradict each other
};

/// "after WO-1", "this one blocks WO-1", "waiting for this: WO-1". REQUIRES: lower case, the text in front of the name.
Turn turn_in_front(std::string_view lower);

/// "WO-1 must wait for this", "WO-1 must land before this one starts". REQUIRES: lower case, the text behind the name.
Turn turn_behind(std::string_view lower);

Turn both(Turn in_front, Turn behind);

/// "independent of", "in parallel with": the orders that follow are no dependencies.
bool denies_dependency(std::string_view lower);

/// "not", "none of" right before a name.
bool ends_in_negation(std::string_view lower);

/// Whether a stretch without a name still waits for something: "not before Friday", "PR #415", "commit 3e843ce".
bool waits_for_something(std::string_view lower);

/// "WO-1..WO-3", "Tasks 1 to 3": the names between the two, in order; empty when `between` is no word of a range or the
/// names do not count.
std::vector<std::string> names_between(const std::string& first, std::string_view between, const std::string& last);

}  // namespace parsers
