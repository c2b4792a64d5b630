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

constexpr std::size_t most_mentions = 64;  // files that a body is looked for in, besides those with the header's name

bool is_type(SymbolKind kind) {
  return kind == SymbolKind::class_ || kind == SymbolKind::structure || kind == SymbolKind::type;
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

  std::vector<Site> seen(CodeFileId from, std::string_view name, const parsers::Reference& at) override {
    std::map<std::string, std::vector<Site>> groups;
    const bool chain = name.find('.') != std::string_view::npos;
    for (const CodeFileId file : mentioning(from, name.substr(name.rfind('.') + 1)))
      for (const std::uint32_t d : names().ending_in(file, name.substr(name.rfind('.') + 1))) {
        const Definition& definition = code().outline(file).definitions[d];
        if (!ends_in(definition.name, name) || (!chain && is_hidden(file, definition))) continue;
        groups[definition.name].push_back({file, d});
      }
    return nearest(std::move(groups), around(from, at));
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

  std::vector<Site> parts_of(const Site& site) override {
    if (site.definition == parsers::no_definition) return {site};
    if (const auto kept = parts_.find(site); kept != parts_.end()) return kept->second;
    const Definition& definition = code().outline(site.file).definitions[site.definition];
    std::vector<Site> out = {site};
    if (const bool function = definition.kind == SymbolKind::function || definition.kind == SymbolKind::method ||
                              definition.kind == SymbolKind::constructor;
        function && definition.name.find("(") == std::string::npos)
      for (const CodeFileId file : possible_parts(site.file, definition))
        for (const std::uint32_t d : names().defined(file, definition.name))
          if (Site(file, d) != site) out.push_back({file, d});
    std::sort(out.begin(), out.end());
    return parts_[site] = std::move(out);
  }

 private:
  /// The files of the closure that mention the name.
  std::vector<CodeFileId> mentioning(CodeFileId from, std::string_view name) {
    std::vector<CodeFileId> out;
    const std::vector<CodeFileId> all = code().mentioning(name);
    const std::vector<CodeFileId>& closure = closures_.of(from);
    std::set_intersection(all.begin(), all.end(), closure.begin(), closure.end(), std::back_inserter(out));
    return out;
  }

  /// Members have no meaning without their class, but for the names of a plain enumeration.
  bool is_hidden(CodeFileId file, const Definition& definition) {
    if (definition.kind == SymbolKind::method || definition.kind == SymbolKind::constructor) return true;
    if (definition.container == parsers::no_definition) {
      const auto outer = names().defined(file, outer_name(definition.name));
      return !outer.empty() && is_type(code().outline(file).definitions[outer.front()].kind);
    }
    return is_type(code().outline(file).definitions[definition.container].kind) && !is_type(definition.kind) &&
           definition.kind != SymbolKind::enumeration;
  }

  std::string_view around(CodeFileId from, const parsers::Reference& at) {
    return at.enclosing == parsers::no_definition ? std::string_view()
                                                  : code().outline(from).definitions[at.enclosing].name;
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
    const std::vector<CodeFileId> all = code().mentioning(definition.short_name());
    std::vector<CodeFileId> out;
    const std::string_view stem = stem_of(names().path(file));
    for (const CodeFileId other : all) {
      const auto language = code().files()[other.index()].language;
      if (other == file || !language || (*language != parsers::Language::c && *language != parsers::Language::cpp)) continue;
      if (all.size() > most_mentions && stem_of(names().path(other)) != stem) continue;
      if (closures_.includes(other, file) || closures_.includes(file, other)) out.push_back(other);
    }
    return out;
  }

  IncludeClosures closures_;
  std::map<Site, std::vector<Site>> parts_;
};

}  // namespace

std::unique_ptr<LinkRules> c_rules(CodeNames& names) { return std::make_unique<CRules>(names); }

}  // namespace planner
