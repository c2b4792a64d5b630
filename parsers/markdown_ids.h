// Names of work orders: how headings introduce them and how prose mentions them.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parsers {

/// A heading such as "WO 2 — WO-ENGINE-MOBILITY-001: Mobility feat".
struct HeadingId {
  std::string id;                    ///< "WO-ENGINE-MOBILITY-001"; "Deliverable 3" becomes "Deliverable-3"
  std::vector<std::string> aliases;  ///< "WO 2", "WO2"
  std::string_view title;
  std::string_view place;  ///< the id as written
  bool counted = false;    ///< a word and a number: unique within its document only
};
std::optional<HeadingId> heading_id(std::string_view heading);

/// Ids and their aliases of one document. "WO2", "WO 2" and "WO-2" are one name.
class IdBook {
 public:
  void add(const std::string& name, const std::string& id);
  const std::string* find(std::string_view name) const;

  struct Mention {
    std::string_view text;
    std::string id;
    bool known = false;    ///< an order of this document
    bool certain = false;  ///< known, or begins like a work order's id
  };
  /// Every id in `text`, in order. Paths, placeholders ("WO-XX", "[WO-ID]") and what stands in brackets are none.
  std::vector<Mention> mentions(std::string_view text) const;

 private:
  std::map<std::string, std::string, std::less<>> x_ids;  ///< by squeezed name
};

/// "WO-FIX-03", "FIX-12": capitals, digits and dashes, with a number or the prefix WO.
bool is_order_id(std::string_view token);

}  // namespace parsers
