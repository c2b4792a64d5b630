#include "parsers/code_gaps.h"

#include <algorithm>

#include "parsers/code_lines.h"

namespace parsers {
namespace {

class GapWriter {
 public:
  GapWriter(std::span<const CodeRange> imports, std::string_view text) : imports_(imports), text_(text), lines_(text) {}

  /// The text up to `end` that nothing owns yet, as pieces of `name` and `<imports>`.
  void fill(std::uint32_t end, const std::string& name, bool with_imports) {
    while (with_imports && next_ < imports_.size() && imports_[next_].begin < end) {
      const CodeRange& piece = imports_[next_];
      const std::uint32_t until = std::min(piece.end, end);
      if (until > at_) {
        if (piece.begin > at_ && !spacing_between_imports(piece.begin)) add(piece.begin, name);
        add(until, "<imports>");
      }
      if (piece.end > end) break;
      ++next_;
    }
    add(end, name);
  }
  void skip_to(std::uint32_t end) { at_ = std::max(at_, end); }
  std::uint32_t at() const { return at_; }
  std::vector<Gap> take() { return std::move(gaps_); }

 private:
  bool spacing_between_imports(std::uint32_t end) const {
    if (gaps_.empty() || gaps_.back().name != "<imports>" || gaps_.back().range.end != at_) return false;
    return text_.substr(at_, end - at_).find_first_not_of(" \t\r\n") == std::string_view::npos;
  }

  void add(std::uint32_t end, const std::string& name) {
    if (end <= at_) return;
    if (!gaps_.empty() && gaps_.back().name == name && gaps_.back().range.end == at_)
      gaps_.back().range = lines_.range(gaps_.back().range.begin, end);
    else
      gaps_.push_back({name, lines_.range(at_, end)});
    at_ = end;
  }

  std::span<const CodeRange> imports_;
  std::string_view text_;
  CodeLines lines_;
  std::vector<Gap> gaps_;
  std::uint32_t at_ = 0;
  std::size_t next_ = 0;
};

struct Open {
  std::uint32_t end;
  std::string name;
  std::string gap;  // what the text before its next block is called
  bool holds_blocks;
};

std::string after(const Definition& block) { return "<after " + block.name + ">"; }

}  // namespace

std::vector<Gap> gaps_between(std::vector<Definition>& definitions, std::span<const CodeRange> imports,
                              std::string_view text) {
  GapWriter out(imports, text);
  const CodeLines lines(text);
  std::vector<bool> holds(definitions.size(), false);
  for (const Definition& d : definitions)
    if (d.block && d.container != no_definition) holds[d.container] = true;

  std::vector<Open> open = {{static_cast<std::uint32_t>(text.size()), "", "<module>", true}};
  const auto close = [&] {
    if (open.back().holds_blocks)
      out.fill(open.back().end, open.back().gap, open.size() == 1);
    else
      out.skip_to(open.back().end);
    open.pop_back();
  };
  for (std::size_t i = 0; i < definitions.size(); ++i) {
    Definition& d = definitions[i];
    if (!d.block) continue;
    while (open.size() > 1 && open.back().end <= d.range.begin) close();
    const std::uint32_t begin = std::clamp(d.range.begin, out.at(), open.back().end);
    const std::uint32_t end = std::clamp(d.range.end, begin, open.back().end);
    if (begin != d.range.begin || end != d.range.end) d.range = lines.range(begin, end);
    out.fill(begin, open.back().gap, open.size() == 1);
    open.back().gap = after(d);
    open.push_back({end, d.name, "<in " + d.name + ">", static_cast<bool>(holds[i])});
  }
  while (!open.empty()) close();
  return out.take();
}

}  // namespace parsers
