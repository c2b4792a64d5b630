// What each rule weighs under each policy.
#pragma once

#include <string>
#include <string_view>

#include "parsers/config.h"
#include "planner/finding.h"

namespace planner {

/// Severity by harm: what breaks somebody else's work weighs most; what is inferred or unproven is a note always.
/// Unknown rules are notes.
FindingSeverity severity_of(std::string_view rule, parsers::Policy, Certainty);

/// A finding with its severity set.
Finding finding(std::string rule, parsers::Policy, Certainty, std::string work_order, std::string message, Place where);

}  // namespace planner
