// Prose about order: "WO-2 must be committed before this session starts", "apply BEFORE WO-1", "Commit A before B".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "parsers/markdown_ids.h"
#include "parsers/work_order.h"

namespace parsers {

struct DependencyMention {
  std::string_view place;
  std::string target;
  Dependency::Kind kind = Dependency::Kind::order;
  bool before = false;  ///< the order at hand goes first
};

struct DependencyList {
  std::vector<DependencyMention> found;
  std::vector<std::string_view> unread;  ///< sentences that name nothing, or say that there is no dependency
  struct Doubt {
    std::string_view place;
    std::string message;
    std::string remedy;
  };
  std::vector<Doubt> doubts;  ///< what was not taken although it names or awaits something
  bool none = false;
  bool lost = false;  ///< nothing was found in a text that means to name something
};

/// The value of a label. `before` is what the label says ("Blocks:"); the sentence may say the opposite.
DependencyList read_dependencies(std::string_view value, const IdBook& ids, bool before);

/// "Commit WO2 before WO3": two orders of this document, the first has to land first.
struct Sequence {
  std::string first;
  std::string second;      ///< empty: the order at hand ("Commit WO2 first")
  std::string_view place;  ///< of `first`
};
std::vector<Sequence> read_sequences(std::string_view prose, const IdBook& ids);

}  // namespace parsers
