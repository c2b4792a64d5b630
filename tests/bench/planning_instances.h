// Public benchmark files as instances. See the README beside the data for how each family is a planning problem.
#pragma once

#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "graph/instance.h"

namespace graph::bench {

inline std::ifstream open(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot read " + path);
  return file;
}

/// DIMACS: a vertex is a task of one unit, an edge an exclusion of two.
inline Instance read_coloring(const std::string& path) {
  std::ifstream file = open(path);
  Instance instance;
  std::string line;
  while (std::getline(file, line)) {
    std::istringstream words(line);
    std::string kind, name;
    std::size_t a = 0, b = 0;
    words >> kind;
    if (kind == "p" && words >> name >> a >> b) instance.duration.assign(a, 1);
    if (kind == "e" && words >> a >> b && a != b) {
      instance.exclusions.push_back({{TaskId{a - 1}, TaskId{b - 1}}, {}});
    }
  }
  return instance;
}

/// Job shop: a machine is a file that its operations write, a job is a chain.
inline Instance read_job_shop(const std::string& path) {
  std::ifstream file = open(path);
  std::size_t jobs = 0, machines = 0;
  file >> jobs >> machines;
  Instance instance;
  instance.exclusions.resize(machines);
  for (std::size_t t = 0; t < jobs * machines; ++t) {
    std::size_t machine = 0;
    Time duration = 0;
    file >> machine >> duration;
    instance.duration.push_back(duration);
    instance.exclusions.at(machine).writers.emplace_back(t);
    if (t % machines != 0) instance.arcs.push_back({TaskId{t - 1}, TaskId{t}});
  }
  return instance;
}

/// PSPLIB: renewable resources are pools. Activities of no duration (source and sink) are left out.
inline Instance read_rcpsp(const std::string& path) {
  std::ifstream file = open(path);
  std::string line;
  const auto skip_to = [&](const std::string& title, int more) {
    while (std::getline(file, line) && line.rfind(title, 0) != 0) continue;
    while (more-- > 0) std::getline(file, line);
  };
  std::map<std::size_t, std::vector<std::size_t>> after;
  skip_to("PRECEDENCE RELATIONS", 1);
  while (std::getline(file, line) && line[0] != '*') {
    std::istringstream words(line);
    std::size_t job = 0, modes = 0, count = 0, to = 0;
    words >> job >> modes >> count;
    while (words >> to) after[job].push_back(to);
  }
  skip_to("REQUESTS/DURATIONS", 2);
  Instance instance;
  std::map<std::size_t, TaskId> task;
  std::vector<std::vector<int>> needs;
  while (std::getline(file, line) && line[0] != '*') {
    std::istringstream words(line);
    std::size_t job = 0, mode = 0;
    Time duration = 0;
    words >> job >> mode >> duration;
    if (duration == 0) continue;
    task.emplace(job, TaskId{instance.size()});
    instance.duration.push_back(duration);
    needs.emplace_back();
    for (int units = 0; words >> units;) needs.back().push_back(units);
  }
  skip_to("RESOURCEAVAILABILITIES", 1);
  std::getline(file, line);
  std::istringstream words(line);
  for (int capacity = 0; words >> capacity;) {
    Pool pool{capacity, {}};
    for (std::size_t t = 0; t < needs.size(); ++t) {
      const int units = needs[t][instance.pools.size()];
      if (units == 0) continue;
      pool.users.emplace_back(t);
      pool.units.push_back(units);
    }
    instance.pools.push_back(std::move(pool));
  }
  for (const auto& [from, list] : after) {
    for (const std::size_t to : list) {
      if (task.count(from) != 0 && task.count(to) != 0) instance.arcs.push_back({task[from], task[to]});
    }
  }
  return instance;
}

}  // namespace graph::bench
