// C#: types by their whole names, as the namespaces around and the `using` lines complete them. A namespace stands in
// any files; a partial class in several.
#include <algorithm>
#include <map>

#include "planner/declared_namespace.h"
#include "planner/links_rules.h"

namespace planner {
namespace {

using parsers::Definition;
using parsers::SymbolKind;

std::string_view outer_name(std::string_view qualified) {
  const std::size_t dot = qualified.rfind('.');
  return dot == std::string_view::npos ? std::string_view() : qualified.substr(0, dot);
}

std::string dotted(std::string_view a, std::string_view b) {
  std::string out(a);
  if (!out.empty() && !b.empty()) out += '.';
  return out += b;
}

bool is_type(SymbolKind kind) {
  return kind == SymbolKind::class_ || kind == SymbolKind::structure || kind == SymbolKind::interface ||
         kind == SymbolKind::enumeration || kind == SymbolKind::type;
}

class CSharpRules final : public LinkRules {
 public:
  using LinkRules::LinkRules;

  /// `using static A.B;` and `using X = A.B;`: the inside of a type. `using A;` is no module: seen() looks through it.
  Module module_of(CodeFileId from, const parsers::Import& import) override {
    Module out;
    for (const Site& site : named(from, import.module)) {
      const Definition& type = definition(site);
      if (!is_type(type.kind)) return {};
      if (!out.files.empty() && out.prefix != type.name + '.') return {};
      out.files.push_back(site.file);
      out.prefix = type.name + '.';
    }
    return out;
  }

  bool passes_on(CodeFileId, const parsers::Import&) override { return false; }
  OwnClass bare_members(bool) override { return OwnClass::both; }
  OwnClass own_class(std::string_view receiver) override {
    return receiver == "this" ? OwnClass::both : receiver == "base" ? OwnClass::inherited : OwnClass::none;
  }

  /// The innermost namespace around that has one, then the namespaces that the file uses; of two of these, neither.
  std::vector<Site> seen(CodeFileId from, std::string_view name, std::string_view around) override {
    for (std::string scope = around.empty() ? only_namespace(from) : dotted(namespace_of(from), around);;
         scope = outer_name(scope)) {
      std::vector<Site> found = named(from, dotted(scope, name));
      if (!found.empty()) return found;
      if (scope.empty()) break;
    }
    if (name.find('.') != std::string_view::npos) return {};
    std::vector<Site> out;
    std::string used;
    const std::vector<parsers::Import> imports = code().outline(from).imports;
    for (const parsers::Import& import : imports) {
      if (import.name != "*" || import.module == used) continue;
      std::vector<Site> found = named(from, dotted(import.module, name));
      if (found.empty()) continue;
      if (!out.empty()) return {};
      out = std::move(found);
      used = import.module;
    }
    return out;
  }

  /// Other parts of a partial type.
  std::vector<Site> more_members(const Site& type, std::string_view name) override {
    std::vector<Site> out;
    if (!is_partial(type)) return out;
    const std::string wanted = dotted(definition(type).name, name);
    const std::string whole = dotted(namespace_of(type.file), wanted);
    for (const Site& site : all_named(whole))
      if (site.file != type.file) out.push_back(site);
    return out;
  }

  /// All parts of a partial type.
  std::vector<Site> parts_of(const Site& site, const parsers::Reference&) override {
    if (!is_partial(site)) return {site};
    std::vector<Site> out = {site};
    for (const Site& other : all_named(whole_name(site)))
      if (other != site && is_partial(other)) out.push_back(other);
    std::sort(out.begin(), out.end());
    return out;
  }

 private:
  const Definition& definition(const Site& site) { return code().outline(site.file).definitions[site.definition]; }
  std::string whole_name(const Site& site) { return dotted(namespace_of(site.file), definition(site).name); }

