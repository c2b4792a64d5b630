// A draft as the canonical document that a person corrects and accepts, and `draft --format json`.
#include "planner/report/draft.h"

#include <fmt/format.h>

#include "planner/export.h"
#include "planner/report/json_values.h"

namespace planner::report {
namespace {

/// By order; null: it was left as it is.
std::vector<const Drafted*> by_order(const DraftAnswer& answer) {
  std::vector<const Drafted*> out(answer.orders.list.size(), nullptr);
  for (const Drafted& drafted : answer.drafted) out[drafted.order.index()] = &drafted;
  return out;
}

std::string place(const Place& where) {
  return where.line == 0 ? where.file : fmt::format("{}:{}", where.file, where.line);
}

/// "named at issues.md:3", "resolved at issues.md:4: the one file that cart.py means", "co-changed: 12 of 15 ...".
std::string remark(const DraftLine& line) {
  std::string out(to_string(line.basis));
  if (line.entry.certainty == Certainty::unproven) out += ", unproven";
  if (!line.entry.where.file.empty()) out += " at " + place(line.entry.where);
  if (!line.because.empty()) out += ": " + line.because;
  return out;
}

const DraftLine* line_of(const Drafted& drafted, const Entry& entry) {
  for (const auto* list : {&drafted.write, &drafted.read})
    for (const DraftLine& line : *list)
      if (line.entry.resource == entry.resource && line.entry.where == entry.where) return &line;
  return nullptr;
}

Json lines(const std::vector<DraftLine>& list) {
  Json out = Json::array();
  for (const DraftLine& line : list) {
    Json one = Json::object();
    one["entry"] = line.entry.resource.text;
    one["intent"] = line.entry.intent_declared ? Json(parsers::to_string(line.entry.intent)) : Json();
    one["basis"] = planner::to_string(line.basis);
    one["certainty"] = planner::to_string(line.entry.certainty);
    one["because"] = line.because;
    one["where"] = where(line.entry.where);
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace

std::string text(const DraftAnswer& answer) {
  std::string out =
      "# Proposed scopes count as unknown: correct a block, then take out its line \"scope: proposed\" to accept it.\n";
  const std::vector<const Drafted*> drafted = by_order(answer);
  const auto of = [&](const Order& order) {
    return drafted[static_cast<std::size_t>(&order - answer.orders.list.data())];
  };
  YamlRemarks remarks;
  remarks.order = [&](const Order& order) {
    return of(order) != nullptr && of(order)->write.empty() ? std::string("nothing says what this one writes")
                                                            : std::string();
  };
  remarks.entry = [&](const Order& order, const Entry& entry) {
    const DraftLine* line = of(order) == nullptr ? nullptr : line_of(*of(order), entry);
    return line == nullptr ? std::string() : remark(*line);
  };
  return out + export_yaml(answer.orders, remarks);
}

std::string json(const DraftAnswer& answer) {
  Json out = Json::object();
  out["schema"] = "interlock.draft/1";
  out["base"] = answer.base.empty() ? Json() : Json(answer.base);
  Json& drafted = out["drafted"] = Json::array();
  for (const Drafted& d : answer.drafted) {
    const Order& order = answer.orders.list[d.order.index()];
    Json one = Json::object();
    one["id"] = order.id;
    one["title"] = order.title;
    one["source"] = source(order.where);
    one["write"] = lines(d.write);
    one["read"] = lines(d.read);
    Json& waits = one["depends_on"] = Json::array();
    for (const Dependency& dependency : order.depends_on) {
      Json wait = Json::object();
      wait["work_order"] = dependency.target;
      wait["known"] = dependency.order.has_value();
      wait["source"] = source(dependency.where);
      waits.push_back(std::move(wait));
    }
    drafted.push_back(std::move(one));
  }
  Json& others = out["as_they_were"] = Json::array();
  const std::vector<const Drafted*> of = by_order(answer);
  for (std::size_t i = 0; i < of.size(); ++i)
    if (of[i] == nullptr) others.push_back(answer.orders.list[i].id);
  out["diagnostics"] = diagnostics(answer.reading);
  return printed(out);
}

}  // namespace planner::report
