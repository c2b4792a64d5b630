#include "planner/verify_completion.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <map>
#include <set>

#include "planner/attribution.h"
#include "planner/verify_rules.h"

namespace planner {
namespace {

constexpr std::size_t most_named = 10;

std::string listed(std::vector<std::string> names) {
  const std::size_t count = names.size();
  if (count > most_named) names.resize(most_named);
  const std::string text = fmt::format("{}", fmt::join(names, ", "));
  return count > most_named ? fmt::format("{} and {} more", text, count - most_named) : text;
}

/// What all work of one order did together.
struct Done {
  bool any_work = false, any_change = false, ends_changed = false;
  std::set<std::string, std::less<>> touched, present;
  std::set<std::string, std::less<>> known, symbols;  ///< declared symbols that were looked up, and that were touched
  std::vector<const Commit*> commits;
};

void add_symbols(const Change& change, const Work& work, Done& done) {
  const auto parts = work.parts.find(change.path);
  if (parts == work.parts.end() || !parts->second.known) return;
  for (const auto& [symbol, touch] : parts->second.symbols) {
    const std::string text = change.path + "::" + symbol;
    done.known.insert(text);
    if (!touch.places.empty() || touch.before != touch.after) done.symbols.insert(text);
  }
}

Done done_for(OrderId order, const std::vector<Work>& works) {
  Done done;
  for (const Work& work : works) {
    if (std::find(work.orders.begin(), work.orders.end(), order) == work.orders.end()) continue;
    done.any_work = true;
    for (const Change& change : work.changes) {
      // A file whose lines only end otherwise is as it was.
      if (work.ends_only.contains(change.path)) {
        done.ends_changed = true;
        continue;
      }
      done.any_change = true;
      done.touched.insert(change.path);
      add_symbols(change, work, done);
    }
    for (const Commit& commit : work.commits) done.commits.push_back(&commit);
    done.present.insert(work.present.begin(), work.present.end());
  }
  return done;
}

/// `No-Change: already-satisfied -- text`, in a commit or in the order.
struct Reason {
  std::string word, text;
  bool known() const { return word == "already-satisfied" || word == "analysis-only"; }
};

Reason reason_from(std::string_view value) {
  const std::size_t dashes = value.find(" -- ");
  Reason out{std::string(value.substr(0, dashes)), {}};
  while (out.word.ends_with(' ')) out.word.pop_back();
  if (dashes != std::string_view::npos) out.text = value.substr(dashes + 4);
  return out;
}

std::string_view how(const Entry& entry) { return entry.intent_declared ? parsers::to_string(entry.intent) : "writes"; }

bool is_promise(const Entry& entry) {
  return entry.resource.kind == Resource::Kind::path || entry.resource.kind == Resource::Kind::symbol;
}

/// A bare name in prose may stand for several files; one of them is enough. Entries of one promise agree in these.
auto promise_of(const Entry& entry) { return std::tuple(entry.where, entry.written, entry.intent); }

class Completion {
 public:
  Completion(const Orders& orders, const std::vector<Work>& works) : orders_(orders), works_(works) {}

  std::vector<Finding> run() {
    for (std::size_t i = 0; i < orders_.list.size(); ++i) {
      const Order& order = orders_.list[i];
      if (!order.write || order.write->empty()) continue;
      const Done done = done_for(OrderId(i), works_);
      if (!done.any_work) continue;
      if (done.any_change)
        judge(order, done);
      else
        say_silent(order, done);
    }
    return std::move(findings_);
  }

 private:
  void say_silent(const Order& order, const Done& done) {
    std::vector<std::string> declared;
    for (const Entry& entry : *order.write) declared.push_back(entry.resource.text);
    const std::string nothing = done.ends_changed ? "nothing but the ends of lines" : "nothing";
    std::vector<Related> said;
    for (const Commit* commit : done.commits)
      for (const Trailer& trailer : commit->trailers) {
        if (!has_key(trailer, "No-Change")) continue;
        const Reason reason = reason_from(trailer.value);
        if (reason.known()) return say_reason(order, nothing, reason, commit);
        said.push_back({{},
                        fmt::format("the trailer \"No-Change: {}\" of commit {} counts for nothing: the reason is "
                                    "already-satisfied or analysis-only",
                                    trailer.value, commit->id.substr(0, 10))});
      }
    if (!order.no_change.empty()) return say_reason(order, nothing, {order.no_change, {}}, nullptr);
    add("silent-completion", order, fmt::format("{} changed {}; it declares {}", order.id, nothing, listed(declared)),
        order.where)
        .related = std::move(said);
  }

  void say_reason(const Order& order, const std::string& nothing, const Reason& reason, const Commit* commit) {
    Finding& found = add("silent-completion", order,
                         fmt::format("{} changed {}: {}{}{}", order.id, nothing, reason.word,
                                     reason.text.empty() ? "" : ", ", reason.text),
                         order.where);
    found.severity = FindingSeverity::note;
    if (commit) found.related.push_back({{}, fmt::format("commit {}: {}", commit->id.substr(0, 10), commit->subject)});
  }

  static bool is_kept(const Entry& entry, const Done& done) {
    if (!is_promise(entry) || !done.touched.contains(entry.resource.path())) return false;
    return entry.resource.kind != Resource::Kind::symbol || !done.known.contains(entry.resource.text) ||
           done.symbols.contains(entry.resource.text);
  }

  void judge(const Order& order, const Done& done) {
    std::set<decltype(promise_of(order.write->front()))> kept;
    for (const Entry& entry : *order.write)
      if (is_kept(entry, done)) kept.insert(promise_of(entry));
    std::map<std::string, const Entry*> untouched;
    for (const Entry& entry : *order.write) {
      if (!is_promise(entry) || kept.contains(promise_of(entry))) continue;
      const std::string path(entry.resource.path());
      const bool part = done.touched.contains(path);  // only the symbol was left as it was
      const bool goes = entry.intent == parsers::Intent::remove || entry.intent == parsers::Intent::rename;
      if (goes && !done.present.contains(path)) continue;  // gone before: nothing was left to do
      untouched.emplace(part ? entry.resource.text : path, &entry);
    }
    if (!untouched.empty()) say_untouched(order, untouched);
  }

  void say_untouched(const Order& order, const std::map<std::string, const Entry*>& untouched) {
    std::vector<std::string> paths;
    for (const auto& [path, entry] : untouched) paths.push_back(path);
    Finding& found = add(
        "partial-completion", order,
        fmt::format("{} declares {} and did not touch {}", order.id, listed(paths), paths.size() == 1 ? "it" : "them"),
        {std::string(untouched.begin()->second->resource.path()), 0});
    for (const auto& [path, entry] : untouched)
      if (found.related.size() < most_named)
        found.related.push_back({entry->where, fmt::format("{}: {}", how(*entry), entry->written)});
  }

  Finding& add(std::string rule, const Order& order, std::string message, Place where) {
    return findings_.emplace_back(finding(std::move(rule), orders_.rules.policy, Certainty::proved, order.id,
                                          std::move(message), std::move(where)));
  }

  const Orders& orders_;
  const std::vector<Work>& works_;
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> verify_completion(const Orders& orders, const std::vector<Work>& works) {
  return Completion(orders, works).run();
}

}  // namespace planner
