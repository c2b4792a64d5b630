// Tabu search on the orders in which tasks use their exclusions, with the neighbourhood N6 of Balas and Vazacopoulos,
// Guided local search with shifting bottleneck for job shop scheduling (1998): a task of a critical block moves behind
// its last or before its first task, judged by their estimate; after Nowicki and Smutnicki (1996) the reversed pairs
// are tabu. When it stalls it returns to the best schedule and is shaken. Exclusions are never expanded to pairs: heads
// and tails come from one walk over the order that remembers, per exclusion, when its writers and readers end. O(n +
// accesses) a move.
#include "graph/tabu_schedule.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "graph/random.h"

namespace graph {

class TabuSchedule::Search {
 public:
  Search(const Problem& problem, std::span<const Time> start)
      : problem_(problem),
        position_(problem.nodes()),
        head_(problem.nodes()),
        tail_(problem.nodes()),
        in_(problem.accesses.items.size()),
        out_(problem.accesses.items.size()),
        ended_(problem.members.size()),
        moved_with_(problem.members.size()),
        moves_along_(problem.nodes(), 0),
        in_segment_(problem.nodes(), 0),
        tabu_(problem.tasks() * problem.tasks(), 0) {
    const std::vector<Index> sorted = node_order(problem);
    sequence_.resize(problem.nodes());
    for (std::size_t i = 0; i < sorted.size(); ++i) sequence_[sorted[i]] = static_cast<Index>(i);
    adopt(start);
    best_order_ = order_;
    best_ = value_;
  }

  void adopt(std::span<const Time> start) {
    std::vector<Time> when(start.begin(), start.end());
    when.resize(problem_.nodes(), 0);
    for (std::size_t node = problem_.tasks(); node < problem_.nodes(); ++node) {
      for (const Index reader : problem_.before[node]) {
        when[node] = std::max(when[node], start[reader] + problem_.duration[reader]);
      }
    }
    order_.resize(problem_.nodes());
    std::iota(order_.begin(), order_.end(), 0U);
    const auto started = [&](Index node) { return node < problem_.tasks() && problem_.started[node]; };
    std::sort(order_.begin(), order_.end(), [&](Index a, Index b) {
      if (started(a) != started(b)) return started(a);
      return when[a] != when[b] ? when[a] < when[b] : sequence_[a] < sequence_[b];
    });
    evaluate();
    remember();
  }

  void run(std::int64_t moves, Time enough, Budget& budget) {
    const std::int64_t patience = 2'000 + 10 * static_cast<std::int64_t>(problem_.tasks());
    for (; moves > 0 && best_ > enough && !budget.spent(); --moves) {
      budget.spend(4 + problem_.tasks() / 16);
      ++now_;
      if (now_ - improved_ > patience) {
        order_ = best_order_;
        evaluate();
        const std::uint64_t shakes = 3 + random_.below(20);
        for (std::uint64_t i = 0; i < shakes; ++i) step(true);
        improved_ = now_;
      }
      if (!step(false)) return;
      remember();
    }
  }

  Time best() const { return best_; }
  std::vector<Time> best_starts() {
    order_ = best_order_;
    evaluate();
    return {head_.begin(), head_.begin() + static_cast<std::ptrdiff_t>(problem_.tasks())};
  }

 private:
  static constexpr Index none = ~Index{0};
  struct Ends {
    Time writer = 0, reader = 0;
  };
  struct Count {
    int writers = 0, readers = 0;
  };
  struct Move {
    std::size_t first, last;  ///< of the critical path
    bool right;
    Index exclusion;
    Time estimate;
    bool tabu;
  };

  void remember() {
    if (value_ >= best_ && best_ != 0) return;
    best_ = value_;
    best_order_ = order_;
    improved_ = now_;
  }

  bool started(Index node) const { return node < problem_.tasks() && problem_.started[node]; }
  Index slots(Index node) const { return problem_.accesses.first[node]; }