  /// `namespace A.B;` of the file; what stands in braces is part of the qualified names already.
  const std::string& namespace_of(CodeFileId file) {
    const auto [kept, fresh] = namespaces_.try_emplace(file.value);
    if (fresh)
      if (const auto text = code().text(file)) kept->second = declared_namespace(*text, false).value_or("");
    return kept->second;
  }

  /// What is around a type of the file: also the namespace in braces, if there is only one.
  std::string only_namespace(CodeFileId file) {
    const auto text = code().text(file);
    return text ? declared_namespace(*text, true).value_or(namespace_of(file)) : std::string();
  }

  bool is_partial(const Site& site) {
    if (site.definition == parsers::no_definition || !is_type(definition(site).kind)) return false;
    const auto [kept, fresh] = partial_.try_emplace(site);
    if (!fresh) return kept->second;
    const auto text = code().text(site.file);
    if (!text) return false;
    // The line of its name, or those of its modifiers.
    const Definition& type = definition(site);
    std::size_t begin = 0;
    for (std::uint32_t line = 1; line < type.line; ++line) begin = text->find('\n', begin) + 1;
    std::string_view before = std::string_view(*text).substr(0, begin + type.column - 1);
    before = before.substr(before.find_last_of(";{}]") == before.npos ? 0 : before.find_last_of(";{}]") + 1);
    for (std::size_t at = 0; (at = before.find("partial ", at)) != before.npos; ++at)
      if (at == 0 || before[at - 1] == ' ' || before[at - 1] == '\t' || before[at - 1] == '\n') kept->second = true;
    return kept->second;
  }

  /// Everything that any file defines by this whole name, ascending.
  std::vector<Site> all_named(std::string_view whole) {
    const std::string_view last = whole.substr(whole.rfind('.') + 1);
    std::vector<Site> out;
    const std::vector<CodeFileId> mentioning = names().mentioning(last);
    for (const CodeFileId file : mentioning) {
      if (code().files()[file.index()].language != parsers::Language::c_sharp) continue;
      const auto own = names().ending_in(file, last);
      if (own.empty()) continue;
      const std::string& space = namespace_of(file);
      for (const std::uint32_t d : own)
        if (dotted(space, code().outline(file).definitions[d].name) == whole) out.push_back({file, d});
    }
    return out;
  }

  /// Those of other files; of several that are not parts of one, those of the own project; else none.
  std::vector<Site> named(CodeFileId from, std::string_view whole) {
    std::vector<Site> out = all_named(whole);
    std::erase_if(out, [&](const Site& site) { return site.file == from; });
    if (is_one(out)) return out;
    const std::string own = project_of(from);
    std::erase_if(out, [&](const Site& site) { return project_of(site.file) != own; });
    return is_one(out) ? out : std::vector<Site>();
  }

  bool is_one(const std::vector<Site>& sites) {
    if (sites.empty() || sites.front().file == sites.back().file) return true;
    return std::all_of(sites.begin(), sites.end(), [&](const Site& site) {
      if (is_partial(site)) return true;
      // Overloads in the parts of one type.
      const std::uint32_t type = definition(site).container;
      return type != parsers::no_definition && is_partial({site.file, type});
    });
  }

  /// The nearest directory with a project file, "" if there is none.
  const std::string& project_of(CodeFileId file) {
    const std::string directory(directory_of(names().path(file)));
    const auto [kept, fresh] = projects_.try_emplace(directory);
    for (std::string_view at = directory; fresh && !at.empty() && kept->second.empty(); at = directory_of(at))
      for (const CodeFileId other : names().files_in(at))
        if (names().path(other).ends_with(".csproj")) kept->second = at;
    return kept->second;
  }

  std::map<std::uint32_t, std::string> namespaces_;  // of files
  std::map<Site, bool> partial_;
  std::map<std::string, std::string> projects_;  // of directories
};

}  // namespace

std::unique_ptr<LinkRules> c_sharp_rules(CodeNames& names) { return std::make_unique<CSharpRules>(names); }

}  // namespace planner
