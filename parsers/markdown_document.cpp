#include "parsers/markdown_document.h"

#include <algorithm>
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <memory>
#include <utility>

#include "parsers/markdown_skeleton.h"

namespace parsers {
namespace {

constexpr std::string_view blanks = " \t\r\n";

struct CmarkFree {
  void operator()(cmark_parser* p) const { cmark_parser_free(p); }
  void operator()(cmark_node* p) const { cmark_node_free(p); }
  void operator()(cmark_iter* p) const { cmark_iter_free(p); }
};
template <class T>
using CmarkOwner = std::unique_ptr<T, CmarkFree>;

CmarkOwner<cmark_node> parse_with_cmark(const std::string& skeleton) {
  static const bool registered = (cmark_gfm_core_extensions_ensure_registered(), true);
  const CmarkOwner<cmark_parser> parser(cmark_parser_new(CMARK_OPT_DEFAULT));
  if (registered) cmark_parser_attach_syntax_extension(parser.get(), cmark_find_syntax_extension("table"));
  cmark_parser_feed(parser.get(), skeleton.data(), skeleton.size());
  return CmarkOwner<cmark_node>(cmark_parser_finish(parser.get()));
}

std::size_t line_number(int cmark_line) { return cmark_line < 1 ? 0 : static_cast<std::size_t>(cmark_line) - 1; }

std::string_view without_marker(std::string_view text) {
  if (text.empty()) return text;
  std::size_t length = 1;
  if (text[0] >= '0' && text[0] <= '9') length = std::min(text.find_first_not_of("0123456789"), text.size() - 1) + 1;
  return trim(text.substr(length));
}

std::string_view heading_text(std::string_view text) {
  if (text.starts_with('#')) {
    text = trim(text.substr(std::min(text.find_first_not_of('#'), text.size())));
    const std::size_t last = text.find_last_not_of('#');
    if (last == std::string_view::npos) return text.substr(0, 0);
    if (last + 1 < text.size() && blanks.find(text[last]) != std::string_view::npos) text = text.substr(0, last);
    return trim(text);
  }
  const std::size_t underline = text.find_last_of('\n');
  return underline == std::string_view::npos ? text : trim(text.substr(0, underline));
}

bool is_key_line(std::string_view line) {
  const std::size_t colon = line.find(':');
  return colon != std::string_view::npos && colon > 0 &&
         line.substr(0, colon).find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") ==
             std::string_view::npos;
}

}  // namespace

std::string_view trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return text.substr(0, 0);
  return text.substr(first, text.find_last_not_of(blanks) + 1 - first);
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  for (;;) {
    const std::size_t end = text.find('\n');
    lines.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return lines;
    text.remove_prefix(end + 1);
  }
}

MarkdownDocument::MarkdownDocument(const Source& source, FileId file)
    : x_name(source.name), x_file(file), x_text(source.text) {
  // cmark ends a line at a lone CR, and `line_text` does not: the numbers have to agree. Columns count the bytes of the
  // file, so nothing is taken out, only blanked.
  std::replace(x_text.begin(), x_text.end(), '\r', ' ');
  std::replace(x_text.begin(), x_text.end(), '\0', ' ');
  if (x_text.starts_with("\xEF\xBB\xBF")) std::fill_n(x_text.begin(), 3, ' ');
  x_lines.push_back(0);
  for (std::size_t i = x_text.find('\n'); i != std::string::npos; i = x_text.find('\n', i + 1))
    x_lines.push_back(i + 1);
  find_front_matter();
  parse_blocks();
}

Location MarkdownDocument::locate(std::string_view view) const {
  const auto offset = static_cast<std::size_t>(view.data() - x_text.data());
  const auto line = std::upper_bound(x_lines.begin(), x_lines.end(), offset) - 1;
  return {x_file, static_cast<std::uint32_t>(line - x_lines.begin() + 1),
          static_cast<std::uint32_t>(offset - *line + 1)};
}

std::string MarkdownDocument::stem() const {
  const std::string name = x_name.substr(x_name.find_last_of("/:") + 1);
  const std::size_t dot = name.rfind('.');
  return dot == std::string::npos || dot == 0 ? name : name.substr(0, dot);
}

