#include "parsers/path_pattern.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace parsers {
namespace {

constexpr std::size_t max_path = 4096;
constexpr std::size_t max_pattern = 1024;
constexpr std::size_t max_segments = 64;

unsigned char byte_of(char c) { return static_cast<unsigned char>(c); }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

std::optional<std::string> component_error(std::string_view component) {
  if (component.empty()) return "the path has an empty component";
  if (component == ".") return "the path has a \".\" component";
  if (component == "..") return "the path leaves the repository with \"..\"";
  const std::string folded = lower(component);
  if (folded == ".git" || folded == "git~1") return "the path reaches into git's own directory";
  return std::nullopt;
}

using Bytes = std::bitset<256>;

Bytes all_but(std::initializer_list<char> left_out) {
  Bytes bytes;
  bytes.set();
  bytes.reset(0);
  for (char c : left_out) bytes.reset(byte_of(c));
  return bytes;
}

bool in_class(std::string_view name, unsigned char c, bool& known) {
  const bool digit = c >= '0' && c <= '9', lower_case = c >= 'a' && c <= 'z', upper_case = c >= 'A' && c <= 'Z';
  const bool graph = c > 0x20 && c < 0x7F;
  known = true;
  if (name == "alnum") return digit || lower_case || upper_case;
  if (name == "alpha") return lower_case || upper_case;
  if (name == "blank") return c == ' ' || c == '\t';
  if (name == "cntrl") return c < 0x20 || c == 0x7F;
  if (name == "digit") return digit;
  if (name == "graph") return graph;
  if (name == "lower") return lower_case;
  if (name == "print") return graph || c == ' ';
  if (name == "punct") return graph && !(digit || lower_case || upper_case);
  if (name == "space") return c == ' ' || (c >= '\t' && c <= '\r');
  if (name == "upper") return upper_case;
  if (name == "xdigit") return digit || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  known = false;
  return false;
}

struct Bracket {
  std::size_t length = 0;      // with both brackets
  std::optional<Bytes> bytes;  // nullopt: git never matches it (an unknown character class)
};

/// The bracket expression at the front of `text`; nullopt when it has no end.
std::optional<Bracket> bracket(std::string_view text) {
  std::size_t at = 1;
  const bool negated = at < text.size() && (text[at] == '!' || text[at] == '^');
  if (negated) ++at;
  Bytes bytes;
  bool valid = true;
  int previous = -1;  // low end of a possible range
  for (bool first = true; at < text.size(); first = false) {
    const char c = text[at];
    if (c == ']' && !first) {
      if (negated) bytes.flip();
      bytes &= all_but({'/'});
      return Bracket{at + 1, valid ? std::optional(bytes) : std::nullopt};
    }
    if (c == '-' && previous >= 0 && at + 1 < text.size() && text[at + 1] != ']') {
      for (int b = previous; b <= byte_of(text[at + 1]); ++b) bytes.set(static_cast<std::size_t>(b));
      previous = -1;
      at += 2;
      continue;
    }
    if (c == '[' && at + 1 < text.size() && text[at + 1] == ':') {
      const std::size_t close = text.find(']', at + 2);
      if (close != std::string_view::npos && close > at + 2 && text[close - 1] == ':') {
        const std::string_view name = text.substr(at + 2, close - 1 - (at + 2));
        bool known = false;
        for (int b = 1; b < 256; ++b)
          if (in_class(name, static_cast<unsigned char>(b), known)) bytes.set(static_cast<std::size_t>(b));
        valid = valid && known;
        previous = -1;
        at = close + 1;
        continue;
      }
    }
    bytes.set(byte_of(c));
    previous = byte_of(c);
    ++at;
  }
  return std::nullopt;
}

/// Which paths exist at all: no empty, `.`, `..` or `.git` segment. A state is how much of such a name a segment
/// spells.
enum Segment : std::uint8_t { empty, dot, dot_dot, dot_g, dot_gi, dot_git, other, segments };

std::optional<Segment> next(Segment state, unsigned char c) {
  if (c == '/') return state == dot_g || state == dot_gi || state == other ? std::optional(empty) : std::nullopt;
  switch (state) {
    case empty:
      return c == '.' ? dot : other;
    case dot:
      return c == '.' ? dot_dot : c == 'g' ? dot_g : other;
    case dot_g:
      return c == 'i' ? dot_gi : other;
    case dot_gi:
      return c == 't' ? dot_git : other;
    default:
      return other;
  }
}

bool may_end(Segment state) { return state == dot_g || state == dot_gi || state == other; }

/// Bytes in the order in which ties between witnesses are decided.
const std::array<unsigned char, 255>& preference() {
  static const std::array<unsigned char, 255> order = [] {
    std::array<unsigned char, 255> out{};
    std::size_t n = 0;
    std::bitset<256> seen;
    const auto add = [&](int from, int to) {
      for (int c = from; c <= to; ++c)
        if (!seen.test(static_cast<std::size_t>(c)))
          seen.set(static_cast<std::size_t>(c)), out[n++] = static_cast<unsigned char>(c);
    };
    add('/', '/'), add('a', 'z'), add('0', '9'), add('A', 'Z'), add('_', '_'), add('-', '-'), add(1, 255);
    return out;
  }();
  return order;
}

/// A quick no: where both end in a segment of their own, its literal ends have to fit.
bool last_segments_meet(std::string_view a, std::string_view b) {
  const auto last = [](std::string_view pattern) { return pattern.substr(pattern.rfind('/') + 1); };
  const std::string_view x = last(a), y = last(b);
  if (x.empty() || y.empty() || x.find("**") != std::string_view::npos || y.find("**") != std::string_view::npos)
    return true;
  if (x.find('[') != std::string_view::npos || y.find('[') != std::string_view::npos)
    return true;  // it may hold a slash
  const auto fit = [](std::string_view one, std::string_view two, auto begin) {
    const std::size_t n = std::min(one.size(), two.size());
    return begin(one, n) == begin(two, n);
  };
  const auto head = [](std::string_view segment) { return segment.substr(0, segment.find_first_of("*?")); };
  const auto tail = [](std::string_view segment) { return segment.substr(segment.find_last_of("*?") + 1); };
  return fit(head(x), head(y), [](std::string_view t, std::size_t n) { return t.substr(0, n); }) &&
         fit(tail(x), tail(y), [](std::string_view t, std::size_t n) { return t.substr(t.size() - n); });
}

bool is_real_path(std::string_view path) {
  Segment state = empty;
  for (char c : path) {
    const auto after = next(state, byte_of(c));
    if (!after) return false;
    state = *after;
  }
  return may_end(state);
}

}  // namespace

