#include "planner/symbol_cover.h"

#include <algorithm>
#include <cstdlib>

#include "planner/resource.h"

namespace planner {
namespace {

using parsers::CodeOutline;
using parsers::CodeRange;
using parsers::Definition;

bool is_gap(std::string_view name) { return name.starts_with('<'); }

/// The leaf blocks and gaps of a file, in their order.
class Partition {
 public:
  explicit Partition(const CodeOutline& outline) : outline_(outline) {
    std::vector<bool> holds(outline.definitions.size(), false);
    for (const Definition& d : outline.definitions)
      if (d.block && d.container != parsers::no_definition) holds[d.container] = true;
    for (std::size_t i = 0; i < outline.definitions.size(); ++i)
      if (outline.definitions[i].block && !holds[i]) leaves_.push_back(outline.definitions[i].range.begin);
    std::sort(leaves_.begin(), leaves_.end());
  }

  Stretch block(const Definition& d) const {
    return {d.name, d.range.begin, d.range.end, 2 * blocks_until(d.range.begin),
            std::max(2 * blocks_until(d.range.begin), 2 * blocks_until(d.range.end) - 2)};
  }
  Stretch gap(const std::string& name, const CodeRange& range) const {
    const std::int32_t ordinal = 2 * blocks_until(range.begin) - 1;
    return {name, range.begin, range.end, ordinal, ordinal};
  }
  /// The text of one definition that is no block: it lies where its gap lies.
  Stretch part(const Definition& d) const {
    const std::int32_t ordinal = 2 * blocks_until(d.range.begin) - 1;
    return {d.name, d.range.begin, d.range.end, ordinal, ordinal};
  }

  /// All pieces of the gap; one without text where it has none yet.
  std::vector<Stretch> gaps(const std::string& name, std::uint32_t otherwise_at) const {
    std::vector<Stretch> out;
    for (const parsers::Gap& g : outline_.gaps)
      if (g.name == name) out.push_back(gap(name, g.range));
    if (out.empty()) out.push_back(gap(name, {otherwise_at, otherwise_at, 1, 1}));
    return out;
  }

 private:
  /// Leaf blocks that begin before `at`.
  std::int32_t blocks_until(std::uint32_t at) const {
    return static_cast<std::int32_t>(std::lower_bound(leaves_.begin(), leaves_.end(), at) - leaves_.begin());
  }

