// The keys of every mapping in work-order documents and interlock.yaml, in the order the manual lists them.
// The readers refuse all others; tests hold the JSON schemas to the same lists.
#pragma once

#include <array>
#include <string_view>

namespace parsers {

inline constexpr std::array<std::string_view, 2> document_keys{"work_orders", "decisions"};

inline constexpr std::array<std::string_view, 19> order_keys{
    "id",          "title",  "priority",     "estimate", "root",     "write",     "read",
    "depends_on",  "before", "do_not_touch", "permits",  "closed",   "resources", "keys",
    "exploration", "scope",  "branch",       "status",   "no_change"};

inline constexpr std::array<std::string_view, 5> entry_keys{"path", "intent", "to", "after", "tolerates_writes"};

inline constexpr std::array<std::string_view, 2> resource_keys{"name", "mode"};

inline constexpr std::array<std::string_view, 5> decision_keys{"between", "choose", "why", "by", "digest"};

inline constexpr std::array<std::string_view, 10> config_keys{
    "target", "isolation", "policy", "require_order", "classes", "pools", "areas", "series", "removed", "ledger"};

inline constexpr std::array<std::string_view, 4> class_keys{"append", "regenerate", "companion", "barrier"};

}  // namespace parsers
