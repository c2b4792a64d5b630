#include "parsers/approved_plan.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/format.h>
#include <unordered_set>

#include "parsers/document.h"
#include "parsers/document_fields.h"

namespace parsers {
namespace {

constexpr const char* remedy = "write one with: interlock plan --format json -o FILE ORDERS";

class PlanReader {
 public:
  PlanReader(const Node& root, Parsed<ApprovedPlan>& out) : root_(root), out_(out), plan_(out.value) {}

  void read() {
    plan_.base = text(root_, "base", true);
    plan_.input_digest = text(root_, "input_digest");
    if (const Node* options = member(root_, "options", Node::Kind::mapping)) read_options(*options);
    if (const Node* orders = member(root_, "work_orders", Node::Kind::sequence))
      for (const Node& order : orders->items) read_order(order);
    if (const Node* schedule = member(root_, "schedule", Node::Kind::mapping)) read_schedule(*schedule);
    if (const Node* waves = member(root_, "waves", Node::Kind::sequence))
      for (const Node& wave : waves->items) plan_.waves.push_back(started(wave));
    if (const Node* proofs = member(root_, "proofs", Node::Kind::mapping))
      if (const Node* proof = member(*proofs, "makespan", Node::Kind::mapping))
        plan_.lower_bound = number(*proof, "lower_bound", 0);
    if (plan_.lower_bound > plan_.makespan) complain(root_.where, "the plan claims a lower bound beyond its makespan");
  }

 private:
  void complain(Location where, std::string message) {
    constexpr std::size_t most = 20;  // whoever writes such a file has one mistake, not a thousand
    if (out_.diagnostics.size() < most)
      out_.diagnostics.push_back({Severity::error, where, std::move(message), remedy});
  }

  static std::string_view wanted(Node::Kind kind) {
    return kind == Node::Kind::mapping ? "a mapping" : kind == Node::Kind::sequence ? "a list" : "a value";
  }

  const Node* member(const Node& of, const char* key, Node::Kind kind) {
    const Node* value = of.find(key);
    if (value && value->kind == kind) return value;
    if (value)
      complain(value->where, fmt::format("\"{}\" of a plan is {}, not {}", key, wanted(kind), in_words(*value)));
    else
      complain(of.where, fmt::format("this plan has no \"{}\"", key));
    return nullptr;
  }

  std::string text(const Node& of, const char* key, bool or_null = false) {
    if (const Node* value = of.find(key); or_null && value && value->kind == Node::Kind::null) return {};
    const Node* value = member(of, key, Node::Kind::scalar);
    if (value && !value->quoted) complain(value->where, fmt::format("\"{}\" of a plan is a text", key));
    return value ? value->text : std::string();
  }

  std::int64_t number(const Node& of, const char* key, std::int64_t least) {
    const Node* value = member(of, key, Node::Kind::scalar);
    if (!value) return 0;
    std::int64_t result = 0;
    constexpr std::int64_t most = std::int64_t{1} << 60;
    const char* const end = value->text.data() + value->text.size();
    const auto [at, error] = std::from_chars(value->text.data(), end, result);
    if (value->quoted || error != std::errc() || at != end || result < least || result > most)
      complain(value->where,
               fmt::format("\"{}\" of a plan is a whole number from {} on, not {}", key, least, in_words(*value)));
    return result;
  }

  std::optional<int> agent(const Node& of, const char* key) {
    if (const Node* value = of.find(key); value && value->kind == Node::Kind::null) return std::nullopt;
    const std::int64_t count = number(of, key, 1);
    constexpr std::int64_t most = 1'000'000'000;
    return static_cast<int>(std::min(count, most));
  }

  std::vector<std::string> texts(const Node& list) {
    std::vector<std::string> out;
    for (const Node& item : list.items) {
      if (item.kind != Node::Kind::scalar || !item.quoted) {
        complain(item.where, fmt::format("a text belongs here, not {}", in_words(item)));
        continue;
      }
      out.push_back(item.text);
    }
    return out;
  }

  template <class Allowed>
  std::string word(const Node& of, const char* key, const Allowed& allowed) {
    std::string value = text(of, key);
    if (value.empty()) return value;
    for (const std::string_view known : allowed)
      if (value == known) return value;
    complain(of.find(key)->where, fmt::format("\"{}\" of a plan is not {}", key, quote(value)));
    return value;
  }

