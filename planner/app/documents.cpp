#include "planner/app/documents.h"

#include <algorithm>
#include <fmt/format.h>

#include "parsers/document_kind.h"
#include "parsers/format.h"

namespace planner::app {
namespace {

using parsers::Diagnostic;
using parsers::Severity;

/// Asked for by its own name, not found in a directory.
bool is_named(const OrdersRequest& request, const parsers::Source& source) {
  return std::any_of(request.orders.begin(), request.orders.end(), [&](const std::string& name) {
    return source.name == name || (name == "-" && source.name == "<stdin>") ||
           source.name.ends_with(":" + name);  // at a revision
  });
}

/// A JSON or YAML file that only happens to lie in the directory. Something like our key is a mistake worth an error.
bool is_nobodys(const parsers::Source& source) {
  if (parsers::kind_of(source) == parsers::DocumentKind::markdown || parsers::is_own_document(source)) return false;
  for (const std::string_view key : {"work_order", "work-order", "workOrder", "workorder", "decision"})
    if (source.text.find(key) != std::string::npos) return false;
  return true;
}

bool holds_nothing(const parsers::WorkOrders& document) {
  return document.orders.empty() && document.decisions.empty() && document.waves.empty() &&
         document.containers.empty() && document.finished.empty();
}

constexpr const char* what_an_order_is =
    "an order is a heading with an id over a scope block, or an entry of work_orders";

}  // namespace

std::vector<parsers::WorkOrders> read_documents(std::vector<parsers::Source> texts, const OrdersRequest& request,
                                                Reading& reading) {
  std::vector<parsers::WorkOrders> documents;
  std::vector<std::pair<std::size_t, Diagnostic>> said;  // with the position of its document
  std::vector<bool> named;
  for (parsers::Source& text : texts) {
    const parsers::FileId file{static_cast<std::uint32_t>(reading.sources.size())};
    named.push_back(is_named(request, text));
    reading.sources.push_back(std::move(text));
    const parsers::Source& source = reading.sources.back();
    parsers::Parsed<parsers::WorkOrders> parsed = parsers::read_work_orders_as(request.from, source, file);
    if (!named.back() && parsed.value.format.empty() && is_nobodys(source)) {
      parsed = {};
      parsed.diagnostics.push_back({Severity::note, {file, 0, 0}, "not a document of work orders", "left out"});
    } else if (holds_nothing(parsed.value) && !parsers::has_errors(parsed.diagnostics)) {
      const bool container =
          std::any_of(parsed.value.readings.begin(), parsed.value.readings.end(),
                      [](const parsers::Reading& r) { return r.as == "container" || r.as == "unread"; });
      if (parsed.value.format.empty() || !container)
        parsed.diagnostics.push_back({named.back() || parsed.value.format.empty() ? Severity::warning : Severity::note,
                                      {file, 0, 0},
                                      "no work order found in this file",
                                      what_an_order_is});
    }
    for (Diagnostic& d : parsed.diagnostics) said.emplace_back(documents.size(), std::move(d));
    documents.push_back(std::move(parsed.value));
  }

  const bool foreign = std::any_of(documents.begin(), documents.end(), [](const auto& d) { return !d.format.empty(); });
  const bool any = std::any_of(documents.begin(), documents.end(), [](const auto& d) { return !d.orders.empty(); });
  for (auto& [i, d] : said) {
    if (foreign && any && d.severity == Severity::error) {
      // Pages beside a foreign list of tasks are nobody's orders; a list that is broken leaves the others standing.
      const bool beside = documents[i].format.empty() && holds_nothing(documents[i]) && !named[i];
      if (!documents[i].format.empty() || beside) d.severity = Severity::warning;
      if (!documents[i].format.empty()) documents[i].readings.push_back({d.where, "", "lost", d.message});
    }
    if (foreign && any && !named[i] && documents[i].format.empty() && holds_nothing(documents[i]))
      d.severity = Severity::note;
    reading.diagnostics.push_back(std::move(d));
  }
  parsers::join_documents(documents, reading.diagnostics);
  for (const parsers::WorkOrders& document : documents)
    std::copy(document.readings.begin(), document.readings.end(), std::back_inserter(reading.readings));
  return documents;
}

}  // namespace planner::app
