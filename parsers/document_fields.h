// Reads the members of a mapping by name; whatever does not fit becomes a located diagnostic with a remedy.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/document.h"

namespace parsers {

/// Text from the input in quotes, cut at 80 bytes.
std::string quote(std::string_view text);

/// "a, b or c".
std::string alternatives(std::span<const std::string_view> names);

/// `did you mean "write"?` when one of `known` is close to `word`, else empty.
std::string suggestion(std::string_view word, std::span<const std::string_view> known);

/// What a value is, for "..., not a list": nothing, a list, a mapping, a number, true, the text "x".
std::string in_words(const Node& value);

/// True for an unquoted true or false in any of the spellings of YAML.
bool is_boolean(const Node& value);

class Fields {
 public:
  /// `what` names the mapping ("a work order"). Unknown keys are complained about here. A value that is no mapping is
  /// complained about and read as an empty one.
  Fields(const Node& value, std::string_view what, std::span<const std::string_view> known,
         std::vector<Diagnostic>& diagnostics);

  bool is_mapping() const { return x_mapping != nullptr; }
  const Node* find(std::string_view key) const { return x_mapping == nullptr ? nullptr : x_mapping->find(key); }
  /// Where a complaint about the value of `key` points: an absent value has the place of its key.
  Location place(std::string_view key) const;

  /// nullopt when the key is absent or its value was refused.
  std::optional<std::string> text(std::string_view key) const;
  std::optional<bool> boolean(std::string_view key) const;
  std::optional<std::int64_t> count(std::string_view key) const;  ///< from 1 to 10^9
  /// The items of a list; nullptr when absent or refused.
  const std::vector<Node>* list(std::string_view key) const;

  void complain(Location where, std::string message, std::string remedy = {}) const;

 private:
  const Node* x_mapping = nullptr;
  std::vector<Diagnostic>* x_diagnostics;
};

/// A scalar's text for `name`, or nullopt and a complaint: empty, a boolean, a list, ...
std::optional<std::string> text_of(const Node& value, std::string_view name, std::vector<Diagnostic>& diagnostics);

/// An integer from 1 to 10^9 as decimal digits, for `name`.
std::optional<std::int64_t> count_of(const Node& value, std::string_view name, std::vector<Diagnostic>& diagnostics);

/// Refuses what no path or pattern can be: empty, longer than 4 KiB, NUL or a line break inside.
bool accept_path(const std::string& text, Location where, std::string_view name, std::vector<Diagnostic>& diagnostics);

}  // namespace parsers
