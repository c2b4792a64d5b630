#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>
#include <tuple>
#include <utility>

#include "parsers/canonical_entries.h"
#include "parsers/document_fields.h"
#include "parsers/document_keys.h"
#include "parsers/document_kind.h"
#include "parsers/work_order.h"

namespace parsers {
namespace {

constexpr std::array<std::string_view, 6> status_names{"pending", "running", "review", "done", "failed", "dropped"};
constexpr std::array<std::string_view, 2> scope_names{"declared", "proposed"};
constexpr std::array<std::string_view, 2> no_change_names{"already-satisfied", "analysis-only"};
constexpr std::string_view minimal = "the least there can be: work_orders: [{id: WO-1, write: [src/a.py]}]";

class Reader {
 public:
  Parsed<WorkOrders> read(Parsed<Node> document) {
    x_out.diagnostics = std::move(document.diagnostics);
    const Node& root = document.value;
    if (root.kind == Node::Kind::null && has_errors(x_out.diagnostics)) return std::move(x_out);
    if (root.kind != Node::Kind::mapping) {
      complain({root.where.file, 0, 0}, fmt::format("no work orders: the document is {}", in_words(root)), minimal);
      return std::move(x_out);
    }
    const Fields fields(root, "the document", document_keys, x_out.diagnostics);
    if (fields.find("work_orders") == nullptr && fields.find("decisions") == nullptr)
      complain({root.where.file, 0, 0}, "no \"work_orders\" in the document", std::string(minimal));
    if (const std::vector<Node>* items = fields.list("work_orders"))
      for (const Node& item : *items) order(item);
    if (const std::vector<Node>* items = fields.list("decisions"))
      for (const Node& item : *items) decision(item);
    std::stable_sort(x_out.value.readings.begin(), x_out.value.readings.end(),
                     [](const Reading& a, const Reading& b) { return a.where < b.where; });
    return std::move(x_out);
  }

 private:
  void order(const Node& item) {
    const Fields fields(item, "a work order", order_keys, x_out.diagnostics);
    if (!fields.is_mapping()) return;
    WorkOrder order;
    order.where = item.where;
    const bool named = identity(fields, order);
    numbers(fields, order);
    order.title = fields.text("title").value_or("");
    order.exploration = name(fields, "exploration");
    order.branch = name(fields, "branch");
    order.no_change = choice(fields, "no_change", no_change_names);
    root(fields, order);
    if (const std::optional<bool> closed = fields.boolean("closed")) order.closed = *closed;
    order.proposed = choice(fields, "scope", scope_names) == "proposed";
    order.status = status_from(choice(fields, "status", status_names)).value_or(Status::pending);
    lists(fields, order);
    if (named) x_out.value.orders.push_back(std::move(order));
  }

  /// False when there is no id to go by, or another order has it.
  bool identity(const Fields& fields, WorkOrder& order) {
    if (fields.find("id") == nullptr) {
      complain(order.where, "a work order without an id", "add \"id: NAME\"");
      return false;
    }
    const std::optional<std::string> id = fields.text("id");
    if (!id || !accept_id(*id, fields.place("id"), x_out.diagnostics)) return false;
    order.id = *id;
    const auto [first, is_new] = x_lines.emplace(*id, fields.place("id").line);
    if (!is_new)
      complain(fields.place("id"), fmt::format("the id {} is taken", quote(*id)),
               fmt::format("the first order with it is on line {}", first->second));
    return is_new;
  }

  void numbers(const Fields& fields, WorkOrder& order) {
    order.priority = fields.count("priority");
    const Node* value = fields.find("estimate");
    if (value == nullptr) return;
    if (value->kind == Node::Kind::scalar) order.estimate = parse_estimate(value->text);
    if (!order.estimate)
      complain(fields.place("estimate"), fmt::format("\"estimate\" wants a duration, not {}", in_words(*value)),
               "write it as 90s, 45m or 2h: a whole number and its unit");
  }

  void root(const Fields& fields, WorkOrder& order) {
    const std::optional<std::string> text = fields.text("root");
    if (!text || !accept_path(*text, fields.place("root"), "\"root\"", x_out.diagnostics)) return;
    order.root = text->substr(0, text->find_last_not_of('/') + 1);
    order.root_where = fields.place("root");
  }

