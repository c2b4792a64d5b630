// What every YAML or JSON text must be before a parser sees it, and the limits of a document.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "parsers/diagnostic.h"

namespace parsers {

constexpr std::size_t document_bytes_limit = std::size_t{64} << 20;
constexpr std::size_t document_text_limit = std::size_t{64} << 10;  ///< bytes of one key or scalar
constexpr std::size_t document_depth_limit = 64;
constexpr std::size_t document_values_limit = 2'000'000;  ///< keeps the tree of a hostile 64 MiB below 1 GiB

/// The first reason not to read `source` at all: too large, a NUL or another control, bytes that are not UTF-8.
std::optional<Diagnostic> refuse_text(const Source& source, FileId file);

/// As refuse_text, for texts in which other odd bytes are somebody's typing: only when there is a NUL in it.
std::optional<Diagnostic> refuse_nul(const Source& source, FileId file);

/// 3 when the text begins with a UTF-8 byte order mark, else 0.
std::size_t byte_order_mark_length(std::string_view text);

}  // namespace parsers
