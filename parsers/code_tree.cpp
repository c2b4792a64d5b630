#include "parsers/code_tree.h"

#include <algorithm>
#include <cstdlib>

namespace parsers {
namespace {

struct ParserDeleter {
  void operator()(TSParser* parser) const { ts_parser_delete(parser); }
};

// Measured on real headers and on noise: what an operation takes beside a plain one.
constexpr std::uint32_t repair_cost = 60;
constexpr std::uint32_t standstill_cost = 40;
constexpr std::uint64_t bytes_per_effort = 6'000;

/// What the parser asked for so far in bytes, on this thread. Nodes with many children are copied whole when it tries
/// repairs: that takes time no operation shows, and memory; both go with these bytes.
thread_local std::uint64_t allocated = 0;

void* counted_malloc(std::size_t size) {
  allocated += size;
  return std::malloc(size);
}
void* counted_calloc(std::size_t count, std::size_t size) {
  allocated += count * size;
  return std::calloc(count, size);
}
void* counted_realloc(void* before, std::size_t size) {
  allocated += size;
  return std::realloc(before, size);
}

struct Feed {
  std::string_view text;
  std::uint32_t effort_left;
  std::uint64_t most_allocated;
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
  if (feed.effort_left < cost || allocated > feed.most_allocated) return true;
  feed.effort_left -= cost;
  return false;
}

}  // namespace

CodeTree parse_code(const TSLanguage* language, std::string_view text, std::uint32_t effort) {
  static const bool counting = (ts_set_allocator(counted_malloc, counted_calloc, counted_realloc, std::free), true);
  static_cast<void>(counting);
  const std::unique_ptr<TSParser, ParserDeleter> parser(ts_parser_new());
  if (!ts_parser_set_language(parser.get(), language)) return nullptr;
  Feed feed{text, effort, allocated + std::uint64_t{effort} * bytes_per_effort};
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

std::optional<TSNode> part_of(TSNode node, std::string_view part) {
  if (const auto child = child_in(node, part)) return child;
  while (!part.empty()) {
    const std::size_t space = std::min(part.find(' '), part.size());
    if (const auto child = child_of_type(node, part.substr(0, space))) return child;
    part.remove_prefix(std::min(space + 1, part.size()));
  }
  return std::nullopt;
}

}  // namespace parsers
