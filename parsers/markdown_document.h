// A Markdown file as blocks that know their bytes: cmark-gfm decides what is a heading, a list item, a table or a
// fence; the text itself is read from the file, because cmark's inline positions cannot be trusted.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "parsers/diagnostic.h"

namespace parsers {

struct MarkdownBlock {
  enum class Kind {
    heading,  ///< of the document itself, not inside a list or a quotation
    text,     ///< a paragraph, possibly of a list item; may span lines
    table,    ///< all its lines, the header first
    fence,    ///< fenced code: never read, but for a map of sessions
    hidden,   ///< indented code, HTML, quotations: never read
  };
  Kind kind = Kind::text;
  int level = 0;            ///< heading: 1..6
  int depth = 0;            ///< list items around it
  bool opens_item = false;  ///< first block of its list item
  bool checkbox = false;    ///< "[ ]" or "[x]" stood before the text
  std::string_view text;    ///< without `#`, list markers and checkbox; comments are blanked out
  std::string_view info;    ///< fence: what stands behind the opening fence
};

/// Owns the text that all views point into. A view into it is also a place: see `locate`.
class MarkdownDocument {
 public:
  MarkdownDocument(const Source&, FileId);
  MarkdownDocument(const MarkdownDocument&) = delete;
  MarkdownDocument& operator=(const MarkdownDocument&) = delete;

  const std::vector<MarkdownBlock>& blocks() const { return x_blocks; }

  /// The lines between the two `---`, empty when there are none.
  std::string_view front_matter() const { return x_front_matter; }
  bool front_matter_is_closed() const { return x_front_matter_is_closed; }

  /// Where the first byte of `view` stands. REQUIRES: `view` points into this document. O(log lines).
  Location locate(std::string_view view) const;

  /// The file's name without directory and ending.
  std::string stem() const;

 private:
  void find_front_matter();
  void parse_blocks();

  std::string x_name;
  FileId x_file;
  std::string x_text;
  std::vector<std::size_t> x_lines;  ///< offset of every line's first byte
  std::size_t x_body = 0;            ///< first line behind the front matter, counted from 0
  std::string_view x_front_matter;
  bool x_front_matter_is_closed = true;
  std::vector<MarkdownBlock> x_blocks;
};

/// The lines of `text` without their ends; all of them views into it.
std::vector<std::string_view> lines_of(std::string_view text);

std::string_view trim(std::string_view);

}  // namespace parsers
