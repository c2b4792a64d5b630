// Small answers to print.
#pragma once

#include <gtest/gtest.h>
#include <string>

#include "parsers/config.h"
#include "planner/answers.h"
#include "planner/resolve.h"

namespace planner::report {

/// The orders of a YAML document, bound without a tree.
inline PlanAnswer plan_of(const std::string& yaml, PlanOptions options = {}, std::string base = "") {
  const std::vector<parsers::Source> sources{{"orders.yaml", yaml}};
  const auto read = parsers::read_canonical(sources[0], parsers::FileId{0});
  EXPECT_FALSE(parsers::has_errors(read.diagnostics)) << parsers::describe(read.diagnostics, sources);
  Bound bound = resolve({read.value}, {}, {}, sources);
  EXPECT_FALSE(parsers::has_errors(bound.diagnostics)) << parsers::describe(bound.diagnostics, sources);
  Facts facts;
  facts.base = std::move(base);
  CheckedPlan plan = make_plan(bound.orders, facts, options);
  return {std::move(bound.orders), std::move(plan), {sources, std::move(bound.diagnostics), read.value.readings}};
}

/// The text with its digests named instead of spelled out.
inline std::string without_digests(std::string text, const PlanAnswer& answer) {
  const auto name = [&](const std::string& digest, const std::string& as) {
    for (std::size_t at = text.find(digest); at != std::string::npos; at = text.find(digest))
      text.replace(at, digest.size(), as);
  };
  name(answer.plan->input_digest.substr(0, 12), "DIGEST");
  for (const DecisionNeeded& needed : answer.plan->decisions_needed) name(needed.digest, "PAIR-DIGEST");
  return text;
}

/// A pair to decide, one that reads, one nobody knows.
inline PlanAnswer undecided() {
  return plan_of(R"(work_orders:
  - {id: WO-A, title: Remove the old view, write: [{path: src/view.py, intent: delete}]}
  - {id: WO-B, title: Polish the view, write: [src/view.py, "tests/**"]}
  - {id: WO-C, title: Test the dice, read: [src/rng.py], write: [tests/test_c.py]}
  - {id: WO-D, write: [src/rng.py]}
  - {id: WO-E, title: Nobody knows}
)");
}

/// Estimates, three agents, running and reviewed work, a cycle, a shared database.
inline PlanAnswer busy() {
  PlanOptions options;
  options.agents = 3;
  return plan_of(R"(work_orders:
  - {id: FIX-1, title: Grapple and maneuvers, priority: 1, estimate: 45m, write: [core/maneuvers.py]}
  - {id: FIX-2, title: Attack rolls on a natural twenty always hit whatever the armor class says, estimate: 30m, write: [core/attack.py], depends_on: [FIX-1]}
  - {id: FIX-3, status: running, write: [CHANGELOG.md]}
  - {id: FIX-4, status: review, write: [pyproject.toml]}
  - {id: FIX-5, status: done, write: [pyproject.toml]}
  - {id: FIX-6, depends_on: [FIX-7], write: [a.py]}
  - {id: FIX-7, depends_on: [FIX-6], write: [b.py]}
  - {id: FIX-8, resources: ["db:test"], write: [x.py]}
  - {id: FIX-9, resources: [{name: "db:test", mode: shared}], permits: ["core/**"], write: [y.py]}
)",
                 options, "3e843ce0d1c2b3a4958677869504132231405f6e");
}

/// Everything that a title, a path or an id can try.
inline PlanAnswer hostile() {
  return plan_of(
      "work_orders:\n"
      "  - {id: \"WO-1\", title: \"\\e[31mred\\e[0m <script>alert(1)</script> | @everyone #12\\n## heading\", "
      "write: [\"a`b|c.py\"]}\n"
      "  - {id: \"WO-2\", title: \"[click](https://evil.example) www.evil.example a@evil.example **bold** `tick\", "
      "write: [\"a`b|c.py\", \"<img src=x>.py\"]}\n");
}

}  // namespace planner::report
