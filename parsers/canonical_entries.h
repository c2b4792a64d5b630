// The entries of a canonical work order's lists. What does not fit is a diagnostic and is left out; the rest is kept.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "parsers/document_fields.h"
#include "parsers/work_order.h"

namespace parsers {

/// Refuses what cannot name an order: empty, over 200 bytes, blanks at an end, controls, "*", a dependency's prefix.
bool accept_id(const std::string& id, Location where, std::vector<Diagnostic>& diagnostics);

/// Reads the lists of one order and notes a Reading for every entry it took.
class EntryReader {
 public:
  /// `order` is the id that the readings carry.
  EntryReader(std::string order, std::vector<Diagnostic>& diagnostics, std::vector<Reading>& readings)
      : x_order(std::move(order)), x_diagnostics(diagnostics), x_readings(readings) {}

  std::vector<ScopeEntry> scope(const std::vector<Node>& items, std::string_view key);
  std::vector<Dependency> dependencies(const std::vector<Node>& items, std::string_view key);
  std::vector<ResourceUse> resources(const std::vector<Node>& items);
  std::vector<Key> keys(const std::vector<Node>& items);

 private:
  bool scope_entry(const Node& item, std::string_view key, ScopeEntry& entry);
  bool intent(const Fields& fields, std::string_view key, ScopeEntry& entry);
  bool dependency(const std::string& text, std::string_view key, Dependency& dependency);
  bool complain(Location where, std::string message, std::string remedy = {});
  void note(Location where, std::string_view key, std::string text);

  std::string x_order;
  std::vector<Diagnostic>& x_diagnostics;
  std::vector<Reading>& x_readings;
};

}  // namespace parsers
