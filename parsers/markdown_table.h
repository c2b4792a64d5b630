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

/// "WO", "Used by", "Owner": a column that names orders.
bool is_order_column(std::string_view header);

/// "| File | Action |" with nothing but "create", "modify" and the like as actions.
bool lists_changes(const MarkdownTable&);

/// The column of a word such as "Action"; the number of columns when there is none.
std::size_t action_column(const MarkdownTable&);

/// "File", "Paths".
bool is_file_column(std::string_view header);

}  // namespace parsers
