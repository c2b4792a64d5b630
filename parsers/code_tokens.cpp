#include "parsers/code_tokens.h"

#include <algorithm>
#include <cstring>

namespace parsers {
namespace {

constexpr std::uint64_t base = 0x9E3779B97F4A7C15;  // odd, so that its powers never vanish modulo 2^64

std::uint64_t spread(std::uint64_t x) {  // the finaliser of MurmurHash3
  x ^= x >> 33;
  x *= 0xFF51AFD7ED558CCD;
  x ^= x >> 33;
  x *= 0xC4CEB9FE1A85EC53;
  return x ^ (x >> 33);
}

std::uint64_t power_of_base(std::size_t exponent) {
  std::uint64_t out = 1;
  for (std::uint64_t factor = base; exponent != 0; exponent >>= 1, factor *= factor)
    if ((exponent & 1) != 0) out *= factor;
  return out;
}

}  // namespace

std::uint64_t hash_of(std::string_view text) {
  std::uint64_t out = text.size() * base;
  for (; text.size() >= 8; text.remove_prefix(8)) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data(), 8);
    out = spread(out ^ word);
  }
  std::uint64_t rest = 0;
  if (!text.empty()) std::memcpy(&rest, text.data(), text.size());
  return spread(out ^ rest);
}

std::uint64_t hash_of(std::uint64_t a, std::uint64_t b) { return spread(spread(a) + b); }

void CodeTokens::add(std::uint32_t byte, std::uint64_t token) {
  bytes_.push_back(byte);
  prefixes_.push_back((prefixes_.empty() ? 0 : prefixes_.back()) * base + spread(token));
}

std::size_t CodeTokens::position(std::uint32_t byte) const {
  return static_cast<std::size_t>(std::lower_bound(bytes_.begin(), bytes_.end(), byte) - bytes_.begin());
}

std::uint64_t CodeTokens::hash(std::uint32_t begin, std::uint32_t end) const {
  const std::size_t first = position(begin), last = position(end);
  if (first >= last) return 0;
  const std::uint64_t before = first == 0 ? 0 : prefixes_[first - 1];
  return hash_of(prefixes_[last - 1] - before * power_of_base(last - first), last - first);
}

}  // namespace parsers