  void read_options(const Node& options) {
    plan_.agents = agent(options, "agents");
    plan_.isolation =
        isolation_from(word(options, "isolation", std::array{"shared", "worktree"})).value_or(Isolation::shared);
    plan_.unknown = word(options, "unknown", std::array{"serial", "exclude", "parallel"});
    if (options.find("infer")) plan_.infer = word(options, "infer", std::array{"off", "hints", "enforce"});
    if (const Node* stack = options.find("stack"); stack && is_boolean(*stack)) plan_.stack = stack->text == "true";
  }

  void read_order(const Node& order) {
    if (order.kind != Node::Kind::mapping)
      return complain(order.where, fmt::format("a work order is a mapping, not {}", in_words(order)));
    ApprovedPlan::Order out;
    out.id = text(order, "id");
    out.status = word(order, "status", std::array{"pending", "running", "review", "done", "failed", "dropped"});
    if (!orders_.insert(out.id).second)
      complain(order.where, fmt::format("the plan has two work orders {}", quote(out.id)));
    if (const Node* write = order.find("write"); !write || write->kind != Node::Kind::null)
      if (const Node* list = member(order, "write", Node::Kind::sequence)) out.write = texts(*list);
    if (const Node* list = member(order, "read", Node::Kind::sequence)) out.read = texts(*list);
    plan_.work_orders.push_back(std::move(out));
  }

  void read_schedule(const Node& schedule) {
    plan_.unit = word(schedule, "unit", std::array{"order", "min", "s"});
    plan_.makespan = number(schedule, "makespan", 0);
    const Node* starts = member(schedule, "starts", Node::Kind::sequence);
    if (!starts) return;
    for (const Node& one : starts->items) {
      if (one.kind != Node::Kind::mapping) {
        complain(one.where, fmt::format("a start is a mapping, not {}", in_words(one)));
        continue;
      }
      ApprovedPlan::Start start{
          text(one, "id"), agent(one, "agent"), number(one, "start", 0), number(one, "end", 0), {}};
      if (!orders_.contains(start.id))
        complain(one.where, fmt::format("{} has a start but is not among the work orders", quote(start.id)));
      if (!starts_.insert(start.id).second) complain(one.where, fmt::format("{} starts twice", quote(start.id)));
      if (start.end <= start.start || start.end > plan_.makespan)
        complain(one.where, fmt::format("{} has no proper time", quote(start.id)));
      plan_.starts.push_back(std::move(start));
    }
    for (std::size_t i = 0; i < starts->items.size() && i < plan_.starts.size(); ++i)
      if (const Node* after = member(starts->items[i], "after", Node::Kind::sequence))
        plan_.starts[i].after = started(*after);
  }

  /// A list of ids that have a start.
  std::vector<std::string> started(const Node& list) {
    if (list.kind != Node::Kind::sequence) {
      complain(list.where, fmt::format("a list of ids belongs here, not {}", in_words(list)));
      return {};
    }
    std::vector<std::string> ids = texts(list);
    for (const std::string& id : ids)
      if (!starts_.contains(id)) complain(list.where, fmt::format("{} has no start", quote(id)));
    return ids;
  }

  const Node& root_;
  Parsed<ApprovedPlan>& out_;
  ApprovedPlan& plan_;
  std::unordered_set<std::string> orders_, starts_;
};

}  // namespace

Parsed<ApprovedPlan> read_approved_plan(const Source& source, FileId file) {
  Parsed<ApprovedPlan> out;
  Parsed<Node> document = read_json(source, file);
  out.diagnostics = std::move(document.diagnostics);
  const Node& root = document.value;
  if (has_errors(out.diagnostics)) return out;
  const Node* schema = root.find("schema");
  if (!schema || schema->kind != Node::Kind::scalar || schema->text != "interlock.plan/1") {
    out.diagnostics.push_back({Severity::error, {file, 1, 1}, "this is not a plan of schema interlock.plan/1", remedy});
    return out;
  }
  PlanReader(root, out).read();
  return out;
}

}  // namespace parsers
