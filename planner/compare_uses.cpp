#include "planner/compare_uses.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>

#include "parsers/call_shape.h"
#include "parsers/optional_import.h"

namespace planner {

using parsers::CodeOutline;
using parsers::Definition;
using parsers::Language;
using parsers::no_definition;
using parsers::Reference;

namespace {

/// The texts of a version, each asked for once: every question is a process of git.
class FileTexts {
 public:
  const std::optional<std::string>& at(Code& code, CodeFileId file) {
    const auto [at, fresh] = known_.try_emplace(static_cast<std::uint32_t>(file.index()));
    if (fresh) at->second = code.text(file);
    return at->second;
  }

 private:
  std::map<std::uint32_t, std::optional<std::string>> known_;
};

}  // namespace

/// The code of one tree, opened when it is asked about.
struct UseComparison::Version {
  Tree tree;
  std::unique_ptr<Code> code;
  std::unique_ptr<Linker> linker;
  FileTexts texts;
};

/// What a side took away from a file, or signs in another way now.
struct UseComparison::Gone {
  const FileEdit* edit = nullptr;
  SymbolChange::Kind kind = SymbolChange::Kind::removed;
  std::string symbol;      ///< qualified, as it was; empty: the file itself
  std::string now;         ///< renamed: what it is called
  std::uint32_t line = 0;  ///< where it was, or of a new signature where it is
  std::string name() const {
    const std::size_t dot = symbol.rfind('.');
    return dot == std::string::npos ? symbol : symbol.substr(dot + 1);
  }
};

/// All of it, and by what it is called.
struct UseComparison::Losses {
  std::vector<Gone> gone;
  std::map<std::pair<std::string, std::string>, const Gone*> by_place;  // path and symbol
  std::map<std::string, std::set<std::string>> files;                   // by name: whose it was
  std::set<std::string> stems;                                          // of files that are gone
  std::set<std::string> moved;                                          // paths of those
};

/// References and imports on the lines that a side wrote in one file.
struct UseComparison::NewLines {
  std::vector<std::uint32_t> references;  // positions in the new outline, ascending
  std::vector<const parsers::Import*> imports;
};

/// A reference on a line that a side wrote.
struct UseComparison::Use {
  const FileEdit* edit = nullptr;
  CodeFileId file;
  std::uint32_t reference = 0;
  Link link;
};

UseComparison::UseComparison(Repository& repository, CodeSource& code, EditReader& reader)
    : repository_(repository), code_(code), reader_(reader) {}
UseComparison::~UseComparison() = default;

namespace {

constexpr std::size_t most_steps = 20'000;  // references bound for one pair

std::string lower(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (c != '_') out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

std::string_view last_part(std::string_view chain) { return chain.substr(chain.rfind('.') + 1); }

std::string stem_of(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  return std::string(name.substr(0, name.find('.')));
}

bool names_file(const parsers::Import& import, std::string_view path) {
  const std::string stem = stem_of(path);
  return import.module.find(stem) != std::string::npos || import.name == stem;
}

bool on_new_line(const EditedText& text, std::uint32_t line) {
  return std::any_of(text.hunks.begin(), text.hunks.end(),
                     [&](const LineHunk& h) { return line >= h.new_first && line < h.new_first + h.new_count; });
}

/// The receiver goes by the name of the class: `tmux.IsRunning` of Tmux.
bool receiver_says(const Reference& use, std::string_view symbol) {
  const std::size_t dot = symbol.rfind('.');
  if (dot == std::string_view::npos || use.receiver.empty() || use.receiver == "?") return false;
  return lower(last_part(use.receiver)) == lower(last_part(symbol.substr(0, dot)));
}

std::string_view line_text(std::string_view text, std::uint32_t byte) {
  const std::size_t begin = byte == 0 ? 0 : text.rfind('\n', byte - 1) + 1;
  return text.substr(begin, std::min(text.find('\n', byte), text.size()) - begin);
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blank = " \t\r";
  text.remove_prefix(std::min(text.find_first_not_of(blank), text.size()));
  return text.substr(0, text.find_last_not_of(blank) + 1);
}

/// The same reference in another version of its file: on a line that reads the same, the n-th such. nullopt: gone.
std::optional<std::uint32_t> find_again(const CodeOutline& here, std::string_view text, std::uint32_t reference,
                                        const CodeOutline& there, std::string_view other) {
  const Reference& wanted = here.references[reference];
  const std::string_view line = trimmed(line_text(text, wanted.byte));
  const auto same = [&](const Reference& r, std::string_view of) {
    return r.name == wanted.name && r.receiver == wanted.receiver && r.kind == wanted.kind && r.byte < of.size() &&
           trimmed(line_text(of, r.byte)) == line;
  };
  std::size_t before = 0;
  for (std::uint32_t i = 0; i < reference; ++i) before += same(here.references[i], text) ? 1 : 0;
  for (std::uint32_t i = 0; i < there.references.size(); ++i)
    if (same(there.references[i], other) && before-- == 0) return i;
  return std::nullopt;
}

std::size_t byte_at(std::string_view text, std::uint32_t line, std::uint32_t column) {
  std::size_t at = 0;
  for (std::uint32_t l = 1; l < line && at != std::string_view::npos; ++l) at = text.find('\n', at) + 1;
  return std::min(at + column - 1, text.size());
}

std::optional<parsers::ParameterList> parameters_of(Language language, std::string_view text, const Definition& d) {
  return parsers::parameters_at(language, text, byte_at(text, d.line, d.column) + d.short_name().size());
}

/// Whom a call of this definition calls: of a class its constructor, where it has one.
const Definition* called(const CodeOutline& outline, std::uint32_t definition) {
  const Definition& d = outline.definitions[definition];
  if (d.kind != parsers::SymbolKind::class_) return &d;
  for (const Definition& inner : outline.definitions)
    if (inner.container == definition &&
        (inner.short_name() == "__init__" || inner.kind == parsers::SymbolKind::constructor))
      return &inner;
  return nullptr;
}

/// Why the call at a reference does not fit what it is bound to; nullopt: it may.
std::optional<std::string> misfit_of(Code& code, FileTexts& texts, CodeFileId from, std::uint32_t reference,
                                     CodeFileId to, std::uint32_t definition) {
  const auto language = code.files()[from.index()].language, other = code.files()[to.index()].language;
  if (!language || !other || definition == no_definition) return std::nullopt;
  const Reference& use = code.outline(from).references[reference];
  if (use.kind != Reference::Kind::call) return std::nullopt;
  const Definition* target = called(code.outline(to), definition);
  if (target == nullptr) return std::nullopt;
  const auto &text = texts.at(code, from), &definer = texts.at(code, to);
  if (!text || !definer) return std::nullopt;
  const auto arguments = parsers::arguments_at(*language, *text, use.byte + use.name.size());
  const auto parameters = parameters_of(*other, *definer, *target);
  if (!arguments || !parameters) return std::nullopt;
  return parsers::misfit(*parameters, *arguments);
}

bool in_conflict(const Merge& merge, const std::string& path) {
  return std::any_of(merge.stages.begin(), merge.stages.end(), [&](const MergeStage& s) { return s.path == path; });
}

}  // namespace

Result<UseComparison::Version*> UseComparison::version(const ObjectId& tree_ish, bool keep) {
  if (const auto known = versions_.find(tree_ish); known != versions_.end()) return known->second.get();
  auto tree = repository_.tree(tree_ish);
  if (!tree) return tl::make_unexpected(tree.error());
  auto made = std::make_unique<Version>();
  made->tree = std::move(*tree);
  auto code = code_.at(made->tree);
  if (!code) return tl::make_unexpected(code.error());
  made->code = std::move(*code);
  made->linker = std::make_unique<Linker>(*made->code);
  if (!keep) versions_.erase("");  // what git merged is looked at once
  auto& kept = versions_[keep ? tree_ish : ObjectId()];
  kept = std::move(made);
  return kept.get();
}

bool UseComparison::afford(std::size_t steps) {
  steps_ += steps;
  return steps_ <= most_steps;
}

const UseComparison::NewLines& UseComparison::new_lines(const FileEdit& edit) {
  const EditedText& text = reader_.text(edit);
  auto& kept = new_lines_[&text];
  if (kept) return *kept;
  kept = std::make_unique<NewLines>();
  if (!text.read || text.new_outline == nullptr || !text.new_outline->proven()) return *kept;
  const CodeOutline& outline = *text.new_outline;
  for (std::uint32_t i = 0; i < outline.references.size(); ++i)
    if (on_new_line(text, outline.references[i].line)) kept->references.push_back(i);
  for (const parsers::Import& import : outline.imports)
    if (on_new_line(text, import.line)) kept->imports.push_back(&import);
  return *kept;
}

Result<const UseComparison::Losses*> UseComparison::losses_of(const BranchWork& remover, bool large) {
  auto& kept = losses_[&remover];
  if (kept) return kept.get();
  if (large) {
    std::vector<const FileEdit*> edits;
    for (const FileEdit& edit : remover.edits)
      if (edit.kind != FileEdit::Kind::added && parsers::language_of(edit.old_path)) edits.push_back(&edit);
    if (auto done = reader_.read(edits); !done) return tl::make_unexpected(done.error());
  }
  kept = std::make_unique<Losses>();
  kept->gone = gone_of(remover);
  for (const Gone& g : kept->gone) {
    const std::string& path = g.edit->old_path;
    kept->by_place.try_emplace({path, g.symbol}, &g);
    if (g.symbol.empty()) {
      kept->stems.insert(stem_of(path));
      kept->moved.insert(path);
      continue;
    }
    kept->files[g.name()].insert(path);
    // A constructor is called by the name of its class.
    if (const std::size_t dot = g.symbol.rfind('.'); dot != std::string::npos)
      kept->files[std::string(last_part(std::string_view(g.symbol).substr(0, dot)))].insert(path);
  }
  return kept.get();
}

std::vector<UseComparison::Gone> UseComparison::gone_of(const BranchWork& work) {
  std::vector<Gone> out;
  for (const FileEdit& edit : work.edits) {
    if (edit.kind == FileEdit::Kind::added || !parsers::language_of(edit.old_path)) continue;
    const EditedText& text = reader_.text(edit);
    if (edit.takes_away()) out.push_back({&edit, SymbolChange::Kind::removed, "", "", 0});
    if (!text.read || text.old_outline == nullptr || !text.old_outline->proven()) continue;
    if (edit.kind == FileEdit::Kind::removed) {
      for (const Definition& d : text.old_outline->definitions)
        out.push_back({&edit, SymbolChange::Kind::removed, d.name, "", d.line});
      continue;
    }
    for (const SymbolChange& change : text.symbols) {
      if (change.kind == SymbolChange::Kind::added || change.kind == SymbolChange::Kind::body) continue;
      const Definition& then = text.old_outline->definitions[change.old_definition];
      const bool changed = change.kind == SymbolChange::Kind::signature;
      out.push_back({&edit, change.kind, then.name, change.kind == SymbolChange::Kind::renamed ? change.symbol : "",
                     changed ? text.new_outline->definitions[change.new_definition].line : then.line});
    }
  }
  return out;
}

/// References on new lines to what is gone, as the index binds them in the user's own version.
Result<std::vector<UseComparison::Use>> UseComparison::new_uses(const BranchWork& user, bool large,
                                                                const Losses& lost) {
  std::vector<Use> out;
  std::vector<const FileEdit*> candidates;
  if (large) {
    const auto opened = version(user.tip, true);
    if (!opened) return tl::make_unexpected(opened.error());
    std::set<std::string> mentioned;
    const auto look_for = [&](const std::string& word) {
      for (const CodeFileId file : (*opened)->code->mentioning(word))
        mentioned.insert((*opened)->code->files()[file.index()].path);
    };
    for (const auto& [name, files] : lost.files) look_for(name);
    for (const std::string& stem : lost.stems) look_for(stem);
    for (const FileEdit& edit : user.edits)
      if (edit.kind != FileEdit::Kind::removed && mentioned.contains(edit.path)) candidates.push_back(&edit);
    if (auto done = reader_.read(candidates); !done) return tl::make_unexpected(done.error());
  } else {
    for (const FileEdit& edit : user.edits)
      if (edit.kind != FileEdit::Kind::removed) candidates.push_back(&edit);
  }
  for (const FileEdit* edit : candidates) {
    if (!parsers::language_of(edit->path)) continue;
    const NewLines& lines = new_lines(*edit);
    if (lines.references.empty() && lines.imports.empty()) continue;
    const CodeOutline& written = *reader_.text(*edit).new_outline;
    const auto stem_in = [&](const parsers::Import* i) {
      return std::any_of(lost.moved.begin(), lost.moved.end(),
                         [&](const std::string& path) { return names_file(*i, path); });
    };
    // An import may give it another name.
    std::map<std::string_view, std::set<std::string_view>> behind;
    for (const parsers::Import& import : written.imports)
      if (!import.alias.empty() && import.alias != import.name) behind[import.alias].insert(import.name);
    std::set<std::string> into;
    std::vector<std::uint32_t> wanted;
    bool may = false;
    const auto spells = [&](std::string_view name) {
      const auto found = lost.files.find(std::string(name));
      if (found == lost.files.end()) return false;
      into.insert(found->second.begin(), found->second.end());
      return true;
    };
    for (const std::uint32_t i : lines.references) {
      const std::string& name = written.references[i].name;
      bool here = spells(name);
      may = may || here;
      if (const auto other = behind.find(name); other != behind.end())
        for (const std::string_view meant : other->second) here = spells(meant) || meant == "default" || here;
      if (here || !lost.moved.empty()) wanted.push_back(i);
    }
    if (!may && std::none_of(lines.imports.begin(), lines.imports.end(), stem_in)) continue;
    if (!lost.moved.empty()) wanted.push_back(no_reference);
    into.insert(lost.moved.begin(), lost.moved.end());
    if (!afford(wanted.size())) return out;
    const auto opened = version(user.tip, true);
    if (!opened) return tl::make_unexpected(opened.error());
    Version& v = **opened;
    const auto file = v.code->find(edit->path);
    if (!file) continue;
    std::vector<CodeFileId> targets;
    for (const std::string& path : into)
      if (const auto there = v.code->find(path); there && *there != *file) targets.push_back(*there);
    for (const Link& link : v.linker->links_at(*file, wanted, &targets)) {
      // Of a package that an import names as a whole no single file is used by that.
      if (link.reference == no_reference &&
          std::none_of(lines.imports.begin(), lines.imports.end(), [&](const parsers::Import* i) {
            return i->line == link.via_line && names_file(*i, v.code->files()[link.to.index()].path);
          }))
        continue;
      out.push_back({edit, *file, link.reference, link});
    }
  }
  return out;
}

Result<void> UseComparison::one_way(const BranchWork& remover, const BranchWork& user, const Merge& merge,
                                    bool remover_is_large, bool user_is_large, std::vector<Finding>& out) {
  if (std::none_of(user.edits.begin(), user.edits.end(), [](const FileEdit& edit) {
        return edit.kind != FileEdit::Kind::removed && parsers::language_of(edit.path);
      }))
    return {};
  const auto losses = losses_of(remover, remover_is_large);
  if (!losses) return tl::make_unexpected(losses.error());
  const Losses& lost = **losses;
  if (lost.gone.empty()) return {};
  const auto& by_place = lost.by_place;
  const auto uses = new_uses(user, user_is_large, lost);
  if (!uses) return tl::make_unexpected(uses.error());
  if (uses->empty()) return {};
  const auto opened = version(user.tip, true);
  if (!opened) return tl::make_unexpected(opened.error());
  Version& mine = **opened;
  Version* merged = nullptr;

  struct Said {
    std::size_t finding;  // position
    bool import;          // it stands at an import
    std::set<std::uint32_t> lines;
  };
  std::map<std::tuple<std::string, std::string, std::string>, Said> said;    // file, rule, symbol
  std::map<std::pair<std::uint32_t, std::uint32_t>, bool> optional_imports;  // by file and line
  const auto is_optional = [&](const Use& use, std::uint32_t import) {
    const auto [known, first] = optional_imports.try_emplace({use.file.index(), import});
    const auto language = mine.code->files()[use.file.index()].language;
    const auto& text = mine.texts.at(*mine.code, use.file);
    if (first && language && text) known->second = parsers::is_optional_import(*language, *text, import);
    return known->second;
  };
  for (const Use& use : *uses) {
    const std::string& path = mine.code->files()[use.link.to.index()].path;
    const CodeOutline& definer = mine.code->outline(use.link.to);
    const std::string symbol =
        use.link.definition == no_definition ? std::string() : definer.definitions[use.link.definition].name;
    const Gone* what = nullptr;
    for (const std::string& key :
         {symbol, symbol + ".__init__", symbol + ".constructor", symbol + "." + std::string(last_part(symbol))})
      if (const auto found = by_place.find({path, key}); found != by_place.end() && what == nullptr)
        what = found->second;
    const auto file_gone = by_place.find({path, std::string()});
    if (what == nullptr && file_gone != by_place.end()) what = file_gone->second;
    if (what == nullptr) continue;
    const bool constructor = what->symbol != symbol && !what->symbol.empty();
    if (constructor && what->kind != SymbolChange::Kind::signature) continue;

    const CodeOutline& outline = mine.code->outline(use.file);
    const Reference* reference = use.reference == no_reference ? nullptr : &outline.references[use.reference];
    const std::uint32_t line = reference == nullptr ? use.link.via_line : reference->line;
    const bool sure = resolved(use.link.grade);
    const bool by_receiver = !sure && reference != nullptr && receiver_says(*reference, symbol);
    if (!sure && !by_receiver && use.link.grade != Grade::member_near) continue;

    // What becomes of it in the merge.
    std::optional<std::string> why;
    bool broken = true;
    if (!merge.tree.empty() && !in_conflict(merge, use.edit->path) && reference != nullptr) {
      if (merged == nullptr) {
        const auto result = version(merge.tree, false);
        if (!result) return tl::make_unexpected(result.error());
        merged = *result;
      }
      const FileEdit* moved = remover.once_at(use.edit->path);
      const auto file =
          merged->code->find(moved != nullptr && moved->kind == FileEdit::Kind::renamed ? moved->path : use.edit->path);
      const auto& text = mine.texts.at(*mine.code, use.file);
      const auto merged_text = file ? merged->texts.at(*merged->code, *file) : std::nullopt;
      if (file && text && merged_text) {
        const auto again = find_again(outline, *text, use.reference, merged->code->outline(*file), *merged_text);
        if (!again) continue;  // the use itself did not survive
        bool bound = false, fits = false;
        for (const Link& link : merged->linker->links_at(*file, {*again})) {
          if (sure && !resolved(link.grade)) continue;
          bound = true;
          const auto reason = misfit_of(*merged->code, merged->texts, *file, *again, link.to, link.definition);
          if (reason)
            why = reason;
          else
            fits = true;
        }
        broken = !bound;
        if (bound && fits) continue;
        if (bound && misfit_of(*mine.code, mine.texts, use.file, use.reference, use.link.to, use.link.definition))
          continue;
      }
    } else if (what->kind == SymbolChange::Kind::signature) {
      continue;  // without the merge nobody can tell
    }
    if (broken && what->kind == SymbolChange::Kind::signature && !constructor && sure && merged == nullptr) continue;

    const bool orphan = broken && what->edit->takes_away() && what->edit->path != what->edit->old_path
                            ? true
                            : broken && what->edit->kind == FileEdit::Kind::removed;
    const std::string rule = orphan ? "orphaned-work" : broken ? "reference-removed" : "signature-changed";
    const bool optional = broken && is_optional(use, use.link.via_line != 0 ? use.link.via_line : line);
    // One finding for all uses in a file: it stands at the first that is no import.
    const std::string key = (orphan ? what->edit->old_path : symbol) + (optional ? "?" : "");
    const bool import = reference == nullptr || reference->kind == Reference::Kind::import;
    const auto [at, first] = said.try_emplace({use.edit->path, rule, key}, Said{out.size(), import, {line}});
    if (!first) {
      Finding& known = out[at->second.finding];
      if (!at->second.lines.insert(line).second) continue;
      Place other{use.edit->path, line};
      if (at->second.import && !import) std::swap(other, known.where);
      at->second.import = at->second.import && import;
      known.related.push_back(
          on_side(user.name, std::move(other), orphan && !symbol.empty() ? "and here, " + symbol : "and here"));
      continue;
    }
    std::string message;
    if (orphan)
      message = fmt::format("{} {} {}, which {} newly uses{}", remover.name,
                            what->edit->kind == FileEdit::Kind::removed ? "removes" : "renames", what->edit->old_path,
                            user.name, symbol.empty() ? "" : fmt::format(" ({})", symbol));
    else if (broken && what->kind == SymbolChange::Kind::renamed)
      message = fmt::format("{} renames {} to {}, and {} newly uses the old name", remover.name, symbol, what->now,
                            user.name);
    else if (broken)
      message = fmt::format("{} removes {}, which {} newly uses", remover.name, symbol, user.name);
    else
      message = fmt::format("{} changes the signature of {}, and {} newly calls it as it was: {}", remover.name, symbol,
                            user.name, why.value_or(""));
    Finding finding = compare_finding(rule, sure ? Certainty::proved : Certainty::inferred, std::move(message),
                                      {use.edit->path, line});
    if ((!sure && !by_receiver) || optional) finding.severity = FindingSeverity::note;
    if (optional) finding.message += ", and does without it where it is missing";
    const bool still = what->kind == SymbolChange::Kind::signature;
    finding.related.push_back(on_side(remover.name, {still ? what->edit->path : what->edit->old_path, what->line},
                                      orphan   ? "the file is gone"
                                      : still  ? "signed like this now"
                                      : broken ? "stood here"
                                               : "changed here"));
    out.push_back(std::move(finding));
  }
  return {};
}

Result<std::vector<Finding>> UseComparison::compare(const BranchWork& a, const BranchWork& b, const Merge& merge,
                                                    bool b_is_large) {
  std::vector<Finding> out;
  steps_ = 0;
  if (auto done = one_way(a, b, merge, false, b_is_large, out); !done) return tl::make_unexpected(done.error());
  if (auto done = one_way(b, a, merge, b_is_large, false, out); !done) return tl::make_unexpected(done.error());
  if (steps_ > most_steps) {
    Finding finding = compare_finding(
        "reference-removed", Certainty::unproven,
        fmt::format("{} and {} change too much for every new use to be looked up: some may be of what is gone", a.name,
                    b.name),
        {});
    finding.severity = FindingSeverity::note;
    out.push_back(std::move(finding));
  }
  return out;
}

}  // namespace planner
