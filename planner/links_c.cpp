// C and C++: a file sees what its includes declare, and a declaration is one symbol with its definition.
#include <algorithm>
#include <map>
#include <set>

#include "planner/include_closure.h"
#include "planner/links_rules.h"

namespace planner {
namespace {

using parsers::Definition;
using parsers::SymbolKind;

constexpr std::size_t most_ancestors = 256;
constexpr std::size_t most_mentions = 64;  // files that a body is looked for in, besides those with the header's name

bool is_type(SymbolKind kind) {
  return kind == SymbolKind::class_ || kind == SymbolKind::structure || kind == SymbolKind::type;
}

bool is_function(SymbolKind kind) {
  return kind == SymbolKind::function || kind == SymbolKind::method || kind == SymbolKind::constructor;
}

std::string_view stem_of(std::string_view path) {
  path.remove_prefix(path.rfind('/') + 1);
  return path.substr(0, path.find('.'));
}

std::string_view outer_name(std::string_view qualified) {
  const std::size_t dot = qualified.rfind('.');
  return dot == std::string_view::npos ? std::string_view() : qualified.substr(0, dot);
}

/// "ns.C.m" by "C.m".
bool ends_in(std::string_view qualified, std::string_view name) {
  return qualified.ends_with(name) &&
         (qualified.size() == name.size() || qualified[qualified.size() - name.size() - 1] == '.');
}

class CRules final : public LinkRules {
 public:
  explicit CRules(CodeNames& names) : LinkRules(names), closures_(names) {}

  Module module_of(CodeFileId from, const parsers::Import& import) override {
    const auto file = closures_.included(from, import.module, import.quoted);
    return file ? Module{.files = {*file}, .prefix = {}, .place = {}} : Module();
  }

  bool brings_names(const parsers::Import&) override { return false; }
  bool passes_on(CodeFileId, const parsers::Import&) override { return false; }
  OwnClass own_class(std::string_view receiver) override {
    return receiver == "this" ? OwnClass::both : OwnClass::none;
  }
  OwnClass bare_members(bool) override { return OwnClass::both; }

  std::vector<Site> seen(CodeFileId from, std::string_view name, std::string_view around) override {
    std::map<std::string, std::vector<Site>> groups;
    const bool chain = name.find('.') != std::string_view::npos;
    for (const CodeFileId file : mentioning(from, name.substr(name.rfind('.') + 1)))
      for (const std::uint32_t d : names().ending_in(file, name.substr(name.rfind('.') + 1))) {
        const Definition& definition = code().outline(file).definitions[d];
        if (!ends_in(definition.name, name) || (!chain && is_hidden(file, definition, around))) continue;
        groups[definition.name].push_back({file, d});
      }
    return nearest(std::move(groups), around);
  }

  std::vector<Site> members(CodeFileId from, std::string_view name) override {
    std::map<std::string, std::vector<Site>> groups;
    for (const CodeFileId file : mentioning(from, name))
      for (const std::uint32_t d : names().ending_in(file, name)) {
        const Definition& definition = code().outline(file).definitions[d];
        if (definition.kind == SymbolKind::method) groups[definition.name].push_back({file, d});
      }
    return groups.size() == 1 ? groups.begin()->second : std::vector<Site>();
  }

