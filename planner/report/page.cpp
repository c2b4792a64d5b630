#include "planner/report/page.h"

#include <algorithm>
#include <fmt/format.h>

namespace planner::report {
namespace {

constexpr std::size_t brief_lines = 40;

}  // namespace

void Page::verdict(std::string_view text, Ink ink) {
  for (const std::string& line : wrap(text, 0, 2)) verdict_.push_back(pen(ink, line));
}

void Page::section(std::string_view title, Rank rank, Ink ink) {
  sections_.push_back({std::string(title), rank, ink, {}, {}});
}

void Page::line(std::string_view text, std::size_t indent, std::size_t hanging) {
  line(text, indent, hanging, indent <= 2 ? Item::begins : Item::continues);
}

void Page::line(std::string_view text, std::size_t indent, std::size_t hanging, Item item) {
  std::vector<std::string> pieces = wrap(text, indent, hanging);
  for (std::size_t i = 0; i < pieces.size(); ++i) verbatim(std::move(pieces[i]), i == 0 ? item : Item::continues);
}

void Page::verbatim(std::string text, Item item) {
  Section& section = sections_.back();
  if (item == Item::begins || section.lines.empty()) section.items.push_back(section.lines.size());
  section.lines.push_back(std::move(text));
}

std::size_t Page::end_of_item(const Section& section, std::size_t begin) {
  const auto next = std::upper_bound(section.items.begin(), section.items.end(), begin);
  return next == section.items.end() ? section.lines.size() : *next;
}

std::string Page::title_of(const Section& section, std::size_t shown) const {
  std::string out;
  for (const std::string& line : wrap(section.title, 0, 2)) out += (out.empty() ? "" : "\n") + pen(section.ink, line);
  if (shown == 0 && !section.lines.empty()) out += fmt::format(" ({} lines)", section.lines.size());
  if (shown > 0 && shown < section.lines.size())
    out += fmt::format(" (first {} of {} lines)", shown, section.lines.size());
  return out + "\n";
}

std::string Page::print() const {
  std::string out;
  std::size_t total = verdict_.size();
  for (const std::string& line : verdict_) out += line + "\n";
  for (const Section& section : sections_) {
    total += 1 + wrap(section.title, 0, 2).size() + section.lines.size();
    out += "\n" + title_of(section, section.lines.size());
    for (const std::string& line : section.lines) out += line + "\n";
  }
  return brief_ && total > brief_lines ? print_brief(total) : out;
}

// Leading sections share the page evenly: the longest are cut first, between items. What they leave goes to the others.
// A section whose first item has no room at all is not shown, but a leading one always says that it is there.
std::string Page::print_brief(std::size_t total) const {
  std::size_t room = brief_lines - 1 - std::min(verdict_.size(), brief_lines - 1);
  std::vector<std::size_t> shown(sections_.size(), 0);
  std::vector<bool> kept(sections_.size(), false);
  const auto frame = [&](const Section& section) { return 1 + wrap(section.title, 0, 2).size(); };
  const auto share = [&](Rank rank) {
    std::vector<std::size_t> growing;
    for (std::size_t i = 0; i < sections_.size(); ++i) {
      const Section& section = sections_[i];
      const std::size_t first = rank == Rank::lead ? 0 : end_of_item(section, 0);
      if (section.rank != rank || frame(section) + first > room) continue;
      kept[i] = true;
      shown[i] = first;
      room -= frame(section) + first;
      growing.push_back(i);
    }
    while (!growing.empty()) {
      const auto least =
          std::min_element(growing.begin(), growing.end(), [&](auto a, auto b) { return shown[a] < shown[b]; });
      const std::size_t end = end_of_item(sections_[*least], shown[*least]);
      if (end == shown[*least] || end - shown[*least] > room) {
        growing.erase(least);
        continue;
      }
      room -= end - shown[*least];
      shown[*least] = end;
    }
  };
  share(Rank::lead);
  share(Rank::rest);
  std::string out;
  std::size_t printed = 0;
  for (const std::string& line : verdict_)
    if (printed < brief_lines - 1) out += line + "\n", ++printed;
  for (std::size_t i = 0; i < sections_.size(); ++i) {
    if (!kept[i]) continue;
    out += "\n" + title_of(sections_[i], shown[i]);
    for (std::size_t l = 0; l < shown[i]; ++l) out += sections_[i].lines[l] + "\n";
    printed += frame(sections_[i]) + shown[i];
  }
  return out + fmt::format("... {} more lines: run without --brief\n", total - printed);
}

}  // namespace planner::report
