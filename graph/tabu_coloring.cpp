// TabuCol: Hertz and de Werra, Using tabu search techniques for graph coloring (1987), with the table of colour clashes
// and the tenure of Galinier and Hao, Hybrid evolutionary algorithms for graph coloring (1999). One move costs a look
// at the colours of every vertex that clashes, eight at a time in 16 bits, and an update per neighbour of the one
// moved.
#include "graph/tabu_coloring.h"

#include <algorithm>
#include <utility>

namespace graph {
namespace {

constexpr std::int16_t never = 0x4000;   ///< more clashes than there can be
constexpr std::int16_t own = 0x7fff;     ///< never over
constexpr std::int16_t latest = 12'000;  ///< then all times are counted back
constexpr std::size_t at_once = 8;
constexpr Index nowhere = ~Index{0};

/// The least of a row, leaving out what is forbidden beyond `now`.
std::int16_t least(const std::int16_t* row, const std::int16_t* until, std::size_t width, std::int16_t now) {
  std::int16_t result = never;
  for (std::size_t c = 0; c < width; ++c) {  // without a branch, so that compilers make vectors of it
    const auto closed = static_cast<std::int16_t>(until[c] > now ? -1 : 0);
    const auto value = static_cast<std::int16_t>(row[c] | (closed & never));
    result = value < result ? value : result;
  }
  return result;
}

}  // namespace

TabuColoring::TabuColoring(const Neighbours& graph, int colors)
    : graph_(graph),
      colors_(static_cast<std::size_t>(colors)),
      width_((colors_ + at_once - 1) / at_once * at_once),
      clash_(graph.size() * width_),
      until_(graph.size() * width_),
      color_(graph.size()),
      place_(graph.size()) {}

void TabuColoring::place(const Coloring& coloring) {
  std::fill(clash_.begin(), clash_.end(), Count{0});
  std::fill(until_.begin(), until_.end(), Count{0});
  now_ = 0;
  bad_.clear();
  std::fill(place_.begin(), place_.end(), nowhere);
  for (std::size_t v = 0; v < color_.size(); ++v) {
    color_[v] = static_cast<Index>(coloring[v]);
    Count* until = &until_[v * width_];
    until[color_[v]] = own;
    std::fill(until + colors_, until + width_, own);
  }
  for (std::size_t v = 0; v < color_.size(); ++v) {
    for (const Index to : graph_[v]) ++clash_[v * width_ + color_[to]];
    refresh(static_cast<Index>(v));
  }
}

void TabuColoring::refresh(Index v) {
  const bool is_bad = clash_[v * width_ + color_[v]] > 0, listed = place_[v] != nowhere;
  if (is_bad == listed) return;
  if (is_bad) {
    place_[v] = static_cast<Index>(bad_.size());
    bad_.push_back(v);
  } else {
    bad_[place_[v]] = bad_.back();
    place_[bad_.back()] = place_[v];
    bad_.pop_back();
    place_[v] = nowhere;
  }
}

void TabuColoring::age() {
  for (Count& until : until_) {
    if (until != own) until = static_cast<Count>(std::max(0, until - now_));
  }
  now_ = 0;
}

/// Sets chosen_ and target_ to one of the best moves; how the number of clashes changes. `slack`: what a forbidden move
/// has to gain to be taken all the same.
std::int64_t TabuColoring::choose(std::int64_t slack, Random& random) {
  int best = never;
  bool forbidden = false;  // the best move is
  ties_.clear();
  for (const Index v : bad_) {
    const Count* row = &clash_[v * width_];
    const Count* until = &until_[v * width_];
    const int here = row[color_[v]];
    int change = least(row, until, width_, now_) - here;
    bool aspires = false;
    if (here > slack) {  // rarely: a colouring better than any before may be one move away
      const int any = least(row, until, width_, own - 1) - here;
      aspires = any < change && -any > slack;
      if (aspires) change = any;
    }
    if (change > best) continue;
    if (change < best || aspires != forbidden) {
      if (change == best && aspires) continue;
      ties_.clear();
      best = change;
      forbidden = aspires;
    }
    ties_.push_back(v);
  }
  if (ties_.empty() || best > never / 2) return never;
  chosen_ = ties_[random.below(ties_.size())];
  const Count* row = &clash_[chosen_ * width_];
  const Count* until = &until_[chosen_ * width_];
  const int value = best + row[color_[chosen_]];
  const Count now = forbidden ? Count{own - 1} : now_;
  std::uint64_t ties = 0;
  for (std::size_t c = 0; c < colors_; ++c) {
    if (row[c] == value && until[c] <= now && random.below(++ties) == 0) target_ = static_cast<Index>(c);
  }
  return best;
}

void TabuColoring::move(Index v, Index target, std::int64_t tenure) {
  const Index from = color_[v];
  until_[v * width_ + from] = static_cast<Count>(now_ + tenure);
  until_[v * width_ + target] = own;
  color_[v] = target;
  for (const Index to : graph_[v]) {
    Count* row = &clash_[to * width_];
    --row[from];
    ++row[target];
    if (color_[to] == from || color_[to] == target) refresh(to);
  }
  refresh(v);
}

std::int64_t TabuColoring::run(Coloring& coloring, std::int64_t moves, Random& random, Budget& budget) {
  place(coloring);
  budget.spend(graph_.items.size() / 8 + clash_.size() / 16);
  std::int64_t clashes = 0;
  for (const Index v : bad_) clashes += clash_[v * width_ + color_[v]];
  clashes /= 2;
  std::int64_t best = clashes;
  for (; moves > 0 && clashes > 0 && !budget.spent(); --moves) {
    if (++now_ > latest) age();
    const std::int64_t change = choose(clashes - best, random);
    budget.spend(1 + bad_.size() * width_ / 128);
    if (change == never) continue;
    budget.spend(graph_[chosen_].size() / 16);
    const auto tenure = static_cast<std::int64_t>(random.below(10)) + static_cast<std::int64_t>(bad_.size()) * 6 / 10;
    move(chosen_, target_, std::min<std::int64_t>(1 + tenure, latest));
    clashes += change;
    if (clashes >= best) continue;
    best = clashes;
    coloring.assign(color_.begin(), color_.end());
  }
  return best;
}

}  // namespace graph
