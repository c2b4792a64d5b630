// Values that are not paths: priority, status and the like; and tables inside an order's own section.
#pragma once

#include <string_view>

#include "parsers/markdown_reader.h"

namespace parsers {

/// Reads `text` as the value of `label`, written `name`, into the order, or notes it as unread. REQUIRES: no label of
/// paths or dependencies.
void read_field(MarkdownReader&, WorkOrder&, const Label& label, std::string_view name, std::string_view text);

/// A table whose headers are labels ("Write set"), or a list of files under the label `under`. False: it is neither.
bool read_scope_table(MarkdownReader&, WorkOrder&, const MarkdownBlock& table, const Label* under);

/// "done", "In progress", "READY for dispatch"; nullopt for a word nobody agreed on.
std::optional<Status> status_word(std::string_view);

}  // namespace parsers
