#include "planner/links_binding.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace planner {
namespace {

using parsers::Definition;
using parsers::Import;
using parsers::Reference;
using parsers::SymbolKind;
using Kind = Meaning::Kind;

constexpr unsigned most_hops = 8;
constexpr std::size_t most_steps = 4096;   // of one search
constexpr std::size_t most_sites = 64;     // of one name, in one file: overloads, and what conditions choose from
constexpr unsigned most_scopes = 64;       // of one name that end before a place
constexpr std::size_t most_classes = 256;  // that one member is looked for in

/// Members of it may be named through it.
bool holds_members(SymbolKind kind) {
  return kind != SymbolKind::function && kind != SymbolKind::method && kind != SymbolKind::constructor &&
         kind != SymbolKind::macro && kind != SymbolKind::field;
}

bool is_type(SymbolKind kind) {
  return kind == SymbolKind::class_ || kind == SymbolKind::structure || kind == SymbolKind::trait ||
         kind == SymbolKind::interface || kind == SymbolKind::enumeration;
}

/// After the name of the class: what decorates it does not know its members.
bool inside(const Definition& type, const Reference& at) {
  return at.line > type.line || (at.line == type.line && at.column > type.column);
}

std::span<const std::uint32_t> first_of(std::span<const std::uint32_t> all) {
  return all.first(std::min(all.size(), most_sites));
}

std::string dotted(std::string_view a, std::string_view b) {
  std::string out(a);
  if (!out.empty()) out += '.';
  return out += b;
}

/// "a.b" of "a.b.c", "" of "c".
std::string_view outer_name(std::string_view qualified) {
  const std::size_t dot = qualified.rfind('.');
  return dot == std::string_view::npos ? std::string_view() : qualified.substr(0, dot);
}

}  // namespace

/// The scopes in which a file binds each name locally.
struct Binder::Locals {
  struct Scope {
    const parsers::LocalName* local = nullptr;
    std::uint32_t furthest = 0;  // where the last of this and the earlier scopes ends
  };
  std::unordered_map<std::string_view, std::vector<Scope>> scopes;

  explicit Locals(const parsers::CodeOutline& outline) {
    for (const parsers::LocalName& local : outline.locals) {
      std::vector<Scope>& own = scopes[local.name];
      own.push_back({&local, std::max(local.end, own.empty() ? 0 : own.back().furthest)});
    }
  }
  /// The innermost that covers the byte; after many that do not, a local without a type.
  const std::string* type(std::string_view name, std::uint32_t byte) const {
    static const std::string nothing;
    const auto own = scopes.find(name);
    if (own == scopes.end()) return nullptr;
    auto at = std::upper_bound(own->second.begin(), own->second.end(), byte,
                               [](std::uint32_t b, const Scope& s) { return b < s.local->begin; });
    for (unsigned tries = 0; at != own->second.begin() && (--at)->furthest > byte; ++tries)
      if (at->local->end > byte || tries == most_scopes) return tries == most_scopes ? &nothing : &at->local->type;
    return nullptr;
  }
};

/// Counts how deep types are looked up for the sake of other types.
struct Binder::Typing {
  explicit Typing(unsigned& depth) : depth_(depth) { ++depth_; }
  ~Typing() { --depth_; }
  Typing(const Typing&) = delete;
  Typing& operator=(const Typing&) = delete;
  unsigned& depth_;
};

/// A module in which a name is looked for.
struct Binder::Step {
  Module module = {};
  std::string name = {};
  unsigned hops = 0;
  bool own = false;  // from inside the file: with all that it imports, whether it passes it on or not
  std::uint32_t via_line = 0;
};

void Binder::forget() {
  locals_.clear();
  of_file_.clear();
  names_.forget();
}

LinkRules* Binder::rules(CodeFileId file) {
  const auto language = names_.code().files()[file.index()].language;
  const MakeLinkRules make = language ? rules_of(*language) : nullptr;
  if (make == nullptr) return nullptr;
  std::unique_ptr<LinkRules>& kept = rules_[make];
  if (kept == nullptr) kept = make(names_);
  return kept.get();
}

