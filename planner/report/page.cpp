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
  sections_.push_back({std::string(title), rank, ink, {}});
}

void Page::line(std::string_view text, std::size_t indent, std::size_t hanging) {
  for (std::string& piece : wrap(text, indent, hanging)) sections_.back().lines.push_back(std::move(piece));
}

void Page::verbatim(std::string text) { sections_.back().lines.push_back(std::move(text)); }

std::string Page::title_of(const Section& section, std::size_t shown) const {
  std::string out;
  for (const std::string& line : wrap(section.title, 0, 2)) out += (out.empty() ? "" : "\n") + pen(section.ink, line);
  if (shown < section.lines.size()) out += fmt::format(" (first {} of {} lines)", shown, section.lines.size());
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

// Leading sections share the page evenly: the longest are cut first. What they leave goes to the others in turn.
std::string Page::print_brief(std::size_t total) const {
  std::size_t room = brief_lines - 1 - std::min(verdict_.size(), brief_lines - 1);
  std::vector<std::size_t> shown(sections_.size(), 0);
  std::vector<bool> kept(sections_.size(), false);
  const auto frame = [&](const Section& section) { return 1 + wrap(section.title, 0, 2).size(); };
  const auto share = [&](Rank rank) {
    std::vector<std::size_t> members;
    for (std::size_t i = 0; i < sections_.size(); ++i) {
      const std::size_t least = frame(sections_[i]) + (sections_[i].lines.empty() ? 0 : 1);
      if (sections_[i].rank != rank || least > room) continue;
      kept[i] = true;
      shown[i] = sections_[i].lines.empty() ? 0 : 1;
      room -= least;
      members.push_back(i);
    }
    for (bool grown = true; grown && room > 0;) {
      grown = false;
      for (std::size_t i : members)
        if (room > 0 && shown[i] < sections_[i].lines.size()) ++shown[i], --room, grown = true;
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
