// The namespace that a file declares for all that follows: `namespace A\B;` of PHP, `namespace A.B;` of C#.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace planner {

/// "" if the file declares none; nullopt: more than one, so nobody can tell which holds. Braces count where `blocks`.
/// Reads lines that begin with the word, outside of block comments. O(bytes).
std::optional<std::string> declared_namespace(std::string_view text, bool blocks);

}  // namespace planner
