// The part of tree-sitter's C interface that is used here, and the grammars that cmake/TreeSitter.cmake compiles.
//
// Declared as in <tree_sitter/api.h> of the core that package-lock.json pins: look here when its version changes.
#pragma once

#include <cstddef>
#include <cstdint>

extern "C" {

struct TSLanguage;
struct TSParser;
struct TSTree;

using TSSymbol = std::uint16_t;
using TSFieldId = std::uint16_t;
using DecodeFunction = std::uint32_t (*)(const std::uint8_t* text, std::uint32_t length, std::int32_t* code_point);

struct TSPoint {
  std::uint32_t row;
  std::uint32_t column;
};

enum TSInputEncoding { TSInputEncodingUTF8, TSInputEncodingUTF16LE, TSInputEncodingUTF16BE, TSInputEncodingCustom };

struct TSInput {
  void* payload;
  const char* (*read)(void* payload, std::uint32_t byte, TSPoint position, std::uint32_t* bytes_read);
  TSInputEncoding encoding;
  DecodeFunction decode;
};

struct TSParseState {
  void* payload;
  std::uint32_t current_byte_offset;
  bool has_error;
};

struct TSParseOptions {
  void* payload;
  bool (*progress_callback)(TSParseState* state);
};

struct TSNode {
  std::uint32_t context[4];
  const void* id;
  const TSTree* tree;
};

struct TSTreeCursor {
  const void* tree;
  const void* id;
  std::uint32_t context[3];
};

void ts_set_allocator(void* (*new_malloc)(std::size_t), void* (*new_calloc)(std::size_t, std::size_t),
                      void* (*new_realloc)(void*, std::size_t), void (*new_free)(void*));
TSParser* ts_parser_new(void);
void ts_parser_delete(TSParser*);
bool ts_parser_set_language(TSParser*, const TSLanguage*);
TSTree* ts_parser_parse_with_options(TSParser*, const TSTree* old_tree, TSInput, TSParseOptions);
TSNode ts_tree_root_node(const TSTree*);
void ts_tree_delete(TSTree*);

TSTreeCursor ts_tree_cursor_new(TSNode);
void ts_tree_cursor_delete(TSTreeCursor*);
TSNode ts_tree_cursor_current_node(const TSTreeCursor*);
TSFieldId ts_tree_cursor_current_field_id(const TSTreeCursor*);
bool ts_tree_cursor_goto_first_child(TSTreeCursor*);
bool ts_tree_cursor_goto_next_sibling(TSTreeCursor*);
bool ts_tree_cursor_goto_parent(TSTreeCursor*);

TSSymbol ts_node_symbol(TSNode);
const char* ts_node_type(TSNode);
std::uint32_t ts_node_start_byte(TSNode);
std::uint32_t ts_node_end_byte(TSNode);
TSPoint ts_node_start_point(TSNode);
TSPoint ts_node_end_point(TSNode);
bool ts_node_is_null(TSNode);
bool ts_node_is_named(TSNode);
bool ts_node_is_missing(TSNode);
bool ts_node_is_error(TSNode);
bool ts_node_has_error(TSNode);
std::uint32_t ts_node_child_count(TSNode);
std::uint32_t ts_node_named_child_count(TSNode);
TSNode ts_node_child(TSNode, std::uint32_t);
TSNode ts_node_named_child(TSNode, std::uint32_t);
TSNode ts_node_child_by_field_name(TSNode, const char* name, std::uint32_t length);

std::uint32_t ts_language_symbol_count(const TSLanguage*);
const char* ts_language_symbol_name(const TSLanguage*, TSSymbol);
enum TSSymbolType { TSSymbolTypeRegular, TSSymbolTypeAnonymous, TSSymbolTypeSupertype, TSSymbolTypeAuxiliary };
TSSymbolType ts_language_symbol_type(const TSLanguage*, TSSymbol);
std::uint32_t ts_language_field_count(const TSLanguage*);
const char* ts_language_field_name_for_id(const TSLanguage*, TSFieldId);

/// Of parsers/code_tree_core.c: look-ups in the tables of grammars by this thread, so far.
std::uint64_t code_tree_lookups(void);

const TSLanguage* tree_sitter_bash(void);
const TSLanguage* tree_sitter_c(void);
const TSLanguage* tree_sitter_c_sharp(void);
const TSLanguage* tree_sitter_cpp(void);
const TSLanguage* tree_sitter_go(void);
const TSLanguage* tree_sitter_java(void);
const TSLanguage* tree_sitter_javascript(void);
const TSLanguage* tree_sitter_kotlin(void);
const TSLanguage* tree_sitter_php(void);
const TSLanguage* tree_sitter_python(void);
const TSLanguage* tree_sitter_ruby(void);
const TSLanguage* tree_sitter_rust(void);
const TSLanguage* tree_sitter_tsx(void);
const TSLanguage* tree_sitter_typescript(void);

}  // extern "C"
