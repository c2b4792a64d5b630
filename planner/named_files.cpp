#include "planner/named_files.h"

#include <algorithm>

#include "parsers/markdown_paths.h"

namespace planner {
namespace {

constexpr std::size_t most_mentions = 64;

std::string_view last_part(std::string_view text, char separator) {
  const std::size_t at = text.rfind(separator);
  return at == std::string_view::npos ? text : text.substr(at + 1);
}

/// "base" of "celery/app/base.py".
std::string_view stem_of(std::string_view path) {
  const std::string_view name = last_part(path, '/');
  const std::size_t dot = name.rfind('.');
  return dot == std::string_view::npos || dot == 0 ? name : name.substr(0, dot);
}

/// How many of the last components both have in common.
std::size_t common_tail(std::string_view a, std::string_view b) {
  std::size_t common = 0;
  while (!a.empty() && !b.empty()) {
    const std::string_view x = last_part(a, '/'), y = last_part(b, '/');
    if (x != y) break;
    ++common;
    a.remove_suffix(std::min(a.size(), x.size() + 1));
    b.remove_suffix(std::min(b.size(), y.size() + 1));
  }
  return common;
}

std::string with_dots(std::string_view name) {
  std::string out;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (name[i] == ':' && i + 1 < name.size() && name[i + 1] == ':') ++i;
    out += name[i] == ':' || name[i] == '#' ? '.' : name[i];
  }
  return out;
}

}  // namespace

bool is_test_path(std::string_view path) {
  for (const std::string_view mark : {"test", "tests", "testing", "spec", "specs", "__tests__", "t"})
    for (std::size_t at = 0; at < path.size();) {
      const std::size_t end = path.find('/', at);
      if (end == std::string_view::npos) break;
      if (path.substr(at, end - at) == mark) return true;
      at = end + 1;
    }
  const std::string_view name = last_part(path, '/');
  const std::string_view stem = name.substr(0, name.find('.', 1));
  return name.starts_with("test_") || stem.ends_with("_test") || stem.ends_with("Test") || stem.ends_with("_spec") ||
         name.find(".test.") != std::string_view::npos || name.find(".spec.") != std::string_view::npos;
}

NameFinder::NameFinder(const Tree& tree, Code* code) : tree_(tree), code_(code) {
  for (std::uint32_t i = 0; i < tree.entries().size(); ++i) {
    const std::string_view path = tree.entries()[i].path;
    std::string_view stem = stem_of(path);
    // A package is called like its directory.
    if (stem == "__init__" || stem == "index" || stem == "mod") {
      const std::size_t slash = path.rfind('/');
      if (slash != std::string_view::npos) stem = last_part(path.substr(0, slash), '/');
    }
    by_stem_[std::string(stem)].push_back(i);
  }
}

std::optional<NamedFiles> NameFinder::files(std::string_view word, std::size_t most) const {
  word = parsers::without_lines(word);
  word = word.substr(0, word.find("::"));
  if (word.empty()) return std::nullopt;
  const auto& entries = tree_.entries();
  if (const TreeEntry* entry = tree_.find(word))
    return NamedFiles{NamedFiles::How::path, {static_cast<std::uint32_t>(entry - entries.data())}};
  NamedFiles out{NamedFiles::How::tail, {}};
  const auto length = static_cast<std::size_t>(std::count(word.begin(), word.end(), '/')) + 1;
  const std::string_view name = last_part(word, '/');
  std::size_t best = length == 1 ? 1 : 2;
  for (const std::uint32_t file : tree_.named(name)) {
    const std::size_t common = common_tail(entries[file].path, word);
    if (common < best) continue;
    if (common > best) out.files.clear();
    best = common;
    out.files.push_back(file);
  }
  if (!out.files.empty()) return out.files.size() <= most ? std::optional(out) : std::nullopt;
  // Names of modules: two components at least, or any capital would be a class and any word a file.
  out.how = NamedFiles::How::module;
  std::string path(word);
  if (length == 1) std::replace(path.begin(), path.end(), '.', '/');
  if (path.find('/') == std::string::npos) return std::nullopt;
  const auto known = by_stem_.find(std::string(last_part(path, '/')));
  if (known == by_stem_.end()) return std::nullopt;
  for (const std::uint32_t file : known->second) {
    std::string_view plain = entries[file].path;
    const std::string_view stem = stem_of(plain);
    plain = plain.substr(0, plain.size() - last_part(plain, '/').size());  // with its slash
    const std::string whole =
        stem == known->first ? std::string(plain) + std::string(stem) : std::string(plain.substr(0, plain.size() - 1));
    const bool all = whole == path || (whole.size() > path.size() && whole.ends_with(path) &&
                                       whole[whole.size() - path.size() - 1] == '/');
    if (all) out.files.push_back(file);
  }
  if (out.files.empty() || out.files.size() > most) return std::nullopt;
  return out;
}

std::vector<CodeFileId> NameFinder::mentioning(std::string_view name, std::size_t most) {
  if (code_ == nullptr) return {};
  std::vector<CodeFileId> found = code_->mentioning(name);
  if (found.size() > most) found.clear();
  return found;
}

std::vector<NamedSymbol> NameFinder::symbols(std::string_view name, std::size_t most) {
  const std::string dotted = with_dots(name);
  const std::string_view last = last_part(dotted, '.');
  if (last.size() < 2) return {};
  std::vector<CodeFileId> candidates = mentioning(last, most_mentions);
  std::erase_if(candidates, [&](CodeFileId f) { return !code_->files()[f.index()].language; });
  if (candidates.empty()) return {};
  code_->prepare(candidates);
  std::vector<NamedSymbol> work, tests;
  for (const CodeFileId file : candidates) {
    const std::string& path = code_->files()[file.index()].path;
    std::vector<NamedSymbol>& out = is_test_path(path) ? tests : work;
    std::string before = ".";  // the last one taken
    for (const parsers::Definition& d : code_->outline(file).definitions) {
      // An overload is the same, and a constructor belongs to its class.
      if (d.short_name() != last || d.name == before || d.name.starts_with(before + ".")) continue;
      // "Cart.total" is C.total of a class Cart, or total of a module cart.
      const bool whole =
          last == dotted || d.name == dotted || d.name.ends_with("." + dotted) || dotted.ends_with("." + d.name) ||
          stem_of(path) == last_part(std::string_view(dotted).substr(0, dotted.size() - last.size() - 1), '.');
      if (!whole) continue;
      out.push_back({path, d.name, d.line});
      before = out.back().symbol;
    }
  }
  std::vector<NamedSymbol>& out = work.empty() ? tests : work;
  if (out.size() > most) out.clear();
  return std::move(out);
}

}  // namespace planner
