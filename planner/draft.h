// What an order that declares no scope will most likely write and read, by its text, the code and the history.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "planner/co_change.h"
#include "planner/links.h"
#include "planner/order.h"
#include "planner/tree.h"

namespace planner {

/// What a line of a draft rests on, from sure to unsure.
enum class DraftBasis : std::uint8_t {
  named,       ///< the text names the path
  resolved,    ///< the text names a file or a symbol, and there is one of that name
  linked,      ///< it uses what the lines above change
  co_changed,  ///< it changed with them in the past
  worded,      ///< its path, or what it mentions, says what the text says
};
std::string_view to_string(DraftBasis);

struct DraftLine {
  Entry entry;  ///< its place: the text that names it, or the code that uses it
  DraftBasis basis = DraftBasis::named;
  std::string because;  ///< in words
};

/// A scope that nobody has accepted.
struct Drafted {
  OrderId order;
  std::vector<DraftLine> write;  ///< by basis; what is inferred by how likely it is
  std::vector<DraftLine> read;   ///< by place in the text
};

/// What a draft can look at; null: it is not there, and what would need it is left out or unproven.
struct DraftGround {
  const Tree* tree = nullptr;
  Code* code = nullptr;
  const ChangeHistory* history = nullptr;
  std::vector<std::string> tops = {};  ///< as of planner::Ground
};

/// An open order that declares no write set, or whose write set was only read out of sentences, and has no proposal.
bool needs_draft(const Order&);

/// Every order that needs one, in their order. `sources`: what their places name. At most `most_inferred` lines of each
/// rest on links, history and words.
std::vector<Drafted> draft_scopes(const Orders&, const std::vector<parsers::Source>&, const DraftGround&,
                                  std::size_t most_inferred);

}  // namespace planner
