#include <fmt/format.h>
#include <gtest/gtest.h>
#include <string>

#include "parsers/work_order.h"

namespace parsers {
namespace {

Parsed<WorkOrders> read(const std::string& text, const std::string& name = "a.yaml") {
  return read_canonical({name, text}, {});
}

std::string said(const std::string& text) { return describe(read(text).diagnostics, {{"a.yaml", text}}); }

std::string show(const std::vector<ScopeEntry>& entries) {
  std::string out;
  for (const ScopeEntry& e : entries)
    out += fmt::format(" {}({}{} {} {} {})", e.text, to_string(e.intent), e.intent_declared ? "!" : "", e.to, e.after,
                       e.tolerates_writes);
  return out;
}

std::string show(const std::vector<Dependency>& dependencies) {
  std::string out;
  for (const Dependency& d : dependencies) out += fmt::format(" {}:{}", static_cast<int>(d.kind), d.target);
  return out;
}

/// Everything an order says, without places.
std::string show(const WorkOrder& o) {
  std::string out =
      fmt::format("{}|{}|{}|{}|{}|", o.id, o.title, o.priority.value_or(-1), o.estimate.value_or(-1), o.root);
  out += fmt::format("w{}|r{}|d{}|b{}|n{}|p{}|{}|", o.write ? show(*o.write) : "?", o.read ? show(*o.read) : "?",
                     show(o.depends_on), show(o.before), show(o.do_not_touch), show(o.permits), o.closed);
  for (const ResourceUse& r : o.resources)
    out += fmt::format(" {}:{}{}", r.name, to_string(r.mode), r.mode_declared ? "!" : "");
  for (const Key& k : o.keys) out += " key=" + k.name;
  return out + fmt::format("|{}|{}|{}|{}|{}", o.exploration, o.proposed, o.branch, to_string(o.status), o.loose);
}

constexpr const char* whole_yaml = R"(work_orders:
  - id: WO-FIX-03
    title: Condition AC, melee against ranged
    priority: 3
    estimate: 45m
    root: packages/rules/
    write:
      - aidm/schemas/conditions.py
      - aidm/core/attack_resolver.py::resolve_attack
      - {path: aidm/core/old.py, intent: delete}
      - {path: aidm/core/a.py, intent: rename, to: aidm/core/b.py}
      - {path: "aidm/core/c.py::D.e", intent: create, after: D.f}
      - "tests/test_conditions_*.py"
    read: [aidm/schemas/attack.py, {path: aidm/core/rng.py, tolerates_writes: true}]
    depends_on: [WO-FIX-02, "commit:3e843ce", "path:aidm/schemas/attack.py", "external:OPS-7"]
    before: [WO-FIX-01]
    do_not_touch: ["**/*.lock"]
    permits: ["tests/**"]
    closed: false
    resources: ["db:test", {name: "port:8080", mode: shared}, gpu]
    keys: ["idea:616"]
    exploration: gate-designs
    scope: proposed
    branch: fix-03
    status: review
  - id: 0009
decisions:
  - {between: [WO-A, WO-B], choose: "first:WO-A", why: "polish lands, then the view goes", by: lead, digest: 5f1c}
  - {between: [WO-A, WO-C], choose: "drop:WO-C"}
  - {between: [1, 2], choose: together}
)";

constexpr const char* whole_json = R"({"work_orders": [
  {"id": "WO-FIX-03", "title": "Condition AC, melee against ranged", "priority": 3, "estimate": "45m",
   "root": "packages/rules/",
   "write": ["aidm/schemas/conditions.py", "aidm/core/attack_resolver.py::resolve_attack",
             {"path": "aidm/core/old.py", "intent": "delete"},
             {"path": "aidm/core/a.py", "intent": "rename", "to": "aidm/core/b.py"},
             {"path": "aidm/core/c.py::D.e", "intent": "create", "after": "D.f"}, "tests/test_conditions_*.py"],
   "read": ["aidm/schemas/attack.py", {"path": "aidm/core/rng.py", "tolerates_writes": true}],
   "depends_on": ["WO-FIX-02", "commit:3e843ce", "path:aidm/schemas/attack.py", "external:OPS-7"],
   "before": ["WO-FIX-01"], "do_not_touch": ["**/*.lock"], "permits": ["tests/**"], "closed": false,
   "resources": ["db:test", {"name": "port:8080", "mode": "shared"}, "gpu"], "keys": ["idea:616"],
   "exploration": "gate-designs", "scope": "proposed", "branch": "fix-03", "status": "review"},
  {"id": "0009"}],
 "decisions": [
  {"between": ["WO-A", "WO-B"], "choose": "first:WO-A", "why": "polish lands, then the view goes", "by": "lead", "digest": "5f1c"},
  {"between": ["WO-A", "WO-C"], "choose": "drop:WO-C"}, {"between": [1, 2], "choose": "together"}]})";

