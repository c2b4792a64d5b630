#include "planner/work_parts.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "parsers/code_outline.h"
#include "planner/index_symbols.h"
#include "planner/line_hunks.h"

namespace planner {
namespace {

using parsers::CodeOutline;

constexpr std::size_t most_compared = 500;

bool is_blank(std::string_view line) { return line.find_first_not_of(" \t\f\v") == std::string_view::npos; }

/// Collects the places that lines touch, each once.
class Touched {
 public:
  /// Blank lines apart: `count` lines from `first`.
  void add(const CodeOutline& outline, const std::vector<std::string_view>& lines, std::uint32_t first,
           std::uint32_t count) {
    for (std::uint32_t line = first; line < first + count; ++line) {
      if (line > lines.size() || is_blank(lines[line - 1])) continue;
      std::uint32_t last = line;
      while (last + 1 < first + count && last < lines.size() && !is_blank(lines[last])) ++last;
      add_range(outline, line, last);
      line = last;
    }
  }
  std::vector<FileParts::Place> places;

 private:
  void add_range(const CodeOutline& outline, std::uint32_t first, std::uint32_t last) {
    for (std::string& name : places_at(outline, first, last)) {
      if (std::any_of(places.begin(), places.end(), [&](const FileParts::Place& p) { return p.name == name; }))
        continue;
      // The first line of the range that is in it.
      std::uint32_t line = first;
      while (line < last) {
        const std::vector<std::string> here = places_at(outline, line, line);
        if (std::find(here.begin(), here.end(), name) != here.end()) break;
        ++line;
      }
      places.push_back({std::move(name), line});
    }
  }
};

/// "C.f" of "<after C.f>" and "<in C.f>"; empty for the other gaps.
std::string_view neighbour(std::string_view gap) {
  for (const std::string_view kind : {std::string_view("<after "), std::string_view("<in ")})
    if (gap.starts_with(kind) && gap.ends_with('>')) return gap.substr(kind.size(), gap.size() - kind.size() - 1);
  return {};
}

/// Does a symbol of that qualified name hold the place? The gap behind it lies outside of it.
bool holds(std::string_view symbol, std::string_view place) {
  if (!place.starts_with('<')) return encloses(symbol, place);
  const std::string_view near = neighbour(place);
  if (near.empty()) return false;
  return encloses(symbol, near) && (symbol != near || place.starts_with("<in "));
}

/// What a written symbol means in one version of the file.
struct Meaning {
  std::vector<std::string> names;   ///< of symbols
  std::vector<std::string> places;  ///< gaps that it is, or that a variable lies in
  bool exists = false;
};

Meaning meaning_of(const CodeOutline& outline, const std::string& symbol) {
  Meaning out;
  const SymbolLookup found = find_symbol(outline, symbol);
  if (const auto* gap = std::get_if<FoundGap>(&found)) {
    out.places.push_back(gap->name);
    out.exists = true;
  } else if (const auto* one = std::get_if<FoundSymbol>(&found)) {
    out.names.push_back(one->name);
    out.exists = true;
    for (const std::uint32_t d : one->definitions)
      for (std::string& place : places_of(outline, d))
        if (place.starts_with('<')) out.places.push_back(std::move(place));
  } else if (std::get<UnknownSymbol>(found).ambiguous) {
    out.names = std::get<UnknownSymbol>(found).names;
    out.exists = true;
  }
  return out;
}

SymbolTouch touch_of(const std::string& symbol, const CodeOutline& before, const CodeOutline& after,
                     const std::vector<FileParts::Place>& places) {
  const std::array meanings{meaning_of(before, symbol), meaning_of(after, symbol)};
  SymbolTouch out{meanings[0].exists, meanings[1].exists, {}};
  for (std::size_t i = 0; i < places.size(); ++i) {
    const std::string& place = places[i].name;
    bool covered = place == symbol || (!out.before && !out.after && encloses(symbol, place));
    for (const Meaning& meaning : meanings) {
      covered = covered || std::find(meaning.places.begin(), meaning.places.end(), place) != meaning.places.end() ||
                std::any_of(meaning.names.begin(), meaning.names.end(),
                            [&](const std::string& name) { return holds(name, place); });
    }
    if (covered) out.places.insert(i);
  }
  return out;
}

/// Symbols that anybody names, by path.
std::map<std::string, std::set<std::string>> symbols_of_interest(const Orders& orders) {
  std::map<std::string, std::set<std::string>> out;
  const auto add = [&](const Resource& resource) {
    if (resource.kind == Resource::Kind::symbol) out[std::string(resource.path())].emplace(resource.symbol());
  };
  for (const Order& order : orders.list) {
    for (const auto* set : {&order.write, &order.read})
      if (*set)
        for (const Entry& entry : **set) {
          add(entry.resource);
          if (entry.resource.kind == Resource::Kind::symbol && !entry.after.empty())
            out[std::string(entry.resource.path())].insert(entry.after);
        }
    for (const auto* set : {&order.do_not_touch, &order.permits})
      for (const Entry& entry : *set) add(entry.resource);
  }
  for (const Resource& resource : orders.rules.removed) add(resource);
  return out;
}

bool is_text_change(const Change& change) {
  return change.kind == Change::Kind::modified && change.old_blob != change.new_blob &&
         is_regular_file(change.old_mode) && is_regular_file(change.new_mode);
}

const std::string* side(const Contents& contents, const ObjectId& blob) {
  static const std::string nothing;
  if (blob.empty()) return &nothing;
  const auto found = contents.find(blob);
  return found == contents.end() || !found->second ? nullptr : &*found->second;
}

/// No other commit came between those that changed the path.
bool follow_each_other(const std::vector<Change>& steps, const std::string& path) {
  const Change* last = nullptr;
  for (const Change& step : steps) {
    if (step.path != path) continue;
    if (last && last->new_blob != step.old_blob) return false;
    last = &step;
  }
  return true;
}

FileParts parts_of(const Change& change, const Contents& contents, const std::set<std::string>& symbols) {
  const std::string *before = side(contents, change.old_blob), *after = side(contents, change.new_blob);
  if (before && after) return planner::parts_of(change.path, *before, *after, symbols);
  FileParts out;
  out.why_not = "it is too large to be looked into, or not a file";
  return out;
}

}  // namespace

FileParts parts_of(std::string_view path, std::string_view before, std::string_view after,
                   const std::set<std::string>& symbols) {
  FileParts out;
  const auto language = parsers::language_of(path);
  if (!language) {
    out.why_not = "no parser knows its language";
    return out;
  }
  const CodeOutline old_outline = parsers::outline(*language, before), new_outline = parsers::outline(*language, after);
  for (const CodeOutline* outline : {&old_outline, &new_outline})
    if (outline->status != parsers::OutlineStatus::parsed) {
      out.why_not = outline->status == parsers::OutlineStatus::degraded
                        ? std::string("it has errors of syntax")
                        : fmt::format("it could not be parsed: {}", to_string(outline->status));
      if (!outline->proven()) return out;
    }
  const std::vector<std::string_view> old_lines = lines_in(before), new_lines = lines_in(after);
  const auto hunks = line_diff(old_lines, new_lines);
  if (!hunks) {
    out.why_not = "too much of it changed";
    return out;
  }
  Touched touched;
  for (const LineHunk& hunk : *hunks) {
    touched.add(new_outline, new_lines, hunk.new_first, hunk.new_count);
    touched.add(old_outline, old_lines, hunk.old_first, hunk.old_count);
  }
  out.places = std::move(touched.places);
  // Where the parser stumbled, borders are a guess: what lies apart from it is known all the same.
  const auto guessed = [&](const CodeOutline& outline) {
    return std::any_of(outline.definitions.begin(), outline.definitions.end(), [&](const parsers::Definition& d) {
      return d.degraded && std::any_of(out.places.begin(), out.places.end(), [&](const FileParts::Place& place) {
               return encloses(d.name, place.gap() ? neighbour(place.name) : std::string_view(place.name));
             });
    });
  };
  out.known = out.why_not.empty() || (!guessed(old_outline) && !guessed(new_outline));
  for (const std::string& symbol : symbols)
    out.symbols.emplace(symbol, touch_of(symbol, old_outline, new_outline, out.places));
  return out;
}

Result<void> look_into_files(Repository& repository, const Orders& orders, const std::vector<Change>& steps,
                             Work& work) {
  const auto interesting = symbols_of_interest(orders);
  std::vector<const Change*> compared, theirs;
  for (const Change& change : work.changes) {
    const bool wanted = interesting.contains(change.path);
    if (wanted || (is_text_change(change) && compared.size() < most_compared)) compared.push_back(&change);
  }
  for (const Change& change : work.meanwhile)
    if (interesting.contains(change.path)) theirs.push_back(&change);
  if (compared.empty() && theirs.empty()) return {};
  const Result<Contents> contents = contents_of(repository, work, compared, theirs);
  if (!contents) return tl::make_unexpected(contents.error());
  for (const Change* change : compared) {
    if (!follow_each_other(steps, change->path)) {
      if (interesting.contains(change->path))
        work.parts[change->path].why_not = "commits of others changed it in between";
      continue;
    }
    const std::string *before = side(*contents, change->old_blob), *after = side(*contents, change->new_blob);
    if (is_text_change(*change) && before && after && line_ends_only(*before, *after))
      work.ends_only.insert(change->path);
    if (const auto wanted = interesting.find(change->path); wanted != interesting.end())
      work.parts.emplace(change->path, parts_of(*change, *contents, wanted->second));
  }
  for (const Change* change : theirs)
    work.meanwhile_parts.emplace(change->path, parts_of(*change, *contents, interesting.at(change->path)));
  return {};
}

}  // namespace planner
