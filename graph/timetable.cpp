#include "graph/timetable.h"

#include <algorithm>

namespace graph {

Time Timetable::held_at(Time at) const {
  Time used = 0;
  for (const auto& [until, units] : held_) used += at < until ? units : 0;
  return std::min(used, capacity_);
}

/// The profile of what is certainly in use: a task from its latest start to its earliest end.
void Timetable::build(const LearningSolver& solver) {
  changes_.clear();
  for (const PoolTask& task : tasks_) {
    const Time from = solver.high(task.variable), to = solver.low(task.variable) + task.duration;
    if (from >= to) continue;
    changes_.emplace_back(from, task.units);
    changes_.emplace_back(to, -task.units);
  }
  for (const auto& [until, units] : held_) changes_.emplace_back(until, 0);
  if (!held_.empty()) changes_.emplace_back(0, 0);
  std::sort(changes_.begin(), changes_.end());
  steps_.clear();
  Time used = 0;
  for (std::size_t i = 0; i < changes_.size(); ++i) {
    used += changes_[i].second;
    if (i + 1 == changes_.size() || changes_[i].first == changes_[i + 1].first) continue;
    const Time all = used + held_at(changes_[i].first);
    if (all > 0) steps_.push_back({changes_[i].first, changes_[i + 1].first, all});
  }
}

/// Tasks that together take at least `enough` at a time.
void Timetable::explain(const LearningSolver& solver, Time at, Time enough, const PoolTask* except) {
  enough -= held_at(at);
  for (const PoolTask& task : tasks_) {
    if (enough <= 0) break;
    if (&task == except || solver.high(task.variable) > at || solver.low(task.variable) + task.duration <= at) continue;
    why_.push_back(at_least(task.variable, at - task.duration + 1));
    why_.push_back(at_most(task.variable, at));
    enough -= task.units;
  }
}

bool Timetable::raise(LearningSolver& solver, const PoolTask& task) {
  const Time own_from = solver.high(task.variable), own_to = solver.low(task.variable) + task.duration;
  for (const Step& step : steps_) {
    const Time low = solver.low(task.variable);
    if (step.from >= low + task.duration) break;
    if (step.to <= low) continue;
    const Time own = own_from <= step.from && step.to <= own_to ? task.units : 0;
    if (step.used - own + task.units <= capacity_) continue;
    while (solver.low(task.variable) < step.to && step.from < solver.low(task.variable) + task.duration) {
      const Time at = std::min(step.to, solver.low(task.variable) + task.duration) - 1;
      why_.clear();
      why_.push_back(at_least(task.variable, at + 1 - task.duration));
      explain(solver, at, capacity_ - task.units + 1, &task);
      if (!solver.conclude(at_least(task.variable, at + 1), why_)) return false;
    }
  }
  return true;
}

bool Timetable::lower(LearningSolver& solver, const PoolTask& task) {
  const Time own_from = solver.high(task.variable), own_to = solver.low(task.variable) + task.duration;
  for (auto step = steps_.rbegin(); step != steps_.rend(); ++step) {
    const Time high = solver.high(task.variable);
    if (step->to <= high) break;
    if (step->from >= high + task.duration) continue;
    const Time own = own_from <= step->from && step->to <= own_to ? task.units : 0;
    if (step->used - own + task.units <= capacity_) continue;
    while (solver.high(task.variable) < step->to && step->from < solver.high(task.variable) + task.duration) {
      const Time at = std::max(step->from, solver.high(task.variable));
      why_.clear();
      why_.push_back(at_most(task.variable, at));
      explain(solver, at, capacity_ - task.units + 1, &task);
      if (!solver.conclude(at_most(task.variable, at - task.duration), why_)) return false;
    }
  }
  return true;
}

bool Timetable::propagate(LearningSolver& solver) {
  build(solver);
  for (const Step& step : steps_) {
    if (step.used <= capacity_) continue;
    why_.clear();
    explain(solver, step.from, capacity_ + 1, nullptr);
    const Literal last = why_.back();  // one of them must give way
    why_.pop_back();
    return solver.conclude(!last, why_);
  }
  for (const PoolTask& task : tasks_) {
    if (solver.low(task.variable) == solver.high(task.variable)) continue;
    if (!raise(solver, task) || !lower(solver, task)) return false;
  }
  return true;
}

}  // namespace graph
