// Imports of JavaScript, TypeScript and TSX: relative paths without their endings, the paths of tsconfig.json, and the
// packages of the repository by name.
#include <algorithm>
#include <array>

#include "planner/javascript_projects.h"
#include "planner/links_rules.h"

namespace planner {
namespace {

/// In the order TypeScript tries them.
constexpr std::array<std::string_view, 10> endings = {".ts", ".tsx", ".d.ts", ".mts", ".cts",
                                                      ".js", ".jsx", ".mjs",  ".cjs", ".vue"};

/// What an import may say for a source with another ending.
struct Compiled {
  std::string_view written;
  std::array<std::string_view, 3> sources;
};
constexpr Compiled compiled[] = {
    {".js", {".ts", ".tsx", ".d.ts"}},
    {".jsx", {".tsx", ".tsx", ".d.ts"}},
    {".mjs", {".mts", ".d.mts", ".d.mts"}},
    {".cjs", {".cts", ".d.cts", ".d.cts"}},
};

/// Directories that hold what was built from `src`.
constexpr std::array<std::string_view, 8> built = {"dist", "lib", "build", "out", "esm", "cjs", "es", "types"};

class JavascriptRules final : public LinkRules {
 public:
  explicit JavascriptRules(CodeNames& names) : LinkRules(names), projects_(names.code()) {}

  Module module_of(CodeFileId from, const parsers::Import& import) override {
    const std::string_view directory = directory_of(names().path(from));
    const std::string_view written = import.module;
    if (written == "." || written == ".." || written.starts_with("./") || written.starts_with("../")) {
      const auto path = joined(directory, written);
      return path ? module_at(*path) : Module();
    }
    if (written.starts_with('/')) return {};
    if (written.starts_with('#')) {
      const ScriptPackage* own = projects_.around(directory);
      return own == nullptr ? Module() : mapped(own->directory, own->imports, written);
    }
    if (Module found = by_config(directory, written); !found.empty()) return found;
    return by_package(written);
  }

  /// Types are compared by their shape.
  Grade of_declared_type() override { return Grade::member_near; }

  std::string imported_as(CodeFileId file) override {
    const std::string name = LinkRules::imported_as(file);
    if (name != "index") return name;
    const std::string_view directory = directory_of(names().path(file));
    return std::string(directory.substr(directory.rfind('/') + 1));
  }

 private:
  static Module module_of_file(CodeFileId file) { return {.files = {file}, .prefix = {}, .place = {}}; }

  /// A file of that path, with or without its ending.
  std::optional<CodeFileId> file_at(const std::string& path) {
    for (const Compiled& c : compiled)
      if (path.ends_with(c.written))
        for (const std::string_view source : c.sources)
          if (const auto file = code().find(path.substr(0, path.size() - c.written.size()) + std::string(source)))
            return file;
    if (const auto file = code().find(path); file && code().files()[file->index()].language) return file;
    for (const std::string_view ending : endings)
      if (const auto file = code().find(path + std::string(ending))) return file;
    return std::nullopt;
  }

  Module module_at(const std::string& path) {
    if (!path.empty())
      if (const auto file = file_at(path)) return module_of_file(*file);
    if (!names().is_directory(path)) return {};
    const std::string below = path.empty() ? path : path + '/';
    if (code().find(below + "package.json"))
      if (const ScriptPackage* own = projects_.around(path); own != nullptr && !own->exports.empty())
        if (Module found = mapped(own->directory, own->exports, "."); !found.empty()) return found;
    if (const auto file = file_at(below + "index")) return module_of_file(*file);
    return {};
  }

  Module by_config(std::string_view directory, std::string_view written) {
    const ScriptConfig& config = projects_.config_of(directory);
    // The pattern with the longest text before its star wins.
    const PathMapping* best = nullptr;
    for (const PathMapping& mapping : config.paths)
      if (star_of(mapping.pattern, written) && (best == nullptr || mapping.pattern.find('*') > best->pattern.find('*')))
        best = &mapping;
    if (best != nullptr)
      for (const std::string& target : best->targets)
        if (Module found = module_at(with_star(target, *star_of(best->pattern, written))); !found.empty()) return found;
    if (!config.base) return {};
    const auto path = joined(*config.base, written);
    return path ? module_at(*path) : Module();
  }

  Module by_package(std::string_view written) {
    // "@scope/name/part" or "name/part".
    std::size_t cut = written.find('/');
    if (written.starts_with('@') && cut != std::string_view::npos) cut = written.find('/', cut + 1);
    const ScriptPackage* package = projects_.package(written.substr(0, cut));
    if (package == nullptr) return {};
    const std::string part = cut == std::string_view::npos ? "." : "." + std::string(written.substr(cut));
    if (Module found = mapped(package->directory, package->exports, part); !found.empty()) return found;
    for (const std::string_view sources : {"src", ""}) {
      const auto base = joined(package->directory, sources);
      const auto path = base ? joined(*base, part) : std::nullopt;
      if (!path) continue;
      if (part != "." && *path != package->directory)
        if (Module found = module_at(*path); !found.empty()) return found;
      if (part == ".")
        if (const auto file = file_at(*path + (path->empty() ? "index" : "/index"))) return module_of_file(*file);
    }
    return {};
  }

  static std::string with_star(std::string target, std::string_view star) {
    if (const std::size_t at = target.find('*'); at != std::string::npos) target.replace(at, 1, star);
    return target;
  }

  Module mapped(std::string_view directory, const std::vector<PathMapping>& mappings, std::string_view part) {
    for (const PathMapping& mapping : mappings) {
      const auto star = star_of(mapping.pattern, part);
      if (!star) continue;
      for (const std::string& target : mapping.targets)
        if (Module found = source_of(directory, with_star(target, *star)); !found.empty()) return found;
    }
    return {};
  }

  /// The file itself, or what it is built from: "dist/esm/a.js" from "src/a.ts".
  Module source_of(std::string_view directory, std::string_view target) {
    const auto path = joined(directory, target);
    if (!path) return {};
    if (const auto file = file_at(*path)) return module_of_file(*file);
    while (target.starts_with("./")) target.remove_prefix(2);
    bool was_built = false;
    for (;;) {
      const std::size_t slash = target.find('/');
      if (slash == std::string_view::npos) break;
      const std::string_view first = target.substr(0, target.find_first_of("/-"));
      if (std::find(built.begin(), built.end(), first) == built.end()) break;
      was_built = true;
      target.remove_prefix(slash + 1);
    }
    if (!was_built) return {};
    std::string stem(target);
    for (const std::string_view ending : {".d.ts", ".d.mts", ".d.cts", ".js", ".mjs", ".cjs"})
      if (stem.ends_with(ending)) {
        stem.resize(stem.size() - ending.size());
        break;
      }
    for (const std::string_view sources : {"src", ""})
      if (const auto base = joined(directory, sources))
        if (const auto source = joined(*base, stem))
          if (const auto file = file_at(*source)) return module_of_file(*file);
    return {};
  }

  JavascriptProjects projects_;
};

}  // namespace

std::unique_ptr<LinkRules> javascript_rules(CodeNames& names) { return std::make_unique<JavascriptRules>(names); }

}  // namespace planner