std::optional<std::string> path_error(std::string_view text) {
  if (text.empty()) return "the path is empty";
  if (text.size() > max_path) return fmt::format("the path is longer than {} bytes", max_path);
  if (text.find('\0') != std::string_view::npos) return "the path has a NUL byte";
  if (text.find_first_of("\n\r") != std::string_view::npos) return "the path has a line break";
  if (text.find('\\') != std::string_view::npos) return "the path has a backslash; separate with \"/\"";
  if (text.front() == '/') return "the path is absolute";
  if (text.front() == '~' && (text.size() == 1 || text[1] == '/')) return "the path is in a home directory";
  if (text.size() >= 2 && is_letter(text[0]) && text[1] == ':' && (text.size() == 2 || text[2] == '/'))
    return "the path is absolute (a drive letter)";
  if (text.back() == '/') text.remove_suffix(1);
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t end = std::min(text.find('/', from), text.size());
    if (auto error = component_error(text.substr(from, end - from))) return error;
    from = end + 1;
  }
  return std::nullopt;
}

bool is_pattern(std::string_view text) { return text.find_first_of("*?[") != std::string_view::npos; }

std::optional<std::string> PathPattern::pattern_error(std::string_view text) {
  if (auto error = path_error(text)) return error;
  if (!is_pattern(text)) return std::nullopt;
  if (text.size() > max_pattern) return fmt::format("the pattern is longer than {} bytes", max_pattern);
  if (static_cast<std::size_t>(std::count(text.begin(), text.end(), '/')) >= max_segments)
    return fmt::format("the pattern has more than {} segments", max_segments);
  return std::nullopt;
}

PathPattern::PathPattern(std::string_view text) : text_(text) {
  prefix_ = std::min(text_.find_first_of("*?["), text_.size());
  literal_ = prefix_ == text_.size() && text_.back() != '/';
  if (!literal_) compile(text_.back() == '/' ? text_ + "**" : text_);
}

std::uint32_t PathPattern::add_state() {
  edges_.emplace_back();
  accepting_.push_back(false);
  return static_cast<std::uint32_t>(edges_.size() - 1);
}

void PathPattern::add_edge(std::uint32_t from, std::uint32_t to, const Bytes& bytes) {
  const auto known = std::find(classes_.begin(), classes_.end(), bytes);
  const auto index = static_cast<std::uint32_t>(known - classes_.begin());
  if (known == classes_.end()) classes_.push_back(bytes);
  edges_[from].push_back({to, index});
}