TEST(ReadCanonical, TakesEveryKey) {
  const Parsed<WorkOrders> parsed = read(whole_yaml);
  EXPECT_EQ(describe(parsed.diagnostics, {{"a.yaml", whole_yaml}}), "");
  ASSERT_EQ(parsed.value.orders.size(), 2U);
  const WorkOrder& order = parsed.value.orders[0];
  EXPECT_EQ(show(order),
            "WO-FIX-03|Condition AC, melee against ranged|3|2700|packages/rules|"
            "w aidm/schemas/conditions.py(modify   false) aidm/core/attack_resolver.py::resolve_attack(modify   false)"
            " aidm/core/old.py(delete!   false) aidm/core/a.py(rename! aidm/core/b.py  false)"
            " aidm/core/c.py::D.e(create!  D.f false) tests/test_conditions_*.py(modify   false)|"
            "r aidm/schemas/attack.py(modify   false) aidm/core/rng.py(modify   true)|"
            "d 0:WO-FIX-02 1:3e843ce 2:aidm/schemas/attack.py 3:OPS-7|b 0:WO-FIX-01|n **/*.lock(modify   false)|"
            "p tests/**(modify   false)|false| db:test:exclusive port:8080:shared! gpu:exclusive key=idea:616|"
            "gate-designs|true|fix-03|review|false");
  EXPECT_EQ(order.where, (Location{{}, 2, 5}));
  EXPECT_EQ(order.root_where, (Location{{}, 6, 11}));
  EXPECT_EQ(order.write->at(2).where, (Location{{}, 10, 16}));
  EXPECT_EQ(order.depends_on.at(1).where, (Location{{}, 15, 29}));
  EXPECT_EQ(order.resources.at(1).where, (Location{{}, 20, 35}));
  EXPECT_EQ(show(parsed.value.orders[1]), "0009||-1|-1||w?|r?|d|b|n|p|true|||false||pending|false");
}

TEST(ReadCanonical, TakesDecisions) {
  const std::vector<Decision> decisions = read(whole_yaml).value.decisions;
  ASSERT_EQ(decisions.size(), 3U);
  EXPECT_EQ(decisions[0].between[1], "WO-B");
  EXPECT_EQ(decisions[0].choice, Decision::Choice::first);
  EXPECT_EQ(decisions[0].chosen, "WO-A");
  EXPECT_EQ(decisions[0].why, "polish lands, then the view goes");
  EXPECT_EQ(decisions[0].by, "lead");
  EXPECT_EQ(decisions[0].digest, "5f1c");
  EXPECT_EQ(decisions[0].where, (Location{{}, 28, 5}));
  EXPECT_EQ(decisions[1].choice, Decision::Choice::drop);
  EXPECT_EQ(decisions[1].chosen, "WO-C");
  EXPECT_EQ(decisions[2].choice, Decision::Choice::together);
  EXPECT_EQ(decisions[2].between[0], "1");
}

TEST(ReadCanonical, YamlAndJsonSayTheSame) {
  const Parsed<WorkOrders> yaml = read(whole_yaml);
  for (const char* name : {"a.json", "orders", "<stdin>"}) {
    const Parsed<WorkOrders> json = read(whole_json, name);
    EXPECT_EQ(describe(json.diagnostics, {{name, whole_json}}), "");
    ASSERT_EQ(json.value.orders.size(), yaml.value.orders.size());
    for (std::size_t i = 0; i < yaml.value.orders.size(); ++i)
      EXPECT_EQ(show(json.value.orders[i]), show(yaml.value.orders[i]));
    EXPECT_EQ(json.value.decisions.size(), 3U);
    EXPECT_EQ(json.value.readings.size(), yaml.value.readings.size());
  }
}

TEST(ReadCanonical, NotesEveryEntryItTook) {
  std::string all;
  for (const Reading& r : read("work_orders:\n  - {read: [b], id: A, write: [a, \"\"], keys: [k]}\n").value.readings)
    all += fmt::format("{}:{} {} {} {}\n", r.where.line, r.where.column, r.order, r.as, r.text);
  EXPECT_EQ(all, "2:13 A read b\n2:32 A write a\n2:47 A keys k\n");
}

TEST(ReadCanonical, UnknownIsNotEmpty) {
  const std::vector<WorkOrder> orders =
      read("work_orders:\n  - {id: a}\n  - {id: b, write: [], read: []}\n").value.orders;
  EXPECT_FALSE(orders.at(0).write.has_value());
  EXPECT_FALSE(orders.at(0).read.has_value());
  EXPECT_TRUE(orders.at(1).write.has_value());
  EXPECT_TRUE(orders.at(1).read.has_value());
}

TEST(ReadCanonical, IdsArePermissive) {
  for (const std::string id :
       {"WO-FIX-03", "bd-26w.1", "0009", "15", "1.10", "a b", "\u00e9", "a,b", "x:y", "0x1F", "1e5"}) {
    const Parsed<WorkOrders> parsed = read("work_orders:\n  - id: " + id + "\n");
    ASSERT_EQ(parsed.value.orders.size(), 1U) << id;
    EXPECT_EQ(parsed.value.orders[0].id, id);
  }
  EXPECT_EQ(read("work_orders:\n  - id: " + std::string(201, 'x') + "\n").value.orders.size(), 0U);
}

TEST(ReadCanonical, GoodOrdersSurviveBesideBadOnes) {
  const Parsed<WorkOrders> parsed = read(
      "work_orders:\n  - {id: a, write: [x]}\n  - {id: b, writes: [y]}\n  - {write: [z]}\n  - {id: c, write: [x, "
      "~]}\n");
  EXPECT_EQ(parsed.diagnostics.size(), 3U);
  ASSERT_EQ(parsed.value.orders.size(), 3U);
  EXPECT_EQ(parsed.value.orders[2].write->size(), 1U);
}

TEST(ReadCanonical, ABrokenDocumentSaysOnlyThat) {
  EXPECT_EQ(read("work_orders:\n  - {id: a\n").diagnostics.size(), 1U);
  EXPECT_EQ(read("{", "a.json").diagnostics.size(), 1U);
  EXPECT_EQ(read("", "a.json").diagnostics.size(), 1U);
}

TEST(ReadCanonical, PathsHaveALimit) {
  EXPECT_EQ(said("work_orders: [{id: a, write: [" + std::string(4096, 'x') + "]}]"), "");
  EXPECT_EQ(read("work_orders: [{id: a, write: [" + std::string(4097, 'x') + "]}]").diagnostics.at(0).message,
            "a path of 4097 bytes in \"write\", more than the limit of 4 KiB");
}

}  // namespace
}  // namespace parsers