bool Binder::related(CodeFileId a, CodeFileId b) const {
  const auto& files = names_.code().files();
  const auto &x = files[a.index()].language, &y = files[b.index()].language;
  return x && y && (x == y || (rules_of(*x) != nullptr && rules_of(*x) == rules_of(*y)));
}

const std::string* Binder::local(CodeFileId file, std::string_view name, std::uint32_t byte) {
  std::shared_ptr<Locals>& kept = locals_[file.value];
  if (kept == nullptr) kept = std::make_shared<Locals>(outline(file));
  return kept->type(name, byte);
}

const Module& Binder::module_of(CodeFileId file, std::uint32_t import) {
  const auto [at, fresh] = modules_.try_emplace((std::uint64_t{file.value} << 32U) | import);
  if (fresh)
    if (LinkRules* own = rules(file)) {
      Module found = own->module_of(file, outline(file).imports[import]);
      return modules_[(std::uint64_t{file.value} << 32U) | import] = std::move(found);
    }
  return at->second;
}

Meaning Binder::of(CodeFileId file, const Reference& r) {
  if (r.kind == Reference::Kind::import) return in_import(file, r);
  if (r.receiver.empty()) return bare(file, r.name, r);
  if (r.receiver == "?") return {.kind = Kind::value};
  return chain(file, r.receiver + "." + r.name, r);
}

/// A name in an import statement: what the import takes, under the name it has there or here.
Meaning Binder::in_import(CodeFileId file, const Reference& r) {
  for (const bool alias : {false, true}) {
    const auto& imports = outline(file).imports;
    const auto first = std::lower_bound(imports.begin(), imports.end(), r.line,
                                        [](const Import& i, std::uint32_t line) { return i.line < line; });
    for (auto at = first; at != imports.end() && at->line == r.line; ++at) {
      if (!at->name.empty() && (alias ? at->alias : at->name) == r.name)
        return of_import(file, static_cast<std::uint32_t>(at - imports.begin()));
    }
  }
  return {};
}

Meaning Binder::of_import(CodeFileId file, std::uint32_t position) {
  const Import& import = outline(file).imports[position];
  Meaning found;
  std::vector<Step> next;
  if (import.name != "*")
    follow({.module = {}, .name = {}, .hops = most_hops + 1, .own = true, .via_line = 0}, file, position, found, next);
  if (!next.empty()) found = search(rules(file), std::move(next.front()));
  if (found.known() && found.grade == Grade::exact && (found.sites.empty() || found.sites.front().file != file))
    found.grade = Grade::imported;
  return found;
}

Meaning Binder::chain(CodeFileId file, std::string_view dotted_name, const Reference& at) {
  std::size_t end = dotted_name.find('.');
  const std::string_view head = dotted_name.substr(0, end);
  LinkRules* own = rules(file);
  Meaning meaning;
  const OwnClass around = own == nullptr ? OwnClass::none : own->own_class(head);
  if (around != OwnClass::none) {
    meaning = own_class(file, at);
    if (meaning.kind == Kind::unbound) meaning.kind = Kind::value;
  } else {
    meaning = bare(file, head, at);
    if (meaning.kind == Kind::value && own != nullptr)
      if (const std::string* type = local(file, head, at.byte); type != nullptr && !type->empty()) {
        meaning = type_named(file, *type, at);
        if (meaning.kind == Kind::unbound) meaning.kind = Kind::foreign;
        meaning.grade = std::max(meaning.grade, own->of_declared_type());
      }
    // Where things of other packages need no import: the longest chain that has a meaning.
    if (own != nullptr && meaning.kind == Kind::unbound)
      for (std::size_t cut = dotted_name.size(); cut != std::string_view::npos && cut > head.size();
           cut = dotted_name.rfind('.', cut - 1)) {
        const Meaning& whole = of_file(file, dotted_name.substr(0, cut), at);
        if (!whole.known()) continue;
        meaning = whole;
        end = cut == dotted_name.size() ? std::string_view::npos : cut;
        break;
      }
  }
  bool first = true;
  while (end != std::string_view::npos) {
    const std::size_t next = dotted_name.find('.', end + 1);
    const std::string_view part = dotted_name.substr(end + 1, next == std::string_view::npos ? next : next - end - 1);
    end = next;
    const bool last = next == std::string_view::npos;
    if (meaning.kind == Kind::foreign) return meaning;
    if (!meaning.known()) return {.kind = Kind::value};
    if (around == OwnClass::inherited && first && !meaning.sites.empty()) {
      Meaning found = inherited(meaning.sites.front(), part);
      if (found.known() && found.grade == Grade::exact && found.sites.front().file != file)
        found.grade = Grade::imported;
      meaning = std::move(found);
    } else {
      meaning = member(file, meaning, part);
    }
    first = false;
    if (!last && meaning.kind != Kind::known && meaning.module.empty()) return {.kind = Kind::value};
  }
  return meaning;
}

