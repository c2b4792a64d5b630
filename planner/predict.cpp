#include "planner/predict.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <map>
#include <set>
#include <tuple>

namespace planner {
namespace {

using parsers::Intent;

constexpr std::size_t most_notes = 5;
constexpr std::size_t most_files_of_wide = 8;
constexpr std::size_t few_users = 3;
constexpr std::size_t several_symbols = 2;
constexpr std::int64_t likely_enough = 300;  // permille
constexpr std::size_t often = 3;             // commits that changed both

bool is_wide(const Resource& r) { return r.kind == Resource::Kind::directory || r.kind == Resource::Kind::pattern; }

std::string_view file_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }
std::string_view stem(std::string_view path) {
  const std::string_view name = file_name(path);
  return name.substr(0, name.find('.', 1));
}

/// "test_cart.py", "cart_test.go", "cart.spec.ts", "CartTest.java" after "cart.py" or "Cart.java".
bool is_test_of(std::string_view path, std::string_view tested) {
  const std::string_view name = file_name(path), of = stem(tested);
  if (of.size() < 2 || path == tested) return false;
  const std::size_t at = name.find(of);
  if (at == std::string_view::npos) return false;
  const std::string_view before = name.substr(0, at), after = name.substr(at + of.size());
  if (before == "test_" || before == "Test") return after.empty() || after.front() == '.' || after.front() == '_';
  return before.empty() && (after.starts_with("_test.") || after.starts_with("_spec.") || after.starts_with(".test.") ||
                            after.starts_with(".spec.") || after.starts_with("Test.") || after.starts_with("Tests."));
}

struct User {
  std::set<std::string> symbols;
  std::uint32_t line = 0;  // of the first use
  bool must = false;       // what it uses goes away
  bool test = false;
  CoChange history;       // permille 0: it knows nothing
  std::size_t users = 0;  // of the file it uses, this one among them
  const Entry* entry = nullptr;
  CodeFileId used;

  auto rank() const { return std::tuple(must, test, symbols.size(), history.permille); }
};

class Prediction {
 public:
  Prediction(const Order& order, const Rules& rules, Code& code, Linker& linker, const ChangeHistory& history)
      : order_(order), rules_(rules), code_(code), linker_(linker), history_(history) {}

  std::vector<LikelyWrite> run(std::size_t most) {
    for (const Entry& entry : *order_.write)
      if (entry.intent != Intent::create) look_at(entry);
    ask_history(most);
    std::vector<std::pair<CodeFileId, const User*>> likely;
    const Coverage declared = everything_declared();
    for (const auto& [file, user] : users_) {
      const bool worth = user.must || user.test || user.symbols.size() >= several_symbols ||
                         (user.users > 0 && user.users <= few_users) || user.history.permille >= likely_enough;
      if (worth && !declared.covers(path(file))) likely.emplace_back(file, &user);
    }
    std::stable_sort(likely.begin(), likely.end(),
                     [](const auto& a, const auto& b) { return b.second->rank() < a.second->rank(); });
    if (likely.size() > most) likely.resize(most);
    std::vector<LikelyWrite> out;
    for (const auto& [file, user] : likely)
      out.push_back({path(file), path(user->used), because(*user), user->line,
                     user->must || user->test || user->history.permille >= likely_enough, user->entry});
    return out;
  }

 private:
  const std::string& path(CodeFileId file) const { return code_.files()[file.index()].path; }

  Coverage everything_declared() const {
    std::vector<Resource> all;
    const auto add = [&](const std::vector<Entry>& entries) {
      for (const Entry& e : entries) all.push_back(e.resource);
    };
    add(*order_.write);
    if (order_.read) add(*order_.read);
    add(order_.permits);
    add(order_.do_not_touch);
    for (const auto* list : {&rules_.companion, &rules_.regenerate, &rules_.append})
      all.insert(all.end(), list->begin(), list->end());
    return Coverage(all);
  }

  void look_at(const Entry& entry) {
    if (entry.resource.kind == Resource::Kind::path || entry.resource.kind == Resource::Kind::symbol) {
      if (const auto file = code_.find(entry.resource.path())) find_users(*file, entry);
      return;
    }
    std::vector<CodeFileId> files;
    const Coverage coverage({entry.resource});
    for (std::size_t f = 0; f < code_.files().size() && files.size() <= most_files_of_wide; ++f)
      if (code_.files()[f].language && coverage.covers(code_.files()[f].path)) files.emplace_back(f);
    if (files.size() <= most_files_of_wide)
      for (const CodeFileId file : files) find_users(file, entry);
  }

