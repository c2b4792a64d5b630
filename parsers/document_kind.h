// Which language a document of work orders is written in.
#pragma once

#include "parsers/diagnostic.h"

namespace parsers {

enum class DocumentKind { yaml, json, markdown };

/// By the name's ending, else by content: JSON begins with a brace, and YAML has one of a document's two keys at the
/// start of a line, which Markdown shows only inside a fence.
DocumentKind kind_of(const Source& source);

}  // namespace parsers
