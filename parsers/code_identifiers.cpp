#include "parsers/code_identifiers.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <iterator>
#include <utility>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace parsers {
namespace {

/// Letters, digits, '_' and what is not ASCII.
[[maybe_unused]] constexpr std::array<bool, 256> in_names = [] {
  std::array<bool, 256> out{};
  for (unsigned c = 0; c < 256; ++c)
    out[c] = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c >= 0x80;
  return out;
}();

constexpr std::size_t block = 64;

#ifdef __SSE2__
/// Which of sixteen bytes are part of names. Signed comparison is the only one there is, so ranges are moved to the
/// lowest numbers first.
std::uint64_t sixteen(const char* at) {
  const auto below = [](__m128i bytes, char first, int count) {
    return _mm_cmplt_epi8(_mm_add_epi8(bytes, _mm_set1_epi8(static_cast<char>(-128 - first))),
                          _mm_set1_epi8(static_cast<char>(-128 + count)));
  };
  const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
  const __m128i letters = below(_mm_or_si128(bytes, _mm_set1_epi8(0x20)), 'a', 26), digits = below(bytes, '0', 10);
  const __m128i others = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('_')), bytes);  // by their highest bit
  return static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(letters, digits), others)));
}

std::uint64_t names_in_block(const char* at) {
  return sixteen(at) | sixteen(at + 16) << 16 | sixteen(at + 32) << 32 | sixteen(at + 48) << 48;
}
#else
std::uint64_t names_in_block(const char* at) {
  std::uint64_t out = 0;
  for (std::size_t i = 0; i < block; ++i) out |= std::uint64_t{in_names[static_cast<unsigned char>(at[i])]} << i;
  return out;
}
#endif

std::uint64_t spread(std::uint64_t x) {
  x *= 0x9E3779B97F4A7C15;
  return x ^ (x >> 32);
}

/// Of [begin, end), with `limit` the end of what may be read. Never 0.
std::uint64_t hash_run(const char* begin, const char* end, const char* limit) {
  std::uint64_t out = 0;
  for (; end - begin > 8; begin += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, begin, 8);
    out = spread(out ^ word) + 1;
  }
  const auto size = static_cast<unsigned>(end - begin);
  std::uint64_t word = 0;
  if (limit - begin >= 8) {
    std::memcpy(&word, begin, 8);
    if constexpr (std::endian::native == std::endian::little)
      word <<= 64 - 8 * size;
    else
      word >>= 64 - 8 * size;
  } else {
    std::memcpy(reinterpret_cast<char*>(&word) + (std::endian::native == std::endian::little ? 8 - size : 0), begin,
                size);
  }
  out = spread(spread(out ^ word) + size);
  return out == 0 ? 1 : out;
}

struct Character {
  char32_t code = 0;
  std::ptrdiff_t size = 0;  // in bytes; 0: none is whole, as UTF-8 has it
};

/// The one that begins here and is not ASCII.
Character character(const char* at, const char* end) {
  const auto byte = [&](std::ptrdiff_t i) { return end - at > i ? static_cast<unsigned char>(at[i]) : 0U; };
  const unsigned first = byte(0);
  const std::ptrdiff_t size = first < 0xC2 || first > 0xF4 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  char32_t code = first & (0x7FU >> size);
  for (std::ptrdiff_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0U) != 0x80) return {};
    code = code << 6 | (byte(i) & 0x3FU);
  }
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  const bool too_long = (size == 3 && code < 0x800) || (size == 4 && code < 0x10000);
  return surrogate || too_long || code > 0x10FFFF ? Character{} : Character{code, size};
}

