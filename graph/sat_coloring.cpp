// Colourability as satisfiability, decided by CaDiCaL (Biere, Fleury, Froleyks and Heule 2024): one truth value per
// vertex and colour. Colours are interchangeable, so the clique gets the first ones and the i-th other vertex, by
// degree, may use only one colour beyond those before it. Exponential; limited in conflicts.
#include <algorithm>
#include <cadical.hpp>
#include <numeric>

#include "graph/coloring.h"

namespace graph {
namespace {

class Stop : public CaDiCaL::Terminator {
 public:
  explicit Stop(const Budget& budget) : budget_(budget) {}
  bool terminate() override { return budget_.stopped(); }

 private:
  const Budget& budget_;
};

}  // namespace

SatColoring decide_coloring(const Neighbours& graph, std::span<const Index> clique, int colors, int conflicts,
                            std::size_t clauses, Budget& budget) {
  SatColoring result;
  const std::size_t size = graph.size();
  if (clique.size() > static_cast<std::size_t>(colors)) {
    result.answer = Colorable::no;
    return result;
  }
  if (graph.items.size() / 2 * static_cast<std::size_t>(colors) > clauses) return result;
  std::vector<int> allowed(size, colors), fixed(size, -1);
  std::vector<Index> order(size);
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(), [&](Index a, Index b) { return graph[a].size() > graph[b].size(); });
  int used = 0;
  for (const Index v : clique) fixed[v] = used++;
  for (const Index v : order) {
    if (fixed[v] < 0 && used < colors) allowed[v] = ++used;
  }
  const auto literal = [&](Index v, int c) { return static_cast<int>(v) * colors + c + 1; };
  CaDiCaL::Solver solver;
  solver.set("quiet", 1);
  Stop stop(budget);
  solver.connect_terminator(&stop);
  for (Index v = 0; v < size; ++v) {
    for (int c = 0; c < colors; ++c) {
      const bool possible = fixed[v] < 0 ? c < allowed[v] : c == fixed[v];
      if (!possible) {
        solver.add(-literal(v, c));
        solver.add(0);
      }
    }
    for (int c = 0; c < colors; ++c) solver.add(literal(v, c));
    solver.add(0);
    for (const Index to : graph[v]) {
      if (to < v) continue;
      for (int c = 0; c < colors; ++c) {
        solver.add(-literal(v, c));
        solver.add(-literal(to, c));
        solver.add(0);
      }
    }
  }
  solver.limit("conflicts", conflicts);
  const int answer = solver.solve();
  budget.spend(graph.items.size() + static_cast<std::size_t>(conflicts) * (answer == 0 ? 100 : 10));
  if (answer == 20) result.answer = Colorable::no;
  if (answer == 10) {
    result.answer = Colorable::yes;
    result.coloring.assign(size, 0);
    for (Index v = 0; v < size; ++v) {
      while (solver.val(literal(v, result.coloring[v])) < 0) ++result.coloring[v];
    }
  }
  solver.disconnect_terminator();
  return result;
}

}  // namespace graph
