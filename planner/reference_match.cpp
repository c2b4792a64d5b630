#include <string>
#include <vector>

#include "planner/check.h"

namespace planner {
namespace {

class Matcher {
 public:
  Matcher(std::string_view pattern, std::string_view path)
      : pattern_(pattern), path_(path), table_((pattern.size() + 1) * (path.size() + 1), unknown) {}

  bool match(std::size_t p, std::size_t t) {
    char& known = table_[p * (path_.size() + 1) + t];
    if (known == unknown) known = compute(p, t) ? yes : no;
    return known == yes;
  }

 private:
  static constexpr char unknown = 0, yes = 1, no = 2;

  bool compute(std::size_t p, std::size_t t) {
    if (p == pattern_.size()) return t == path_.size();
    if (pattern_[p] == '*') return star(p, t);
    if (t == path_.size()) return false;
    if (pattern_[p] == '?') return path_[t] != '/' && match(p + 1, t + 1);
    if (pattern_[p] == '[') return bracket(p, t);
    return pattern_[p] == path_[t] && match(p + 1, t + 1);
  }

  bool star(std::size_t p, std::size_t t) {
    std::size_t end = p;
    while (end < pattern_.size() && pattern_[end] == '*') ++end;
    const bool segment =
        end - p > 1 && (p == 0 || pattern_[p - 1] == '/') && (end == pattern_.size() || pattern_[end] == '/');
    if (segment && end < pattern_.size() && match(end + 1, t)) return true;  // "**/" stands for nothing
    for (std::size_t to = t;; ++to) {
      if (match(end, to) && !(segment && end == pattern_.size() && to == t)) return true;
      if (to == path_.size() || (path_[to] == '/' && !segment)) return false;
    }
  }

  bool bracket(std::size_t p, std::size_t t) {
    std::size_t end = p + 1;
    if (end < pattern_.size() && (pattern_[end] == '!' || pattern_[end] == '^')) ++end;
    if (end < pattern_.size() && pattern_[end] == ']') ++end;
    while (end < pattern_.size() && pattern_[end] != ']')
      end = pattern_.compare(end, 2, "[:") == 0 && pattern_.find(":]", end + 2) != std::string_view::npos
                ? pattern_.find(":]", end + 2) + 2
                : end + 1;
    if (end >= pattern_.size()) return path_[t] == '[' && match(p + 1, t + 1);
    const std::string_view text = pattern_.substr(p, end + 1 - p);
    if (path_.substr(t).starts_with(text) && match(end + 1, t + text.size())) return true;
    return path_[t] != '/' && member(text.substr(1, text.size() - 2), path_[t]) && match(end + 1, t + 1);
  }

  static bool member(std::string_view set, char c) {
    const bool negated = set.front() == '!' || set.front() == '^';
    if (negated) set.remove_prefix(1);
    bool found = false;
    while (!set.empty()) {
      const auto value = [](char x) { return static_cast<unsigned char>(x); };
      if (set.starts_with("[:") && set.find(":]") != std::string_view::npos) {
        const std::size_t close = set.find(":]");
        const auto in = posix_class(set.substr(2, close - 2), value(c));
        if (!in) return false;
        found = found || *in;
        set.remove_prefix(close + 2);
      } else if (set.size() > 2 && set[1] == '-') {
        found = found || (value(set[0]) <= value(c) && value(c) <= value(set[2]));
        set.remove_prefix(3);
      } else {
        found = found || set[0] == c;
        set.remove_prefix(1);
      }
    }
    return found != negated;
  }

  static std::optional<bool> posix_class(std::string_view name, unsigned char c) {
    const auto among = [&](std::string_view chars) {
      return c != 0 && chars.find(static_cast<char>(c)) != std::string_view::npos;
    };
    constexpr std::string_view lower = "abcdefghijklmnopqrstuvwxyz", upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
                               digit = "0123456789";
    const bool graph = c > ' ' && c < 127;
    if (name == "alpha") return among(lower) || among(upper);
    if (name == "alnum") return among(lower) || among(upper) || among(digit);
    if (name == "digit") return among(digit);
    if (name == "lower") return among(lower);
    if (name == "upper") return among(upper);
    if (name == "xdigit") return among("0123456789abcdefABCDEF");
    if (name == "space") return among(" \t\n\v\f\r");
    if (name == "blank") return among(" \t");
    if (name == "graph") return graph;
    if (name == "print") return graph || c == ' ';
    if (name == "punct") return graph && !among(lower) && !among(upper) && !among(digit);
    if (name == "cntrl") return c < ' ' || c == 127;
    return std::nullopt;
  }

  std::string_view pattern_, path_;
  std::vector<char> table_;
};

}  // namespace

bool reference_match(std::string_view pattern, std::string_view path) {
  const std::string below = std::string(pattern) + "**";
  return Matcher(pattern.ends_with('/') ? std::string_view(below) : pattern, path).match(0, 0);
}

}  // namespace planner