/// Spaces, punctuation, arrows and other signs that are no part of a name for some grammar: where they are for another,
/// its names are only cut more often than it would, as name_hash cuts them too.
bool parts_names(char32_t code) {
  static constexpr std::pair<char32_t, char32_t> ranges[] = {
      {0x80, 0xA9},     {0xAB, 0xB4},     {0xB6, 0xB9},       {0xBB, 0xBF},       {0xD7, 0xD7},     {0xF7, 0xF7},
      {0x1680, 0x1680}, {0x180E, 0x180E}, {0x2000, 0x206F},   {0x20A0, 0x20CF},   {0x2190, 0x2BFF}, {0x2E00, 0x2E7F},
      {0x3000, 0x3004}, {0x3008, 0x3020}, {0x3030, 0x3030},   {0xE000, 0xF8FF},   {0xFE00, 0xFE6F}, {0xFEFF, 0xFEFF},
      {0xFF00, 0xFF0F}, {0xFFF0, 0xFFFF}, {0x1F000, 0x1FAFF}, {0xE0000, 0x10FFFF}};
  return std::any_of(std::begin(ranges), std::end(ranges),
                     [&](const auto& range) { return range.first <= code && code <= range.second; });
}

bool is_ascii(std::string_view text) {
  std::uint64_t seen = 0;
  for (; text.size() >= 8; text.remove_prefix(8)) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data(), 8);
    seen |= word;
  }
  for (const char c : text) seen |= static_cast<std::uint64_t>(static_cast<unsigned char>(c));
  return (seen & 0x8080808080808080) == 0;
}

/// Calls `visit(begin, end)` for every name: a run is found by its two edges, sixty-four bytes at a time.
template <class Visit>
void for_each_name(std::string_view text, const Visit& visit) {
  const auto part = [&](const char* begin, const char* end) {
    if (begin != end && (*begin < '0' || *begin > '9')) visit(begin, end);
  };
  const bool ascii = is_ascii(text);
  const auto name = [&](const char* begin, const char* end) {
    for (const char* at = begin; !ascii && at != end;) {
      if (static_cast<unsigned char>(*at) < 0x80) {
        ++at;
        continue;
      }
      const auto [code, size] = character(at, end);
      const std::ptrdiff_t step = std::max<std::ptrdiff_t>(size, 1);
      if (size == 0 || parts_names(code)) {  // broken bytes part names, too
        part(begin, at);
        begin = at + step;
      }
      at += step;
    }
    part(begin, end);
  };
  const char* begin = nullptr;  // of the run that is open
  std::uint64_t inside = 0;     // 1: the last byte was part of a name
  for (std::size_t at = 0; at < text.size(); at += block) {
    std::array<char, block> last{};
    const char* bytes = text.data() + at;
    if (text.size() - at < block) {
      std::memcpy(last.data(), bytes, text.size() - at);
      bytes = last.data();
    }
    const std::uint64_t names = names_in_block(bytes);
    for (std::uint64_t edges = names ^ (names << 1 | inside); edges != 0; edges &= edges - 1) {
      const char* const edge = text.data() + at + std::countr_zero(edges);
      if (begin != nullptr) name(begin, edge);
      begin = begin == nullptr ? edge : nullptr;
    }
    inside = names >> 63;
  }
  if (begin != nullptr) name(begin, text.data() + text.size());
}

}  // namespace

std::uint64_t name_hash(std::string_view name) {
  std::uint64_t out = 0;
  for_each_name(name, [&](const char* begin, const char* end) {
    if (out == 0) out = hash_run(begin, end, name.data() + name.size());
  });
  return out;
}

void read_names(std::string_view text, std::vector<std::uint64_t>& out) {
  out.clear();
  const char* const limit = text.data() + text.size();
  for_each_name(text, [&](const char* begin, const char* end) { out.push_back(hash_run(begin, end, limit)); });
}

std::vector<std::uint32_t> lines_naming(std::string_view text, std::string_view name) {
  std::vector<std::uint32_t> out;
  const std::uint64_t wanted = name_hash(name);
  if (wanted == 0) return out;
  const char* counted = text.data();  // up to here
  std::uint32_t line = 1;
  for_each_name(text, [&](const char* begin, const char* end) {
    if (hash_run(begin, end, text.data() + text.size()) != wanted) return;
    line += static_cast<std::uint32_t>(std::count(counted, begin, '\n'));
    counted = begin;
    if (out.empty() || out.back() != line) out.push_back(line);
  });
  return out;
}

}  // namespace parsers
