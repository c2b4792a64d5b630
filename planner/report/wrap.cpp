#include "planner/report/wrap.h"

#include <algorithm>

namespace planner::report {
namespace {

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

}  // namespace

std::size_t cells(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\x1b') {
      while (i < text.size() && text[i] != 'm') ++i;
      continue;
    }
    if (!continues(text[i])) ++count;
  }
  return count;
}

std::vector<std::string> wrap(std::string_view text, std::size_t indent, std::size_t hanging) {
  std::vector<std::string> lines;
  std::string line(indent, ' ');
  std::size_t width = indent;
  bool empty = true;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::size_t size = cells(word);
    if (!empty && width + 1 + size > page_width) {
      lines.push_back(std::move(line));
      line.assign(hanging, ' ');
      width = hanging;
      empty = true;
      if (word.empty()) continue;
    }
    if (!empty) line += ' ', ++width;
    line += word;
    width += size;
    empty = false;
  }
  if (!empty) lines.push_back(std::move(line));
  for (std::string& done : lines) done.erase(done.find_last_not_of(' ') + 1);
  return lines;
}

std::string padded(std::string text, std::size_t width) {
  const std::size_t size = cells(text);
  if (size < width) text.append(width - size, ' ');
  return text;
}

std::string shortened(std::string_view text, std::size_t width) {
  if (cells(text) <= width) return std::string(text);
  std::size_t at = 0;
  for (std::size_t kept = 0; at < text.size(); ++at)
    if (!continues(text[at]) && ++kept > width - 3) break;
  return std::string(text.substr(0, at)) + "...";
}

std::string Pen::operator()(Ink ink, std::string_view text) const {
  if (!color || ink == Ink::plain || text.empty()) return std::string(text);
  const auto code = [&] {
    switch (ink) {
      case Ink::red:
        return "\x1b[31m";
      case Ink::yellow:
        return "\x1b[33m";
      case Ink::green:
        return "\x1b[32m";
      case Ink::bold:
      case Ink::plain:
        break;
    }
    return "\x1b[1m";
  };
  return code() + std::string(text) + "\x1b[0m";
}

}  // namespace planner::report
