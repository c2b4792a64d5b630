#include "parsers/code_identifiers.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

namespace parsers {
namespace {

enum ByteClass : std::uint8_t { other, letter, digit };

constexpr std::array<std::uint8_t, 256> classes = [] {
  std::array<std::uint8_t, 256> out{};
  for (unsigned c = 0; c < 256; ++c) {
    const bool ascii_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    out[c] = ascii_letter || c == '_' || c >= 0x80 ? letter : c >= '0' && c <= '9' ? digit : other;
  }
  return out;
}();

std::uint8_t class_of(char c) { return classes[static_cast<unsigned char>(c)]; }

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

/// Calls `visit(begin, end, line)` for every name.
template <class Visit>
void for_each_name(std::string_view text, const Visit& visit) {
  const char* at = text.data();
  const char* const end = at + text.size();
  std::uint32_t line = 1;
  while (at != end) {
    const std::uint8_t first = class_of(*at);
    if (first == other) {
      line += *at == '\n' ? 1U : 0U;
      ++at;
      continue;
    }
    const char* const begin = at;
    do ++at;
    while (at != end && class_of(*at) != other);
    if (first == letter) visit(begin, at, line);
  }
}

}  // namespace

std::uint64_t name_hash(std::string_view name) {
  std::uint64_t out = 0;
  for_each_name(name, [&](const char* begin, const char* end, std::uint32_t) {
    if (out == 0) out = hash_run(begin, end, name.data() + name.size());
  });
  return out;
}

std::vector<CodeName> NameReader::read(std::string_view text) {
  const std::size_t expected = std::bit_ceil(std::max<std::size_t>(text.size() / 16, 64));
  slots_.assign(expected, {});
  shift_ = 64U - static_cast<unsigned>(std::countr_zero(expected));
  used_ = 0;
  for_each_name(text, [&](const char* begin, const char* end, std::uint32_t line) {
    insert(hash_run(begin, end, text.data() + text.size()), line);
  });
  std::vector<CodeName> out;
  out.reserve(used_);
  for (const CodeName& slot : slots_) {
    if (slot.count == 0) continue;
    out.push_back(slot);  // nearly sorted: only neighbours in a run can be out of order
    for (std::size_t i = out.size() - 1; i > 0 && out[i].hash < out[i - 1].hash; --i) std::swap(out[i], out[i - 1]);
  }
  return out;
}

void NameReader::insert(std::uint64_t hash, std::uint32_t line) {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = hash >> shift_;; at = (at + 1) & mask) {
    CodeName& slot = slots_[at];
    if (slot.count != 0 && slot.hash != hash) continue;
    if (slot.count++ != 0) return;
    slot.hash = hash;
    slot.first_line = line;
    if (++used_ * 2 > slots_.size()) grow();
    return;
  }
}

void NameReader::grow() {
  std::vector<CodeName> before(slots_.size() * 4);
  before.swap(slots_);
  shift_ -= 2;
  const std::size_t mask = slots_.size() - 1;
  for (const CodeName& name : before) {
    if (name.count == 0) continue;
    std::size_t at = name.hash >> shift_;
    while (slots_[at].count != 0) at = (at + 1) & mask;
    slots_[at] = name;
  }
}

const CodeName* find_name(std::span<const CodeName> names, std::uint64_t hash) {
  const auto at = std::lower_bound(names.begin(), names.end(), hash,
                                   [](const CodeName& name, std::uint64_t wanted) { return name.hash < wanted; });
  return at == names.end() || at->hash != hash ? nullptr : &*at;
}

std::vector<std::uint32_t> lines_naming(std::string_view text, std::string_view name) {
  std::vector<std::uint32_t> out;
  const std::uint64_t wanted = name_hash(name);
  if (wanted == 0) return out;
  for_each_name(text, [&](const char* begin, const char* end, std::uint32_t line) {
    if (hash_run(begin, end, text.data() + text.size()) == wanted && (out.empty() || out.back() != line))
      out.push_back(line);
  });
  return out;
}

}  // namespace parsers
