// Paragraphs cut where a label begins.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "parsers/markdown_document.h"
#include "parsers/markdown_labels.h"

namespace parsers {

struct MarkdownSegment {
  std::optional<LabelledText> label;
  std::string_view value;  ///< with a label: what follows it, up to the next label; without: everything
};

/// A table of two columns whose rows begin with labels counts as such lines. A line begins with a label, or carries
/// further known ones in bold: "**Effort:** S **Files:** a.py".
std::vector<MarkdownSegment> segments_of(const MarkdownBlock&);

/// "## Session Scope", "## Scope".
bool is_scope_heading(const MarkdownBlock&);

/// What the blocks [i, ...) say about a scope: labels with values, headings that are labels.
enum class ScopeMark { none, dependency, weak, strong };
ScopeMark scope_mark(const std::vector<MarkdownBlock>&, std::size_t i);

/// Whether list item or paragraph begins with a path, or with "Create" and the like.
bool begins_like_entry(const MarkdownBlock&);

}  // namespace parsers
