#include "parsers/data_keys.h"

#include <algorithm>
#include <array>
#include <map>

namespace parsers {
namespace {

constexpr std::size_t most_depth = 256;

class JsonKeys {
 public:
  explicit JsonKeys(std::string_view text) : text_(text) {}

  std::vector<DataKey> read() {
    while (at_ < text_.size()) step();
    return std::move(out_);
  }

 private:
  struct Level {
    bool mapping;
    std::string name;
    std::uint32_t instance;
    bool wants_key;
  };

  void step() {
    const char c = text_[at_++];
    switch (c) {
      case '\n':
        ++line_;
        break;
      case '/':  // comments, as people write them in configuration
        if (at_ < text_.size() && text_[at_] == '/') at_ = std::min(text_.find('\n', at_), text_.size());
        break;
      case '{':
      case '[':
        if (levels_.size() < most_depth)
          levels_.push_back({c == '{', levels_.empty() ? "" : levels_.back().name + key_, ++instances_, c == '{'});
        key_.clear();
        break;
      case '}':
      case ']':
        if (!levels_.empty()) levels_.pop_back();
        break;
      case ',':
        key_.clear();
        if (!levels_.empty()) levels_.back().wants_key = levels_.back().mapping;
        break;
      case '"':
        string();
        break;
      default:
        break;
    }
  }

  void string() {
    const std::uint32_t line = line_;
    std::string value;
    for (; at_ < text_.size() && text_[at_] != '"'; ++at_) {
      if (text_[at_] == '\n') ++line_;
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) value += text_[at_++];
      value += text_[at_];
    }
    if (at_ < text_.size()) ++at_;
    if (levels_.empty() || !levels_.back().wants_key) return;
    const std::size_t colon = text_.find_first_not_of(" \t\r\n", at_);
    if (colon == std::string_view::npos || text_[colon] != ':') return;
    levels_.back().wants_key = false;
    out_.push_back({levels_.back().name, value, line, levels_.back().instance});
    key_ = value + "/";
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 1, instances_ = 0;
  std::vector<Level> levels_;
  std::string key_;
  std::vector<DataKey> out_;
};

std::string_view next_line(std::string_view& rest) {
  const std::size_t end = std::min(rest.find('\n'), rest.size());
  std::string_view line = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

std::string unquoted(std::string_view key) {
  if (key.size() > 1 && (key.front() == '"' || key.front() == '\'') && key.back() == key.front())
    return std::string(key.substr(1, key.size() - 2));
  return std::string(key);
}

/// Behind which a quoted text at the start of `text` ends; 0: it does not, or is none.
std::size_t end_of_quoted(std::string_view text) {
  if (text.empty() || (text.front() != '"' && text.front() != '\'')) return 0;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '\\' && text.front() == '"') {
      ++i;
      continue;
    }
    if (text[i] == text.front()) return i + 1;
  }
  return 0;
}

class YamlKeys {
 public:
  std::vector<DataKey> read(std::string_view text) {
    std::uint32_t number = 0;
    while (!text.empty()) {
      const std::string_view line = next_line(text);
      ++number;
      const std::size_t indent = std::min(line.find_first_not_of(' '), line.size());
      const std::string_view rest = trimmed(line);
      if (rest.empty()) continue;
      if (scalar_ && indent > scalar_indent_) continue;
      scalar_ = false;
      if (rest.starts_with('#')) continue;
      if (line.starts_with("---") || line.starts_with("...")) {
        levels_.clear();
        continue;
      }
      entry(rest, indent, number);
    }
    return std::move(out_);
  }

 private:
  struct Level {
    std::size_t indent;
    std::string name;  // of the mapping
    std::uint32_t instance;
    std::string key;  // the last one
  };

  void entry(std::string_view rest, std::size_t indent, std::uint32_t line) {
    bool item = false;
    while (rest.starts_with("- ") || rest == "-") {
      // An item begins a mapping of its own.
      while (!levels_.empty() && levels_.back().indent > indent) levels_.pop_back();
      item = true;
      const std::size_t skip = std::min(rest.find_first_not_of(' ', 1), rest.size());
      rest.remove_prefix(skip);
      indent += skip;
    }
    const std::size_t quoted = end_of_quoted(rest);
    const std::size_t colon = find_colon(rest, quoted);
    if (colon == std::string_view::npos) return block_scalar(rest, indent);
    const std::string key = unquoted(trimmed(rest.substr(0, colon)));
    while (!levels_.empty() && (levels_.back().indent > indent || (item && levels_.back().indent == indent)))
      levels_.pop_back();
    if (levels_.empty() || levels_.back().indent < indent) {
      if (levels_.size() >= most_depth) return;
      const std::string name = levels_.empty() ? std::string() : levels_.back().name + levels_.back().key + "/";
      levels_.push_back({indent, name, ++instances_, {}});
    }
    Level& level = levels_.back();
    level.key = key;
    out_.push_back({level.name, key, line, level.instance});
    block_scalar(trimmed(rest.substr(colon + 1)), indent);
  }

