#include "planner/draft.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <map>
#include <memory>
#include <set>

#include "parsers/format_prose.h"
#include "parsers/order_text.h"
#include "parsers/text_names.h"
#include "planner/named_files.h"
#include "planner/path_words.h"
#include "planner/predict.h"
#include "planner/resolve.h"

namespace planner {
namespace {

using parsers::Intent;
using parsers::Passage;
using parsers::ProsePath;
using parsers::Sure;
using parsers::TextName;

constexpr std::size_t most_names = 200;  // of one order, looked up in the code
constexpr std::size_t most_of_name = 3;  // files or definitions that one word may mean
constexpr std::size_t most_words = 400;
constexpr std::size_t most_worded = 3;

/// What the sentences of a passage say about the paths in them.
struct Said {
  Sure sure = Sure::mentioned;
  std::optional<Intent> intent;
};

/// Names that no line of a document can say: controls, bytes that are not UTF-8, what means an area.
bool can_be_written(std::string_view resource) {
  return !resource.starts_with('@') && parsers::printable(resource) == resource;
}

class Drafter {
 public:
  Drafter(const Orders& orders, const std::vector<parsers::Source>& sources, const DraftGround& ground,
          std::size_t most_inferred)
      : orders_(orders), ground_(ground), most_inferred_(most_inferred) {
    for (const parsers::Source& source : sources) sources_.emplace(source.name, &source);
    for (const Order& order : orders.list) lines_[order.where.file].insert(order.where.line);
    if (ground_.tree != nullptr) {
      names_ = std::make_unique<NameFinder>(*ground_.tree, ground_.code);
      words_ = std::make_unique<PathWords>(*ground_.tree);
    }
    if (ground_.code != nullptr) linker_ = std::make_unique<Linker>(*ground_.code);
  }

  Drafted draft(OrderId id) {
    order_ = &orders_.list[id.index()];
    out_ = {id, {}, {}};
    taken_.clear();
    heard_.clear();
    const std::vector<Passage> passages = passages_of(*order_);
    for (const Passage& passage : passages) named(passage);
    for (const Passage& passage : passages) symbols(passage);
    declared_in_fields();
    std::stable_sort(out_.write.begin(), out_.write.end(),
                     [](const DraftLine& a, const DraftLine& b) { return a.basis < b.basis; });
    if (names_) {
      std::size_t inferred = 0;
      links(inferred);
      worded(passages, inferred);
    }
    std::erase_if(out_.read, [&](const DraftLine& l) { return taken_.contains(l.entry.resource.text); });
    return std::move(out_);
  }

 private:
  Certainty certainty() const { return ground_.tree != nullptr ? Certainty::inferred : Certainty::unproven; }

  void add(std::vector<DraftLine>& list, std::string resource, Place where, DraftBasis basis, std::string because,
           std::optional<Intent> intent = {}) {
    if (!can_be_written(resource)) return;
    DraftLine line;
    line.entry.resource = resource_from(std::move(resource));
    line.entry.written = line.entry.resource.text;
    line.entry.intent = intent.value_or(Intent::modify);
    line.entry.intent_declared = intent && *intent != Intent::modify;
    line.entry.where = std::move(where);
    line.entry.certainty = certainty();
    line.basis = basis;
    line.because = std::move(because);
    list.push_back(std::move(line));
  }

  bool take(const std::string& resource) { return taken_.insert(resource).second; }

  std::vector<Passage> passages_of(const Order& order) {
    const auto source = sources_.find(order.where.file);
    if (source == sources_.end()) return {{order.title, order.where.line, false}};
    const auto [texts, fresh] = texts_.try_emplace(order.where.file, *source->second);
    const std::set<std::uint32_t>& lines = lines_[order.where.file];
    const auto next = lines.upper_bound(order.where.line);
    return texts->second.of(order.id, order.title, order.where.line, next == lines.end() ? 0 : *next);
  }

  Place place(const Passage& passage, std::string_view part) const {
    return {order_->where.file, passage.line_of(static_cast<std::size_t>(part.data() - passage.text.data()))};
  }

  /// Paths: what sentences say of them decides between write and read.
  void named(const Passage& passage) {
    std::map<std::string, Said, std::less<>> said;
    std::vector<ProsePath> paths = parsers::read_prose(passage.text, parsers::Ungoverned::stated);
    for (const ProsePath& path : paths) {
      heard_.insert(path.path);
      Said& known = said[path.path];
      if (path.sure < known.sure) known.sure = path.sure;
      if (path.intent && !known.intent) known.intent = path.intent;
    }
    if (names_)
      for (const TextName& name : parsers::names_in(passage.text)) {
        const auto found = names_->files(name.text, most_of_name);
        if (!found) continue;
        const auto sentence = said.find(name.text);
        const Said how = sentence != said.end() ? sentence->second : Said{Sure::stated, {}};
        take_files(*found, name, how, passage);
      }
    for (const ProsePath& path : paths) not_there(path, passage);
  }