Meaning Binder::bare(CodeFileId file, std::string_view name, const Reference& at) {
  const auto& imports = outline(file).imports;
  for (const std::uint32_t i : names_.brought(file, name)) {
    const Import& import = imports[i];
    if (import.end == 0 || at.byte < import.begin || at.byte >= import.end) continue;
    return of_import(file, i);
  }
  if (local(file, name, at.byte) != nullptr) return {.kind = Kind::value};
  if (Meaning found = around(file, name, at); found.known()) return found;
  return of_file(file, name, at);
}

/// As a name of what stands around: of the class, where that needs no receiver, of a namespace or inline module.
Meaning Binder::around(CodeFileId file, std::string_view name, const Reference& at) {
  if (at.enclosing == parsers::no_definition) return {};
  LinkRules* own = rules(file);
  const std::string& innermost = outline(file).definitions[at.enclosing].name;
  for (std::string_view prefix = innermost; !prefix.empty(); prefix = outer_name(prefix)) {
    const auto here = names_.defined(file, prefix);
    const bool type = !here.empty() && is_type(outline(file).definitions[here.front()].kind);
    if (!here.empty() && !type && outline(file).definitions[here.front()].kind != SymbolKind::module_) continue;
    const OwnClass members = own == nullptr ? OwnClass::none : own->bare_members(prefix.size() == innermost.size());
    if (type && (members == OwnClass::none || !inside(outline(file).definitions[here.front()], at))) continue;
    if (name == prefix.substr(prefix.rfind('.') + 1)) continue;  // the class rather than its constructor
    const auto own_names = names_.defined(file, dotted(prefix, name));
    if (!own_names.empty()) {
      Meaning found{.kind = Kind::known};
      for (const std::uint32_t d : first_of(own_names)) found.sites.push_back({file, d});
      return found;
    }
    if (members != OwnClass::both) continue;
    Meaning whole{.kind = Kind::known};
    if (type)
      whole.sites = {{file, here.front()}};
    else
      whole = of_file(file, prefix, at);
    if (!whole.known() || whole.sites.empty()) continue;
    if (Meaning found = member(file, whole, name); found.known()) return found;
  }
  return {};
}

Meaning Binder::own_class(CodeFileId file, const Reference& at) {
  if (at.enclosing == parsers::no_definition) return {};
  for (std::string_view prefix = outline(file).definitions[at.enclosing].name; !prefix.empty();
       prefix = outer_name(prefix)) {
    const auto here = names_.defined(file, prefix);
    for (const std::uint32_t d : here)
      if (is_type(outline(file).definitions[d].kind)) return {.kind = Kind::known, .sites = {{file, d}}};
    if (!here.empty()) continue;
    const Meaning& whole = of_file(file, prefix, at);
    if (whole.known() && !whole.sites.empty() && is_type(definition(whole.sites.front()).kind)) return whole;
  }
  return {};
}

std::string_view Binder::place_of(CodeFileId file, const Reference& at) {
  if (at.enclosing == parsers::no_definition) return {};
  const Definition& d = outline(file).definitions[at.enclosing];
  return holds_members(d.kind) ? std::string_view(d.name) : outer_name(d.name);
}

