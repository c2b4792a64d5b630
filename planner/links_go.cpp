// Go: an import names a directory below a module of go.mod, and the files of a package see each other's names.
#include <algorithm>
#include <map>

#include "planner/links_rules.h"

namespace planner {
namespace {

using parsers::Language;

/// The word after the first `keyword` that begins a line outside of comments, "" if there is none: `package x`,
/// `module a/b`.
std::string word_after(std::string_view text, std::string_view keyword) {
  bool comment = false;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    while (!line.empty()) {
      if (comment) {
        const std::size_t close = line.find("*/");
        if (close == std::string_view::npos) break;
        comment = false;
        line.remove_prefix(close + 2);
      }
      line.remove_prefix(std::min(line.find_first_not_of(" \t\r\xEF\xBB\xBF;"), line.size()));
      if (line.starts_with("//") || line.empty()) break;
      if (line.starts_with("/*")) {
        comment = true;
        line.remove_prefix(2);
        continue;
      }
      if (!line.starts_with(keyword)) break;
      line.remove_prefix(keyword.size());
      const std::size_t begin = line.find_first_not_of(" \t");
      if (begin == 0 || begin == std::string_view::npos) break;
      std::string_view word = line.substr(begin, line.find_first_of(" \t\r;/\"`", begin + 1) - begin);
      // A module path has slashes, a package name has none.
      if (keyword == "module") word = line.substr(begin, line.find_first_of(" \t\r;", begin) - begin);
      if (word.size() > 2 && (word.front() == '"' || word.front() == '`') && word.back() == word.front())
        word = word.substr(1, word.size() - 2);
      return std::string(word);
    }
  }
  return {};
}

/// Go calls exported what begins with a capital; outside of ASCII nobody can tell without tables, so it may be one.
bool is_exported(std::string_view name) {
  return !name.empty() && ((name.front() >= 'A' && name.front() <= 'Z') || (name.front() & 0x80) != 0);
}

class GoRules final : public LinkRules {
 public:
  explicit GoRules(CodeNames& names) : LinkRules(names) { find_modules(); }

  /// The files of the package, without its tests: another package cannot import those.
  Module module_of(CodeFileId from, const parsers::Import& import) override {
    const auto directory = directory_named(from, import.module);
    if (!directory) return {};
    std::vector<CodeFileId> files;
    const std::string name = package_in(*directory);
    for (const Source& source : sources_in(*directory))
      if (!source.test && source.package == name) files.push_back(source.file);
    return {.files = std::move(files), .prefix = {}, .place = {}};
  }

  std::string imported_as(CodeFileId file) override {
    const std::string_view directory = directory_of(names().path(file));
    if (!directory.empty()) return std::string(directory.substr(directory.rfind('/') + 1));
    const auto top = modules_.find("");
    return top == modules_.end() ? LinkRules::imported_as(file) : top->second.substr(top->second.rfind('/') + 1);
  }

  bool passes_on(CodeFileId, const parsers::Import&) override { return false; }
  bool visible(CodeFileId, const parsers::Definition& definition) override {
    return is_exported(definition.short_name());
  }
  OwnClass own_class(std::string_view) override { return OwnClass::none; }

  /// Of the own package; or `p.Name` of a package whose name is not the last element of its path.
  std::vector<Site> seen(CodeFileId from, std::string_view name, std::string_view) override {
    std::vector<Site> out;
    const std::size_t dot = name.find('.');
    if (dot == std::string_view::npos) {
      for (const CodeFileId file : fellows(from))
        if (mentions(file, name)) add(file, name, out);
      return out;
    }
    const std::string_view package = name.substr(0, dot), member = name.substr(dot + 1);
    if (!is_exported(member)) return out;
    for (const parsers::Import& import : code().outline(from).imports) {
      if (import.alias != import.module.substr(import.module.rfind('/') + 1)) continue;  // it has a name here
      const auto directory = directory_named(from, import.module);
      if (!directory || package_in(*directory) != package) continue;
      for (const CodeFileId file : module_of(from, import).files)
        if (mentions(file, member.substr(member.rfind('.') + 1))) add(file, member, out);
    }
    return out;
  }

  /// Methods stand in any file of the package of their type.
  std::vector<Site> more_members(const Site& type, std::string_view name) override {
    std::vector<Site> out;
    const std::string qualified = code().outline(type.file).definitions[type.definition].name + '.' + std::string(name);
    for (const CodeFileId file : fellows(type.file))
      if (file != type.file && mentions(file, name)) add(file, qualified, out);
    return out;
  }

  /// The same name in files for other systems.
  std::vector<Site> parts_of(const Site& site, const parsers::Reference&) override {
    if (site.definition == parsers::no_definition) return {site};
    const parsers::Definition& definition = code().outline(site.file).definitions[site.definition];
    std::vector<Site> out;
    for (const CodeFileId file : fellows(site.file))
      if (mentions(file, definition.short_name())) add(file, definition.name, out);
    if (std::find(out.begin(), out.end(), site) == out.end()) out.push_back(site);
    return out;
  }

