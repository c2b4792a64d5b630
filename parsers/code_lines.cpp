#include "parsers/code_lines.h"

#include <algorithm>
#include <cstring>

namespace parsers {
namespace {

bool is_spacing(char c) { return c == ' ' || c == '\t' || c == '\f' || c == '\r'; }

}  // namespace

CodeLines::CodeLines(std::string_view text) : text_(text), begins_{0} {
  for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1))
    begins_.push_back(static_cast<std::uint32_t>(at + 1));
}

std::uint32_t CodeLines::line(std::uint32_t byte) const {
  return static_cast<std::uint32_t>(std::upper_bound(begins_.begin(), begins_.end(), byte) - begins_.begin());
}

std::uint32_t CodeLines::column(std::uint32_t byte) const { return byte - begins_[line(byte) - 1] + 1; }

CodeRange CodeLines::range(std::uint32_t begin, std::uint32_t end) const {
  return {begin, end, line(begin), line(end > begin ? end - 1 : begin)};
}

CodeRange CodeLines::widened(std::uint32_t begin, std::uint32_t end) const {
  std::uint32_t first = begin;
  while (first > 0 && is_spacing(text_[first - 1])) --first;
  if (first == 0 || text_[first - 1] == '\n') begin = first;
  if (end > begin && text_[end - 1] == '\n') return range(begin, end);
  std::uint32_t last = end;
  while (last < text_.size() && (is_spacing(text_[last]) || text_[last] == ';' || text_[last] == ',')) ++last;
  const std::string_view rest = text_.substr(last);
  if (rest.empty()) {
    end = last;
  } else if (rest.front() == '\n') {
    end = last + 1;
  } else if (rest.starts_with("//") || rest.starts_with("#")) {
    const std::size_t newline = rest.find('\n');
    end = newline == std::string_view::npos ? static_cast<std::uint32_t>(text_.size())
                                            : last + static_cast<std::uint32_t>(newline) + 1;
  }
  return range(begin, end);
}

}  // namespace parsers
