// Java: packages, which are known by the directories of their files, and imports of their types and static members.
#include <algorithm>
#include <map>
#include <set>

#include "planner/links_rules.h"

namespace planner {
namespace {

using parsers::Language;

/// "a.b" of `package a . b;` before the first type, "" if the file has none: the default package.
std::string package_of(std::string_view text) {
  std::string word;
  bool named = false;       // the word `package` has been read
  unsigned annotation = 0;  // open parentheses
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '/' && i + 1 < text.size() && (text[i + 1] == '/' || text[i + 1] == '*')) {
      const std::size_t end = text[i + 1] == '/' ? text.find('\n', i) : text.find("*/", i + 2);
      if (end == std::string_view::npos) return {};
      i = text[i + 1] == '/' ? end : end + 1;
      continue;
    }
    if (c == '"') {  // of an annotation
      for (++i; i < text.size() && text[i] != '"' && text[i] != '\n'; ++i)
        if (text[i] == '\\') ++i;
      continue;
    }
    if (c == '(' || c == ')') {
      annotation = c == '(' ? annotation + 1 : annotation - std::min(annotation, 1U);
      word.clear();
      continue;
    }
    if (annotation != 0) continue;
    const bool space = c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f';
    if (space && !named && word == "package") {
      named = true;
      word.clear();
    } else if (space && !named) {
      word.clear();
    } else if (c == ';' || c == '{') {
      return named && c == ';' ? word : std::string();
    } else if (!space) {
      word += c;
    }
    if (!named && (word == "import" || word == "class" || word == "interface" || word == "enum")) return {};
  }
  return {};
}

class JavaRules final : public LinkRules {
 public:
  explicit JavaRules(CodeNames& names) : LinkRules(names) { find_packages(); }

  /// `import a.b.C`: the package a.b; `import a.b.C.D`, `import static a.b.C.d`: the inside of C.
  Module module_of(CodeFileId from, const parsers::Import& import) override {
    if (packages_.contains(import.module))
      return import.name == "*" ? Module() : in_package(from, import.module, import.name, "");
    const auto type = type_named(from, import.module);
    return type ? *type : Module();
  }

  /// A wildcard of a package names none of its files.
  bool brings_names(const parsers::Import& import) override { return !packages_.contains(import.module); }
  bool passes_on(CodeFileId, const parsers::Import&) override { return false; }
  OwnClass bare_members(bool) override { return OwnClass::both; }

  /// Of the own package, then of those imported whole; "a.b.C" is named without an import.
  std::vector<Site> seen(CodeFileId from, std::string_view name, std::string_view) override {
    const std::size_t dot = name.rfind('.');
    if (dot != std::string_view::npos) return types_in(name.substr(0, dot), name.substr(dot + 1), from);
    std::vector<Site> out = types_in(package_around(from), name, from);
    if (!out.empty()) return out;
    for (const parsers::Import& import : code().outline(from).imports) {
      if (import.name != "*") continue;
      std::vector<Site> found = types_in(import.module, name, from);
      if (!out.empty() && !found.empty()) return {};  // javac calls it ambiguous
      if (!found.empty()) out = std::move(found);
    }
    return out;
  }

 private:
  const std::string& package_around(CodeFileId file) {
    return directories_[std::string(directory_of(names().path(file)))];
  }

  void find_packages() {
    for (std::uint32_t i = 0; i < code().files().size(); ++i) {
      const auto language = code().files()[i].language;
      if (language != Language::java) continue;
      const std::string directory(directory_of(code().files()[i].path));
      if (directories_.contains(directory)) continue;
      const std::string_view path = code().files()[i].path;
      if (path.ends_with("module-info.java")) continue;
      const auto text = code().text(CodeFileId(i));
      std::string package = text ? package_of(*text) : std::string();
      packages_[package].push_back(directory);
      directories_[directory] = std::move(package);
    }
  }

  /// The files of a package that mention the name; those of its own file first, and of several source trees (main and
  /// tests) the one that shares most of its path with the user.
  std::vector<CodeFileId> files_with(std::string_view package, std::string_view name, CodeFileId from) {
    std::vector<CodeFileId> out;
    const auto found = packages_.find(package);
    if (found == packages_.end()) return out;
    for (const CodeFileId file : names().mentioning(name)) {
      const auto directory = directories_.find(directory_of(names().path(file)));
      const auto language = code().files()[file.index()].language;
      if (language == Language::java && directory != directories_.end() && directory->second == package)
        out.push_back(file);
    }
    const std::string_view own = names().path(from);
    const auto shared = [&](CodeFileId file) {
      const std::string_view path = names().path(file);
      return std::mismatch(path.begin(), path.end(), own.begin(), own.end()).first - path.begin();
    };
    const std::string wanted = '/' + std::string(name) + ".java";
    const auto named = [&](CodeFileId file) { return ('/' + std::string(names().path(file))).ends_with(wanted); };
    std::stable_sort(out.begin(), out.end(), [&](CodeFileId a, CodeFileId b) {
      return named(a) != named(b) ? named(a) : shared(a) > shared(b);
    });
    return out;
  }

  /// The type of that name: of several copies (main and a variant of it) the nearest.
  std::vector<Site> types_in(std::string_view package, std::string_view name, CodeFileId from) {
    for (const CodeFileId file : files_with(package, name, from)) {
      std::vector<Site> out;
      for (const std::uint32_t d : names().defined(file, name)) out.push_back({file, d});
      if (!out.empty()) return out;
    }
    return {};
  }

  Module in_package(CodeFileId from, std::string_view package, std::string_view name, std::string prefix) {
    const std::vector<Site> types = types_in(package, name, from);
    if (types.empty()) return {};
    return {.files = {types.front().file}, .prefix = std::move(prefix), .place = {}};
  }

  /// The inside of "a.b.C.D": the longest package that has such a type.
  std::optional<Module> type_named(CodeFileId from, std::string_view dotted) {
    for (std::size_t cut = dotted.rfind('.'); cut != std::string_view::npos && cut != 0;
         cut = dotted.rfind('.', cut - 1)) {
      if (!packages_.contains(dotted.substr(0, cut))) continue;
      const std::string_view inside = dotted.substr(cut + 1);
      Module out =
          in_package(from, dotted.substr(0, cut), inside.substr(0, inside.find('.')), std::string(inside) + '.');
      if (!out.empty()) return out;
    }
    return std::nullopt;
  }

  std::map<std::string, std::vector<std::string>, std::less<>> packages_;  // to their directories
  std::map<std::string, std::string, std::less<>> directories_;            // to their packages
};

}  // namespace

std::unique_ptr<LinkRules> java_rules(CodeNames& names) { return std::make_unique<JavaRules>(names); }

}  // namespace planner