  /// Declarations and bodies; of a method what overrides it, because a call may reach that; of a class that is called
  /// its constructors.
  std::vector<Site> parts_of(const Site& site, const parsers::Reference& at) override {
    if (site.definition == parsers::no_definition) return {site};
    const Definition& definition = code().outline(site.file).definitions[site.definition];
    const bool created = is_type(definition.kind) && at.kind == parsers::Reference::Kind::call;
    if (!created && !is_function(definition.kind) && !is_type(definition.kind)) return {site};
    std::vector<Site>& out = parts_[{site, created}];
    if (!out.empty()) return out;
    std::vector<Site> found = {site};
    if (is_type(definition.kind))  // `typedef struct s s;` in a header
      for (const CodeFileId file : mentioning(site.file, definition.short_name()))
        for (const std::uint32_t d : names().defined(file, definition.name)) found.push_back({file, d});
    if (created) {
      const std::string constructor = definition.name + '.' + std::string(definition.short_name());
      for (const std::uint32_t d : names().defined(site.file, constructor)) add_halves({site.file, d}, found);
    } else if (is_function(definition.kind)) {
      add_halves(site, found);
      for (const Site& other : overrides(site, definition)) add_halves(other, found);
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return parts_[{site, created}] = std::move(found);
  }

 private:
  /// The files of the closure that mention the name.
  std::vector<CodeFileId> mentioning(CodeFileId from, std::string_view name) {
    std::vector<CodeFileId> out;
    const std::vector<CodeFileId>& all = names().mentioning(name);
    const std::vector<CodeFileId>& closure = closures_.of(from);
    std::set_intersection(all.begin(), all.end(), closure.begin(), closure.end(), std::back_inserter(out));
    return out;
  }

  /// Members have no meaning outside of their class without it; the names of a plain enumeration are of what is around
  /// that.
  bool is_hidden(CodeFileId file, const Definition& definition, std::string_view around) {
    if (definition.kind == SymbolKind::method || definition.kind == SymbolKind::constructor) return true;
    std::string_view outer = outer_name(definition.name);
    if (outer.empty() || around == outer || (around.starts_with(outer) && around[outer.size()] == '.')) return false;
    const auto kind_of = [&](std::string_view name) {
      const auto found = names().defined(file, name);
      return found.empty() ? SymbolKind::module_ : code().outline(file).definitions[found.front()].kind;
    };
    if (kind_of(outer) == SymbolKind::enumeration) outer = outer_name(outer);
    return is_type(kind_of(outer));
  }

  /// The symbol of the innermost namespace or class around that has one of the name; else the only one.
  static std::vector<Site> nearest(std::map<std::string, std::vector<Site>> groups, std::string_view around) {
    if (groups.size() == 1) return std::move(groups.begin()->second);
    const std::string* best = nullptr;
    for (const auto& [name, sites] : groups) {
      const std::string_view outer = outer_name(name);
      const bool here = outer.empty() || around == outer ||
                        (around.starts_with(outer) && around.size() > outer.size() && around[outer.size()] == '.');
      if (here && (best == nullptr || outer_name(*best).size() < outer.size())) best = &name;
    }
    return best == nullptr ? std::vector<Site>() : std::move(groups[*best]);
  }

  /// Files that may hold the other half: the closure of a body, the sources of a header's name, few that mention it.
  std::vector<CodeFileId> possible_parts(CodeFileId file, const Definition& definition) {
    const std::vector<CodeFileId>& all = names().mentioning(definition.short_name());
    std::vector<CodeFileId> out;
    const std::string_view stem = stem_of(names().path(file));
    for (const CodeFileId other : all) {
      if (other == file || !is_ours(other)) continue;
      if (all.size() > most_mentions && stem_of(names().path(other)) != stem) continue;
      if (closures_.includes(other, file) || closures_.includes(file, other)) out.push_back(other);
    }
    return out;
  }

  /// The definition with its declaration, wherever they are.
  void add_halves(const Site& site, std::vector<Site>& out) {
    out.push_back(site);
    const Definition& definition = code().outline(site.file).definitions[site.definition];
    for (const CodeFileId file : possible_parts(site.file, definition))
      for (const std::uint32_t d : names().defined(file, definition.name)) out.push_back({file, d});
  }

  /// Methods of that name in classes that extend the method's class.
  std::vector<Site> overrides(const Site& site, const Definition& method) {
    const std::string_view type = outer_name(method.name), name = method.short_name();
    const std::string_view type_name = type.substr(type.rfind('.') + 1);
    std::vector<Site> out;
    if (type.empty()) return out;
    const std::vector<CodeFileId> by_type = names().mentioning(type_name);
    const std::vector<CodeFileId>& by_name = names().mentioning(name);
    std::vector<CodeFileId> both;
    std::set_intersection(by_type.begin(), by_type.end(), by_name.begin(), by_name.end(), std::back_inserter(both));
    if (both.size() > most_mentions) return out;
    for (const CodeFileId file : both) {
      if (!is_ours(file)) continue;
      for (const std::uint32_t d : names().ending_in(file, name)) {
        const Definition& other = code().outline(file).definitions[d];
        if (Site{file, d} != site && is_function(other.kind) && other.name != method.name &&
            extends(file, outer_name(other.name), type))
          out.push_back({file, d});
      }
    }
    return out;
  }

  /// Whether a class that the file defines extends the other.
  bool extends(CodeFileId file, std::string_view type, std::string_view wanted) {
    for (const std::uint32_t d : names().defined(file, type)) {
      const std::set<std::string>& above = ancestors({file, d});
      if (above.contains(std::string(wanted))) return true;
    }
    return false;
  }

  /// The qualified names of what a class extends, at most 256, found through what its file includes.
  const std::set<std::string>& ancestors(const Site& type) {
    const auto [kept, fresh] = ancestors_.try_emplace(type);
    if (!fresh) return kept->second;
    std::set<std::string> out;
    std::vector<Site> open = {type};
    for (std::size_t at = 0; at < open.size() && at < most_ancestors; ++at) {
      const Definition& definition = code().outline(open[at].file).definitions[open[at].definition];
      for (const std::string& base : definition.bases)
        for (const Site& above : seen(open[at].file, base, outer_name(definition.name)))
          if (out.insert(code().outline(above.file).definitions[above.definition].name).second) open.push_back(above);
    }
    return ancestors_[type] = std::move(out);
  }

  bool is_ours(CodeFileId file) {
    const auto language = code().files()[file.index()].language;
    return language && (*language == parsers::Language::c || *language == parsers::Language::cpp);
  }

  IncludeClosures closures_;
  std::map<std::pair<Site, bool>, std::vector<Site>> parts_;
  std::map<Site, std::set<std::string>> ancestors_;
};

}  // namespace

std::unique_ptr<LinkRules> c_rules(CodeNames& names) { return std::make_unique<CRules>(names); }

}  // namespace planner