const Meaning& Binder::of_file(CodeFileId file, std::string_view name, const Reference& at) {
  auto& kept = of_file_[file.value];
  const auto [whole, fresh] = kept.try_emplace(std::string(name));
  if (fresh) {
    Meaning meaning = search(rules(file), {.module = {.files = {file}, .prefix = {}, .place = {}},
                                           .name = std::string(name),
                                           .hops = most_hops + 1,
                                           .own = true});
    if (meaning.known() && (meaning.sites.empty() || meaning.sites.front().file != file))
      meaning.grade = Grade::imported;
    whole->second = std::move(meaning);
  }
  LinkRules* own = rules(file);
  if (whole->second.kind != Kind::unbound || own == nullptr) return whole->second;
  const std::string_view place = place_of(file, at);
  const auto [here, unseen] = kept.try_emplace(std::string(name) + '\n' + std::string(place));
  if (unseen) {
    here->second.sites = own->seen(file, name, place);
    std::sort(here->second.sites.begin(), here->second.sites.end());
    if (!here->second.sites.empty()) {
      here->second.kind = Kind::known;
      here->second.grade = Grade::package;
    }
  }
  return here->second;
}

Meaning Binder::type_named(CodeFileId file, std::string_view dotted_name, const Reference& at) {
  if (typing_ == most_hops) return {.kind = Kind::value};
  const Typing here(typing_);
  std::size_t end = dotted_name.find('.');
  Meaning found = bare(file, dotted_name.substr(0, end), at);
  if (found.kind == Kind::unbound && end != std::string_view::npos) {
    found = of_file(file, dotted_name, at);
    end = std::string_view::npos;
  }
  while (found.known() && end != std::string_view::npos) {
    const std::size_t next = dotted_name.find('.', end + 1);
    found =
        member(file, found, dotted_name.substr(end + 1, next == std::string_view::npos ? next : next - end - 1), false);
    end = next;
  }
  if (found.kind == Kind::value) return {.kind = Kind::value};
  if (found.kind == Kind::unbound) return {};
  if (!found.known() || found.sites.empty()) return {.kind = Kind::foreign};
  // Of something that is no type, or of a type parameter, nothing is known; a variable may have the name of its type.
  std::erase_if(found.sites, [&](const Site& site) {
    return site.definition == parsers::no_definition || !is_type(definition(site).kind);
  });
  return found.sites.empty() ? Meaning{.kind = Kind::value} : found;
}

Meaning Binder::member(CodeFileId from, const Meaning& whole, std::string_view name, bool bases) {
  if (whole.sites.empty()) {
    Meaning found = search(rules(from), {.module = whole.module,
                                         .name = std::string(name),
                                         .hops = most_hops,
                                         .own = false,
                                         .via_line = whole.via_line});
    if (found.kind == Kind::unbound) found.kind = Kind::foreign;
    if (found.known() && found.grade == Grade::exact) found.grade = whole.grade;
    return found;
  }
  Meaning found{.kind = Kind::known, .sites = {}, .module = {}, .grade = whole.grade, .via_line = whole.via_line};
  bool value = false;
  for (const Site& site : whole.sites) {
    if (site.definition == parsers::no_definition) continue;
    const Definition& d = definition(site);
    value = value || !is_type(d.kind);
    if (!holds_members(d.kind)) continue;
    for (const std::uint32_t inside : first_of(names_.defined(site.file, dotted(d.name, name))))
      found.sites.push_back({site.file, inside});
    if (found.sites.empty() && is_type(d.kind)) add_enumerated(site, name, found.sites);
    if (LinkRules* own = rules(site.file); found.sites.empty() && own != nullptr)
      found.sites = own->more_members(site, name);
  }
  if (bases && found.sites.empty())
    for (const Site& site : whole.sites) {
      Meaning above = inherited(site, name);
      if (!above.known()) continue;
      above.grade = std::max(above.grade, whole.grade);
      if (above.grade == Grade::exact && above.sites.front().file != from) above.grade = Grade::imported;
      above.via_line = whole.via_line;
      return above;
    }
  if (LinkRules* own = rules(from); bases && found.sites.empty() && own != nullptr)
    for (const Site& site : whole.sites) {
      if (site.definition == parsers::no_definition || definition(site).type.empty()) continue;
      Reference at;  // the variable's own place
      at.byte = definition(site).range.begin;
      at.enclosing = definition(site).container;
      Meaning type = type_named(site.file, definition(site).type, at);
      // Declared but not seen there, it may be seen here: `class T; T* field;`
      if (type.kind == Kind::unbound) type = type_named(from, definition(site).type, {});
      if (type.kind == Kind::unbound) type.kind = Kind::foreign;
      if (type.kind == Kind::foreign) return type;
      if (!type.known()) continue;
      type.grade = std::max({type.grade, whole.grade, own->of_declared_type()});
      type.via_line = whole.via_line;
      return member(from, type, name);
    }
  if (found.sites.empty()) return {.kind = value ? Kind::value : Kind::foreign};
  std::sort(found.sites.begin(), found.sites.end());
  found.sites.erase(std::unique(found.sites.begin(), found.sites.end()), found.sites.end());
  return found;
}

