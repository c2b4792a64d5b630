// The front matter of a foreign Markdown file: its fields, with every complaint about them a warning.
#pragma once

#include <initializer_list>
#include <string_view>
#include <vector>

#include "parsers/format_reader.h"
#include "parsers/markdown_document.h"
#include "parsers/markdown_reader.h"

namespace parsers {

class FrontMatter {
 public:
  FrontMatter(const Source&, FileId);

  const std::vector<FrontMatterField>& fields() const { return x_fields; }
  /// The field of one of these keys, in lower case; nullptr: there is none.
  const FrontMatterField* find(std::initializer_list<std::string_view> keys) const;
  /// The one value of a field, empty when it is not there.
  std::string_view value(std::initializer_list<std::string_view> keys) const;
  /// The items of a field; a value without brackets is cut at its commas, and "none" is no item.
  std::vector<std::string_view> items(std::initializer_list<std::string_view> keys) const;

  /// REQUIRES: `view` came from this front matter or its document.
  Location locate(std::string_view view) const { return x_document.locate(view); }
  const MarkdownDocument& document() const { return x_document; }
  bool empty() const { return x_fields.empty(); }

  /// Hands on what there was to say about the fields.
  void report(FormatReader&);

 private:
  MarkdownDocument x_document;
  std::vector<FrontMatterField> x_fields;
  std::vector<Diagnostic> x_diagnostics;
};

/// The keys of the front matter at the front of a text, in lower case, without reading the rest. O(front matter).
std::vector<std::string> front_matter_keys(const Source&);

/// "#12", "012", "[[12]]" -> what an id is without its dress.
std::string_view bare_id(std::string_view);

}  // namespace parsers