  const CodeOutline& outline_;
  std::vector<std::uint32_t> leaves_;
};

void append(std::vector<Stretch>& out, std::vector<Stretch> more) {
  for (Stretch& s : more)
    if (std::find(out.begin(), out.end(), s) == out.end()) out.push_back(std::move(s));
}

/// Where an edit of a definition happens.
std::vector<Stretch> places(const CodeOutline& outline, const Partition& partition, std::uint32_t definition) {
  const Definition& d = outline.definitions[definition];
  if (d.block) return {partition.block(d)};
  std::vector<Stretch> out;
  for (const std::string& name : places_of(outline, definition)) {
    if (is_gap(name)) {
      append(out, partition.gaps(name, d.range.begin));
      continue;
    }
    for (const Definition& other : outline.definitions)
      if (other.block && other.name == name) append(out, {partition.block(other)});
  }
  return out;
}

SymbolCover found(const CodeOutline& outline, const Partition& partition, const FoundSymbol& symbol, std::string name) {
  SymbolCover cover;
  cover.name = std::move(name);
  for (const std::uint32_t i : symbol.definitions) {
    const Definition& d = outline.definitions[i];
    if (d.degraded) return {false, "it overlaps text that could not be parsed", false, false, cover.name, {}, {}};
    append(cover.exact, {d.block ? partition.block(d) : partition.part(d)});
    append(cover.places, places(outline, partition, i));
  }
  cover.proven = true;
  return cover;
}

std::variant<SymbolCover, UnknownSymbol> to_be_created(const CodeOutline& outline, const Partition& partition,
                                                       std::string_view symbol, std::string_view after) {
  SymbolCover cover{true, "", true, after.empty(), qualified(symbol), {}, {}};
  if (after.empty()) {
    for (const parsers::Gap& gap : outline.gaps) append(cover.places, {partition.gap(gap.name, gap.range)});
  } else {
    const SymbolLookup place = find_symbol(outline, after);
    if (const auto* unknown = std::get_if<UnknownSymbol>(&place)) return *unknown;
    if (const auto* gap = std::get_if<FoundGap>(&place)) {
      append(cover.places, partition.gaps(gap->name, 0));
    } else {
      const FoundSymbol& before = std::get<FoundSymbol>(place);
      const Definition& last = outline.definitions[before.definitions.back()];
      if (last.degraded) return SymbolCover{false, "what it goes behind could not be parsed", true, false, "", {}, {}};
      if (last.block)
        append(cover.places, partition.gaps("<after " + last.name + ">", last.range.end));
      else
        append(cover.places, places(outline, partition, before.definitions.back()));
    }
  }
  cover.exact = cover.places;
  return cover;
}

bool meet(const Stretch& a, const Stretch& b) {
  if (is_gap(a.name) && a.name == b.name) return true;
  if (a.begin == a.end || b.begin == b.end) {
    // A gap without text lies inside of a container, and beside of everything else.
    const Stretch &point = a.begin == a.end ? a : b, &other = a.begin == a.end ? b : a;
    return other.begin < point.begin && point.begin < other.end;
  }
  return std::max(a.begin, b.begin) < std::min(a.end, b.end);
}

const Stretch* first_meeting(const std::vector<Stretch>& a, const std::vector<Stretch>& b) {
  for (const Stretch& x : a)
    for (const Stretch& y : b)
      if (meet(x, y)) return x.end - x.begin <= y.end - y.begin ? &x : &y;
  return nullptr;
}

}  // namespace

std::variant<SymbolCover, UnknownSymbol> cover_of(const CodeOutline& outline, std::string_view symbol, bool created,
                                                  std::string_view after) {
  if (!outline.proven())
    return SymbolCover{false, std::string(to_string(outline.status)), created, false, qualified(symbol), {}, {}};
  const Partition partition(outline);
  SymbolLookup lookup = find_symbol(outline, symbol);
  if (const auto* known = std::get_if<FoundSymbol>(&lookup)) {
    const bool overload = symbol.ends_with(')');
    return found(outline, partition, *known, overload ? qualified(symbol) : known->name);
  }
  if (const auto* gap = std::get_if<FoundGap>(&lookup)) {
    std::vector<Stretch> pieces = partition.gaps(gap->name, 0);
    return SymbolCover{true, "", false, false, gap->name, pieces, pieces};
  }
  if (created) return to_be_created(outline, partition, symbol, after);
  return std::get<UnknownSymbol>(std::move(lookup));
}

std::optional<std::string> shared_place(const SymbolCover& a, const SymbolCover& b) {
  if (encloses(a.name, b.name)) return b.name;
  if (encloses(b.name, a.name)) return a.name;
  const Stretch* shared = first_meeting(a.places, b.places);
  return shared ? std::optional(shared->name) : std::nullopt;
}

bool reads_what_changes(const SymbolCover& reader, const SymbolCover& writer) {
  return encloses(reader.name, writer.name) || encloses(writer.name, reader.name) ||
         first_meeting(reader.exact, writer.exact) != nullptr;
}

bool adjacent(const SymbolCover& a, const SymbolCover& b) {
  for (const Stretch& x : a.places)
    for (const Stretch& y : b.places) {
      const std::int32_t between = x.last < y.first ? y.first - x.last : x.first - y.last;
      const bool gap = is_gap(x.name) || is_gap(y.name);
      if (std::abs(between) <= (gap ? 1 : 2)) return true;
    }
  return false;
}

}  // namespace planner
