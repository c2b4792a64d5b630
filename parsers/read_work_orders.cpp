#include "parsers/document_kind.h"
#include "parsers/work_order.h"

namespace parsers {

Parsed<WorkOrders> read_work_orders(const Source& source, FileId file) {
  return kind_of(source) == DocumentKind::markdown ? read_markdown(source, file) : read_canonical(source, file);
}

}  // namespace parsers
