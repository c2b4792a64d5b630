#include "planner/report/finding_list.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>
#include <set>
#include <utility>

#include "planner/report/words.h"

namespace planner::report {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 24> meanings{{
    {"absorbed-work", "What a session had made was taken into somebody else's commit"},
    {"dependency-cycle", "Work orders depend on each other in a circle"},
    {"end-of-line-only", "Nothing but the ends of lines changed"},
    {"forbidden-write", "A path was changed that its work order must not touch"},
    {"foreign-work", "A path was changed that is another open work order's to write"},
    {"hidden-change", "A change that git does not show, or that could not be compared"},
    {"lost-work", "What a session had made ended nowhere"},
    {"missing-dependency", "Work began without what its work order depends on"},
    {"no-order", "Work that belongs to no work order"},
    {"orphaned-work", "Work on what the target has removed meanwhile"},
    {"partial-completion", "A declared path was not touched"},
    {"resurrected", "A surface that was removed is back"},
    {"scope-changed", "Work changed the orders or the configuration it is judged by"},
    {"scope-extended", "A write beyond the declaration that its author stands by"},
    {"silent-completion", "Nothing of what was declared was changed"},
    {"stale-read", "What a work order relies on changed on the target since its base"},
    {"undeclared-symbol", "Another place of a file was changed than the symbols that were declared"},
    {"undeclared-write", "A path was changed that its work order does not declare"},
    {"unknown-scope", "A work order without a declared write set"},
    {"wave-conflict", "Work orders of one hand-made wave conflict"},
    {"wave-order", "A hand-made wave comes before what it depends on"},
    {"wave-unknown", "A hand-made wave names no work order"},
    {"wrong-intent", "A path was changed in another way than declared"},
    {"wave-missing", "A work order stands in no hand-made wave"},
}};

/// FNV-1a, 64 bits (Fowler, Noll, Vo): spreads well, and is the same everywhere.
std::uint64_t hash(std::uint64_t seed, std::string_view text) {
  for (const char c : text) {
    seed ^= static_cast<unsigned char>(c);
    seed *= 0x100000001b3ULL;
  }
  seed ^= 0xFF;  // an end that no text has: "a", "bc" is not "ab", "c"
  return seed * 0x100000001b3ULL;
}

bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
         c == '_' || c == '~' || c == '/';
}

}  // namespace

FindingList finding_list(const VerifyAnswer& answer) {
  FindingList out;
  out.command = "verify";
  out.findings = answer.findings;
  std::set<std::string> ids;
  for (const Judged& judged : answer.judged) ids.insert(judged.work_orders.begin(), judged.work_orders.end());
  out.work_orders.assign(ids.begin(), ids.end());
  return out;
}

FindingList finding_list(const CheckAnswer& answer) {
  FindingList out;
  out.command = "check";
  out.findings = answer.findings;
  for (const Order& order : answer.orders.list) out.work_orders.push_back(order.id);
  std::sort(out.work_orders.begin(), out.work_orders.end());
  return out;
}

std::string_view meaning_of(std::string_view rule) {
  const auto known = std::find_if(meanings.begin(), meanings.end(), [&](const auto& m) { return m.first == rule; });
  return known == meanings.end() ? rule : known->second;
}

const Place* place_of(const Finding& finding) {
  if (!finding.where.file.empty()) return &finding.where;
  for (const Related& related : finding.related)
    if (!related.where.file.empty()) return &related.where;
  return nullptr;
}

std::string full_message(const Finding& finding) {
  const Advice said = advice(finding.message);
  std::string out(said.sentence);
  if (!said.remedy.empty()) out += fmt::format("; {}: {}", said.remedy, said.trailer);
  return out + doubt(finding.certainty);
}

std::vector<std::string> fingerprints(const std::vector<Finding>& findings) {
  std::map<std::uint64_t, std::size_t> seen;
  std::vector<std::string> out;
  out.reserve(findings.size());
  for (const Finding& finding : findings) {
    std::uint64_t value = 0xcbf29ce484222325ULL;
    for (const std::string_view part :
         {std::string_view(finding.rule), std::string_view(finding.where.file), std::string_view(finding.work_order)})
      value = hash(value, part);
    const std::size_t before = seen[value]++;
    out.push_back(before == 0 ? fmt::format("{:016x}", value) : fmt::format("{:016x}-{}", value, before));
  }
  return out;
}

std::string uri_of(std::string_view path) {
  std::string out;
  if (path.starts_with('/')) out = "file://";
  for (const char c : path) {
    if (is_unreserved(c))
      out += c;
    else
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out.empty() ? "." : out;
}

}  // namespace planner::report
