// Answers to text: pure, one file a format.
#pragma once

#include <string>

#include "planner/answers.h"
#include "planner/claim_answers.h"

namespace planner::report {

struct TextStyle {
  bool color = false;  ///< ANSI colours
  bool brief = false;  ///< at most 40 lines
};

/// For people, in 80 columns: verdict first, then the schedule, decisions, unknown scopes, the bottleneck, the rest.
std::string text(const PlanAnswer&, TextStyle);
std::string text(const CheckAnswer&, TextStyle, bool verbose);
std::string text(const ExplainAnswer&, TextStyle);
std::string text(const ScopeAnswer&);
std::string text(const VerifyAnswer&, TextStyle);
std::string text(const CompareAnswer&, TextStyle);
std::string text(const RecordAnswer&);
std::string text(const ChangesAnswer&);  ///< TSV: path, symbol, change, lines, what it was called
std::string text(const ClaimAnswer&, TextStyle);
std::string text(const StatusAnswer&, TextStyle);
std::string text(const DoctorAnswer&, TextStyle);
std::string text(const Event&);  ///< one line

/// For machines, each with a schema of its name in schemas/ (verify's is findings); keys in the order the manual lists
/// them.
std::string json(const PlanAnswer&);
std::string json(const CheckAnswer&);
std::string json(const ExplainAnswer&);
std::string json(const ScopeAnswer&);
std::string json(const VerifyAnswer&);
std::string json(const CompareAnswer&);
std::string json(const RecordAnswer&);
std::string json(const ChangesAnswer&);
std::string json(const ClaimAnswer&);
std::string json(const StatusAnswer&);
std::string json(const DoctorAnswer&);
std::string json_line(const Event&);  ///< schemas/event.schema.json, one line

/// For a comment on a pull request: what matters first, the rest in <details>. Text from orders is escaped.
std::string markdown(const PlanAnswer&);
std::string markdown(const CheckAnswer&);
std::string markdown(const ExplainAnswer&);
std::string markdown(const ScopeAnswer&);
std::string markdown(const VerifyAnswer&);
std::string markdown(const CompareAnswer&);
std::string markdown(const StatusAnswer&);

}  // namespace planner::report