/// `Token::KEY` of an enumeration in Token that needs no name of its own.
void Binder::add_enumerated(const Site& type, std::string_view name, std::vector<Site>& out) {
  for (const std::uint32_t d : names_.ending_in(type.file, name)) {
    const std::uint32_t around = outline(type.file).definitions[d].container;
    if (around == parsers::no_definition) continue;
    const Definition& enumeration = outline(type.file).definitions[around];
    if (enumeration.kind == SymbolKind::enumeration && enumeration.container == type.definition)
      out.push_back({type.file, d});
  }
}

/// Breadth first through what the type extends.
Meaning Binder::inherited(const Site& type, std::string_view name) {
  std::vector<Bases::Base> open = bases_of(type).found;
  std::set<Site> seen = {type};
  for (std::size_t at = 0; at < open.size() && at < most_classes; ++at) {
    const Bases::Base base = open[at];
    if (!seen.insert(base.site).second) continue;
    if (definition(base.site).short_name() == name) continue;  // its constructor
    const Meaning whole{.kind = Kind::known, .sites = {base.site}, .module = {}, .grade = base.grade, .via_line = 0};
    if (Meaning found = member(base.site.file, whole, name, false); found.known()) return found;
    for (Bases::Base further : bases_of(base.site).found) {
      further.grade = std::max(further.grade, base.grade);
      open.push_back(further);
    }
  }
  return {};
}

const Bases& Binder::bases_of(const Site& type) {
  if (const auto kept = bases_.find(type); kept != bases_.end()) return kept->second;
  Bases out;
  if (type.definition != parsers::no_definition) {
    const Definition& d = definition(type);
    Reference at;  // the line of the class, seen from what stands around it
    at.byte = d.range.begin;
    at.enclosing = d.container;
    for (const std::string& base : d.bases) {
      std::size_t end = base.find('.');
      Meaning found = local(type.file, base.substr(0, end), at.byte) != nullptr
                          ? Meaning()
                          : of_file(type.file, base.substr(0, end), at);
      while (found.known() && end != std::string::npos) {
        const std::size_t next = base.find('.', end + 1);
        found =
            member(type.file, found, base.substr(end + 1, next == std::string::npos ? next : next - end - 1), false);
        end = next;
      }
      if (!found.known() && end != std::string::npos) found = of_file(type.file, base, at);
      out.complete = out.complete && found.known() && !found.sites.empty();
      if (!found.known()) continue;
      for (const Site& site : found.sites)
        if (site != type && site.definition != parsers::no_definition) out.found.push_back({site, found.grade});
    }
  }
  return bases_[type] = std::move(out);
}

