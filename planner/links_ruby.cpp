// Ruby: what a file requires, and constants of autoloaded trees, where the path spells the constant.
#include <algorithm>
#include <cctype>

#include "planner/links_rules.h"
#include "planner/required_files.h"

namespace planner {
namespace {

using parsers::Definition;
using parsers::SymbolKind;

bool is_constant(std::string_view name) { return !name.empty() && name.front() >= 'A' && name.front() <= 'Z'; }

std::string_view outer_name(std::string_view qualified) {
  const std::size_t dot = qualified.rfind('.');
  return dot == std::string_view::npos ? std::string_view() : qualified.substr(0, dot);
}

/// "httpclient/v2" of "HTTPClient.V2" and of "http_client/v2".
std::string spelled(std::string_view name) {
  std::string out;
  for (const char c : name)
    if (c == '.')
      out += '/';
    else if (c != '_')
      out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

/// The project of a root that autoloads: "a/" of "a/lib/", "a/app/models/", "a/app/models/concerns/"; nullopt: none.
std::optional<std::string_view> project_of(std::string_view root) {
  const auto cut = [&](std::string_view tail) -> std::optional<std::string_view> {
    if (root != tail && !(root.ends_with(tail) && root[root.size() - tail.size() - 1] == '/')) return std::nullopt;
    return root.substr(0, root.size() - tail.size());
  };
  if (const auto project = cut("lib/")) return project;
  if (root.empty()) return std::nullopt;
  std::string_view inner = root.substr(0, root.size() - 1);
  if (inner.ends_with("/concerns")) inner.remove_suffix(9);
  root = inner.substr(0, inner.rfind('/') == std::string_view::npos ? 0 : inner.rfind('/') + 1);
  return cut("app/");
}

class RubyRules final : public LinkRules {
 public:
  explicit RubyRules(CodeNames& names)
      : LinkRules(names), required_(names.code(), [this](CodeFileId from, const parsers::Import& import) {
          return module_of(from, import);
        }) {}

  Module module_of(CodeFileId from, const parsers::Import& import) override {
    const std::string file = import.module.ends_with(".rb") ? import.module : import.module + ".rb";
    std::string_view directory = directory_of(names().path(from));
    if (file.front() == '/') return {};
    if (import.quoted) {  // `load` means what is at the top if nothing is beside
      Module beside = file_at(from, directory, file);
      return beside.empty() && import.module.ends_with(".rb") ? file_at(from, "", file) : beside;
    }
    if (file.front() == '.') return file_at(from, "", file);
    while (true) {
      const std::string below = directory.empty() ? std::string() : std::string(directory) + '/';
      Module found = file_at(from, below + "lib", file);
      const std::string_view last = directory.substr(directory.rfind('/') + 1);
      if (found.empty() && (last == "spec" || last == "test")) found = file_at(from, directory, file);
      if (!found.empty() || directory.empty()) return found;
      directory = directory_of(directory);
    }
  }

  /// What a required file defines is seen by its whole name: modules are open, each file adds to them.
  bool brings_names(const parsers::Import&) override { return false; }
  bool passes_on(CodeFileId, const parsers::Import&) override { return true; }
  OwnClass bare_members(bool) override { return OwnClass::both; }
  OwnClass own_class(std::string_view receiver) override {
    return receiver == "self" ? OwnClass::both : OwnClass::none;
  }

  std::vector<Site> seen(CodeFileId from, std::string_view name, std::string_view around) override {
    if (!is_constant(name)) {
      if (name.find('.') != std::string_view::npos) return {};
      return named(from, std::string(name));
    }
    for (std::string_view scope = around; !scope.empty(); scope = outer_name(scope)) {
      if (names().defined(from, scope).empty()) continue;  // `class A::B` does not look into A
      std::vector<Site> found = named(from, std::string(scope) + '.' + std::string(name));
      if (!found.empty()) return found;
    }
    return named(from, std::string(name));
  }

  /// Classes and modules are open. A bare method inside of a module is not looked for in other files: the class around
  /// it would not find it there.
  std::vector<Site> more_members(const Site& type, std::string_view name) override {
    const Definition definition = code().outline(type.file).definitions[type.definition];
    if (definition.kind != SymbolKind::class_ && (definition.kind != SymbolKind::module_ || !is_constant(name)))
      return {};
    std::vector<Site> out;
    if (name == "new")
      for (const std::uint32_t d : names().defined(type.file, definition.name + ".initialize"))
        out.push_back({type.file, d});
    return out.empty() ? named(type.file, definition.name + '.' + std::string(name)) : out;
  }

 private:
  Module file_at(CodeFileId from, std::string_view directory, std::string_view path) {
    const auto whole = joined(directory, path);
    const auto file = whole ? code().find(*whole) : std::nullopt;
    if (!file || *file == from) return {};
    return {.files = {*file}, .prefix = {}, .place = {}};
  }

  /// Definitions of that whole name in required files, else where the path spells it.
  std::vector<Site> named(CodeFileId from, const std::string& whole) {
    const std::string last = whole.substr(whole.rfind('.') + 1);
    const std::vector<CodeFileId> mentioning = names().mentioning(last);
    std::vector<Site> required, loaded;
    for (const CodeFileId file : mentioning) {
      const auto language = code().files()[file.index()].language;
      if (file == from || language != parsers::Language::ruby) continue;
      const bool runs = required_.runs(from, file);
      if (!runs && !spells(from, file, whole)) continue;
      for (const std::uint32_t d : names().defined(file, whole)) {
        const SymbolKind kind = code().outline(file).definitions[d].kind;
        if (kind == SymbolKind::variable && !is_constant(last)) continue;  // a local of the other file
        (runs ? required : loaded).push_back({file, d});
      }
    }
    return required.empty() ? loaded : required;
  }

  /// Whether the file is where an autoloader of the same project looks for the constant, or for what it is inside.
  bool spells(CodeFileId from, CodeFileId file, std::string_view whole) {
    std::string_view path = names().path(file);
    if (!path.ends_with(".rb")) return false;
    path.remove_suffix(3);
    while (!is_constant(whole.substr(whole.rfind('.') + 1))) {
      if (whole.find('.') == std::string_view::npos) return false;
      whole = outer_name(whole);
    }
    std::size_t begin = path.size();
    for (std::size_t parts = 1 + static_cast<std::size_t>(std::count(whole.begin(), whole.end(), '.')); parts > 0;
         --parts) {
      begin = path.rfind('/', begin - 1);
      if (begin == std::string_view::npos || begin == 0) return false;
    }
    if (spelled(path.substr(begin + 1)) != spelled(whole)) return false;
    const auto project = project_of(path.substr(0, begin + 1));
    return project && names().path(from).starts_with(*project);
  }

  RequiredFiles required_;
};

}  // namespace

std::unique_ptr<LinkRules> ruby_rules(CodeNames& names) { return std::make_unique<RubyRules>(names); }

}  // namespace planner
