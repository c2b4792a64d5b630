#include "planner/io/attribute_lines.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <optional>

namespace planner::io {
namespace {

constexpr std::string_view blank = " \t\r";

std::string_view next_line(std::string_view& rest) {
  const std::size_t end = std::min(rest.find('\n'), rest.size());
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return line;
}

/// The text of a C string at the start of `rest`, which moves behind it; nullopt: it does not end.
std::optional<std::string> unquoted(std::string_view& rest) {
  constexpr std::string_view names = "abfnrtv\"\\", values = "\a\b\f\n\r\t\v\"\\";
  std::string out;
  for (std::size_t i = 1; i < rest.size(); ++i) {
    if (rest[i] == '"') {
      rest.remove_prefix(i + 1);
      return out;
    }
    if (rest[i] != '\\') {
      out += rest[i];
      continue;
    }
    if (++i == rest.size()) break;
    if (const std::size_t known = names.find(rest[i]); known != std::string_view::npos) {
      out += values[known];
    } else {
      unsigned value = 0;
      for (std::size_t digit = 0; digit < 3; ++digit, ++i) {
        if (i == rest.size() || rest[i] < '0' || rest[i] > '7') return std::nullopt;
        value = value * 8 + static_cast<unsigned>(rest[i] - '0');
      }
      --i;
      out += static_cast<char>(value);
    }
  }
  return std::nullopt;
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\')
      out += fmt::format("\\{}", c);
    else if (byte < 0x20 || byte >= 0x7F)
      out += fmt::format("\\{:03o}", byte);
    else
      out += c;
  }
  return out + "\"";
}

/// A directory's name in a pattern means itself.
std::string literal(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (std::string_view("*?[\\").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

/// nullopt: git would not read the line either, or it matches no file.
std::optional<std::string> anchored(std::string_view line, std::string_view directory) {
  line.remove_prefix(std::min(line.find_first_not_of(blank), line.size()));
  if (line.empty() || line.front() == '#') return std::nullopt;
  std::string pattern;
  if (line.front() == '"') {
    std::optional<std::string> text = unquoted(line);
    if (!text) return std::nullopt;
    pattern = std::move(*text);
  } else {
    const std::size_t end = std::min(line.find_first_of(blank), line.size());
    pattern = line.substr(0, end);
    line.remove_prefix(end);
  }
  if (pattern.starts_with("[attr]") || pattern.starts_with('!') || pattern.ends_with('/')) return std::nullopt;
  const bool anywhere = pattern.find('/') == std::string::npos;
  if (pattern.starts_with('/')) pattern.erase(0, 1);
  return quoted(literal(directory) + (anywhere ? "/**/" : "/") + pattern) + " " + std::string(line) + "\n";
}

std::string directory_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string() : std::string(path.substr(0, slash));
}

}  // namespace

std::string flattened(std::vector<AttributeFile> files) {
  const auto depth = [](const AttributeFile& f) { return std::count(f.path.begin(), f.path.end(), '/'); };
  std::sort(files.begin(), files.end(), [&](const AttributeFile& a, const AttributeFile& b) {
    return std::pair(depth(a), std::string_view(a.path)) < std::pair(depth(b), std::string_view(b.path));
  });
  std::string out;
  for (const AttributeFile& file : files) {
    const std::string directory = directory_of(file.path);
    std::string_view rest = file.text;
    if (rest.starts_with("\xEF\xBB\xBF")) rest.remove_prefix(3);
    while (!rest.empty()) {
      const std::string_view line = next_line(rest);
      if (directory.empty())
        out += std::string(line) + "\n";
      else if (const auto moved = anchored(line, directory))
        out += *moved;
    }
  }
  return out;
}

bool is_own_merge(std::string_view value) {
  constexpr std::array own{"text", "binary", "union", "unspecified", "unset", "set"};
  return std::find(own.begin(), own.end(), value) != own.end();
}

bool names_merge_driver(std::string_view attributes) {
  constexpr std::string_view key = "merge=";
  for (std::size_t at = attributes.find(key); at != std::string_view::npos; at = attributes.find(key, at)) {
    at += key.size();
    const std::size_t end = std::min(attributes.find_first_of(" \t\r\n", at), attributes.size());
    if (!is_own_merge(attributes.substr(at, end - at))) return true;
  }
  return false;
}

}  // namespace planner::io