 private:
  struct Source {
    CodeFileId file;
    std::string package;
    bool test = false;
  };

  void add(CodeFileId file, std::string_view qualified, std::vector<Site>& out) {
    for (const std::uint32_t d : names().defined(file, qualified)) out.push_back({file, d});
  }

  bool mentions(CodeFileId file, std::string_view name) {
    const std::vector<CodeFileId>& all = names().mentioning(name);
    return std::binary_search(all.begin(), all.end(), file);
  }

  void find_modules() {
    for (std::uint32_t i = 0; i < code().files().size(); ++i) {
      const std::string_view path = code().files()[i].path;
      if (path != "go.mod" && !path.ends_with("/go.mod")) continue;
      const auto text = code().text(CodeFileId(i));
      std::string name = text ? word_after(*text, "module") : std::string();
      if (!name.empty()) modules_[std::string(directory_of(path))] = std::move(name);
    }
  }

  const std::vector<Source>& sources_in(std::string_view directory) {
    const auto [kept, fresh] = sources_.try_emplace(std::string(directory));
    if (!fresh) return kept->second;
    for (const CodeFileId file : names().files_in(directory)) {
      if (code().files()[file.index()].language != Language::go) continue;
      const auto text = code().text(file);
      std::string package = text ? word_after(*text, "package") : std::string();
      if (!package.empty())
        kept->second.push_back({file, std::move(package), names().path(file).ends_with("_test.go")});
    }
    return kept->second;
  }

  /// What others import from a directory: the package of most of its files; `main` beside another one is a script that
  /// a build constraint keeps out.
  const std::string& package_in(const std::string& directory) {
    const auto [kept, fresh] = packages_.try_emplace(directory);
    if (!fresh) return kept->second;
    std::map<std::string, std::size_t> counts;
    for (const Source& source : sources_in(directory))
      if (!source.test) ++counts[source.package];
    if (counts.size() > 1) counts.erase("main");
    std::size_t most = 0;
    for (const auto& [name, count] : counts)
      if (count > most) {
        most = count;
        kept->second = name;
      }
    return kept->second;
  }

  /// The files of its package, itself included; of a test also the tests.
  const std::vector<CodeFileId>& fellows(CodeFileId file) {
    const auto [kept, fresh] = fellows_.try_emplace(file);
    if (!fresh) return kept->second;
    const std::vector<Source>& all = sources_in(directory_of(names().path(file)));
    const auto own = std::find_if(all.begin(), all.end(), [&](const Source& s) { return s.file == file; });
    if (own != all.end())
      for (const Source& source : all)
        if (source.package == own->package && (own->test || !source.test)) kept->second.push_back(source.file);
    return kept->second;
  }

  /// The directory of an import path: in the module around, the `vendor` directory of one, or another module here.
  std::optional<std::string> directory_named(CodeFileId from, std::string_view path) {
    if (path.starts_with("./") || path.starts_with("../")) return joined(directory_of(names().path(from)), path);
    std::optional<std::string> best;
    std::size_t longest = 0;
    for (const auto& [directory, name] : modules_) {
      // The standard library is the only module whose name is not in its paths.
      const bool standard = name == "std";
      if (!standard && path != name && !(path.starts_with(name) && path[name.size()] == '/')) continue;
      const std::string_view rest = standard ? path : path.substr(std::min(name.size() + 1, path.size()));
      const auto at = joined(directory, rest.empty() ? "." : rest);
      if (!at || sources_in(*at).empty() || (best && (standard ? 0 : name.size()) < longest)) continue;
      if (best && name.size() == longest && !is_around(directory, from)) continue;
      best = at;
      longest = standard ? 0 : name.size();
    }
    if (best) return best;
    for (std::string_view at = directory_of(names().path(from));; at = directory_of(at)) {
      if (modules_.contains(std::string(at)))
        if (const auto vendored = joined(at, "vendor/" + std::string(path)); vendored && !sources_in(*vendored).empty())
          return vendored;
      if (at.empty()) return std::nullopt;
    }
  }

  bool is_around(std::string_view directory, CodeFileId file) {
    const std::string_view path = names().path(file);
    return directory.empty() || (path.starts_with(directory) && path[directory.size()] == '/');
  }

  std::map<std::string, std::string> modules_;  // directories of go.mod to module paths
  std::map<std::string, std::vector<Source>> sources_;
  std::map<std::string, std::string> packages_;
  std::map<CodeFileId, std::vector<CodeFileId>> fellows_;
};

}  // namespace

std::unique_ptr<LinkRules> go_rules(CodeNames& names) { return std::make_unique<GoRules>(names); }

}  // namespace planner
