// The way to an answer, the same for waves and schedules: prepare, split into parts, bound and list-schedule each,
// search only where a part exceeds what some part cannot beat, then let ties fall to smaller ids.
#include <algorithm>
#include <optional>
#include <utility>

#include "graph/answer.h"
#include "graph/bounds.h"
#include "graph/coloring.h"
#include "graph/exact.h"
#include "graph/list_schedule.h"

namespace graph {
namespace {

constexpr std::size_t most_pairs = 2'000'000;       ///< for cliques
constexpr std::size_t most_search_pairs = 100'000;  ///< for the exact search
constexpr std::size_t most_search_tasks = 5'000;
constexpr std::int64_t most_bound_steps = 5'000'000;
constexpr std::size_t most_settled_tasks = 200;  ///< for the last word on ties

struct Part {
  std::vector<Index> tasks;  ///< of the whole problem
  std::vector<Time> start;
  Time value = 0;
  Bound bound;
};

struct Answer {
  std::vector<Time> start;  ///< per task of the instance
  Time value = 0;
  Bound bound;
};

int rank(Reason reason) { return static_cast<int>(reason); }

/// The larger bound; the plainer reason; the witness with smaller ids.
bool preferable(const Bound& a, const Bound& b) {
  if (a.value != b.value) return a.value > b.value;
  if (rank(a.reason) != rank(b.reason)) return rank(a.reason) < rank(b.reason);
  return a.tasks < b.tasks;
}

/// The best of a few list schedules: by id, by what comes after, by that and the load of the heaviest exclusion.
std::vector<Time> construct(const Problem& problem, Time low) {
  const Windows window = windows(problem);
  std::vector<Time> none(problem.tasks(), 0),
      tail(window.tail.begin(), window.tail.begin() + static_cast<std::ptrdiff_t>(problem.tasks()));
  std::vector<Time> load = tail;
  for (std::size_t e = 0; e < problem.members.size(); ++e) {
    Time sum = 0;
    for (const Member& member : problem.members[e]) sum += member.writes ? problem.duration[member.task] : 0;
    for (const Member& member : problem.members[e]) {
      load[member.task] = std::max(load[member.task], tail[member.task] + sum);
    }
  }
  std::vector<Time> best;
  Time value = 0;
  for (const auto* urgency : {&none, &tail, &load}) {
    std::vector<Time> start = list_schedule(problem, *urgency);
    const Time end = makespan(problem, start);
    if (!best.empty() && end >= value) continue;
    best = std::move(start);
    value = end;
    if (value <= low) break;
  }
  return best;
}

/// One part alone.
Part first_answer(const Problem& problem, std::vector<Index> tasks, Budget& budget) {
  Part result{std::move(tasks), {}, 0, {}};
  const auto conflicts = conflict_pairs(problem, most_pairs);
  result.bound = lower_bound(problem, conflicts ? &*conflicts : nullptr, budget);
  result.start = construct(problem, result.bound.value);
  result.value = makespan(problem, result.start);
  return result;
}

/// Whether waves of the part are a plain colouring: nothing but exclusions.
bool only_exclusions(const Problem& problem) {
  return problem.after.items.empty() && problem.uses.items.empty() &&
         std::none_of(problem.started.begin(), problem.started.end(), [](char started) { return started != 0; });
}

void improve_coloring(const Problem& problem, Part& part, Time enough, Budget& budget) {
  const auto conflicts = conflict_pairs(problem, most_pairs);
  if (!conflicts) return;
  std::vector<Index> clique;
  for (const TaskId t : part.bound.tasks) {  // named as in the instance
    clique.push_back(
        static_cast<Index>(std::lower_bound(problem.name.begin(), problem.name.end(), t) - problem.name.begin()));
  }
  if (part.bound.reason != Reason::clique) clique.clear();
  const Coloring given(part.start.begin(), part.start.end());
  Coloring start = color_by_saturation(*conflicts);
  if (colors_used(given) <= colors_used(start)) start = given;
  const int low = static_cast<int>(std::max(part.bound.value, enough));
  const FewestColors found = color_exactly(*conflicts, clique, std::move(start), low, budget);
  part.start = left_shift(problem, std::vector<Time>(found.coloring.begin(), found.coloring.end()));
  part.value = makespan(problem, part.start);
  if (found.bound > low) part.bound = {found.bound, Reason::search, problem.name, -1};
}

void improve(const Problem& problem, View view, Part& part, Time enough, Budget& budget) {
  if (view == View::waves && only_exclusions(problem)) return improve_coloring(problem, part, enough, budget);
  if (problem.tasks() > most_search_tasks) return;
  const auto conflicts = conflict_pairs(problem, most_search_pairs);
  if (!conflicts) return;
  Minimum found = minimise(problem, *conflicts, std::move(part.start), part.bound.value, enough, budget);
  part.start = std::move(found.start);
  part.value = makespan(problem, part.start);
  if (found.bound <= part.bound.value) return;
  part.bound = {found.bound, Reason::search, problem.name, -1};
}

/// Alone tasks that nothing orders run one after the other: those with smaller ids than anything else first, the rest
/// last.
void place_solo(const Instance& instance, View view, const Prepared& prepared, Answer& answer) {
  const auto length = [&](TaskId t) { return view == View::waves ? 1 : instance.duration[t.index()] / prepared.unit; };
  const std::vector<TaskId>& solo = prepared.solo;
  if (solo.empty()) return;
  const std::vector<TaskId>& others = prepared.problem.name;
  std::size_t leading = 0;
  Time lead = 0;
  if (instance.started.empty()) {
    while (leading < solo.size() && (others.empty() || solo[leading] < others.front())) {
      answer.start[solo[leading].index()] = lead;
      lead += length(solo[leading++]);
    }
  }
  for (const TaskId t : others) answer.start[t.index()] += lead;
  Time sum = lead;
  for (std::size_t i = leading; i < solo.size(); ++i) {
    answer.start[solo[i].index()] = answer.value + sum;
    sum += length(solo[i]);
  }
  answer.value += sum;
  Bound& bound = answer.bound;
  bound.value += sum;
  if (bound.reason == Reason::none) {
    bound.reason = solo.size() == 1 ? Reason::chain : Reason::clique;
  } else {
    bound.reason = bound.reason == Reason::load || bound.reason == Reason::search ? Reason::search : Reason::clique;
  }
  bound.pool = -1;
  bound.tasks.insert(bound.tasks.end(), solo.begin(), solo.end());
  std::sort(bound.tasks.begin(), bound.tasks.end());
}

Answer solve(const Instance& instance, View view, const Effort& effort) {
  const Prepared prepared = prepare(instance, view);
  const Problem& whole = prepared.problem;
  Answer answer{std::vector<Time>(instance.size(), 0), 0, {}};
  std::vector<Part> answers;
  Time floor = 0;
  Budget budget(effort);
  Budget for_bounds = budget.split(4, most_bound_steps);
  for (std::vector<Index>& tasks : parts(whole)) {
    if (tasks.size() == 1) {
      const Time length = whole.duration[tasks[0]];
      answers.push_back({tasks, {0}, length, {length, Reason::chain, {whole.name[tasks[0]]}, -1}});
    } else {
      const Problem problem = part(whole, tasks);
      answers.push_back(first_answer(problem, std::move(tasks), for_bounds));
    }
    floor = std::max(floor, answers.back().bound.value);
  }
  budget.join(for_bounds);
  for (Part& one : answers) {
    if (one.value > floor) improve(part(whole, one.tasks), view, one, floor, budget);
    floor = std::max(floor, one.bound.value);
  }
  for (const Part& one : answers) answer.value = std::max(answer.value, one.value);
  for (Part& one : answers) {
    if (one.tasks.size() > 1 && one.tasks.size() <= most_settled_tasks && !budget.spent()) {
      const Problem problem = part(whole, one.tasks);
      if (const auto conflicts = conflict_pairs(problem, most_search_pairs)) {
        one.start = left_shift(problem, settle(problem, *conflicts, std::move(one.start), answer.value, budget));
      }
    }
    for (std::size_t i = 0; i < one.tasks.size(); ++i) answer.start[whole.name[one.tasks[i]].index()] = one.start[i];
    if (answer.bound.reason == Reason::none || preferable(one.bound, answer.bound)) answer.bound = one.bound;
  }
  place_solo(instance, view, prepared, answer);
  for (Time& start : answer.start) start *= prepared.unit;
  answer.value *= prepared.unit;
  answer.bound.value *= prepared.unit;
  return answer;
}

}  // namespace

Waves solve_waves(const Instance& instance, Effort effort) {
  Answer answer = solve(instance, View::waves, effort);
  Waves result;
  for (const Time start : answer.start) result.wave.push_back(static_cast<int>(start));
  result.count = static_cast<int>(answer.value);
  result.bound = std::move(answer.bound);
  result.optimal = result.bound.value == answer.value;
  return result;
}

Schedule solve_schedule(const Instance& instance, Effort effort) {
  Answer answer = solve(instance, View::schedule, effort);
  Schedule result;
  result.agent = assign_agents(instance, answer.start);
  result.start = std::move(answer.start);
  result.makespan = answer.value;
  result.bound = std::move(answer.bound);
  result.optimal = result.bound.value == answer.value;
  return result;
}

}  // namespace graph