  void evaluate() {
    value_ = 0;
    std::fill(ended_.begin(), ended_.end(), Ends{});
    for (std::size_t i = 0; i < order_.size(); ++i) {
      const Index node = order_[i];
      position_[node] = static_cast<Index>(i);
      Time head = 0;
      for (const Index from : problem_.before[node]) head = std::max(head, head_[from] + problem_.duration[from]);
      if (node < problem_.tasks()) {
        Index slot = slots(node);
        for (const Access& access : problem_.accesses[node]) {
          const Ends& ends = ended_[access.exclusion];
          in_[slot] = access.writes ? std::max(ends.writer, ends.reader) : ends.writer;
          head = std::max(head, in_[slot++]);
        }
      }
      if (started(node)) head = 0;
      head_[node] = head;
      const Time end = head + problem_.duration[node];
      value_ = std::max(value_, end);
      if (node >= problem_.tasks()) continue;
      for (const Access& access : problem_.accesses[node]) {
        Time& ended = access.writes ? ended_[access.exclusion].writer : ended_[access.exclusion].reader;
        ended = std::max(ended, end);
      }
    }
    std::fill(ended_.begin(), ended_.end(), Ends{});
    for (std::size_t i = order_.size(); i-- > 0;) {
      const Index node = order_[i];
      Time rest = 0;
      for (const Index to : problem_.after[node]) rest = std::max(rest, tail_[to]);
      if (node < problem_.tasks()) {
        Index slot = slots(node);
        for (const Access& access : problem_.accesses[node]) {
          const Ends& ends = ended_[access.exclusion];
          out_[slot] = access.writes ? std::max(ends.writer, ends.reader) : ends.writer;
          rest = std::max(rest, out_[slot++]);
        }
      }
      tail_[node] = rest + problem_.duration[node];
      if (node >= problem_.tasks() || problem_.started[node]) continue;  // started tasks do not wait for each other
      for (const Access& access : problem_.accesses[node]) {
        Time& ended = access.writes ? ended_[access.exclusion].writer : ended_[access.exclusion].reader;
        ended = std::max(ended, tail_[node]);
      }
    }
  }

  /// A longest path, with the exclusion that links each task to the one before it (none: an arc).
  void find_path() {
    path_.clear();
    link_.clear();
    Index at = none;
    std::uint64_t ties = 0;
    for (const Index node : order_) {
      if (head_[node] + problem_.duration[node] == value_ && problem_.duration[node] > 0 && random_.below(++ties) == 0)
        at = node;
    }
    while (true) {
      path_.push_back(at);
      if (head_[at] == 0) break;
      Index previous = none, through = none;
      for (const Index from : problem_.before[at]) {
        if (head_[from] + problem_.duration[from] == head_[at]) previous = from;
      }
      if (previous == none) {
        ties = 0;
        Index slot = slots(at);
        for (const Access& access : problem_.accesses[at]) {
          if (in_[slot++] != head_[at]) continue;
          for (const Member& member : problem_.members[access.exclusion]) {
            if (!access.writes && !member.writes) break;
            if (position_[member.task] >= position_[at]) continue;
            if (head_[member.task] + problem_.duration[member.task] != head_[at]) continue;
            if (random_.below(++ties) == 0) previous = member.task, through = access.exclusion;
          }
        }
      }
      link_.push_back(through);
      at = previous;
    }
    link_.push_back(none);
    std::reverse(path_.begin(), path_.end());
    std::reverse(link_.begin(), link_.end());  // link_[i] leads to path_[i]
  }

  Time outside_in(Index task, Index exclusion) const {
    Time head = 0;
    for (const Index from : problem_.before[task]) head = std::max(head, head_[from] + problem_.duration[from]);
    Index slot = slots(task);
    for (const Access& access : problem_.accesses[task]) {
      if (access.exclusion != exclusion) head = std::max(head, in_[slot]);
      ++slot;
    }
    return head;
  }
  Time outside_out(Index task, Index exclusion) const {
    Time tail = 0;
    for (const Index to : problem_.after[task]) tail = std::max(tail, tail_[to]);
    Index slot = slots(task);
    for (const Access& access : problem_.accesses[task]) {
      if (access.exclusion != exclusion) tail = std::max(tail, out_[slot]);
      ++slot;
    }
    return tail;
  }
  Time at_exclusion(Index task, Index exclusion, const std::vector<Time>& values) const {
    Index slot = slots(task);
    for (const Access& access : problem_.accesses[task]) {
      if (access.exclusion == exclusion) return values[slot];
      ++slot;
    }
    return 0;
  }

