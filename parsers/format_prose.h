// Sentences of task descriptions: which of the paths in them will be written, and which tasks come first.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/work_order.h"

namespace parsers {

struct ProsePath {
  std::string_view place;  ///< points into the text
  std::string path;
  Sure sure = Sure::mentioned;   ///< stated or mentioned
  std::optional<Intent> intent;  ///< only where verb and path stand side by side: "Delete `a.py`"
};

/// What a path means that no verb governs: nothing more than a mention, or, where the format says that a task names the
/// files it changes, a write.
enum class Ungoverned { mentioned, stated };

/// The paths of `text`, sentence by sentence. A verb of writing ("add", "update") makes those behind it stated, a verb
/// or preposition of reading ("see", "verify", "using", "according to") mentioned; "in", "at" and "to" turn back to the
/// verb. Paths that end another path of the same text, and placeholders, are left out. O(text).
std::vector<ProsePath> read_prose(std::string_view text, Ungoverned ungoverned);

/// "(depends on T012, T013)", "blocked by #4", "after T001": which orders the text waits for.
struct ProseDependency {
  std::string_view place;
  std::string target;   ///< as written
  bool before = false;  ///< "blocks #5": the order at hand goes first
};

struct ProseDependencies {
  std::vector<ProseDependency> found;
  std::vector<std::string_view> doubtful;  ///< names an order, and says no clear order of work
};

/// `id_at`: length of an id at the front of its argument, 0 when there is none. Ranges ("T001-T004") stand for all in
/// between, at most 1000. `waits`: the text stands under a label that says so, and needs no words of its own.
/// O(text * cost of id_at).
ProseDependencies read_prose_dependencies(std::string_view text,
                                          const std::function<std::size_t(std::string_view)>& id_at,
                                          bool waits = false);

}  // namespace parsers
