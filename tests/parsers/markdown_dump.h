// Work orders as a few lines of text, so that a test can show all of what was read.
#pragma once

#include <fmt/format.h>
#include <string>

#include "parsers/work_order.h"

namespace parsers {

inline std::string place(Location where) { return fmt::format("{}:{}", where.line, where.column); }

inline std::string dump(const std::string& name, const std::vector<ScopeEntry>& entries) {
  std::string out = "  " + name + ":";
  for (const ScopeEntry& e : entries) {
    out += fmt::format(" {}@{}", e.text, place(e.where));
    if (e.intent_declared) out += fmt::format("({}{}{})", to_string(e.intent), e.to.empty() ? "" : " to ", e.to);
  }
  return out + "\n";
}

inline std::string dump(const WorkOrder& order) {
  std::string out = fmt::format("{}@{} \"{}\"", order.id, place(order.where), order.title);
  for (const std::string& alias : order.aliases) out += " alias=\"" + alias + "\"";
  if (order.priority) out += fmt::format(" priority={}", *order.priority);
  if (order.estimate) out += fmt::format(" estimate={}", *order.estimate);
  if (order.status != Status::pending) out += fmt::format(" {}", to_string(order.status));
  if (!order.branch.empty()) out += " branch=" + order.branch;
  if (!order.root.empty()) out += " root=" + order.root;
  if (!order.exploration.empty()) out += " exploration=" + order.exploration;
  out += "\n";
  if (order.write) out += dump("write", *order.write);
  if (order.read) out += dump("read", *order.read);
  if (!order.do_not_touch.empty()) out += dump("do not touch", order.do_not_touch);
  if (!order.permits.empty()) out += dump("permits", order.permits);
  constexpr const char* kinds[] = {"", "commit:", "path:", "external:"};
  for (const Dependency& d : order.depends_on)
    out += fmt::format("  depends on {}{}@{}\n", kinds[static_cast<int>(d.kind)], d.target, place(d.where));
  for (const Dependency& d : order.before) out += fmt::format("  before {}@{}\n", d.target, place(d.where));
  for (const ResourceUse& r : order.resources)
    out += fmt::format("  resource {} {}@{}\n", r.name, to_string(r.mode), place(r.where));
  for (const Key& k : order.keys) out += fmt::format("  key {}@{}\n", k.name, place(k.where));
  return out;
}

/// Orders, waves, then diagnostics.
inline std::string dump(const Parsed<WorkOrders>& parsed) {
  std::string out;
  for (const WorkOrder& order : parsed.value.orders) out += dump(order);
  for (const HandMadeWave& wave : parsed.value.waves) {
    out += fmt::format("{}@{}:", wave.name, place(wave.where));
    for (const Key& order : wave.orders) out += " " + order.name;
    out += "\n";
  }
  for (const Diagnostic& d : parsed.diagnostics)
    out += fmt::format("{} {}: {}\n", to_string(d.severity), place(d.where), d.message);
  return out;
}

inline std::string read_and_dump(const std::string& text, const std::string& name = "orders/plan.md") {
  return dump(read_markdown({name, text}, FileId{0}));
}

}  // namespace parsers
