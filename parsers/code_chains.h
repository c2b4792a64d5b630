// Chains of names, as references and declarations write them: `a::b->c.`, `const ns::T<int>&`.
#pragma once

#include <string>
#include <string_view>

namespace parsers {

/// "a.b" of `a . b .`, `a::b::`, `this->`; "super" of `super().`; "?" where it is no chain of names. O(text), at most
/// 200 bytes.
std::string receiver_of(std::string_view text);

/// The name of a declared type: "ns.T" of `const ns::T<int>&`, `: T | null`, `std::unique_ptr<ns::T>`. Empty where that
/// says nothing of its members: `auto`, `T[]`, a function type.
std::string type_chain(std::string_view written);

}  // namespace parsers
