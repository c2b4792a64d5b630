// What kinds of symbols have in common.
#pragma once

#include "parsers/code_outline.h"

namespace parsers {

inline bool is_function(SymbolKind kind) {
  return kind == SymbolKind::function || kind == SymbolKind::method || kind == SymbolKind::constructor ||
         kind == SymbolKind::macro;
}

inline bool is_variable(SymbolKind kind) {
  return kind == SymbolKind::variable || kind == SymbolKind::field || kind == SymbolKind::constant;
}

inline bool holds_methods(SymbolKind kind) {
  return kind == SymbolKind::class_ || kind == SymbolKind::structure || kind == SymbolKind::trait ||
         kind == SymbolKind::interface || kind == SymbolKind::enumeration;
}

}  // namespace parsers
