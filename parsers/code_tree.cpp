#include "parsers/code_tree.h"

#include <algorithm>

namespace parsers {
namespace {

struct ParserDeleter {
  void operator()(TSParser* parser) const { ts_parser_delete(parser); }
};

// Measured on real headers and on noise: what an operation takes beside a plain one.
constexpr std::uint32_t repair_cost = 60;
constexpr std::uint32_t standstill_cost = 40;

struct Feed {
  std::string_view text;
  std::uint32_t effort_left;
  std::uint32_t furthest = 0;
};

const char* read(void* payload, std::uint32_t byte, TSPoint, std::uint32_t* bytes_read) {
  const std::string_view text = static_cast<const Feed*>(payload)->text;
  *bytes_read = byte >= text.size() ? 0 : static_cast<std::uint32_t>(text.size()) - byte;
  return byte >= text.size() ? "" : text.data() + byte;
}

/// Asked every hundred operations; true stops the parser.
bool too_much(TSParseState* state) {
  Feed& feed = *static_cast<Feed*>(state->payload);
  const bool ahead = state->current_byte_offset > feed.furthest;
  feed.furthest = std::max(feed.furthest, state->current_byte_offset);
  const bool finishing = feed.furthest + 16 >= feed.text.size();  // it balances the tree
  const std::uint32_t cost = state->has_error ? repair_cost : ahead || finishing ? 1 : standstill_cost;
  if (feed.effort_left < cost) return true;
  feed.effort_left -= cost;
  return false;
}

}  // namespace

CodeTree parse_code(const TSLanguage* language, std::string_view text, std::uint32_t effort) {
  const std::unique_ptr<TSParser, ParserDeleter> parser(ts_parser_new());
  if (!ts_parser_set_language(parser.get(), language)) return nullptr;
  Feed feed{text, effort};
  const TSInput input{&feed, &read, TSInputEncodingUTF8, nullptr};
  return CodeTree(ts_parser_parse_with_options(parser.get(), nullptr, input, {&feed, &too_much}));
}

std::optional<TSNode> child_in(TSNode node, std::string_view field) {
  const TSNode child = ts_node_child_by_field_name(node, field.data(), static_cast<std::uint32_t>(field.size()));
  return ts_node_is_null(child) ? std::nullopt : std::optional(child);
}

std::optional<TSNode> child_of_type(TSNode node, std::string_view type) {
  std::optional<TSNode> found;
  for_each_named_child(node, [&](TSNode child) {
    if (!found && type_of(child) == type) found = child;
  });
  return found;
}

}  // namespace parsers
