// PHP: names of the own namespace and those that `use` brings, by the namespace that the defining file declares, which
// is what an autoloader (PSR-4) demands of it; and of files that it includes by a literal path.
#include <algorithm>
#include <map>

#include "planner/declared_namespace.h"
#include "planner/links_rules.h"
#include "planner/required_files.h"

namespace planner {
namespace {

using parsers::Definition;
using parsers::Reference;
using parsers::SymbolKind;

class PhpRules final : public LinkRules {
 public:
  explicit PhpRules(CodeNames& names)
      : LinkRules(names), required_(names.code(), [this](CodeFileId from, const parsers::Import& import) {
          return module_of(from, import);
        }) {}

  Module module_of(CodeFileId from, const parsers::Import& import) override {
    if (import.name == "*") return included(from, import.module);
    Module out;
    for (const Site& site : defined_in(from, import.module == "\\" ? "" : import.module, import.name))
      if (out.files.empty() || out.files.back() != site.file) out.files.push_back(site.file);
    return out;
  }

  /// An included file has its own namespace.
  bool brings_names(const parsers::Import&) override { return false; }
  bool passes_on(CodeFileId, const parsers::Import&) override { return false; }
  OwnClass own_class(std::string_view receiver) override {
    if (receiver == "parent") return OwnClass::inherited;
    return receiver == "self" || receiver == "static" || receiver == "$this" ? OwnClass::both : OwnClass::none;
  }

  /// Of the own namespace; a function or constant then of none; "A.B.C" by its whole name or below the own namespace.
  std::vector<Site> seen(CodeFileId from, std::string_view name, std::string_view) override {
    const std::optional<std::string> own = namespace_of(from);
    if (!own) return {};
    const std::size_t dot = name.rfind('.');
    if (dot == std::string_view::npos) {
      std::vector<Site> found = defined_in(from, *own, name);
      if (!found.empty() || own->empty()) return found;
      found = defined_in(from, "", name);
      std::erase_if(found, [&](const Site& site) {
        const SymbolKind kind = definition(site).kind;
        return kind != SymbolKind::function && kind != SymbolKind::variable;
      });
      return found;
    }
    std::string space(name.substr(0, dot));
    std::replace(space.begin(), space.end(), '.', '\\');
    std::vector<Site> whole = defined_in(from, space, name.substr(dot + 1));
    if (own->empty()) return whole;
    std::vector<Site> below = defined_in(from, *own + '\\' + space, name.substr(dot + 1));
    if (!whole.empty() && !below.empty()) return {};
    return whole.empty() ? below : whole;
  }

  /// A variable `$f` is no function f, and no class.
  std::vector<Site> parts_of(const Site& site, const Reference& at) override {
    if (site.definition == parsers::no_definition || at.kind != Reference::Kind::use || !at.receiver.empty())
      return {site};
    const bool lower = !at.name.empty() && at.name.front() >= 'a' && at.name.front() <= 'z';
    const SymbolKind kind = definition(site).kind;
    return kind == SymbolKind::function || (lower && kind != SymbolKind::field) ? std::vector<Site>()
                                                                                : std::vector<Site>{site};
  }

 private:
  const Definition& definition(const Site& site) { return code().outline(site.file).definitions[site.definition]; }

  const std::optional<std::string>& namespace_of(CodeFileId file) {
    const auto kept = namespaces_.find(file.value);
    if (kept != namespaces_.end()) return kept->second;
    const auto text = code().text(file);
    return namespaces_[file.value] = text ? declared_namespace(*text, true) : std::nullopt;
  }

  /// Beside the file or at the top; both is neither.
  Module included(CodeFileId from, std::string_view path) {
    const auto at = [&](std::string_view directory) -> std::optional<CodeFileId> {
      const auto whole = path.starts_with('/') ? std::nullopt : joined(directory, path);
      return whole ? code().find(*whole) : std::nullopt;
    };
    const auto beside = at(directory_of(names().path(from))), top = at("");
    if (beside && top && *beside != *top) return {};
    const auto file = beside ? beside : top;
    if (!file || *file == from) return {};
    return {.files = {*file}, .prefix = {}, .place = {}};
  }

  /// What other files define at their top in that namespace; without a namespace only what is included. Of several
  /// files that whose path spells the name; if that does not tell them apart, none.
  std::vector<Site> defined_in(CodeFileId from, std::string_view space, std::string_view name) {
    std::vector<Site> out;
    const std::vector<CodeFileId> mentioning = names().mentioning(name);
    for (const CodeFileId file : mentioning) {
      if (file == from || code().files()[file.index()].language != parsers::Language::php) continue;
      if (names().defined(file, name).empty()) continue;
      if (const auto& own = namespace_of(file); !own || *own != space) continue;
      if (space.empty() && !required_.runs(from, file)) continue;
      for (const std::uint32_t d : names().defined(file, name)) out.push_back({file, d});
    }
    const auto one_file = [&] { return out.empty() || out.front().file == out.back().file; };
    if (one_file()) return out;
    // PSR-4: A\B\C stands in B/C.php below a directory for A.
    const std::string last = '/' + std::string(name) + ".php";
    std::string spelled = std::string(space.substr(space.find('\\') == space.npos ? space.size() : space.find('\\')));
    std::replace(spelled.begin(), spelled.end(), '\\', '/');
    std::erase_if(
        out, [&](const Site& site) { return !('/' + std::string(names().path(site.file))).ends_with(spelled + last); });
    return one_file() ? out : std::vector<Site>();
  }

  RequiredFiles required_;
  std::map<std::uint32_t, std::optional<std::string>> namespaces_;
};

}  // namespace

std::unique_ptr<LinkRules> php_rules(CodeNames& names) { return std::make_unique<PhpRules>(names); }

}  // namespace planner
