// Imports that a program can do without: their failure is caught where they stand.
#pragma once

#include <cstdint>
#include <string_view>

#include "parsers/language.h"

namespace parsers {

/// Whether the import on that line stands under `try` with `except ImportError`, `try { require("x") } catch`, or
/// `begin require "x" rescue LoadError`. False where the language has no such thing or the text cannot be parsed.
/// Parses the text.
bool is_optional_import(Language, std::string_view text, std::uint32_t line);

}  // namespace parsers
