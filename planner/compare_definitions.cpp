// Names that both sides define: in one file, in one package, or as copies.
#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>

#include "planner/compare_rules.h"

namespace planner {
namespace {

using parsers::CodeOutline;
using parsers::Definition;
using parsers::Language;
using parsers::SymbolKind;

/// A second definition of it is a mistake, or silently takes the place of the first. A variable may be set twice where
/// nothing has to be declared; values of enumerations are keys.
bool counts(const Definition& d, Language language) {
  if (d.kind == SymbolKind::field) return false;
  if (d.kind != SymbolKind::variable && d.kind != SymbolKind::constant) return true;
  constexpr std::array strict{Language::go,  Language::rust, Language::typescript,
                              Language::tsx, Language::java, Language::c_sharp};
  return !d.block && std::find(strict.begin(), strict.end(), language) != strict.end() &&
         d.container == parsers::no_definition;
}

using Name = std::pair<std::string, std::string>;  // qualified, parameters

std::map<Name, std::vector<const Definition*>> by_name(const CodeOutline& outline, Language language) {
  std::map<Name, std::vector<const Definition*>> out;
  for (const Definition& d : outline.definitions)
    if (counts(d, language)) out[{d.name, d.parameters}].push_back(&d);
  return out;
}

/// What one side newly defines: nothing of that name was there before.
std::map<Name, const Definition*> added(const EditedText& text) {
  std::map<Name, const Definition*> out;
  if (!text.language || text.old_outline == nullptr || !text.old_outline->proven() || !text.new_outline->proven())
    return out;
  const auto before = by_name(*text.old_outline, *text.language);
  for (const auto& [name, list] : by_name(*text.new_outline, *text.language))
    if (!before.contains(name) && list.size() == 1) out.emplace(name, list.front());
  return out;
}

std::string_view word(SymbolKind kind) { return kind == SymbolKind::class_ ? "class" : parsers::to_string(kind); }

std::string directory_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string() : std::string(path.substr(0, slash));
}

/// "main" of a Go file's package clause; empty: none was found.
std::string_view package_of(std::string_view text) {
  for (const std::string_view line : lines_of(text))
    if (line.starts_with("package ")) {
      std::string_view name = line.substr(8);
      return name.substr(0, name.find_first_of(" \t\r;/"));
    }
  return {};
}

/// Compiled on some systems only, so that two files may define the same.
bool conditional(std::string_view path, std::string_view text) {
  if (text.find("//go:build") != std::string_view::npos || text.find("// +build") != std::string_view::npos)
    return true;
  constexpr std::array systems{"_linux", "_windows", "_darwin", "_unix",   "_amd64",
                               "_arm64", "_js",      "_wasm",   "_freebsd"};
  return std::any_of(systems.begin(), systems.end(), [&](const char* system) {
    return path.find(std::string(system) + ".") != std::string_view::npos ||
           path.find(std::string(system) + "_") != std::string_view::npos;
  });
}

constexpr std::array shared_names{"init", "main", "_"};
/// Names that every file may have.
bool common(const Definition& d) {
  return std::find(shared_names.begin(), shared_names.end(), d.short_name()) != shared_names.end();
}

/// New files, and in Go, whose packages span files, changed ones too.
bool is_candidate(const FileEdit& edit) {
  const auto language = parsers::language_of(edit.path);
  return language && edit.kind != FileEdit::Kind::removed &&
         (edit.kind == FileEdit::Kind::added || *language == Language::go);
}

/// Long enough that nobody writes it twice by chance.
bool substantial(const Definition& d) { return d.block && d.range.last_line - d.range.first_line >= 3; }

}  // namespace

