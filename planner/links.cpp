#include "planner/links.h"

#include <algorithm>
#include <array>
#include <set>
#include <unordered_set>

#include "planner/links_members.h"

namespace planner {
namespace {

void tidy(std::vector<Link>& links) {
  std::sort(links.begin(), links.end());
  links.erase(std::unique(links.begin(), links.end(),
                          [](const Link& a, const Link& b) {
                            return a.from == b.from && a.reference == b.reference && a.to == b.to &&
                                   a.definition == b.definition;
                          }),
              links.end());
}

/// The files that could use definitions of one file: those that mention their names, or a name under which some file
/// passes them on.
class Candidates {
 public:
  Candidates(Binder& binder, CodeFileId target, const std::vector<std::uint32_t>& wanted)
      : binder_(binder), target_(target), wanted_(wanted) {}

  std::set<CodeFileId> find() && {
    for (const std::uint32_t d : wanted_)
      if (d == parsers::no_definition)
        want_importers(target_);
      else
        want(std::string(binder_.outline(target_).definitions[d].short_name()));
    while (!open_.empty()) {
      const std::string name = std::move(open_.back());
      open_.pop_back();
      look_for(name);
    }
    return std::move(files_);
  }

 private:
  void want(std::string name) {
    if (!name.empty() && names_.insert(name).second) open_.push_back(std::move(name));
  }

  void want_importers(CodeFileId file) {
    LinkRules* own = binder_.rules(file);
    if (own == nullptr) return;
    const std::string word = own->imported_as(file);
    want(word);
    // Its own directory may import it without that word: `from "."`, `from . import x`.
    const std::string_view path = binder_.names().path(file), directory = directory_of(path);
    if (path.substr(directory.empty() ? 0 : directory.size() + 1).starts_with(word + '.')) return;
    for (const CodeFileId other : binder_.names().files_below(directory))
      if (binder_.related(file, other)) files_.insert(other);
  }

  void look_for(const std::string& name) {
    for (const CodeFileId file : std::vector<CodeFileId>(binder_.names().mentioning(name))) {
      if (!binder_.related(target_, file)) continue;
      files_.insert(file);
      const auto& imports = binder_.outline(file).imports;
      for (std::uint32_t i = 0; i < imports.size(); ++i)
        if ((imports[i].name == name || imports[i].name == "default") && imports[i].alias != imports[i].name)
          look_behind(file, i);
    }
  }

  /// An import that passes a definition on under another name.
  void look_behind(CodeFileId file, std::uint32_t position) {
    const parsers::Import& import = binder_.outline(file).imports[position];
    if (import.alias.empty() || names_.contains(import.alias)) return;
    if (LinkRules* own = binder_.rules(file); own == nullptr || !own->passes_on(file, import)) return;
    const Meaning meaning = binder_.of_import(file, position);
    const bool ours = std::any_of(meaning.sites.begin(), meaning.sites.end(), [&](const Site& site) {
      return site.file == target_ && std::find(wanted_.begin(), wanted_.end(), site.definition) != wanted_.end();
    });
    if (!ours) return;
    if (import.alias == "default")
      want_importers(file);
    else
      want(import.alias);
  }

  Binder& binder_;
  CodeFileId target_;
  const std::vector<std::uint32_t>& wanted_;
  std::unordered_set<std::string> names_;
  std::vector<std::string> open_;
  std::set<CodeFileId> files_;
};

}  // namespace

std::string_view to_string(Grade grade) {
  static constexpr std::array<std::string_view, 5> names = {"X", "I", "P", "M1", "M2"};
  return names[static_cast<std::size_t>(grade)];
}

class Linker::Parts {
 public:
  explicit Parts(Code& code) : code_(code), binder_(code), members_(binder_) {}

  Binder& binder() { return binder_; }
  void forget() {
    members_.forget();
    binder_.forget();
  }

  /// `into`: only links into these files; null: all. `members`: of values of unknown type, too.
  std::vector<Link> links(CodeFileId from, const std::vector<CodeFileId>* into, bool members = true) {
    std::vector<Link> out;
    const auto& references = code_.outline(from).references;
    for (std::uint32_t i = 0; i < references.size(); ++i) bind(from, i, into, members, out);
    add_imports(from, into, out);
    tidy(out);
    return out;
  }

  std::vector<Link> links_at(CodeFileId from, const std::vector<std::uint32_t>& positions,
                             const std::vector<CodeFileId>* into) {
    std::vector<Link> out;
    const std::size_t count = code_.outline(from).references.size();
    for (const std::uint32_t i : positions)
      if (i == no_reference)
        add_imports(from, into, out);
      else if (i < count)
        bind(from, i, into, true, out);
    tidy(out);
    return out;
  }