  void take_files(const NamedFiles& found, const TextName& name, const Said& how, const Passage& passage) {
    const Place where = place(passage, name.text);
    const bool whole = found.how == NamedFiles::How::path && !name.fenced;
    for (const std::uint32_t file : found.files) {
      const std::string& path = ground_.tree->entries()[file].path;
      const bool write = how.sure == Sure::stated;
      if (taken_.contains(path)) continue;
      std::string because;
      if (name.fenced)
        because = fmt::format("a block of code names {}", name.text);
      else if (!whole)
        because = found.files.size() == 1 ? fmt::format("the one file that {} means", name.text)
                                          : fmt::format("one of {} files that {} means", found.files.size(), name.text);
      if (write) {
        taken_.insert(path);
        add(out_.write, path, where, whole ? DraftBasis::named : DraftBasis::resolved, because,
            how.intent == Intent::create ? std::nullopt : how.intent);
      } else {
        add(out_.read, path, where, whole ? DraftBasis::named : DraftBasis::resolved, because);
      }
    }
  }

  /// A path of a sentence of which nothing is tracked: what is to be written there comes into being.
  void not_there(const ProsePath& path, const Passage& passage) {
    const Place where = place(passage, path.place);
    const CanonicalPath canonical = canonical_path(path.path, "", {ground_.tree, ground_.tops, nullptr});
    if (!canonical.error.empty() || canonical.text.starts_with('@')) return;
    const Resource resource = resource_from(canonical.text);
    const bool exact = resource.kind == Resource::Kind::path || resource.kind == Resource::Kind::symbol;
    if (names_ && exact && names_->files(path.path, SIZE_MAX)) return;  // it is there, or somewhere of that name
    if (path.sure != Sure::stated) {
      if (!names_ && !taken_.contains(canonical.text)) add(out_.read, canonical.text, where, DraftBasis::named, "");
      return;
    }
    std::optional<Intent> intent = path.intent;
    if (names_ && exact) {
      // A bare name of nothing is a word as often as a file.
      if (intent != Intent::create && canonical.text.find('/') == std::string::npos) return;
      intent = Intent::create;
    }
    if (intent == Intent::rename) intent.reset();  // to what, nobody said
    if (!take(canonical.text)) return;
    add(out_.write, canonical.text, where, DraftBasis::named, names_ && exact ? "nothing of that name is tracked" : "",
        intent);
  }

  void symbols(const Passage& passage) {
    if (!names_ || ground_.code == nullptr) return;
    std::set<std::string_view> asked;
    for (const TextName& name : parsers::names_in(passage.text)) {
      std::string_view word = name.text;
      const bool code = parsers::looks_like_code(word) || name.quoted || name.called;
      if (!code || name.fenced || word.size() < 3 || word.find('/') != std::string_view::npos) continue;
      if (asked.size() >= most_names || !asked.insert(word).second) continue;
      if (names_->files(word, most_of_name)) continue;
      std::vector<NamedSymbol> found = names_->symbols(word, most_of_name);
      // `Blueprint.register` is no other register.
      const auto in_full = [&](const NamedSymbol& s) { return ("." + s.symbol).ends_with(fmt::format(".{}", word)); };
      if (std::any_of(found.begin(), found.end(), in_full))
        std::erase_if(found, [&](const NamedSymbol& s) { return !in_full(s); });
      const Place where = place(passage, word);
      for (const NamedSymbol& symbol : found) {
        const std::string resource = symbol.path + "::" + symbol.symbol;
        if (taken_.contains(symbol.path) || !take(resource)) continue;
        add(out_.write, resource, where, DraftBasis::resolved,
            found.size() == 1
                ? fmt::format("{} is defined in line {} of it and nowhere else", word, symbol.line)
                : fmt::format("{} is defined in line {} of it, and in {} more", word, symbol.line, found.size() - 1));
      }
    }
  }

  /// What a reader found in fields of the format that it keeps no text of.
  void declared_in_fields() {
    if (!order_->write) return;
    for (const Entry& entry : *order_->write) {
      if (heard_.contains(entry.written)) continue;
      const bool known = std::any_of(out_.write.begin(), out_.write.end(),
                                     [&](const DraftLine& l) { return overlap(l.entry.resource, entry.resource); });
      const bool reads = std::any_of(out_.read.begin(), out_.read.end(),
                                     [&](const DraftLine& l) { return overlap(l.entry.resource, entry.resource); });
      if (known || reads || !take(entry.resource.text)) continue;
      DraftLine line{entry, DraftBasis::named, ""};
      line.entry.certainty = certainty();
      line.entry.cover = nullptr;
      out_.write.push_back(std::move(line));
    }
  }

