// A table as cells that know their place.
#pragma once

#include <string_view>
#include <vector>

#include "parsers/markdown_document.h"

namespace parsers {

struct MarkdownTable {
  std::vector<std::string_view> header;
  std::vector<std::vector<std::string_view>> rows;
};

/// REQUIRES: a block of kind table. Cells beyond the header are dropped, as in the rendered page.
MarkdownTable read_table(const MarkdownBlock&);

}  // namespace parsers
