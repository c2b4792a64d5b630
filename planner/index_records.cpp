#include "planner/index_records.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace planner {
namespace {

using parsers::CodeOutline;
using parsers::CodeRange;

class Writer {
 public:
  /// Little numbers are short: seven bits a byte, the last one below 128 (LEB128).
  void number(std::uint64_t value) {
    for (; value >= 128; value >>= 7) out_ += static_cast<char>(static_cast<unsigned char>(value | 128));
    out_ += static_cast<char>(static_cast<unsigned char>(value));
  }
  void text(std::string_view value) {
    number(value.size());
    out_ += value;
  }
  void range(const CodeRange& r) {
    number(r.begin);
    number(r.end);
    number(r.first_line);
    number(r.last_line);
  }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

/// After the first thing that is not there or not allowed, everything is 0 and empty, and `good` false.
class Reader {
 public:
  explicit Reader(std::string_view record) : left_(record) {}

  std::uint64_t number() {
    std::uint64_t out = 0;
    for (unsigned shift = 0; shift < 64 && !left_.empty(); shift += 7) {
      const auto byte = static_cast<unsigned char>(left_.front());
      left_.remove_prefix(1);
      out |= static_cast<std::uint64_t>(byte & 127U) << shift;
      if (byte < 128) return out;
    }
    good_ = false;
    left_ = {};
    return 0;
  }
  std::uint32_t small() { return static_cast<std::uint32_t>(at_most(std::numeric_limits<std::uint32_t>::max())); }
  std::uint64_t at_most(std::uint64_t most) {
    const std::uint64_t out = number();
    if (out <= most) return out;
    good_ = false;
    return 0;
  }
  bool flag() { return at_most(1) == 1; }
  template <class E>
  E choice(E last) {
    return static_cast<E>(at_most(static_cast<std::uint64_t>(last)));
  }
  /// A count of things that take at least one byte each.
  std::size_t count() {
    const std::uint64_t out = number();
    if (out <= left_.size()) return out;
    good_ = false;
    left_ = {};
    return 0;
  }
  std::string text() {
    const std::size_t size = count();
    std::string out(left_.substr(0, size));
    left_.remove_prefix(size);
    return out;
  }
  CodeRange range() {
    CodeRange out;
    out.begin = small();
    out.end = small();
    out.first_line = small();
    out.last_line = small();
    return out;
  }
  /// Everything was there, and nothing is left.
  bool done() const { return good_ && left_.empty(); }

 private:
  std::string_view left_;
  bool good_ = true;
};

/// Definitions are counted from 1, none is 0.
std::uint64_t counted(std::uint32_t definition) {
  return definition == parsers::no_definition ? 0 : std::uint64_t{definition} + 1;
}
std::uint32_t definition_in(Reader& in, std::size_t definitions) {
  const std::uint64_t out = in.at_most(definitions);
  return out == 0 ? parsers::no_definition : static_cast<std::uint32_t>(out - 1);
}

void write(Writer& out, const parsers::Definition& d) {
  out.text(d.name);
  out.text(d.parameters);
  out.text(d.type);
  out.number(d.bases.size());
  for (const std::string& base : d.bases) out.text(base);
  out.number(static_cast<std::uint64_t>(d.kind));
  out.number(d.block ? 1 : 0);
  out.number(d.degraded ? 1 : 0);
  out.range(d.range);
  out.number(d.line);
  out.number(d.column);
  out.number(counted(d.container));
  out.number(d.signature);
  out.number(d.body);
}

parsers::Definition read_definition(Reader& in, std::size_t position) {
  parsers::Definition d;
  d.name = in.text();
  d.parameters = in.text();
  d.type = in.text();
  d.bases.resize(in.count());
  for (std::string& base : d.bases) base = in.text();
  d.kind = in.choice(parsers::SymbolKind::variable);
  d.block = in.flag();
  d.degraded = in.flag();
  d.range = in.range();
  d.line = in.small();
  d.column = in.small();
  d.container = definition_in(in, position);
  d.signature = in.number();
  d.body = in.number();
  return d;
}

parsers::Reference read_reference(Reader& in, std::size_t definitions) {
  parsers::Reference r;
  r.name = in.text();
  r.receiver = in.text();
  r.kind = in.choice(parsers::Reference::Kind::write);
  r.line = in.small();
  r.column = in.small();
  r.byte = in.small();
  r.enclosing = definition_in(in, definitions);
  return r;
}

parsers::Import read_import(Reader& in) {
  parsers::Import i;
  i.module = in.text();
  i.name = in.text();
  i.alias = in.text();
  i.exported = in.flag();
  i.quoted = in.flag();
  i.line = in.small();
  i.begin = in.small();
  i.end = in.small();
  return i;
}

}  // namespace

std::string record_of(const CodeOutline& outline) {
  Writer out;
  out.number(static_cast<std::uint64_t>(outline.status));
  out.number(outline.definitions.size());
  for (const parsers::Definition& d : outline.definitions) write(out, d);
  out.number(outline.gaps.size());
  for (const parsers::Gap& gap : outline.gaps) {
    out.text(gap.name);
    out.range(gap.range);
  }
  out.number(outline.references.size());
  for (const parsers::Reference& r : outline.references) {
    out.text(r.name);
    out.text(r.receiver);
    for (const std::uint64_t value : {static_cast<std::uint64_t>(r.kind), std::uint64_t{r.line},
                                      std::uint64_t{r.column}, std::uint64_t{r.byte}, counted(r.enclosing)})
      out.number(value);
  }
  out.number(outline.imports.size());
  for (const parsers::Import& i : outline.imports) {
    for (const std::string* text : {&i.module, &i.name, &i.alias}) out.text(*text);
    out.number(i.exported ? 1 : 0);
    out.number(i.quoted ? 1 : 0);
    for (const std::uint32_t value : {i.line, i.begin, i.end}) out.number(value);
  }
  out.number(outline.locals.size());
  for (const parsers::LocalName& local : outline.locals) {
    out.text(local.name);
    out.text(local.type);
    out.number(local.begin);
    out.number(local.end);
  }
  out.number(outline.errors.size());
  for (const CodeRange& error : outline.errors) out.range(error);
  return out.take();
}

std::optional<CodeOutline> outline_in(std::string_view record) {
  Reader in(record);
  CodeOutline out;
  out.status = in.choice(parsers::OutlineStatus::too_complex);
  const std::size_t definitions = in.count();
  for (std::size_t i = 0; i < definitions; ++i) out.definitions.push_back(read_definition(in, i));
  for (std::size_t left = in.count(); left != 0; --left) {
    std::string name = in.text();
    out.gaps.push_back({std::move(name), in.range()});
  }
  for (std::size_t left = in.count(); left != 0; --left) out.references.push_back(read_reference(in, definitions));
  for (std::size_t left = in.count(); left != 0; --left) out.imports.push_back(read_import(in));
  for (std::size_t left = in.count(); left != 0; --left) {
    parsers::LocalName local;
    local.name = in.text();
    local.type = in.text();
    local.begin = in.small();
    local.end = in.small();
    out.locals.push_back(std::move(local));
  }
  for (std::size_t left = in.count(); left != 0; --left) out.errors.push_back(in.range());
  return in.done() ? std::optional(std::move(out)) : std::nullopt;
}

}  // namespace planner
