#include "parsers/approved_plan.h"

#include <charconv>

#include "parsers/document.h"

namespace parsers {
namespace {

std::string text_of(const Node* node) { return node && node->kind == Node::Kind::scalar ? node->text : std::string(); }

std::vector<std::string> texts_of(const Node* node) {
  std::vector<std::string> out;
  if (node)
    for (const Node& item : node->items) out.push_back(item.text);
  return out;
}

}  // namespace

Parsed<ApprovedPlan> read_approved_plan(const Source& source, FileId file) {
  Parsed<ApprovedPlan> out;
  Parsed<Node> document = read_json(source, file);
  out.diagnostics = std::move(document.diagnostics);
  const Node& root = document.value;
  if (has_errors(out.diagnostics)) return out;
  if (text_of(root.find("schema")) != "interlock.plan/1") {
    out.diagnostics.push_back({Severity::error,
                               {file, 1, 1},
                               "this is not a plan of schema interlock.plan/1",
                               "write one with: interlock plan --format json -o FILE ORDERS"});
    return out;
  }
  out.value.base = text_of(root.find("base"));
  out.value.input_digest = text_of(root.find("input_digest"));
  if (const Node* options = root.find("options")) {
    const std::string agents = text_of(options->find("agents"));
    int count = 0;
    if (std::from_chars(agents.data(), agents.data() + agents.size(), count).ec == std::errc() && count > 0)
      out.value.agents = count;
    out.value.isolation = isolation_from(text_of(options->find("isolation"))).value_or(Isolation::shared);
    if (const std::string unknown = text_of(options->find("unknown")); !unknown.empty()) out.value.unknown = unknown;
    if (const std::string infer = text_of(options->find("infer")); !infer.empty()) out.value.infer = infer;
  }
  if (const Node* orders = root.find("work_orders"))
    for (const Node& order : orders->items) {
      const Node* write = order.find("write");
      const bool known = write && write->kind == Node::Kind::sequence;
      out.value.work_orders.push_back({text_of(order.find("id")), text_of(order.find("status")),
                                       known ? std::optional(texts_of(write)) : std::nullopt,
                                       texts_of(order.find("read"))});
    }
  return out;
}

}  // namespace parsers
