// C and C++ without the macros that no grammar can read.
#pragma once

#include <string>
#include <string_view>

namespace parsers {

/// The same bytes, with the macros between `class` or `struct` and the name of a definition and the annotations of
/// clang's thread safety analysis blanked, so that every byte keeps its place. O(bytes).
std::string without_class_macros(std::string_view text);

}  // namespace parsers
