// The formats in which other tools keep their work orders: one table, one file a format.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/work_order.h"

namespace parsers {

/// How well a text fits a format.
struct Recognition {
  enum class Degree { no, by_shape, by_content, by_content_and_name };
  Degree degree = Degree::no;
  std::string why;  ///< "12 task lines such as \"- [ ] T001 ...\""
};

struct Format {
  std::string_view name;   ///< as `--from` takes it
  std::string_view about;  ///< whose format it is, in a few words
  Recognition (*recognise)(const Source&);
  Parsed<WorkOrders> (*read)(const Source&, FileId);
};

/// All foreign formats, ordered by name. The canonical document and scope blocks in Markdown are none of them.
std::span<const Format> formats();

/// By name; nullptr: there is none.
const Format* find_format(std::string_view name);

/// The names `--from` takes, "auto" first.
std::vector<std::string_view> format_names();

/// Whether a text has a key or a label that only our own documents have, so that no other format is thought of.
bool is_own_document(const Source&);

/// `from`: "auto" (or empty), the name of a format, "markdown" or "yaml". In doubt, and always where a text has a scope
/// block or a canonical key of its own, the readers of read_work_orders win. What was taken, and why, is a note.
/// REQUIRES: a name of format_names(). O(text) for the choice.
Parsed<WorkOrders> read_work_orders_as(std::string_view from, const Source&, FileId);

/// Brings documents of foreign formats together, whatever their order: ids that several families use get the family in
/// front, waits for an epic become waits for its members, waves written field by field become one plan, orders that
/// another document says are done are done. Diagnostics are appended. O(orders + dependencies), sorting apart.
void join_documents(std::vector<WorkOrders>& documents, std::vector<Diagnostic>& diagnostics);

}  // namespace parsers
