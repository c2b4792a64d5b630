// How a Markdown file is read, from blocks to orders.
#include "parsers/document_text.h"
#include "parsers/markdown_reader.h"
#include "parsers/work_order.h"

namespace parsers {

Parsed<WorkOrders> read_markdown(const Source& source, FileId file) {
  if (std::optional<Diagnostic> refused = refuse_nul(source, file)) return {{}, {std::move(*refused)}};
  const MarkdownDocument document(source, file);
  MarkdownReader reader(document);

  // First who: every id has to be known before prose that mentions it is read.
  open_front_matter(reader);
  open_orders(reader);
  open_table_orders(reader);
  read_maps(reader);
  report_scopeless(reader);

  // Then what.
  read_front_matter(reader);
  read_sections(reader);
  read_tables(reader);
  read_sequence_sentences(reader);
  read_waves(reader);
  return reader.finish();
}

}  // namespace parsers