  /// The longest path through the moved tasks, by their old heads and tails outside.
  Time estimate(const Move& move) {
    segment_.assign(path_.begin() + static_cast<std::ptrdiff_t>(move.first),
                    path_.begin() + static_cast<std::ptrdiff_t>(move.last) + 1);
    Time end = at_exclusion(segment_.front(), move.exclusion, in_);
    Time rest = at_exclusion(segment_.back(), move.exclusion, out_);
    const auto middle = move.right ? segment_.begin() + 1 : segment_.end() - 1;
    std::rotate(segment_.begin(), middle, segment_.end());
    new_head_.clear();
    for (const Index task : segment_) {
      new_head_.push_back(std::max(end, outside_in(task, move.exclusion)));
      end = new_head_.back() + problem_.duration[task];
    }
    Time longest = 0;
    for (std::size_t i = segment_.size(); i-- > 0;) {
      rest = problem_.duration[segment_[i]] + std::max(rest, outside_out(segment_[i], move.exclusion));
      longest = std::max(longest, new_head_[i] + rest);
    }
    return longest;
  }

  std::int64_t& tabu(Index before, Index after) { return tabu_[std::size_t{before} * problem_.tasks() + after]; }

  void consider(Move move) {
    const Index mover = path_[move.right ? move.first : move.last];
    for (std::size_t i = move.first; i <= move.last; ++i) {
      const Index other = path_[i];
      if (other == mover) continue;
      move.tabu = move.tabu || (move.right ? tabu(other, mover) : tabu(mover, other)) > now_;
    }
    move.estimate = estimate(move);
    moves_.push_back(move);
  }

  /// Every task of a block as far right and as far left as its own successors and predecessors surely allow.
  void collect(std::size_t first, std::size_t last, Index exclusion) {
    for (std::size_t i = first; i < last; ++i) {
      Time farthest = 0;
      for (const Index to : problem_.after[path_[i]]) farthest = std::max(farthest, tail_[to]);
      std::size_t j = last;
      while (j > i && farthest > tail_[path_[j]]) --j;
      if (j > i) consider({i, j, true, exclusion, 0, false});
    }
    for (std::size_t j = last; j > first; --j) {
      Time latest = 0;
      for (const Index from : problem_.before[path_[j]])
        latest = std::max(latest, head_[from] + problem_.duration[from]);
      std::size_t i = first;
      while (i < j && latest > head_[path_[i]] + problem_.duration[path_[i]]) ++i;
      if (i < j && !started(path_[i]) && !(i + 1 == j)) consider({i, j, false, exclusion, 0, false});
    }
  }

  /// One move; false if the critical path leaves none.
  bool step(bool any) {
    find_path();
    moves_.clear();
    for (std::size_t i = 0; i < path_.size();) {
      std::size_t j = i;
      while (j + 1 < path_.size() && link_[j + 1] != none && (j == i || link_[j + 1] == link_[i + 1])) ++j;
      std::size_t first = i;
      if (j > first && started(path_[first])) ++first;
      if (j > first) collect(first, j, link_[j]);
      i = std::max(j, i + 1);
    }
    if (moves_.empty()) return false;
    if (any) {
      apply(moves_[random_.below(moves_.size())]);
      return true;
    }
    std::stable_sort(moves_.begin(), moves_.end(), [&](const Move& a, const Move& b) {
      const bool hidden_a = a.tabu && a.estimate >= best_, hidden_b = b.tabu && b.estimate >= best_;
      return hidden_a != hidden_b ? hidden_b : a.estimate < b.estimate;
    });
    if (moves_[0].tabu && moves_[0].estimate >= best_) std::swap(moves_[0], moves_[random_.below(moves_.size())]);
    for (const Move& move : moves_) {
      if (apply(move)) return true;
    }
    return true;
  }