void MarkdownDocument::find_front_matter() {
  const std::vector<std::string_view> lines = lines_of(x_text);
  const auto text_between = [&](std::size_t from, std::size_t to) {
    return std::string_view(x_text).substr(x_lines[from], x_lines[to] - x_lines[from]);
  };
  if (lines.size() < 2 || trim(lines[0]) != "---") return;
  std::size_t open_end = 0;  // where an unclosed front matter would have to end
  bool has_key = false;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const std::string_view line = trim(lines[i]);
    if ((line == "---" || line == "...") && has_key) {
      x_front_matter = text_between(1, i);
      x_body = i + 1;
      return;
    }
    const bool fits = is_key_line(line) || line.starts_with("-") || line.starts_with("#!") || lines[i].starts_with(" ");
    if (open_end == 0 && !fits) open_end = i;
    if (open_end == 0) has_key = has_key || is_key_line(line);
    if (open_end == 1 || line.starts_with("# ") || line.starts_with("## ")) break;
  }
  if (!has_key) return;
  x_body = open_end == 0 ? lines.size() - 1 : open_end;
  x_front_matter = text_between(1, x_body);
  x_front_matter_is_closed = false;
}

void MarkdownDocument::parse_blocks() {
  const std::size_t body = x_body < x_lines.size() ? x_lines[x_body] : x_text.size();
  const CmarkOwner<cmark_node> root = parse_with_cmark(markdown_skeleton(std::string_view(x_text).substr(body)));
  const CmarkOwner<cmark_iter> walk(cmark_iter_new(root.get()));
  std::vector<std::size_t> items;  // lines on which the list items around us begin
  bool opens_item = false;
  int quotes = 0;
  for (cmark_event_type event = cmark_iter_next(walk.get()); event != CMARK_EVENT_DONE;
       event = cmark_iter_next(walk.get())) {
    cmark_node* node = cmark_iter_get_node(walk.get());
    const cmark_node_type type = cmark_node_get_type(node);
    const bool enter = event == CMARK_EVENT_ENTER;
    if (type == CMARK_NODE_ITEM) {
      if (enter) {
        items.push_back(line_number(cmark_node_get_start_line(node)) + x_body);
        opens_item = true;
      } else {
        items.pop_back();
      }
    }
    if (type == CMARK_NODE_BLOCK_QUOTE) quotes += enter ? 1 : -1;
    MarkdownBlock block;
    if (type == CMARK_NODE_HEADING)
      block.kind = items.empty() ? MarkdownBlock::Kind::heading : MarkdownBlock::Kind::text;
    else if (std::string_view(cmark_node_get_type_string(node)) == "table")
      block.kind = MarkdownBlock::Kind::table;
    else if (type == CMARK_NODE_CODE_BLOCK || type == CMARK_NODE_HTML_BLOCK)
      block.kind = MarkdownBlock::Kind::hidden;
    else if (type != CMARK_NODE_PARAGRAPH)
      continue;
    if (!enter) continue;
    if (quotes > 0) block.kind = MarkdownBlock::Kind::hidden;
    const std::size_t first = line_number(cmark_node_get_start_line(node)) + x_body;
    const std::size_t last =
        std::max(first, std::min(line_number(cmark_node_get_end_line(node)) + x_body, x_lines.size() - 1));
    if (first >= x_lines.size()) continue;
    const std::size_t end = last + 1 < x_lines.size() ? x_lines[last + 1] : x_text.size();
    block.depth = static_cast<int>(items.size());
    block.opens_item = std::exchange(opens_item, false);
    std::string_view text = trim(std::string_view(x_text).substr(x_lines[first], end - x_lines[first]));
    for (const std::size_t item : items)
      if (item == first) text = without_marker(text);
    if (block.opens_item && text.size() > 3 && text[0] == '[' && text[2] == ']' && text[3] == ' ') {
      block.checkbox = true;
      text = trim(text.substr(3));
    }
    if (block.kind == MarkdownBlock::Kind::heading) {
      block.level = cmark_node_get_heading_level(node);
      text = heading_text(text);
    } else if (type == CMARK_NODE_CODE_BLOCK && quotes == 0 && (text.starts_with("```") || text.starts_with("~~~"))) {
      block.kind = MarkdownBlock::Kind::fence;
      const std::size_t line = std::min(text.find('\n'), text.size());
      const std::size_t info = std::min(text.find_first_not_of(text[0]), line);
      block.info = trim(text.substr(info, line - info));
      text.remove_prefix(std::min(line + 1, text.size()));
      const std::size_t closing = text.find_last_of('\n');
      const std::string_view tail = trim(closing == std::string_view::npos ? text : text.substr(closing));
      if (tail.starts_with("```") || tail.starts_with("~~~")) text = text.substr(0, std::min(closing, text.size()));
      if (tail.data() == text.data() && tail.starts_with("```")) text = text.substr(0, 0);
    }
    block.text = text;
    if (block.kind != MarkdownBlock::Kind::fence && block.kind != MarkdownBlock::Kind::hidden && !text.empty())
      blank_inline_comments(x_text.data() + (text.data() - x_text.data()), text.size());
    x_blocks.push_back(block);
  }
}

}  // namespace parsers
