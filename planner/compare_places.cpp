// Hunks as places: which block or gap of a file each side changed.
#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>

#include "planner/compare_rules.h"
#include "planner/edited_places.h"

namespace planner {
namespace {

/// Where the new lines of a hunk stand, or where they are missing.
std::uint32_t line_of(const LineHunk& hunk) { return std::max(1U, hunk.new_first); }

std::string place_words(const std::string& place) {
  if (place == "<module>") return "the same lines outside of all symbols";
  if (place == "<imports>") return "the imports";
  if (place.starts_with("<after ")) return fmt::format("what follows {}", place.substr(7, place.size() - 8));
  if (place.starts_with("<in ")) return fmt::format("the head of {}", place.substr(4, place.size() - 5));
  return place;
}

}  // namespace

std::vector<Finding> compare_places(const FileMeeting& met) {
  std::vector<Finding> out;
  const std::string& path = met.edit_a->path;
  if (met.edit_a->new_blob == met.edit_b->new_blob && met.edit_a->new_mode == met.edit_b->new_mode) {
    if (met.edit_a->path != met.edit_b->path) return out;
    Finding same = compare_finding("same-change", Certainty::proved,
                                   met.edit_a->kind == FileEdit::Kind::removed
                                       ? fmt::format("{} and {} both remove {}", met.a->name, met.b->name, path)
                                       : fmt::format("{} and {} make the same {} of it", met.a->name, met.b->name,
                                                     met.edit_a->kind == FileEdit::Kind::added ? "new file" : "change"),
                                   {path, 0});
    out.push_back(std::move(same));
    return out;
  }
  if (!met.text_a->read || !met.text_b->read || met.edit_a->kind == FileEdit::Kind::removed ||
      met.edit_b->kind == FileEdit::Kind::removed)
    return out;
  const EditedPlaces a(*met.text_a), b(*met.text_b);
  std::vector<HunkText> texts_b;
  for (const LineHunk& hunk : met.text_b->hunks) texts_b.push_back(b.text_of(hunk));
  std::set<std::size_t> same_a, same_b;
  for (std::size_t i = 0; i < met.text_a->hunks.size(); ++i) {
    const HunkText text = a.text_of(met.text_a->hunks[i]);
    for (std::size_t j = 0; j < texts_b.size(); ++j)
      if (!same_b.contains(j) && !text.empty() && texts_b[j] == text) {
        same_a.insert(i);
        same_b.insert(j);
        break;
      }
  }
  if (!same_a.empty()) {
    const std::size_t i = *same_a.begin(), j = *same_b.begin();
    Finding same =
        compare_finding("same-change", Certainty::proved,
                        fmt::format("{} and {} make the same change{}", met.a->name, met.b->name,
                                    same_a.size() == 1 ? std::string() : fmt::format(" at {} places", same_a.size())),
                        {path, line_of(met.text_a->hunks[i])});
    same.related.push_back(on_side(met.b->name, {met.edit_b->path, line_of(met.text_b->hunks[j])}, "the same lines"));
    out.push_back(std::move(same));
  }
  if (!has_places(*met.text_a) || !has_places(*met.text_b) || met.edit_a->kind == FileEdit::Kind::added) return out;

  std::map<std::string, std::uint32_t> places_a, places_b;  // place -> first line
  const auto collect = [](const EditedPlaces& places, const EditedText& text, const std::set<std::size_t>& same,
                          std::map<std::string, std::uint32_t>& into) {
    for (std::size_t i = 0; i < text.hunks.size(); ++i)
      if (!same.contains(i) && !places.text_of(text.hunks[i]).empty())
        for (const std::string& place : places.of(text.hunks[i])) into.emplace(place, line_of(text.hunks[i]));
  };
  collect(a, *met.text_a, same_a, places_a);
  collect(b, *met.text_b, same_b, places_b);
  for (const auto& [place, line] : places_a) {
    const auto other = places_b.find(place);
    if (other == places_b.end()) continue;
    Finding finding = compare_finding(
        "same-symbol", Certainty::proved,
        fmt::format("{} and {} both change {}", met.a->name, met.b->name, place_words(place)), {path, line});
    // Two imports more seldom hurt each other.
    if (place == "<imports>") finding.severity = FindingSeverity::note;
    finding.related.push_back(on_side(met.b->name, {met.edit_b->path, other->second}, "changes it here"));
    out.push_back(std::move(finding));
  }
  return out;
}

}  // namespace planner