  bool is_taken_file(std::string_view path) const {
    const auto same = [&](const DraftLine& l) { return l.entry.resource.path() == path; };
    return std::any_of(out_.write.begin(), out_.write.end(), same) ||
           std::any_of(out_.read.begin(), out_.read.end(), same);
  }

  void links(std::size_t& inferred) {
    if (ground_.code == nullptr || ground_.history == nullptr || out_.write.empty()) return;
    Order seeds;
    seeds.id = order_->id;
    seeds.write.emplace();
    seeds.do_not_touch = order_->do_not_touch;
    seeds.permits = order_->permits;
    for (const DraftLine& line : out_.write) seeds.write->push_back(line.entry);
    // Who merely calls it changes in three cases of a hundred, measured on the messages of four histories.
    for (const LikelyWrite& likely :
         predict_writes(seeds, orders_.rules, *ground_.code, *linker_, *ground_.history, 4 * most_inferred_)) {
      if (inferred >= most_inferred_ || !likely.strong || is_taken_file(likely.path)) continue;
      ++inferred;
      take(likely.path);
      const bool used = likely.line != 0;
      add(out_.write, likely.path, used ? Place{likely.path, likely.line} : Place{},
          used ? DraftBasis::linked : DraftBasis::co_changed, likely.because);
    }
  }

  /// Only where the text names nothing: one of ten such lines is right.
  void worded(const std::vector<Passage>& passages, std::size_t& inferred) {
    if (!out_.write.empty()) return;
    std::map<std::string, std::int64_t> counts;
    bool title = true;
    for (const Passage& passage : passages) {
      const std::size_t first_line = std::min(passage.text.find('\n'), passage.text.size());
      for (const TextName& name : parsers::names_in(passage.text)) {
        const bool lead = title && static_cast<std::size_t>(name.text.data() - passage.text.data()) < first_line;
        for (std::string& part : parsers::parts_of_name(name.text)) {
          if (counts.size() >= most_words) break;
          std::int64_t& count = counts[singular(std::move(part))];
          count = std::max<std::int64_t>(count, lead ? 3 : 1);
        }
      }
      title = false;
    }
    const std::vector<std::pair<std::string, std::int64_t>> words(counts.begin(), counts.end());
    const std::vector<PathWords::Match> matches = words_->like(words, most_worded);
    for (const PathWords::Match& match : matches) {
      const std::string& path = ground_.tree->entries()[match.file].path;
      if (inferred >= most_inferred_ || 3 * match.weight < 2 * matches.front().weight) break;
      if (is_taken_file(path) || !take(path)) continue;
      ++inferred;
      std::vector<std::string> shown(match.words.begin(),
                                     match.words.begin() + std::min<std::ptrdiff_t>(3, std::ssize(match.words)));
      add(out_.write, path, order_->where, DraftBasis::worded,
          fmt::format("its path says {}, as the text does", fmt::join(shown, ", ")));
    }
  }

  const Orders& orders_;
  const DraftGround& ground_;
  std::map<std::string_view, const parsers::Source*> sources_;
  std::map<std::string_view, std::set<std::uint32_t>> lines_;  // of a file, where orders begin
  std::map<std::string_view, parsers::OrderTexts> texts_;
  std::size_t most_inferred_;
  std::unique_ptr<NameFinder> names_;
  std::unique_ptr<PathWords> words_;
  std::unique_ptr<Linker> linker_;
  const Order* order_ = nullptr;
  Drafted out_;
  std::set<std::string, std::less<>> taken_;
  std::set<std::string, std::less<>> heard_;  // paths of its sentences
};

}  // namespace

std::string_view to_string(DraftBasis basis) {
  switch (basis) {
    case DraftBasis::named:
      return "named";
    case DraftBasis::resolved:
      return "resolved";
    case DraftBasis::linked:
      return "linked";
    case DraftBasis::co_changed:
      return "co-changed";
    case DraftBasis::worded:
      return "worded";
  }
  return "";
}

bool needs_draft(const Order& order) {
  if (!order.open() || !order.declared || !order.proposed.empty() || !order.no_change.empty()) return false;
  if (!order.write) return true;
  return !order.write->empty() && std::all_of(order.write->begin(), order.write->end(),
                                              [](const Entry& e) { return e.certainty != Certainty::declared; });
}

std::vector<Drafted> draft_scopes(const Orders& orders, const std::vector<parsers::Source>& sources,
                                  const DraftGround& ground, std::size_t most_inferred) {
  std::vector<Drafted> out;
  Drafter drafter(orders, sources, ground, most_inferred);
  for (std::size_t i = 0; i < orders.list.size(); ++i)
    if (needs_draft(orders.list[i])) out.push_back(drafter.draft(OrderId(i)));
  return out;
}

}  // namespace planner