std::uint32_t PathPattern::add_literal(std::uint32_t from, std::string_view text) {
  for (char c : text) {
    const std::uint32_t to = add_state();
    add_edge(from, to, Bytes().set(byte_of(c)));
    from = to;
  }
  return from;
}

// Glushkov's construction without empty moves: a star is a loop on the state it stands at, so the number of states is
// at most the length of the pattern plus one for every `**`.
void PathPattern::compile(std::string_view pattern) {
  const Bytes inside = all_but({'/'});
  std::uint32_t state = add_state();
  for (std::size_t at = 0; at < pattern.size();) {
    const char c = pattern[at];
    if (c == '*') {
      const std::size_t end = std::min(pattern.find_first_not_of('*', at), pattern.size());
      const bool whole =
          end - at >= 2 && (at == 0 || pattern[at - 1] == '/') && (end == pattern.size() || pattern[end] == '/');
      if (!whole) {
        add_edge(state, state, inside);
        at = end;
      } else if (end == pattern.size()) {
        const std::uint32_t rest = add_state();
        add_edge(state, rest, inside);
        add_edge(rest, rest, all_but({}));
        state = rest;
        at = end;
      } else {
        const std::uint32_t skipped = add_state();  // inside of a segment that `**/` passes over
        add_edge(state, skipped, inside);
        add_edge(skipped, skipped, inside);
        add_edge(skipped, state, Bytes().set('/'));
        at = end + 1;
      }
    } else if (const auto expression = c == '[' ? bracket(pattern.substr(at)) : std::nullopt) {
      const std::string_view literal = pattern.substr(at, expression->length);
      const std::uint32_t before_last = add_literal(state, literal.substr(0, literal.size() - 1));
      const std::uint32_t to = add_state();
      add_edge(before_last, to, Bytes().set(']'));
      if (expression->bytes) add_edge(state, to, *expression->bytes);
      state = to;
      at += expression->length;
    } else if (c == '?') {
      const std::uint32_t to = add_state();
      add_edge(state, to, inside);
      state = to;
      ++at;
    } else {
      state = add_literal(state, pattern.substr(at, 1));
      ++at;
    }
  }
  accepting_[state] = true;
}

bool PathPattern::matches(std::string_view path) const {
  if (literal_) return path == text_;
  if (path.substr(0, prefix_) != literal_prefix()) return false;
  std::vector<std::uint32_t> current{0}, after;
  std::vector<std::size_t> reached(edges_.size(), 0);  // the position a state was last reached at, to add it only once
  for (std::size_t at = 0; at < path.size() && !current.empty(); ++at) {
    after.clear();
    for (std::uint32_t state : current)
      for (const Edge& edge : edges_[state])
        if (classes_[edge.bytes].test(byte_of(path[at])) && reached[edge.to] != at + 1) {
          reached[edge.to] = at + 1;
          after.push_back(edge.to);
        }
    current.swap(after);
  }
  return std::any_of(current.begin(), current.end(), [&](std::uint32_t s) { return accepting_[s]; });
}

/// Bytes that the automaton of real paths tells apart.
constexpr std::string_view special_bytes = "/.git";

/// The product of two automata and of the automaton of real paths, explored by breadth.
struct PathPattern::Meeting {
  /// Bytes that two classes share, split where the segment automaton tells bytes apart.
  struct Shared {
    Bytes plain;
    bool any_plain = false;
    std::uint8_t special = 0;  // one bit for each of special_bytes
  };

  Meeting(const PathPattern& left_pattern, const PathPattern& right_pattern) : a(left_pattern), b(right_pattern) {
    static const Bytes special = Bytes().set('/').set('.').set('g').set('i').set('t');
    shared.reserve(a.classes_.size() * b.classes_.size());
    for (const Bytes& ca : a.classes_)
      for (const Bytes& cb : b.classes_) {
        const Bytes common = ca & cb;
        Shared entry{common & ~special, (common & ~special).any(), 0};
        for (std::size_t k = 0; k < special_bytes.size(); ++k)
          if (common.test(byte_of(special_bytes[k])))
            entry.special = static_cast<std::uint8_t>(entry.special | (1U << k));
        shared.push_back(entry);
      }
  }

  const PathPattern& a;
  const PathPattern& b;
  std::vector<Shared> shared;  // by class of a, class of b