std::vector<Finding> compare_definitions(const FileMeeting& met) {
  std::vector<Finding> out;
  if (met.edit_a->new_blob == met.edit_b->new_blob || !met.text_a->read || !met.text_b->read) return out;
  const auto new_a = added(*met.text_a), new_b = added(*met.text_b);
  for (const auto& [name, a] : new_a) {
    const auto found = new_b.find(name);
    if (found == new_b.end()) continue;
    const Definition& b = *found->second;
    bool proved = false;
    if (met.merged_outline != nullptr && met.merged_outline->proven()) {
      const auto merged = by_name(*met.merged_outline, *met.text_a->language);
      const auto both = merged.find(name);
      if (both == merged.end() || both->second.size() < 2) continue;  // git made one of them
      proved = true;
    }
    Finding finding =
        compare_finding("duplicate-definition", proved ? Certainty::proved : Certainty::inferred,
                        fmt::format("{} and {} both add {} {}{}", met.a->name, met.b->name, word(a->kind), name.first,
                                    a->body == b.body && a->signature == b.signature ? ", with the same body" : ""),
                        {met.edit_a->path, a->line});
    finding.severity = FindingSeverity::error;
    finding.related.push_back(on_side(met.b->name, {met.edit_b->path, b.line}, "defines it here"));
    out.push_back(std::move(finding));
  }
  return out;
}

std::vector<const FileEdit*> namespace_candidates(const BranchWork& a, const BranchWork& b) {
  using Directory = std::pair<Language, std::string>;
  const auto by_directory = [](const BranchWork& work) {
    std::map<Directory, std::vector<const FileEdit*>> out;
    for (const FileEdit& edit : work.edits)
      if (is_candidate(edit)) out[{*parsers::language_of(edit.path), directory_of(edit.path)}].push_back(&edit);
    return out;
  };
  std::vector<const FileEdit*> out;
  const auto of_a = by_directory(a), of_b = by_directory(b);
  for (const auto& [directory, edits] : of_a)
    if (const auto found = of_b.find(directory); found != of_b.end()) {
      out.insert(out.end(), edits.begin(), edits.end());
      out.insert(out.end(), found->second.begin(), found->second.end());
    }
  return out;
}

std::vector<Finding> compare_namespaces(const BranchWork& a, const BranchWork& b, EditReader& of) {
  struct Spot {
    const FileEdit* edit;
    const EditedText* text;
    const Definition* definition;
  };
  const std::vector<const FileEdit*> candidates = namespace_candidates(a, b);
  // By language, directory and name; of the first side.
  std::map<std::tuple<Language, std::string, Name>, std::vector<Spot>> defined;
  const auto visit = [&](const BranchWork& work, const auto& see) {
    for (const FileEdit* edit : candidates) {
      if (work.now_at(edit->path) != edit) continue;
      const EditedText& text = of.text(*edit);
      if (!text.read) continue;
      for (const auto& [name, definition] : added(text))
        if (definition->container == parsers::no_definition && !common(*definition))
          see(std::tuple(*text.language, directory_of(edit->path), name), Spot{edit, &text, definition});
    }
  };
  visit(a, [&](auto key, Spot place) { defined[std::move(key)].push_back(place); });
  std::vector<Finding> out;
  visit(b, [&](const auto& key, Spot theirs) {
    const auto found = defined.find(key);
    if (found == defined.end()) return;
    for (const Spot& ours : found->second) {
      if (ours.edit->path == theirs.edit->path) continue;  // one file: looked at as one
      if (a.now_at(theirs.edit->path) != nullptr || b.now_at(ours.edit->path) != nullptr) continue;
      const bool same = ours.definition->body == theirs.definition->body &&
                        ours.definition->signature == theirs.definition->signature;
      const bool package =
          std::get<0>(key) == Language::go && package_of(ours.text->after) == package_of(theirs.text->after) &&
          !conditional(ours.edit->path, ours.text->after) && !conditional(theirs.edit->path, theirs.text->after);
      const bool both_new = ours.edit->kind == FileEdit::Kind::added && theirs.edit->kind == FileEdit::Kind::added;
      if (!package && !(both_new && substantial(*ours.definition))) continue;
      Finding finding = compare_finding(
          "duplicate-definition", package ? Certainty::proved : Certainty::inferred,
          fmt::format("{} and {} both add {} {}{}", a.name, b.name, word(ours.definition->kind), std::get<2>(key).first,
                      package ? " to one package"
                      : same  ? ", with the same body, in new files of one directory"
                              : " in new files of one directory"),
          {ours.edit->path, ours.definition->line});
      finding.severity = package ? FindingSeverity::error : same ? FindingSeverity::warning : FindingSeverity::note;
      finding.related.push_back(on_side(b.name, {theirs.edit->path, theirs.definition->line}, "defines it here"));
      out.push_back(std::move(finding));
    }
  });
  return out;
}

}  // namespace planner
