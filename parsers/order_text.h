// What an order says in sentences, whatever format it stands in.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "parsers/document.h"

namespace parsers {

struct Passage {
  std::string text;        ///< comments of HTML blanked
  std::uint32_t line = 0;  ///< of its first byte
  bool flows = false;      ///< its lines are lines of the file; else all of it stands there, as a string of JSON does

  std::uint32_t line_of(std::size_t offset) const;
};

/// Reads a document once and is asked for its orders. Keeps views of the source.
class OrderTexts {
 public:
  explicit OrderTexts(const Source&);

  /// JSON and YAML: every string of the mapping that has this title, and of those with one title the one that has the
  /// id, or the end of it, too. Other files: the lines from `line` to the next order's (0: the last), less where a
  /// heading ends before; line 0 is the whole file. The title stands in front where the text does not hold it. O(text).
  std::vector<Passage> of(std::string_view id, std::string_view title, std::uint32_t line,
                          std::uint32_t next_line) const;

 private:
  void collect(const Node&);

  const Source& source_;
  std::vector<std::string_view> lines_;
  bool is_tree_ = false;
  Node tree_;
  std::vector<Node> roots_;  // of JSON lines
  std::vector<const Node*> mappings_;
};

}  // namespace parsers