  std::size_t size() const { return a.edges_.size() * b.edges_.size() * segments; }
  bool accepts(std::size_t s) const { return may_end(segment(s)) && a.accepting_[left(s)] && b.accepting_[right(s)]; }
  static Segment segment(std::size_t s) { return static_cast<Segment>(s % segments); }
  std::size_t right(std::size_t s) const { return s / segments % b.edges_.size(); }
  std::size_t left(std::size_t s) const { return s / segments / b.edges_.size(); }
  std::size_t state(std::size_t l, std::size_t r, Segment v) const { return (l * b.edges_.size() + r) * segments + v; }

  /// Calls visit(successor, bytes that lead there). Bytes that the segment automaton tells apart are split off.
  template <class Visit>
  void successors(std::size_t s, Visit visit) const {
    for (const Edge& ea : a.edges_[left(s)])
      for (const Edge& eb : b.edges_[right(s)]) {
        const Shared& bytes = shared[ea.bytes * b.classes_.size() + eb.bytes];
        if (bytes.any_plain) visit(state(ea.to, eb.to, other), bytes.plain);
        for (std::size_t k = 0; bytes.special >> k != 0; ++k)
          if ((bytes.special >> k & 1U) != 0)
            if (const auto v = next(segment(s), byte_of(special_bytes[k])))
              visit(state(ea.to, eb.to, *v), Bytes().set(byte_of(special_bytes[k])));
      }
  }
};

std::optional<std::string> common_path(const PathPattern& a, const PathPattern& b) {
  if (a.literal_ || b.literal_) {
    const PathPattern& path = a.literal_ ? a : b;
    const PathPattern& pattern = a.literal_ ? b : a;
    return pattern.matches(path.text_) && is_real_path(path.text_) ? std::optional(path.text_) : std::nullopt;
  }
  const std::size_t shared = std::min(a.prefix_, b.prefix_);
  if (std::string_view(a.text_).substr(0, shared) != std::string_view(b.text_).substr(0, shared)) return std::nullopt;

  if (!last_segments_meet(a.text_, b.text_)) return std::nullopt;
  const PathPattern::Meeting meeting(a, b);
  constexpr std::uint32_t unseen = UINT32_MAX;
  std::vector<std::uint32_t> level(meeting.size(), unseen);
  std::vector<std::vector<std::size_t>> levels{{meeting.state(0, 0, empty)}};
  level[levels[0][0]] = 0;
  // Breadth first: the first level that accepts is the length of the witness.
  const auto accepts = [&](std::size_t s) { return meeting.accepts(s); };
  while (std::none_of(levels.back().begin(), levels.back().end(), accepts)) {
    std::vector<std::size_t> after;
    for (std::size_t s : levels.back())
      meeting.successors(s, [&](std::size_t to, const auto&) {
        if (level[to] == unseen) level[to] = static_cast<std::uint32_t>(levels.size()), after.push_back(to);
      });
    if (after.empty()) return std::nullopt;
    levels.push_back(std::move(after));
  }
  // Backwards: which states of each level lie on a shortest witness? A state on one is never reached earlier.
  std::vector<bool> good(meeting.size(), false);
  const std::size_t length = levels.size() - 1;
  for (std::size_t s : levels[length]) good[s] = meeting.accepts(s);
  const auto leads_on = [&](std::size_t to, std::size_t k) { return level[to] == k + 1 && good[to]; };
  for (std::size_t k = length; k-- > 0;)
    for (std::size_t s : levels[k])
      meeting.successors(s, [&](std::size_t to, const auto&) { good[s] = good[s] || leads_on(to, k); });
  // Forwards again, by the preferred byte among all that stay on a shortest witness.
  std::string witness;
  std::vector<std::size_t> current = levels[0];
  for (std::size_t k = 0; k < length; ++k) {
    std::bitset<256> possible;
    for (std::size_t s : current)
      meeting.successors(s, [&](std::size_t to, const auto& bytes) {
        if (leads_on(to, k)) possible |= bytes;
      });
    const unsigned char chosen =
        *std::find_if(preference().begin(), preference().end(), [&](unsigned char c) { return possible.test(c); });
    witness += static_cast<char>(chosen);
    std::vector<std::size_t> after;
    for (std::size_t s : current)
      meeting.successors(s, [&](std::size_t to, const auto& bytes) {
        if (leads_on(to, k) && bytes.test(chosen)) after.push_back(to);
      });
    std::sort(after.begin(), after.end());
    after.erase(std::unique(after.begin(), after.end()), after.end());
    current = std::move(after);
  }
  return witness;
}

}  // namespace parsers