  void lists(const Fields& fields, WorkOrder& order) {
    EntryReader reader(order.id, x_out.diagnostics, x_out.value.readings);
    if (const std::vector<Node>* items = fields.list("write")) order.write = reader.scope(*items, "write");
    if (const std::vector<Node>* items = fields.list("read")) order.read = reader.scope(*items, "read");
    if (const std::vector<Node>* items = fields.list("depends_on"))
      order.depends_on = reader.dependencies(*items, "depends_on");
    if (const std::vector<Node>* items = fields.list("before")) order.before = reader.dependencies(*items, "before");
    if (const std::vector<Node>* items = fields.list("do_not_touch"))
      order.do_not_touch = reader.scope(*items, "do_not_touch");
    if (const std::vector<Node>* items = fields.list("permits")) order.permits = reader.scope(*items, "permits");
    if (const std::vector<Node>* items = fields.list("resources")) order.resources = reader.resources(*items);
    if (const std::vector<Node>* items = fields.list("keys")) order.keys = reader.keys(*items);
  }

  /// A text that, when it is there, says something.
  std::string name(const Fields& fields, std::string_view key) {
    const std::optional<std::string> text = fields.text(key);
    if (text && text->empty())
      complain(fields.place(key), fmt::format("\"{}\" is empty", key), "give it a value, or leave the key out");
    return text.value_or("");
  }

  /// One of `names`, or empty.
  std::string choice(const Fields& fields, std::string_view key, std::span<const std::string_view> names) {
    const std::optional<std::string> text = fields.text(key);
    if (!text) return {};
    if (std::find(names.begin(), names.end(), *text) != names.end()) return *text;
    const std::string guess = suggestion(*text, names);
    complain(fields.place(key), fmt::format("\"{}\" wants {}, not {}", key, alternatives(names), quote(*text)), guess);
    return {};
  }

  void decision(const Node& item) {
    const Fields fields(item, "a decision", decision_keys, x_out.diagnostics);
    if (!fields.is_mapping()) return;
    Decision decision;
    decision.where = item.where;
    const bool paired = between(fields, decision);
    const bool chosen = choose(fields, decision, paired);
    decision.why = fields.text("why").value_or("");
    decision.by = fields.text("by").value_or("");
    decision.digest = name(fields, "digest");
    if (paired && chosen) x_out.value.decisions.push_back(std::move(decision));
  }

  bool between(const Fields& fields, Decision& decision) {
    if (fields.find("between") == nullptr) {
      complain(decision.where, "a decision without \"between\"", "add \"between: [WO-A, WO-B]\"");
      return false;
    }
    const std::vector<Node>* ids = fields.list("between");
    if (ids == nullptr) return false;
    if (ids->size() != 2) {
      complain(fields.place("between"), fmt::format("\"between\" wants two ids, not {}", ids->size()),
               "write one decision per pair of orders");
      return false;
    }
    for (std::size_t i = 0; i < 2; ++i) {
      const std::optional<std::string> id = text_of((*ids)[i], "an entry of \"between\"", x_out.diagnostics);
      if (!id || !accept_id(*id, (*ids)[i].where, x_out.diagnostics)) return false;
      decision.between[i] = *id;
    }
    if (decision.between[0] != decision.between[1]) return true;
    complain((*ids)[1].where, fmt::format("a decision between {} and itself", quote(decision.between[0])),
             "name two different orders");
    return false;
  }

  bool choose(const Fields& fields, Decision& decision, bool paired) {
    if (fields.find("choose") == nullptr) {
      complain(decision.where, "a decision without \"choose\"", "add \"choose: first:ID\", drop:ID or together");
      return false;
    }
    const std::optional<std::string> text = fields.text("choose");
    if (!text) return false;
    if (*text == "together") return true;
    const bool first = text->substr(0, 6) == "first:";
    if (!first && text->substr(0, 5) != "drop:") {
      complain(fields.place("choose"), fmt::format("unknown choice {}", quote(*text)),
               "a choice is first:ID, drop:ID or together");
      return false;
    }
    decision.choice = first ? Decision::Choice::first : Decision::Choice::drop;
    decision.chosen = text->substr(first ? 6 : 5);
    if (!paired || decision.chosen == decision.between[0] || decision.chosen == decision.between[1]) return true;
    complain(fields.place("choose"), fmt::format("{} is not one of the two", quote(decision.chosen)),
             fmt::format("the decision is between {} and {}", quote(decision.between[0]), quote(decision.between[1])));
    return false;
  }

  void complain(Location where, std::string message, std::string_view remedy) {
    x_out.diagnostics.push_back({Severity::error, where, std::move(message), std::string(remedy)});
  }

  Parsed<WorkOrders> x_out;
  std::map<std::string, std::uint32_t> x_lines;  ///< line of the id of every order so far
};

}  // namespace

Parsed<WorkOrders> read_canonical(const Source& source, FileId file) {
  const bool is_json = kind_of(source) == DocumentKind::json;
  return Reader().read(is_json ? read_json(source, file) : read_yaml(source, file));
}

}  // namespace parsers
