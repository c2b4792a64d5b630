#include "planner/verify_completion.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <map>
#include <set>

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
  bool any_work = false, any_change = false;
  std::set<std::string, std::less<>> touched, present;
};

Done done_for(OrderId order, const std::vector<Work>& works) {
  Done done;
  for (const Work& work : works) {
    if (std::find(work.orders.begin(), work.orders.end(), order) == work.orders.end()) continue;
    done.any_work = true;
    done.any_change = done.any_change || !work.changes.empty();
    for (const Change& change : work.changes) done.touched.insert(change.path);
    done.present.insert(work.present.begin(), work.present.end());
  }
  return done;
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
        say_silent(order);
    }
    return std::move(findings_);
  }

 private:
  void say_silent(const Order& order) {
    std::vector<std::string> declared;
    for (const Entry& entry : *order.write) declared.push_back(entry.resource.text);
    add("silent-completion", order, fmt::format("{} changed nothing; it declares {}", order.id, listed(declared)),
        order.where);
  }

  void judge(const Order& order, const Done& done) {
    std::set<decltype(promise_of(order.write->front()))> kept;
    for (const Entry& entry : *order.write)
      if (is_promise(entry) && done.touched.contains(entry.resource.path())) kept.insert(promise_of(entry));
    std::map<std::string, const Entry*> untouched;
    for (const Entry& entry : *order.write) {
      if (!is_promise(entry) || kept.contains(promise_of(entry))) continue;
      const std::string path(entry.resource.path());
      const bool goes = entry.intent == parsers::Intent::remove || entry.intent == parsers::Intent::rename;
      if (goes && !done.present.contains(path)) continue;  // gone before: nothing was left to do
      untouched.emplace(path, &entry);
    }
    if (!untouched.empty()) say_untouched(order, untouched);
  }

  void say_untouched(const Order& order, const std::map<std::string, const Entry*>& untouched) {
    std::vector<std::string> paths;
    for (const auto& [path, entry] : untouched) paths.push_back(path);
    Finding& found = add(
        "partial-completion", order,
        fmt::format("{} declares {} and did not touch {}", order.id, listed(paths), paths.size() == 1 ? "it" : "them"),
        {paths[0], 0});
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