  void find_users(CodeFileId file, const Entry& entry) {
    const parsers::CodeOutline& outline = code_.outline(file);
    if (entry.cover && !entry.cover->proven) return;  // which part of the file it means is not known
    const SymbolCover* part = entry.cover.get();
    std::vector<std::uint32_t> definitions;
    for (std::uint32_t i = 0; i < outline.definitions.size(); ++i) {
      const parsers::Definition& d = outline.definitions[i];
      if (!part || std::any_of(part->exact.begin(), part->exact.end(),
                               [&](const Stretch& s) { return s.begin <= d.range.begin && d.range.end <= s.end; }))
        definitions.push_back(i);
    }
    if (!part) definitions.push_back(parsers::no_definition);
    std::map<CodeFileId, User> found;
    for (const Link& link : linker_.links_to(file, definitions)) {
      if (!resolved(link.grade) || link.from == file) continue;
      User& user = found[link.from];
      if (user.line == 0)
        user.line =
            link.reference == no_reference ? link.via_line : code_.outline(link.from).references[link.reference].line;
      if (link.definition != parsers::no_definition) user.symbols.insert(outline.definitions[link.definition].name);
    }
    for (auto& [from, user] : found) {
      user.must = entry.intent == Intent::remove || entry.intent == Intent::rename;
      user.test = is_test_of(path(from), path(file));
      user.users = found.size();
      user.entry = &entry;
      user.used = file;
      User& known = users_[from];
      if (known.entry == nullptr || known.rank() < user.rank()) known = std::move(user);
    }
  }

  void ask_history(std::size_t most) {
    std::vector<std::string> given;
    std::map<std::string, const Entry*> entries;
    for (const Entry& entry : *order_.write) {
      if (is_wide(entry.resource) || entry.intent == Intent::create) continue;
      given.emplace_back(entry.resource.path());
      entries.emplace(given.back(), &entry);
    }
    for (CoChange& c : history_.likely_with(given, most)) {
      const auto file = code_.find(c.path);
      const auto with = code_.find(c.with);
      if (!file || !with || c.together < often) continue;
      User& user = users_[*file];
      if (user.entry == nullptr) {
        user.entry = entries.at(c.with);
        user.used = *with;
      }
      user.history = std::move(c);
    }
  }

  std::string because(const User& user) const {
    std::vector<std::string> names(user.symbols.begin(), user.symbols.end());
    const std::size_t more = names.size() > 3 ? names.size() - 3 : 0;
    names.resize(names.size() - more);
    std::string out = user.users == 0 ? std::string()
                      : names.empty() ? std::string("it imports it")
                                      : fmt::format("it uses {}{}", fmt::join(names, ", "),
                                                    more > 0 ? fmt::format(" and {} more", more) : std::string());
    if (user.must) out += fmt::format(", and {} {}s it", order_.id, to_string(user.entry->intent));
    if (user.test) out += ", and is its test";
    if (user.users > 0 && user.users <= few_users && !user.test)
      out += user.users == 1 ? std::string(", and nobody else does") : fmt::format(", as {} files do", user.users);
    if (user.history.permille > 0)
      out += fmt::format("{}{} of {} commits to {} changed both", out.empty() ? "" : "; ", user.history.together,
                         user.history.of, user.history.with);
    return out;
  }

  const Order& order_;
  const Rules& rules_;
  Code& code_;
  Linker& linker_;
  const ChangeHistory& history_;
  std::map<CodeFileId, User> users_;
};

}  // namespace

std::vector<LikelyWrite> predict_writes(const Order& order, const Rules& rules, Code& code, Linker& linker,
                                        const ChangeHistory& history, std::size_t most) {
  return Prediction(order, rules, code, linker, history).run(most);
}

std::vector<Finding> likely_writes(const Orders& orders, Code& code, Linker& linker, const ChangeHistory& history) {
  std::vector<Finding> out;
  for (const Order& order : orders.list) {
    if (!order.open() || !order.write || !order.declared) continue;
    for (const LikelyWrite& likely : predict_writes(order, orders.rules, code, linker, history, most_notes))
      out.push_back({"likely-write",
                     FindingSeverity::note,
                     Certainty::inferred,
                     order.id,
                     fmt::format("{} most likely changes with {}: {}", likely.path, likely.with, likely.because),
                     {likely.path, likely.line},
                     {{likely.entry->where, fmt::format("{} writes {}", order.id, likely.entry->resource.text)}}});
  }
  sort_findings(out);
  return out;
}

}  // namespace planner
