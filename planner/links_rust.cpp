// Rust: the tree of modules below each crate root, `use` with crate, self and super, and the crates of the repository
// by name.
#include <algorithm>
#include <map>
#include <utility>

#include "planner/links_rules.h"

namespace planner {
namespace {

using parsers::Definition;
using parsers::Import;
using parsers::Language;
using parsers::SymbolKind;

constexpr unsigned most_hops = 8;

/// "b" of "a/b.rs".
std::string_view stem_of(std::string_view path) {
  path.remove_prefix(path.rfind('/') + 1);
  return path.substr(0, path.rfind('.'));
}

std::string below(std::string_view directory, std::string_view name) {
  std::string out(directory);
  if (!out.empty()) out += '/';
  return out += name;
}

bool is_type(SymbolKind kind) {
  return kind == SymbolKind::structure || kind == SymbolKind::enumeration || kind == SymbolKind::trait;
}

/// `key = "value"` of a table of Cargo.toml, "" if it is not written so.
std::string value_in(std::string_view toml, std::string_view table, std::string_view key) {
  std::string_view in;
  while (!toml.empty()) {
    const std::size_t end = toml.find('\n');
    std::string_view line = toml.substr(0, end);
    toml.remove_prefix(end == std::string_view::npos ? toml.size() : end + 1);
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    if (line.starts_with('[')) in = line.substr(1, line.find(']') == std::string_view::npos ? 0 : line.find(']') - 1);
    if (in != table || !line.starts_with(key)) continue;
    line.remove_prefix(key.size());
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    if (!line.starts_with('=')) continue;
    line.remove_prefix(std::min(line.find_first_not_of(" \t", 1), line.size()));
    if (line.empty() || (line.front() != '"' && line.front() != '\'')) continue;
    return std::string(line.substr(1, line.find(line.front(), 1) - 1));
  }
  return {};
}

class RustRules final : public LinkRules {
 public:
  explicit RustRules(CodeNames& names) : LinkRules(names) { find_crates(); }

  Module module_of(CodeFileId from, const Import& import) override {
    if (import.quoted)
      return child(Module{.files = {from}, .prefix = inline_module(from, import.line), .place = {}}, import.module, 0);
    return walk(from, inline_module(from, import.line), import.module, 0);
  }

  Module inner(const Module& outer, std::string_view name) override { return child(outer, name, 0); }

  /// Private names, too: what compiles uses them from inside only.
  bool passes_on(CodeFileId, const Import&) override { return true; }
  bool named_here(const Import&) override { return true; }

  OwnClass own_class(std::string_view receiver) override {
    return receiver == "self" || receiver == "Self" ? OwnClass::both : OwnClass::none;
  }

  std::string imported_as(CodeFileId file) override {
    const std::string_view path = names().path(file);
    for (const auto& [name, root] : crates_)
      if (root == file) return name;
    if (stem_of(path) != "mod") return std::string(stem_of(path));
    return std::string(stem_of(directory_of(path)));
  }

  /// Paths that begin with crate, super or a crate, and the crate's macros.
  std::vector<Site> seen(CodeFileId from, std::string_view name, std::string_view around) override {
    std::vector<Site> out;
    const std::size_t dot = name.rfind('.');
    if (dot == std::string_view::npos) {
      const CodeFileId root = root_of(from);
      for (const CodeFileId file : names().mentioning(name)) {
        if (!is_rust(file)) continue;
        const auto macros = names().ending_in(file, name);
        for (const std::uint32_t d : macros)
          if (code().outline(file).definitions[d].kind == SymbolKind::macro && root_of(file) == root)
            out.push_back({file, d});
      }
      return out;
    }
    std::string path;
    for (const char c : name.substr(0, dot)) path += c == '.' ? std::string("::") : std::string(1, c);
    // The modules around, not the types.
    std::string prefix;
    for (std::string_view at = around; !at.empty() && prefix.empty();) {
      for (const std::uint32_t d : names().defined(from, at))
        if (code().outline(from).definitions[d].kind == SymbolKind::module_) prefix = std::string(at) + '.';
      const std::size_t cut = at.rfind('.');
      at = at.substr(0, cut == std::string_view::npos ? 0 : cut);
    }
    return defined_in(walk(from, prefix, path, 0), name.substr(dot + 1), 0);
  }

