#include "planner/verify_rules.h"

#include <algorithm>
#include <array>
#include <utility>

namespace planner {
namespace {

/// Breaks others' work: an error from `protect` on. Breaks the declaration: an error when `strict`. Worth a look: a
/// warning from `protect` on. All one step milder under `observe`.
enum class Harm { others, declaration, look };

constexpr std::array<std::pair<std::string_view, Harm>, 15> rules{{
    {"forbidden-write", Harm::others},
    {"foreign-work", Harm::others},
    {"missing-dependency", Harm::others},
    {"lost-work", Harm::others},
    {"resurrected", Harm::others},
    {"orphaned-work", Harm::others},
    {"stale-fence", Harm::others},
    {"undeclared-write", Harm::declaration},
    {"undeclared-symbol", Harm::declaration},
    {"wrong-intent", Harm::declaration},
    {"silent-completion", Harm::declaration},
    {"partial-completion", Harm::look},
    {"stale-read", Harm::look},
    {"absorbed-work", Harm::look},
    {"hidden-change", Harm::look},
}};

}  // namespace

FindingSeverity severity_of(std::string_view rule, parsers::Policy policy, Certainty certainty) {
  using parsers::Policy;
  if (certainty == Certainty::inferred || certainty == Certainty::unproven) return FindingSeverity::note;
  const auto known = std::find_if(rules.begin(), rules.end(), [&](const auto& r) { return r.first == rule; });
  if (known == rules.end()) return FindingSeverity::note;
  switch (known->second) {
    case Harm::others:
      return policy == Policy::observe ? FindingSeverity::warning : FindingSeverity::error;
    case Harm::declaration:
      return policy == Policy::strict ? FindingSeverity::error : FindingSeverity::warning;
    case Harm::look:
      return policy == Policy::observe ? FindingSeverity::note : FindingSeverity::warning;
  }
  return FindingSeverity::note;
}

Finding finding(std::string rule, parsers::Policy policy, Certainty certainty, std::string work_order,
                std::string message, Place where) {
  const FindingSeverity severity = severity_of(rule, policy, certainty);
  return {std::move(rule), severity, certainty, std::move(work_order), std::move(message), std::move(where), {}};
}

}  // namespace planner
