#include "parsers/code_tree.h"

#include <algorithm>
#include <cstdlib>

namespace parsers {
namespace {

struct ParserDeleter {
  void operator()(TSParser* parser) const { ts_parser_delete(parser); }
};

// What it takes in microseconds, fitted to 540 texts without sense in 14 languages.
constexpr std::uint64_t operation_cost = 16;  // of a hundred operations, with the look-ups and memory that they need:
constexpr std::uint64_t usual_lookups = 100, usual_bytes = 6000;  // when nothing is repaired
constexpr std::uint64_t lookups_in_one = 24, bytes_in_one = 600;
constexpr std::uint64_t read_cost = 5;
constexpr std::uint64_t lost_cost = 200;  // where nothing fits at all any more: rare in sources, long in what is none
constexpr std::uint64_t most = 352'000;
constexpr std::uint64_t usual_reads(std::uint64_t bytes, std::uint64_t chunk) { return bytes * 5 / (2 * chunk); }

std::uint64_t beyond(std::uint64_t taken, std::uint64_t usual) { return taken > usual ? taken - usual : 0; }

/// Small, so that tokens which reach far, or are read again and again, are seen.
constexpr std::size_t chunk = 256;

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
  std::uint64_t effort;
  std::uint64_t lookups_before = code_tree_lookups(), allocated_before = allocated;
  std::uint64_t hundreds = 0, lost = 0, reads = 0;
  std::uint32_t furthest = 0;
  bool stopped = false;

  bool too_much() {
    const std::uint64_t repairs =
        beyond(code_tree_lookups() - lookups_before, hundreds * usual_lookups) / lookups_in_one +
        beyond(allocated - allocated_before, hundreds * usual_bytes) / bytes_in_one +
        beyond(reads, usual_reads(furthest, chunk)) * read_cost + lost * lost_cost;
    stopped = stopped || repairs > effort || hundreds * operation_cost + repairs > most;
    return stopped;
  }
};

/// A single token may be read to the end of the text: whoever has no effort left is told that this is the end; but not
/// within a character, which the core asks for a second time and does not expect to be gone.
const char* read(void* payload, std::uint32_t byte, TSPoint, std::uint32_t* bytes_read) {
  Feed& feed = *static_cast<Feed*>(payload);
  ++feed.reads;
  const bool over = byte >= feed.text.size();
  const bool stop = feed.too_much() && (over || static_cast<unsigned char>(feed.text[byte]) < 0x80);
  *bytes_read = over || stop ? 0 : static_cast<std::uint32_t>(std::min(feed.text.size() - byte, chunk));
  return *bytes_read == 0 ? "" : feed.text.data() + byte;
}

/// Asked every hundred operations; true stops the parser.
bool too_much(TSParseState* state) {
  Feed& feed = *static_cast<Feed*>(state->payload);
  ++feed.hundreds;
  if (state->has_error) ++feed.lost;
  feed.furthest = std::max(feed.furthest, state->current_byte_offset);
  return feed.too_much();
}

}  // namespace

CodeTree parse_code(const TSLanguage* language, std::string_view text, std::uint32_t effort) {
  static const bool counting = (ts_set_allocator(counted_malloc, counted_calloc, counted_realloc, std::free), true);
  static_cast<void>(counting);
  const std::unique_ptr<TSParser, ParserDeleter> parser(ts_parser_new());
  if (!ts_parser_set_language(parser.get(), language)) return nullptr;
  Feed feed{.text = text, .effort = effort};
  const TSInput input{&feed, &read, TSInputEncodingUTF8, nullptr};
  CodeTree out(ts_parser_parse_with_options(parser.get(), nullptr, input, {&feed, &too_much}));
  return feed.stopped ? nullptr : std::move(out);
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