  /// `impl T` in other files of the crate, and of T's name nothing else there.
  std::vector<Site> more_members(const Site& type, std::string_view name) override {
    std::vector<Site> out;
    const Definition& definition = code().outline(type.file).definitions[type.definition];
    if (!is_type(definition.kind)) return out;
    const std::string short_type(definition.short_name());
    const std::vector<CodeFileId> by_type = names().mentioning(short_type);
    const std::vector<CodeFileId> by_name = names().mentioning(name);
    std::vector<CodeFileId> both;
    std::set_intersection(by_type.begin(), by_type.end(), by_name.begin(), by_name.end(), std::back_inserter(both));
    for (const CodeFileId file : both) {
      if (file == type.file || !is_rust(file) || root_of(file) != root_of(type.file)) continue;
      if (!names().defined(file, short_type).empty()) continue;  // another type of that name
      for (const std::uint32_t d : names().defined(file, short_type + '.' + std::string(name)))
        out.push_back({file, d});
    }
    return out;
  }

 private:
  bool is_rust(CodeFileId file) { return code().files()[file.index()].language == Language::rust; }

  void find_crates() {
    for (std::uint32_t i = 0; i < code().files().size(); ++i) {
      const std::string_view path = code().files()[i].path;
      if (path != "Cargo.toml" && !path.ends_with("/Cargo.toml")) continue;
      const auto text = code().text(CodeFileId(i));
      if (!text) continue;
      std::string name = value_in(*text, "lib", "name");
      if (name.empty()) name = value_in(*text, "package", "name");
      std::replace(name.begin(), name.end(), '-', '_');
      std::string library = value_in(*text, "lib", "path");
      if (library.empty()) library = "src/lib.rs";
      const auto at = joined(directory_of(path), library);
      const auto root = at ? code().find(*at) : std::nullopt;
      if (!name.empty() && root) crates_.emplace(std::move(name), *root);
    }
  }

  /// Of `mod a { mod b { <line> } }`: "a.b.".
  std::string inline_module(CodeFileId file, std::uint32_t line) {
    const Definition* best = nullptr;
    for (const Definition& d : code().outline(file).definitions)
      if (d.kind == SymbolKind::module_ && d.range.first_line <= line && line <= d.range.last_line) best = &d;
    return best == nullptr ? std::string() : best->name + '.';
  }

  /// Where the modules of a file lie: beside `lib.rs`, `main.rs` and `mod.rs`, else below its own name.
  std::string children_of(CodeFileId file) {
    const std::string_view path = names().path(file), directory = directory_of(path);
    return is_root(file) || stem_of(path) == "mod" ? std::string(directory) : below(directory, stem_of(path));
  }

  bool is_root(CodeFileId file) {
    const std::string_view path = names().path(file), stem = stem_of(path), directory = directory_of(path);
    if (stem == "lib" || stem == "main" || (stem == "build" && code().find(below(directory, "Cargo.toml"))))
      return true;
    if (std::any_of(crates_.begin(), crates_.end(), [&](const auto& c) { return c.second == file; })) return true;
    const std::string_view last = directory.substr(directory.rfind('/') + 1);
    const bool target = last == "tests" || last == "examples" || last == "benches";
    if (target && code().find(below(directory_of(directory), "Cargo.toml"))) return true;
    return last == "bin" && directory.ends_with("src/bin");
  }