  bool conflicts_along(Index node, bool exempt, Index mover) const {
    if (node >= problem_.tasks()) return false;
    for (const Access& access : problem_.accesses[node]) {
      Count count = moved_with_[access.exclusion];
      if (exempt) {
        for (const Access& own : problem_.accesses[mover]) {
          if (own.exclusion == access.exclusion) --(own.writes ? count.writers : count.readers);
        }
      }
      if (count.writers > 0 || (access.writes && count.readers > 0)) return true;
    }
    return false;
  }
  void take_along(Index node, int sign) {
    moves_along_[node] = sign > 0;
    if (node >= problem_.tasks()) return;
    for (const Access& access : problem_.accesses[node]) {
      (access.writes ? moved_with_[access.exclusion].writers : moved_with_[access.exclusion].readers) += sign;
    }
  }

  /// Reorders: the mover passes the segment and takes along whatever must stay on its far side. False if that includes
  /// a task it passes; then nothing changes.
  bool apply(const Move& move) {
    const Index mover = path_[move.right ? move.first : move.last];
    const Index goal = path_[move.right ? move.last : move.first];
    for (std::size_t i = move.first; i <= move.last; ++i) in_segment_[path_[i]] = 1;
    std::vector<Index> passed, along{mover};
    take_along(mover, 1);
    bool possible = true;
    for (std::size_t at = position_[mover]; order_[at] != goal && possible;) {
      at = move.right ? at + 1 : at - 1;
      const Index node = order_[at];
      const auto links = move.right ? problem_.before[node] : problem_.after[node];
      const bool follows = std::any_of(links.begin(), links.end(), [&](Index to) { return moves_along_[to] != 0; }) ||
                           conflicts_along(node, in_segment_[node] != 0, mover);
      if (!follows) {
        passed.push_back(node);
      } else if (in_segment_[node] || started(node)) {
        possible = false;
      } else {
        take_along(node, 1);
        along.push_back(node);
      }
    }
    for (const Index node : along) take_along(node, -1);
    for (std::size_t i = move.first; i <= move.last; ++i) in_segment_[path_[i]] = 0;
    if (!possible) return false;
    passed.insert(passed.end(), along.begin(), along.end());
    std::size_t at = position_[mover];
    for (const Index node : passed) {
      order_[at] = node;
      at = move.right ? at + 1 : at - 1;
    }
    const std::int64_t tenure = 12 + static_cast<std::int64_t>(random_.below(10) + (move.last - move.first));
    for (std::size_t i = move.first; i <= move.last; ++i) {
      if (path_[i] == mover) continue;
      (move.right ? tabu(mover, path_[i]) : tabu(path_[i], mover)) = now_ + tenure;
    }
    evaluate();
    return true;
  }

  const Problem& problem_;
  Random random_;
  std::vector<Index> sequence_, order_, position_, best_order_;
  std::vector<Time> head_, tail_;
  std::vector<Time> in_, out_;  ///< per access: the latest end before, the longest tail behind
  std::vector<Ends> ended_;
  std::vector<Count> moved_with_;
  std::vector<char> moves_along_, in_segment_;
  std::vector<std::int64_t> tabu_;  ///< (before, after): until when that order must not return
  std::vector<Index> path_, link_, segment_;
  std::vector<Time> new_head_;
  std::vector<Move> moves_;
  Time value_ = 0, best_ = 0;
  std::int64_t now_ = 0, improved_ = 0;
};

TabuSchedule::TabuSchedule(const Problem& problem, std::span<const Time> start)
    : search_(std::make_unique<Search>(problem, start)) {}
TabuSchedule::~TabuSchedule() = default;
TabuSchedule::TabuSchedule(TabuSchedule&&) noexcept = default;
void TabuSchedule::adopt(std::span<const Time> start) { search_->adopt(start); }
void TabuSchedule::run(std::int64_t moves, Time enough, Budget& budget) { search_->run(moves, enough, budget); }
Time TabuSchedule::best() const { return search_->best(); }
std::vector<Time> TabuSchedule::best_starts() const { return search_->best_starts(); }

}  // namespace graph