/// Breadth first through what imports pass on: the nearest meaning, and of equally near ones the first.
Meaning Binder::search(LinkRules* own, Step first) {
  std::vector<Step> open;
  open.push_back(std::move(first));
  std::set<std::tuple<std::uint32_t, std::string, std::string>> looked;
  bool foreign = false;
  for (std::size_t at = 0; at < open.size() && open.size() < most_steps; ++at) {
    const Step step = std::move(open[at]);
    Meaning found;
    found.via_line = step.via_line;
    std::vector<Step> next;
    bool explained = false;
    for (const CodeFileId file : step.module.files)
      if (looked.insert({file.value, step.module.prefix + (step.own ? "@" : ""), step.name}).second &&
          look_in(step, file, found, next)) {
        explained = true;
        break;
      }
    if (found.known()) return found;
    foreign = foreign || found.kind == Kind::foreign;
    if (!explained && own != nullptr && !step.own) {
      Module inner = own->inner(step.module, step.name);
      if (!inner.empty())
        return {.kind = Kind::known,
                .sites = {},
                .module = std::move(inner),
                .grade = Grade::exact,
                .via_line = step.via_line};
    }
    for (Step& further : next)
      if (further.hops > 0) open.push_back(std::move(further));
  }
  return {.kind = foreign ? Kind::foreign : Kind::unbound};
}

/// True: the file itself explains the name, be it by an import to follow.
bool Binder::look_in(const Step& step, CodeFileId file, Meaning& found, std::vector<Step>& next) {
  LinkRules* own = rules(file);
  const auto& imports = outline(file).imports;
  const std::string qualified = step.module.prefix + step.name;
  std::uint32_t defined_line = 0;
  bool only_variables = true;
  for (const std::uint32_t i : first_of(names_.defined(file, qualified))) {
    const Definition& d = outline(file).definitions[i];
    if (!step.own && own != nullptr && !own->visible(file, d)) continue;
    found.sites.push_back({file, i});
    defined_line = d.line;
    only_variables = only_variables && !d.block && (d.kind == SymbolKind::variable || d.kind == SymbolKind::field);
  }
  if (own == nullptr || !step.module.prefix.empty()) {
    if (!found.sites.empty()) found.kind = Kind::known;
    return !found.sites.empty();
  }
  bool imported = false;
  for (const std::uint32_t i : names_.brought(file, step.name)) {
    const Import& import = imports[i];
    if (import.end != 0 || (!step.own && !own->passes_on(file, import))) continue;
    if (step.own && !own->named_here(import)) continue;  // passed on without a name here
    if (!found.sites.empty() && !only_variables && import.line < defined_line) continue;      // the later one holds
    if (import.module.empty() && import.name == step.name && !found.sites.empty()) continue;  // `export {a}`
    imported = true;
    follow(step, file, i, found, next);
    if (found.kind == Kind::known) return true;
  }
  if (imported) {
    found.sites.clear();
    return true;
  }
  if (!found.sites.empty()) {
    found.kind = Kind::known;
    return true;
  }
  for (const std::uint32_t i : names_.brought_whole(file)) {
    const Import& import = imports[i];
    if (!own->brings_names(import) || (!step.own && !own->passes_on(file, import)) || step.name == "default") continue;
    const Module& module = module_of(file, i);
    if (!module.empty())
      next.push_back({.module = module,
                      .name = step.name,
                      .hops = step.hops - 1,
                      .own = false,
                      .via_line = step.via_line == 0 ? import.line : step.via_line});
  }
  return false;
}

void Binder::follow(const Step& step, CodeFileId file, std::uint32_t position, Meaning& found,
                    std::vector<Step>& next) {
  const Import& import = outline(file).imports[position];
  const std::uint32_t via = step.via_line == 0 ? import.line : step.via_line;
  if (import.module.empty()) {  // a name of this very file under another one
    next.push_back({.module = {.files = {file}, .prefix = {}, .place = {}},
                    .name = import.name,
                    .hops = step.hops - 1,
                    .own = true,
                    .via_line = via});
    return;
  }
  const Module& module = module_of(file, position);
  if (module.empty()) {
    found.kind = Kind::foreign;
  } else if (import.name.empty()) {
    found.kind = Kind::known;
    found.sites.clear();
    found.module = module;
    found.via_line = via;
  } else {
    next.push_back({.module = module, .name = import.name, .hops = step.hops - 1, .own = false, .via_line = via});
  }
}

}  // namespace planner