  /// The file that `mod name;` of a file stands for; `#[path = "..."]` in the lines directly above says another one.
  std::optional<CodeFileId> module_file(CodeFileId file, std::string_view prefix, const Import& declared) {
    if (const std::string path = written_path(file, declared.line); !path.empty()) {
      const auto at = joined(directory_of(names().path(file)), path);
      return at ? code().find(*at) : std::nullopt;
    }
    std::string directory = children_of(file);
    for (std::string_view rest = prefix; !rest.empty();) {  // inside `mod a { ... }`
      directory = below(directory, rest.substr(0, rest.find('.')));
      rest.remove_prefix(rest.find('.') + 1);
    }
    if (const auto found = code().find(below(directory, declared.module + ".rs"))) return found;
    return code().find(below(directory, declared.module + "/mod.rs"));
  }

  std::string written_path(CodeFileId file, std::uint32_t line) {
    const auto [kept, fresh] = paths_.try_emplace(file);
    if (fresh)
      if (const auto text = code().text(file); text && text->find("path") != std::string::npos) {
        std::uint32_t at = 1;
        std::string written;
        for (std::string_view rest = *text; !rest.empty(); ++at) {
          const std::size_t end = rest.find('\n');
          std::string_view here = rest.substr(0, end);
          rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
          here.remove_prefix(std::min(here.find_first_not_of(" \t"), here.size()));
          if (here.starts_with("#[path")) {
            const std::size_t open = here.find('"'), close = here.find('"', open + 1);
            if (close != std::string_view::npos) written = here.substr(open + 1, close - open - 1);
            if (here.find("mod ", close) != std::string_view::npos && close != std::string_view::npos)
              kept->second[at] = std::exchange(written, {});
          } else if (!here.starts_with("#[") && !here.starts_with("//") && !written.empty()) {
            kept->second[at] = std::exchange(written, {});
          }
        }
      }
    const auto found = kept->second.find(line);
    return found == kept->second.end() ? std::string() : found->second;
  }

  /// `name` inside a module, as far as it has names inside itself: a file, an inline module, a type, one of these that
  /// is imported there.
  Module child(const Module& outer, std::string_view name, unsigned hops) {
    if (hops > most_hops) return {};
    for (const CodeFileId file : outer.files) {
      const auto& outline = code().outline(file);
      for (const std::uint32_t i : names().brought(file, name)) {
        const Import& import = outline.imports[i];
        if (!import.quoted || inline_module(file, import.line) != outer.prefix) continue;
        if (const auto found = module_file(file, outer.prefix, import))
          return {.files = {*found}, .prefix = {}, .place = {}};
      }
      for (const std::uint32_t d : names().defined(file, outer.prefix + std::string(name)))
        if (outline.definitions[d].kind == SymbolKind::module_ || is_type(outline.definitions[d].kind))
          return {.files = {file}, .prefix = outer.prefix + std::string(name) + '.', .place = {}};
      for (const std::uint32_t i : names().brought(file, name)) {
        const Import& import = outline.imports[i];
        if (import.quoted || inline_module(file, import.line) != outer.prefix) continue;
        const Module whole = walk(file, outer.prefix, import.module, hops + 1, name);
        const Module found = import.name.empty() ? whole : child(whole, import.name, hops + 1);
        if (!found.empty()) return found;
      }
      for (const std::uint32_t i : names().brought_whole(file)) {
        const Import& import = outline.imports[i];
        if (!import.exported || inline_module(file, import.line) != outer.prefix) continue;
        if (Module found = child(walk(file, outer.prefix, import.module, hops + 1, name), name, hops + 1);
            !found.empty())
          return found;
      }
    }
    return {};
  }

  /// "crate::a::b" and the like, seen from an inline module of a file. `except`: a name that is being looked for, and
  /// therefore no module of this file: `use x::x`.
  Module walk(CodeFileId from, std::string_view prefix, std::string_view path, unsigned hops,
              std::string_view except = {}) {
    if (hops > most_hops) return {};
    Module at{.files = {from}, .prefix = std::string(prefix), .place = {}};
    bool first = true, rooted = false;
    if (path.starts_with("::")) {
      path.remove_prefix(2);
      rooted = true;
    }
    while (!path.empty()) {
      const std::size_t cut = path.find("::");
      std::string_view name = path.substr(0, cut);
      path.remove_prefix(cut == std::string_view::npos ? path.size() : cut + 2);
      while (!name.empty() && (name.back() == ' ' || name.back() == '\n')) name.remove_suffix(1);
      if (name == "crate" || name == "$crate") {
        at = {.files = {root_of(from)}, .prefix = {}, .place = {}};
      } else if (name == "super") {
        at = parent_of(at);
      } else if (name != "self") {
        Module next = rooted || (first && name == except) ? Module() : child(at, name, hops + 1);
        if (const auto crate = crates_.find(name); first && next.empty() && crate != crates_.end())
          next = {.files = {crate->second}, .prefix = {}, .place = {}};
        at = std::move(next);
      }
      if (at.empty()) return {};
      first = rooted = false;
    }
    return at;
  }

