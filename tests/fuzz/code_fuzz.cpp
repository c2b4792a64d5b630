// Whatever bytes, in whatever language: the outline ends and names only places that exist, the names of the lexical
// tier hold whatever the parser refers to, and records say exactly what was written.
//
// Short texts are read in every language, longer ones in one that their length picks: a mutation is likely to change
// it.
#include <algorithm>
#include <cctype>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/code_identifiers.h"
#include "parsers/code_outline.h"
#include "planner/index_names.h"
#include "planner/index_records.h"

namespace {

constexpr std::size_t short_text = 400;

void expect(bool holds) {
  if (!holds) std::abort();
}

void exists(const parsers::CodeRange& range, std::size_t size) {
  expect(range.begin <= range.end && range.end <= size);
  expect(range.first_line != 0 && range.first_line <= range.last_line);
}

void check_places(const parsers::CodeOutline& outline, std::size_t size) {
  const auto block = [&](std::uint32_t at) { return at == parsers::no_definition || at < outline.definitions.size(); };
  for (const parsers::Definition& definition : outline.definitions) {
    exists(definition.range, size);
    expect(definition.line != 0 && definition.column != 0 && block(definition.container));
  }
  for (const parsers::Gap& gap : outline.gaps) exists(gap.range, size);
  for (const parsers::CodeRange& error : outline.errors) exists(error, size);
  for (const parsers::Reference& reference : outline.references)
    expect(reference.byte < size && reference.line != 0 && block(reference.enclosing));
  for (const parsers::Import& import : outline.imports) expect(import.line != 0 && import.end <= size);
  for (const parsers::LocalName& local : outline.locals) expect(local.begin <= local.end && local.end <= size);
}

/// Nothing that the parser refers to is missed by the lexical tier. `names`: sorted. Where the parser had to guess, it
/// may cut words in two, also where it only takes a mark for granted.
void check_names(const parsers::CodeOutline& outline, const std::vector<std::uint64_t>& names, std::string_view text) {
  if (!outline.errors.empty()) return;
  for (const parsers::Reference& reference : outline.references) {
    const auto before = static_cast<unsigned char>(reference.byte == 0 ? ' ' : text[reference.byte - 1]);
    if (std::isalnum(before) != 0 || before == '_') continue;
    const std::uint64_t hash = parsers::name_hash(reference.name);
    expect(hash == 0 || std::binary_search(names.begin(), names.end(), hash));
  }
}

void check_record(const parsers::CodeOutline& outline) {
  const std::string record = planner::record_of(outline);
  const auto read = planner::outline_in(record);
  expect(read.has_value() && planner::record_of(*read) == record);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string text;
  text.reserve(size);
  for (std::size_t i = 0; i < size; ++i) text += static_cast<char>(data[i]);

  std::vector<std::uint64_t> names;
  parsers::read_names(text, names);
  std::sort(names.begin(), names.end());
  for (std::size_t i = 0; i < parsers::language_count; ++i) {
    if (size > short_text && i != size % parsers::language_count) continue;
    const parsers::CodeOutline outline = parsers::outline(static_cast<parsers::Language>(i), text);
    check_places(outline, size);
    check_names(outline, names, text);
    check_record(outline);
  }

  // The cache is on a disk that anybody may have written.
  if (const auto read = planner::outline_in(text)) check_record(*read);
  if (const auto table = planner::NameTable::open(text, 1)) {
    std::vector<std::uint32_t> texts;
    table->mentioning(1, texts);
    for (const std::uint32_t one : texts) expect(one < table->texts());
  }
  return 0;
}
