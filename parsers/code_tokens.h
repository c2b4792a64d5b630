// The tokens of a text as a sequence that any stretch can be hashed of: comments and spacing left out.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace parsers {

/// 64 bits that depend on every byte; not for security.
std::uint64_t hash_of(std::string_view);
std::uint64_t hash_of(std::uint64_t a, std::uint64_t b);

class CodeTokens {
 public:
  /// REQUIRES: `byte` is not below the one before.
  void add(std::uint32_t byte, std::uint64_t token);

  /// Of the tokens that begin in [begin, end), in order: equal sequences have equal hashes wherever they stand, by a
  /// polynomial over their hashes (Karp and Rabin 1987). O(log tokens).
  std::uint64_t hash(std::uint32_t begin, std::uint32_t end) const;

 private:
  std::size_t position(std::uint32_t byte) const;
  std::vector<std::uint32_t> bytes_;
  std::vector<std::uint64_t> prefixes_;  // hash of the tokens up to and with this one
};

}  // namespace parsers
