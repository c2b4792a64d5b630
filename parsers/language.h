// The programming languages whose files can be outlined, and which of them a file is written in.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace parsers {

enum class Language : std::uint8_t {
  bash,
  c,
  cpp,
  c_sharp,
  go,
  java,
  javascript,
  kotlin,
  php,
  python,
  ruby,
  rust,
  tsx,
  typescript,
};
inline constexpr std::size_t language_count = 14;

/// "c++", "c#", "typescript".
std::string_view to_string(Language);

/// By the last component of the path: its extension, or its whole name ("Rakefile"). A header `.h` is C++, whose
/// grammar reads C as well; who knows that a tree is plain C asks for Language::c.
std::optional<Language> language_of(std::string_view path);

}  // namespace parsers