  Module parent_of(const Module& module) {
    if (module.files.empty()) return {};
    if (!module.prefix.empty()) {
      const std::string_view inside = std::string_view(module.prefix).substr(0, module.prefix.size() - 1);
      const std::size_t dot = inside.rfind('.');
      return {.files = module.files,
              .prefix = std::string(dot == std::string_view::npos ? "" : inside.substr(0, dot + 1)),
              .place = {}};
    }
    const auto above = parent_file(module.files.front());
    return above ? Module{.files = {*above}, .prefix = {}, .place = {}} : Module();
  }

  /// The file that declares this one: by where it lies.
  std::optional<CodeFileId> parent_file(CodeFileId file) {
    const auto [kept, fresh] = parents_.try_emplace(file);
    if (!fresh || is_root(file)) return kept->second;
    const std::string_view path = names().path(file);
    std::string_view directory = directory_of(path), name = stem_of(path);
    if (name == "mod") {
      name = directory.substr(directory.rfind('/') + 1);
      directory = directory_of(directory);
    }
    std::vector<std::string> candidates = {below(directory, "mod.rs"), below(directory, "lib.rs"),
                                           below(directory, "main.rs")};
    if (!directory.empty()) candidates.push_back(std::string(directory) + ".rs");
    for (const std::string& candidate : candidates) {
      const auto other = code().find(candidate);
      if (!other || *other == file) continue;
      for (const Import& import : code().outline(*other).imports)
        if (import.quoted && import.module == name && module_file(*other, "", import) == file)
          return parents_[file] = other;
    }
    return std::nullopt;
  }

  CodeFileId root_of(CodeFileId file) {
    for (unsigned depth = 0; depth < 64; ++depth) {
      const auto above = parent_file(file);
      if (!above) break;
      file = *above;
    }
    return file;
  }

  /// What a module defines or passes on by that name.
  std::vector<Site> defined_in(const Module& module, std::string_view name, unsigned hops) {
    std::vector<Site> out;
    if (hops > most_hops) return out;
    for (const CodeFileId file : module.files) {
      for (const std::uint32_t d : names().defined(file, module.prefix + std::string(name))) out.push_back({file, d});
      if (!out.empty()) return out;
      const auto& imports = code().outline(file).imports;
      const auto follow = [&](std::uint32_t i, std::string_view wanted) {
        const Import& import = imports[i];
        if (out.empty() && !import.quoted && inline_module(file, import.line) == module.prefix)
          out = defined_in(walk(file, module.prefix, import.module, hops + 1, name), wanted, hops + 1);
      };
      for (const std::uint32_t i : names().brought(file, name))
        if (!imports[i].name.empty()) follow(i, imports[i].name);
      for (const std::uint32_t i : names().brought_whole(file)) follow(i, name);
      if (!out.empty()) return out;
    }
    return out;
  }

  std::map<std::string, CodeFileId, std::less<>> crates_;  // to the roots of their libraries
  std::map<CodeFileId, std::optional<CodeFileId>> parents_;
  std::map<CodeFileId, std::map<std::uint32_t, std::string>> paths_;  // lines of `mod` to what #[path] says
};

}  // namespace

std::unique_ptr<LinkRules> rust_rules(CodeNames& names) { return std::make_unique<RustRules>(names); }

}  // namespace planner