  std::vector<Link> links_to(CodeFileId to, const std::vector<std::uint32_t>& wanted) {
    std::vector<Link> out;
    const std::vector<CodeFileId> into = {to};
    for (const CodeFileId file : Candidates(binder_, to, wanted).find()) {
      if (file == to) continue;
      for (const Link& link : links(file, &into))
        if (std::find(wanted.begin(), wanted.end(), link.definition) != wanted.end()) out.push_back(link);
    }
    return out;
  }

 private:
  static bool is_wanted(const std::vector<CodeFileId>* into, CodeFileId file) {
    return into == nullptr || std::find(into->begin(), into->end(), file) != into->end();
  }

  void bind(CodeFileId from, std::uint32_t position, const std::vector<CodeFileId>* into, bool members,
            std::vector<Link>& out) {
    const parsers::Reference& reference = code_.outline(from).references[position];
    const Meaning meaning = binder_.of(from, reference);
    const auto add = [&](const Site& site, Grade grade) {
      if (is_wanted(into, site.file))
        out.push_back({from, position, site.file, site.definition, grade, meaning.via_line});
    };
    if (meaning.known()) {
      LinkRules* own = binder_.rules(from);
      for (const Site& site : meaning.sites)
        for (const Site& part : own == nullptr ? std::vector<Site>{site} : own->parts_of(site, reference))
          add(part,
              resolved(meaning.grade) && part.file == from ? Grade::exact : std::max(meaning.grade, Grade::imported));
      if (meaning.sites.empty())
        for (const CodeFileId file : meaning.module.files)
          if (file != from) add({file, parsers::no_definition}, std::max(meaning.grade, Grade::imported));
      return;
    }
    if (!members || reference.receiver.empty() || meaning.kind == Meaning::Kind::foreign) return;
    if (into != nullptr && !defined_in(*into, reference.name)) return;
    if (LinkRules* own = binder_.rules(from); own != nullptr)
      if (const std::vector<Site> only = own->members(from, reference.name); !only.empty()) {
        for (const Site& site : only)
          for (const Site& part : own->parts_of(site, reference))
            add(part, part.file == from ? Grade::exact : Grade::package);
        return;
      }
    for (const MemberFinder::Found& found : members_.find(from, reference.name)) add(found.site, found.grade);
  }

  bool defined_in(const std::vector<CodeFileId>& files, std::string_view name) {
    return std::any_of(files.begin(), files.end(),
                       [&](CodeFileId file) { return !binder_.names().ending_in(file, name).empty(); });
  }

  /// The files that the imports of a file name, whether it uses them or not.
  void add_imports(CodeFileId from, const std::vector<CodeFileId>* into, std::vector<Link>& out) {
    LinkRules* own = binder_.rules(from);
    if (own == nullptr) return;
    const auto& imports = code_.outline(from).imports;
    for (std::uint32_t i = 0; i < imports.size(); ++i) {
      if (imports[i].module.empty()) continue;
      for (const Module& module : {own->runs(from, imports[i]), binder_.of_import(from, i).module})
        for (const CodeFileId file : module.files)
          if (file != from && is_wanted(into, file))
            out.push_back({from, no_reference, file, parsers::no_definition, Grade::imported, imports[i].line});
    }
  }

  Code& code_;
  Binder binder_;
  MemberFinder members_;
};

bool Linker::is_use(CodeFileId file, const parsers::Reference& reference) {
  LinkRules* own = parts_->binder().rules(file);
  return own == nullptr || own->is_use(reference);
}

void Linker::forget() { parts_->forget(); }

Linker::Linker(Code& code) : parts_(std::make_unique<Parts>(code)) {}
Linker::~Linker() = default;
Linker::Linker(Linker&&) noexcept = default;
Linker& Linker::operator=(Linker&&) noexcept = default;

std::vector<Link> Linker::links_from(CodeFileId from) { return parts_->links(from, nullptr); }

std::vector<Link> Linker::resolved_from(CodeFileId from) { return parts_->links(from, nullptr, false); }

std::vector<Link> Linker::links_between(CodeFileId from, const std::vector<CodeFileId>& to) {
  return parts_->links(from, &to);
}

std::vector<Link> Linker::links_at(CodeFileId from, const std::vector<std::uint32_t>& references,
                                   const std::vector<CodeFileId>* to) {
  return parts_->links_at(from, references, to);
}

std::vector<Link> Linker::links_to(CodeFileId to, const std::vector<std::uint32_t>& definitions) {
  return parts_->links_to(to, definitions);
}

}  // namespace planner
