// What the steps of reading a Markdown file share: the document, the orders found so far, and where their sections are.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "parsers/markdown_document.h"
#include "parsers/markdown_entries.h"
#include "parsers/markdown_ids.h"
#include "parsers/markdown_labels.h"
#include "parsers/work_order.h"

namespace parsers {

/// The blocks [first, last) belong to an order.
struct MarkdownSection {
  std::size_t order = 0;
  std::size_t first = 0;
  std::size_t last = 0;
};

struct FrontMatterField {
  std::string_view key;
  std::string_view value;               ///< what follows the colon, without quotes
  std::vector<std::string_view> items;  ///< of a list, or the one value
  bool list = false;
};

class MarkdownReader {
 public:
  explicit MarkdownReader(const MarkdownDocument& document) : x_document(document) {}

  const MarkdownDocument& document() const { return x_document; }
  const MarkdownBlock& block(std::size_t i) const { return x_document.blocks()[i]; }
  std::size_t block_count() const { return x_document.blocks().size(); }

  std::vector<WorkOrder>& orders() { return x_result.value.orders; }
  WorkOrder& order(std::size_t i) { return x_result.value.orders[i]; }
  std::vector<HandMadeWave>& waves() { return x_result.value.waves; }
  IdBook& ids() { return x_ids; }

  /// A new order; its id and aliases are known from here on.
  std::size_t open(const std::string& id, std::string_view place);
  /// The order with this id, if this document has it. O(1).
  WorkOrder* find(const std::string& id);

  void say(Severity, std::string_view place, std::string message, std::string remedy = {});
  /// An error when `name` is a known label in disguise or, in front of a value that one would have, misspelt.
  bool say_if_confusable(std::string_view name, std::string_view value);
  void note(std::string_view place, const std::string& order, std::string_view as, std::string_view text);
  void note(std::string_view place, const std::string& order, std::string_view as) { note(place, order, as, place); }

  /// Notes a path as what it was read as: "write", "create", "read"; and its line range, which no plan uses, as unread.
  void note_path(const WorkOrder&, LabelKind, const PathMention&, std::optional<Intent> of_label);

  /// Puts what a label of `kind` holds into the order. `search`: see read_paths.
  void add_paths(WorkOrder&, const Label&, std::string_view value, bool search);
  /// Says what of a path label's value was not taken, and warns of paths among it.
  void report_unread(const WorkOrder&, const Label&, const PathList&);
  void add_entry(WorkOrder&, LabelKind, const PathMention&, std::optional<Intent>);
  void add_dependencies(WorkOrder&, std::string_view value, bool before);
  void add_dependency(WorkOrder&, Dependency, bool before);

  std::vector<MarkdownSection> sections;
  std::vector<bool> consumed;  ///< block was read as a table, wave or map: nobody else reads it

  std::vector<FrontMatterField> front_matter;
  std::string_view front_matter_id;

  Parsed<WorkOrders> finish();

 private:
  const MarkdownDocument& x_document;
  Parsed<WorkOrders> x_result;
  IdBook x_ids;
  std::unordered_map<std::string, std::size_t> x_by_id;
  std::unordered_set<std::string> x_dependencies;
  std::unordered_map<std::string, Intent> x_entries;
};

/// The flat keys of the front matter. Tolerant: what is malformed is reported and skipped.
std::vector<FrontMatterField> front_matter_fields(MarkdownReader&);

// The steps, in the order in which read_markdown takes them.
void open_front_matter(MarkdownReader&);
void open_orders(MarkdownReader&);        ///< headings, or the whole document
void open_table_orders(MarkdownReader&);  ///< "| File | Used by WOs |"
void report_scopeless(MarkdownReader&);   ///< headings that look like orders and opened none
void read_maps(MarkdownReader&);          ///< "Session A: a.py, b.py", lists of agents
void read_front_matter(MarkdownReader&);
void read_sections(MarkdownReader&);  ///< labels in the orders' sections
void read_tables(MarkdownReader&);    ///< tables with a column of orders
void read_sequence_sentences(MarkdownReader&);
void read_waves(MarkdownReader&);  ///< plans made by hand

}  // namespace parsers
