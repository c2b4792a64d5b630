// Which texts mention which names: the names of many texts turned around, as bytes that are kept in the cache.
//
// Table: header | hashes of the names, ascending | where their lists begin | numbers of the texts by id | ids | kinds |
// lists. A list holds the numbers of the texts that mention the name, ascending, each as its distance from the one
// before (LEB128). Integers are as the machine has them; another machine's are refused.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace planner {

/// One text of a table.
struct NamedText {
  enum class Kind : std::uint8_t {
    names,      ///< its names are in the table
    binary,     ///< a NUL byte among its first 8000: no names
    too_large,  ///< not looked into
  };
  std::string id;  ///< 20 or 32 bytes; empty: nothing is known of this number
  Kind kind = Kind::names;
};

/// Names by hash with their texts, before they become bytes.
struct NameLists {
  std::vector<std::uint64_t> hashes;  ///< ascending
  std::vector<std::uint32_t> starts;  ///< into `texts`, one more than hashes
  std::vector<std::uint32_t> texts;   ///< ascending per name
};

/// Collects the names of texts, one after the other, by one thread.
class NameCollector {
 public:
  NameCollector();
  /// Fastest when `text` rises from call to call; each text in one call.
  void add(std::uint32_t text, std::span<const std::uint64_t> hashes);
  /// Different (name, text) pairs so far.
  std::size_t pairs() const { return pairs_.size(); }
  /// What was collected; leaves it empty.
  NameLists take();

 private:
  struct Slot {
    std::uint64_t hash = 0;
    std::uint32_t name = 0, last_text = 0;
  };
  void insert(std::uint64_t hash, std::uint32_t text);
  void grow();

  std::vector<Slot> slots_;            // by the hash's first bits, then the next free one; hash 0: free
  std::vector<std::uint64_t> recent_;  // hashes of this text seen lately, by their last bits
  std::uint32_t names_ = 0, last_text_ = 0;
  bool ordered_ = true;
  unsigned shift_ = 0;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs_;  // (name, text)
};

/// The bytes of a table. REQUIRES: the texts in the lists are positions in `texts`.
std::string name_table(const std::vector<NameLists>&, const std::vector<NamedText>& texts, std::uint64_t version);

/// A table that was written by name_table, or nothing.
class NameTable {
 public:
  /// nullopt: not the bytes of a table of that version, whole and undamaged.
  static std::optional<NameTable> open(std::string bytes, std::uint64_t version);

  std::size_t bytes() const { return bytes_->size(); }
  std::uint32_t texts() const { return texts_; }
  std::string_view id(std::uint32_t text) const { return ids_.substr(std::size_t{text} * id_size_, id_size_); }
  NamedText::Kind kind(std::uint32_t text) const { return static_cast<NamedText::Kind>(kinds_[text]); }
  /// The number of the text with that id. O(log texts).
  std::optional<std::uint32_t> find(std::string_view id) const;
  /// Appends the numbers of the texts that mention a name. O(log names + texts).
  void mentioning(std::uint64_t hash, std::vector<std::uint32_t>& out) const;
  /// Everything; `renumber[text]` is its number there, or no_text to leave it out. REQUIRES: renumbering keeps order.
  NameLists lists(const std::vector<std::uint32_t>& renumber) const;

  static constexpr std::uint32_t no_text = 0xFFFFFFFF;

 private:
  NameTable() = default;
  void decode(std::size_t name, std::vector<std::uint32_t>& out) const;

  std::shared_ptr<const std::string> bytes_;
  std::uint32_t texts_ = 0, id_size_ = 0;
  std::span<const std::uint64_t> hashes_;
  std::span<const std::uint32_t> starts_, by_id_;
  std::string_view ids_, kinds_, lists_;
};

}  // namespace planner