  static std::size_t find_colon(std::string_view rest, std::size_t from) {
    if (rest.starts_with('{') || rest.starts_with('[') || rest.starts_with('?')) return std::string_view::npos;
    for (std::size_t at = rest.find(':', from); at != std::string_view::npos; at = rest.find(':', at + 1)) {
      if (rest.substr(0, at).find(" #") != std::string_view::npos) return std::string_view::npos;
      if (at + 1 == rest.size() || rest[at + 1] == ' ' || rest[at + 1] == '\t') return at;
    }
    return std::string_view::npos;
  }

  void block_scalar(std::string_view value, std::size_t indent) {
    if (value.starts_with('|') || value.starts_with('>')) {
      scalar_ = true;
      scalar_indent_ = indent;
    }
  }

  std::vector<Level> levels_;
  bool scalar_ = false;
  std::size_t scalar_indent_ = 0;
  std::uint32_t instances_ = 0;
  std::vector<DataKey> out_;
};

class TomlKeys {
 public:
  std::vector<DataKey> read(std::string_view text) {
    std::uint32_t number = 0;
    while (!text.empty()) {
      std::string_view line = trimmed(next_line(text));
      ++number;
      if (!until_.empty()) {
        if (line.find(until_) != std::string_view::npos) until_ = {};
        continue;
      }
      if (brackets_ > 0) {
        count(line);
        continue;
      }
      if (line.empty() || line.front() == '#') continue;
      if (line.front() == '[')
        table(line, number);
      else
        pair(line, number);
    }
    return std::move(out_);
  }

 private:
  void table(std::string_view line, std::uint32_t number) {
    const bool array = line.starts_with("[[");
    const std::size_t open = array ? 2 : 1, close = line.find(']');
    if (close == std::string_view::npos || close < open) return;
    const std::string name(trimmed(line.substr(open, close - open)));
    table_ = name + "/";
    const auto known = instances_.find(table_);
    // Written twice, a table is one mapping; an array of tables has one for each.
    if (array || known == instances_.end())
      instance_ = instances_[table_] = ++count_;
    else
      instance_ = known->second;
    if (!array) out_.push_back({"[]/", name, number, 0});
  }

  void pair(std::string_view line, std::uint32_t number) {
    const std::size_t quoted = end_of_quoted(line);
    const std::size_t equals = line.find('=', quoted);
    if (equals == std::string_view::npos) return;
    out_.push_back({table_, unquoted(trimmed(line.substr(0, equals))), number, instance_});
    const std::string_view value = trimmed(line.substr(equals + 1));
    for (const std::string_view quotes : {"\"\"\"", "'''"})
      if (value.starts_with(quotes) && value.find(quotes, 3) == std::string_view::npos) until_ = quotes;
    if (until_.empty()) count(value);
  }

  /// Arrays over several lines.
  void count(std::string_view value) {
    for (std::size_t i = 0; i < value.size(); ++i) {
      if (const std::size_t end = end_of_quoted(value.substr(i)); end > 0) {
        i += end - 1;
        continue;
      }
      if (value[i] == '#') return;
      if (value[i] == '[') ++brackets_;
      if (value[i] == ']' && brackets_ > 0) --brackets_;
    }
  }

  std::string table_;
  std::uint32_t instance_ = 0, count_ = 0, brackets_ = 0;
  std::map<std::string, std::uint32_t> instances_;
  std::string_view until_;
  std::vector<DataKey> out_;
};

}  // namespace

std::optional<DataFormat> data_format_of(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  constexpr std::array locks{"package-lock.json", "npm-shrinkwrap.json", "composer.lock", "pnpm-lock.yaml"};
  if (std::find(locks.begin(), locks.end(), name) != locks.end()) return std::nullopt;
  if (name.ends_with(".json") || name.ends_with(".jsonc") || name.ends_with(".arb")) return DataFormat::json;
  if (name.ends_with(".yaml") || name.ends_with(".yml")) return DataFormat::yaml;
  if (name.ends_with(".toml")) return DataFormat::toml;
  return std::nullopt;
}

std::vector<DataKey> keys_in(DataFormat format, std::string_view text) {
  switch (format) {
    case DataFormat::json:
      return JsonKeys(text).read();
    case DataFormat::yaml:
      return YamlKeys().read(text);
    case DataFormat::toml:
      break;
  }
  return TomlKeys().read(text);
}

}  // namespace parsers
