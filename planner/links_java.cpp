// Java and Kotlin: packages, which are known by the directories of their files, and imports of their types, static
// members and top-level functions. The two see each other's files. What Java sees of a Kotlin file as members of
// `CartKt`, and extension functions by the name they are imported by, is not known.
#include <algorithm>
#include <map>
#include <set>

#include "planner/links_rules.h"

namespace planner {
namespace {

using parsers::Language;

/// "a.b" of `package a . b;` before the first type, "" if the file has none: the default package. Kotlin's may end with
/// the line.
std::string package_of(std::string_view text, bool lines) {
  std::string word;
  bool named = false;       // the word `package` has been read
  unsigned annotation = 0;  // open parentheses
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '/' && i + 1 < text.size() && (text[i + 1] == '/' || text[i + 1] == '*')) {
      const std::size_t end = text[i + 1] == '/' ? text.find('\n', i) : text.find("*/", i + 2);
      if (end == std::string_view::npos) return {};
      i = text[i + 1] == '/' ? end - 1 : end + 1;
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
    if (lines && c == '\n' && named && !word.empty()) return word;
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
  return lines && named ? word : std::string();
}

std::size_t line_begin(std::string_view text, std::uint32_t line) {
  std::size_t at = 0;
  for (std::uint32_t i = 1; i < line; ++i) {
    at = text.find('\n', at);
    if (at == std::string_view::npos) return text.size();
    ++at;
  }
  return at;
}

/// Whether the words before a name in its line say `private`: in Kotlin, at the top, of this file alone.
bool is_private(std::string_view text, const parsers::Definition& definition) {
  const std::size_t begin = line_begin(text, definition.line);
  const std::string words = ' ' + std::string(text.substr(begin, definition.column - 1));
  return words.find(" private ") != std::string::npos;
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

  /// Kotlin's companions lend their members to the class around them.
  std::vector<Site> more_members(const Site& type, std::string_view name) override {
    std::vector<Site> out;
    if (!is_kotlin(type.file)) return out;
    const std::string companion = code().outline(type.file).definitions[type.definition].name + ".Companion.";
    for (const std::uint32_t d : names().defined(type.file, companion + std::string(name)))
      out.push_back({type.file, d});
    return out;
  }

 private:
  bool is_kotlin(CodeFileId file) { return code().files()[file.index()].language == Language::kotlin; }

  /// Not scripts, which are in no package.
  bool has_package(CodeFileId file) {
    const auto& known = code().files()[file.index()];
    return known.language == Language::java || (known.language == Language::kotlin && !known.path.ends_with(".kts"));
  }

  const std::string& package_around(CodeFileId file) {
    return directories_[std::string(directory_of(names().path(file)))];
  }

  void find_packages() {
    for (std::uint32_t i = 0; i < code().files().size(); ++i) {
      if (!has_package(CodeFileId(i))) continue;
      const std::string directory(directory_of(code().files()[i].path));
      if (directories_.contains(directory)) continue;
      const std::string_view path = code().files()[i].path;
      if (path.ends_with("module-info.java")) continue;
      const auto text = code().text(CodeFileId(i));
      std::string package = text ? package_of(*text, is_kotlin(CodeFileId(i))) : std::string();
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
      if (has_package(file) && directory != directories_.end() && directory->second == package) out.push_back(file);
    }
    const std::string_view own = names().path(from);
    const auto shared = [&](CodeFileId file) {
      const std::string_view path = names().path(file);
      return std::mismatch(path.begin(), path.end(), own.begin(), own.end()).first - path.begin();
    };
    const std::string wanted = '/' + std::string(name) + '.';
    const auto named = [&](CodeFileId file) {
      const std::string path = '/' + std::string(names().path(file));
      return path.ends_with(wanted + "java") || path.ends_with(wanted + "kt");
    };
    std::stable_sort(out.begin(), out.end(), [&](CodeFileId a, CodeFileId b) {
      return named(a) != named(b) ? named(a) : shared(a) > shared(b);
    });
    return out;
  }

  /// The type of that name: of several copies (main and a variant of it) the nearest.
  std::vector<Site> types_in(std::string_view package, std::string_view name, CodeFileId from) {
    for (const CodeFileId file : files_with(package, name, from)) {
      std::vector<Site> out;
      for (const std::uint32_t d : names().defined(file, name))
        if (file == from || !hidden(file, d)) out.push_back({file, d});
      if (!out.empty()) return out;
    }
    return {};
  }

  bool hidden(CodeFileId file, std::uint32_t definition) {
    if (!is_kotlin(file)) return false;
    const auto text = code().text(file);
    return text && is_private(*text, code().outline(file).definitions[definition]);
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
