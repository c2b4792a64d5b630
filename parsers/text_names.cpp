#include "parsers/text_names.h"

#include <algorithm>
#include <cctype>

#include "parsers/format_reader.h"
#include "parsers/markdown_document.h"

namespace parsers {
namespace {

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word(char c) { return is_upper(c) || is_lower(c) || is_digit(c) || c == '_' || (c & 0x80) != 0; }

/// Whether the byte at `i` goes on with a name that has begun.
bool joins(std::string_view text, std::size_t i) {
  const char c = text[i];
  if (is_word(c)) return true;
  const char next = i + 1 < text.size() ? text[i + 1] : ' ';
  if (c == '/' || c == '-' || c == '.') return is_word(next) || (c == '/' && next == '.');
  if (c == ':') return next == ':' ? i + 2 < text.size() && is_word(text[i + 2]) : i > 0 && text[i - 1] == ':';
  return false;
}

/// Of "https://host/owner/name/blob/main/src/a.py#L3" the path; empty: it leads to no file.
std::string_view path_in_address(std::string_view address) {
  for (const std::string_view mark : {"/blob/", "/tree/", "/raw/"}) {
    const std::size_t at = address.find(mark);
    const std::size_t branch = at == std::string_view::npos ? at : address.find('/', at + mark.size());
    if (branch == std::string_view::npos) continue;
    const std::string_view path = address.substr(branch + 1);
    return path.substr(0, path.find_first_of("#?"));
  }
  return {};
}

class NameReader {
 public:
  explicit NameReader(std::string_view text) : text_(text) {}

  std::vector<TextName> run() {
    FenceState fence;
    for (const std::string_view line : lines_of(text_)) read(line, fence.hides(line));
    return std::move(out_);
  }

 private:
  void read(std::string_view line, bool fenced) {
    bool in_ticks = false;
    bool first = false;  // nothing has stood in these back-ticks yet
    for (std::size_t i = 0; i < line.size();) {
      const char c = line[i];
      if (c == '`' && !fenced) {
        in_ticks = !in_ticks;
        first = in_ticks;
      }
      const bool dot = (c == '.' || c == '/') && i + 1 < line.size() && (is_word(line[i + 1]) || line[i + 1] == '.');
      if (!is_word(c) && !dot) {
        ++i;
        continue;
      }
      std::size_t end = i + 1;
      while (end < line.size() && joins(line, end)) ++end;
      if (line.substr(end).starts_with("://")) {
        const std::size_t stop = std::min(line.find_first_of(" \t\r)>]\"'`", end), line.size());
        if (const std::string_view path = path_in_address(line.substr(i, stop - i)); !path.empty())
          out_.push_back({path, false, false, fenced});
        i = stop;
        continue;
      }
      std::string_view name = line.substr(i, end - i);
      while (name.starts_with("./")) name.remove_prefix(2);
      while (name.starts_with('/')) name.remove_prefix(1);
      if (!name.empty()) out_.push_back({name, first && in_ticks, line.substr(end).starts_with('('), fenced});
      first = false;
      i = end;
    }
  }

  std::string_view text_;
  std::vector<TextName> out_;
};

}  // namespace

std::vector<TextName> names_in(std::string_view text) { return NameReader(text).run(); }

bool looks_like_code(std::string_view word) {
  const std::size_t last = word.size() - 1;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const char c = word[i];
    if (c == '_' || c == ':') return word.size() > 2;
    if (i > 0 && i < last && c == '.' && is_word(word[i - 1])) return !is_digit(word[i + 1]);
    if (i > 0 && is_upper(c) && is_lower(word[i - 1])) return true;
  }
  return false;
}

std::vector<std::string> parts_of_name(std::string_view name) {
  std::vector<std::string> out;
  std::string part;
  const auto close = [&] {
    if (part.size() > 1) out.push_back(part);
    part.clear();
  };
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    if (!is_word(c) || c == '_') {
      close();
      continue;
    }
    const bool hump =
        is_upper(c) && i > 0 &&
        (is_lower(name[i - 1]) || (is_upper(name[i - 1]) && i + 1 < name.size() && is_lower(name[i + 1])));
    if (hump) close();
    part += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  close();
  return out;
}

}  // namespace parsers
