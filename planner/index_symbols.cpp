#include "planner/index_symbols.h"

#include <algorithm>
#include <cctype>
#include <numeric>

namespace planner {
namespace {

constexpr std::size_t most_names = 5;

struct Written {
  std::string name;
  std::string parameters;
  bool has_parameters = false;
};

/// Without spacing, `::` and `#` as dots, parameters apart.
Written read(std::string_view symbol) {
  Written out;
  const std::size_t open = symbol.ends_with(')') ? symbol.find('(') : std::string_view::npos;
  std::string_view name = symbol.substr(0, open);
  if (open != std::string_view::npos) {
    out.has_parameters = true;
    for (const char c : symbol.substr(open + 1, symbol.size() - open - 2))
      if (std::isspace(static_cast<unsigned char>(c)) == 0) out.parameters += c;
  }
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (name.substr(i).starts_with("::")) {
      out.name += '.';
      ++i;
    } else {
      out.name += name[i] == '#' && i != 0 ? '.' : name[i];
    }
  }
  return out;
}

/// "C.f" ends in "f" and in "C.f", not in "".
bool ends_in(std::string_view name, std::string_view part) {
  return name == part || (!part.empty() && name.size() > part.size() && name.ends_with(part) &&
                          name[name.size() - part.size() - 1] == '.');
}

/// Edits between two names, letters' case for nothing (Levenshtein 1966); O(a b).
std::size_t distance(std::string_view a, std::string_view b) {
  const auto same = [](char x, char y) {
    return std::tolower(static_cast<unsigned char>(x)) == std::tolower(static_cast<unsigned char>(y));
  };
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (same(a[i - 1], b[j - 1]) ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

std::string_view last_part(std::string_view name) { return name.substr(name.rfind('.') + 1); }

UnknownSymbol nearest(const parsers::CodeOutline& outline, std::string_view name) {
  struct Near {
    std::size_t distance;
    std::string name;
    auto operator<=>(const Near&) const = default;
  };
  std::vector<Near> near;
  if (name.size() <= 200) {
    for (const parsers::Definition& d : outline.definitions) {
      if (d.name.size() > 200) continue;
      const std::size_t away = std::min(distance(name, d.name), distance(last_part(name), d.short_name()) + 1);
      if (away <= 1 + std::max(last_part(name).size(), d.short_name().size()) / 2) near.push_back({away, d.name});
    }
  }
  std::sort(near.begin(), near.end());
  UnknownSymbol out;
  for (const Near& n : near)
    if (out.names.size() < most_names && std::find(out.names.begin(), out.names.end(), n.name) == out.names.end())
      out.names.push_back(n.name);
  return out;
}

void add(std::vector<std::string>& out, const std::string& name) {
  if (std::find(out.begin(), out.end(), name) == out.end()) out.push_back(name);
}

}  // namespace

std::string qualified(std::string_view symbol) {
  const Written written = read(symbol);
  return written.has_parameters ? written.name + "(" + written.parameters + ")" : written.name;
}

SymbolLookup find_symbol(const parsers::CodeOutline& outline, std::string_view symbol) {
  const Written written = read(symbol);
  if (symbol == "<imports>") return FoundGap{std::string(symbol)};
  for (const parsers::Gap& gap : outline.gaps)
    if (gap.name == symbol || gap.name == written.name) return FoundGap{gap.name};
  std::vector<std::string> names;
  bool exact = false;
  for (const parsers::Definition& d : outline.definitions) {
    if (!ends_in(d.name, written.name)) continue;
    add(names, d.name);
    exact = exact || d.name == written.name;
  }
  if (exact) names = {written.name};
  if (names.size() > 1) {
    names.resize(std::min(names.size(), most_names));
    return UnknownSymbol{true, std::move(names)};
  }
  if (names.empty()) return nearest(outline, written.name);
  FoundSymbol found{{}, names[0]};
  UnknownSymbol others;
  for (std::uint32_t i = 0; i < outline.definitions.size(); ++i) {
    const parsers::Definition& d = outline.definitions[i];
    if (d.name != names[0]) continue;
    if (!written.has_parameters || d.parameters == written.parameters)
      found.definitions.push_back(i);
    else if (others.names.size() < most_names)
      add(others.names, d.name + "(" + d.parameters + ")");
  }
  if (found.definitions.empty()) return others;
  return found;
}

std::vector<std::string> places_of(const parsers::CodeOutline& outline, std::uint32_t definition) {
  const parsers::Definition& d = outline.definitions[definition];
  if (d.block) return {d.name};
  return places_at(outline, d.range.first_line, d.range.last_line);
}

std::vector<std::string> places_at(const parsers::CodeOutline& outline, std::uint32_t first_line,
                                   std::uint32_t last_line) {
  struct Place {
    std::uint32_t begin;
    const std::string* name;
  };
  std::vector<Place> touched;
  const auto touches = [&](const parsers::CodeRange& r) {
    return r.begin != r.end && r.first_line <= last_line && r.last_line >= first_line;
  };
  std::vector<bool> holds(outline.definitions.size(), false);
  for (const parsers::Definition& d : outline.definitions)
    if (d.block && d.container != parsers::no_definition) holds[d.container] = true;
  for (std::size_t i = 0; i < outline.definitions.size(); ++i) {
    const parsers::Definition& d = outline.definitions[i];
    if (d.block && !holds[i] && touches(d.range)) touched.push_back({d.range.begin, &d.name});
  }
  for (const parsers::Gap& gap : outline.gaps)
    if (touches(gap.range)) touched.push_back({gap.range.begin, &gap.name});
  std::sort(touched.begin(), touched.end(), [](const Place& a, const Place& b) { return a.begin < b.begin; });
  std::vector<std::string> out;
  for (const Place& place : touched) add(out, *place.name);
  return out;
}

}  // namespace planner
