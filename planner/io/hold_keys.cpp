#include "planner/io/hold_keys.h"

#include <algorithm>
#include <string_view>

namespace planner::io {
namespace {

constexpr std::size_t most_bytes = 200;

std::string hex(std::string_view bytes) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out += digits[byte >> 4];
    out += digits[byte & 15];
  }
  return out;
}

std::string backwards(std::string_view text) { return {text.rbegin(), text.rend()}; }

std::string_view last_segment(std::string_view path) { return path.substr(path.rfind('/') + 1); }

/// The literal end of a pattern. A bracket may hold any byte and stand for its own text, so nothing is known behind
/// one; `**/` may stand for nothing, so the slash belongs to it.
std::string_view literal_end(std::string_view pattern) {
  if (pattern.ends_with('/') || pattern.find('[') != std::string_view::npos) return {};
  const std::size_t last = pattern.find_last_of("*?");
  if (last == std::string_view::npos) return pattern;
  std::string_view end = pattern.substr(last + 1);
  if (end.starts_with('/') && pattern[last] == '*') end.remove_prefix(1);
  return end;
}

/// What the last segment of every path begins with.
std::string_view literal_base(std::string_view pattern) {
  if (pattern.ends_with('/') || pattern.find('[') != std::string_view::npos) return {};
  const std::string_view segment = last_segment(pattern);
  return segment.substr(0, segment.find_first_of("*?"));
}

}  // namespace

HoldKeys keys_of(const Hold& hold) {
  const std::string_view text = hold.resource.path();
  switch (hold.kind) {
    case Hold::Kind::named:
      return {'n', hex(text), {}, {}};
    case Hold::Kind::pool:
      return {'p', hex(text), {}, {}};
    case Hold::Kind::key:
      return {'k', hex(text), {}, {}};
    case Hold::Kind::order:
      return {'o', hex(text), {}, {}};
    case Hold::Kind::alone:
      return {'a', {}, {}, {}};
    case Hold::Kind::file:
      break;
  }
  if (hold.resource.kind != Resource::Kind::directory && hold.resource.kind != Resource::Kind::pattern)
    return {'e', hex(text), hex(backwards(text).substr(0, most_bytes)), hex(last_segment(text).substr(0, most_bytes))};
  const parsers::PathPattern pattern(text);
  return {'w', hex(pattern.literal_prefix().substr(0, most_bytes)),
          hex(backwards(literal_end(text)).substr(0, most_bytes)), hex(literal_base(text).substr(0, most_bytes))};
}

std::string beginnings(const std::string& key) {
  std::string out = "[\"\"";
  for (std::size_t length = 2; length <= std::min(key.size(), most_bytes * 2); length += 2)
    out += ",\"" + key.substr(0, length) + "\"";
  return out + "]";
}

}  // namespace planner::io
