// The core of tree-sitter as one unit, like its own lib.c, with the parser's look-ups in the grammar's table counted.
//
// Repairing one error asks the table for every symbol of the grammar, several times over: a hundred operations, after
// which the core asks whether it may go on, are then thousands of look-ups, and nothing else tells. Counting them costs
// less than can be measured.
#include <stdint.h>

#include "alloc.c"
#include "get_changed_ranges.c"
#include "language.c"
#include "lexer.c"
#include "node.c"

static _Thread_local uint64_t lookups = 0;

/// Of this thread, so far.
uint64_t code_tree_lookups(void) { return lookups; }

static inline void counted_table_entry(const TSLanguage* language, TSStateId state, TSSymbol symbol, TableEntry* out) {
  ++lookups;
  ts_language_table_entry(language, state, symbol, out);
}
static inline TSStateId counted_next_state(const TSLanguage* language, TSStateId state, TSSymbol symbol) {
  ++lookups;
  return ts_language_next_state(language, state, symbol);
}
#define ts_language_table_entry counted_table_entry
#define ts_language_next_state counted_next_state
#include "parser.c"
#undef ts_language_table_entry
#undef ts_language_next_state

#include "query.c"
#include "stack.c"
#include "subtree.c"
#include "tree_cursor.c"
#include "tree.c"
#include "wasm_store.c"
