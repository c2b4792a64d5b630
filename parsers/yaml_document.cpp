#include <algorithm>
#include <fmt/format.h>
#include <istream>
#include <optional>
#include <streambuf>
#include <vector>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include "parsers/document.h"
#include "parsers/document_builder.h"
#include "parsers/document_text.h"
#include "parsers/document_yaml_words.h"

namespace parsers {
namespace {

/// Thrown through the parser to end it; why is already among the builder's diagnostics.
struct Stop {};

/// Feeds the parser in chunks and counts what it took since its last event: until a bracket is closed the parser keeps
/// all tokens behind it, so an endless one would take memory without end.
class Feed : public std::streambuf {
 public:
  explicit Feed(std::string_view text) : x_rest(text) {}
  void saw_event() { x_silent = 0; }
  bool starved() const { return x_starved; }

 protected:
  int_type underflow() override {
    constexpr std::size_t chunk = 16 << 10;
    constexpr std::size_t most = 2 << 20;
    if (x_silent > most) {
      x_starved = true;
      throw Stop{};
    }
    const std::string_view next = x_rest.substr(0, chunk);
    if (next.empty()) return traits_type::eof();
    x_rest.remove_prefix(next.size());
    x_silent += next.size();
    char* const from = const_cast<char*>(next.data());  // the get area is never written to
    setg(from, from, from + next.size());
    return traits_type::to_int_type(next[0]);
  }

 private:
  std::string_view x_rest;
  std::size_t x_silent = 0;
  bool x_starved = false;
};

class Events : public YAML::EventHandler {
 public:
  Events(std::string_view text, std::size_t skipped, FileId file, Feed& feed)
      : x_text(text), x_skipped(skipped), x_builder(file), x_feed(feed) {}

  DocumentBuilder& builder() { return x_builder; }

  Location place(const YAML::Mark& mark) const { return place(mark.line, mark.column); }

  /// Diagnoses what the parser threw. At the end of the text it does not know where it is; the last open bracket is.
  void refuse(const YAML::Exception& error) {
    const auto bracket = std::find_if(x_opened.rbegin(), x_opened.rend(), [&](std::size_t at) {
      return at < x_text.size() && (x_text[at] == '[' || x_text[at] == '{');
    });
    const bool inside = bracket != x_opened.rend();
    const bool quote = error.msg.starts_with("illegal EOF in scalar");
    const bool finished = x_text.find_first_not_of(" \t\r\n", offset(error.mark)) == std::string_view::npos;
    if (inside && !quote && (error.mark.pos <= 0 || finished)) {
      give_up({*bracket, "the bracket opened here is not closed", "close it with ] or }"});
      return;
    }
    YamlComplaint complaint = explain_yaml(x_text, quote ? next_quote() : offset(error.mark), error.msg);
    if (inside) complaint.remedy += fmt::format(" (an open bracket is on line {})", place_at(*bracket).line);
    give_up(complaint);
  }

  /// The parser takes a last quoted text without its closing quote for a complete one.
  void refuse_open_quote() {
    if (!x_last_quote) return;
    const char quote = x_text[*x_last_quote];
    for (std::size_t at = *x_last_quote + 1; at < x_text.size(); ++at) {
      if (x_text[at] == '\\' && quote == '"')
        ++at;
      else if (x_text[at] == quote)
        return;
    }
    give_up(explain_yaml(x_text, *x_last_quote, "illegal EOF in scalar"));
  }

  void OnDocumentStart(const YAML::Mark& mark) override {
    x_feed.saw_event();
    if (!x_seen_document) {
      x_seen_document = true;
      return;
    }
    const bool marked = x_text.substr(offset(mark), 3) == "---";
    x_builder.give_up(place(mark), marked ? "a second document" : "this does not fit what comes before it",
                      marked ? "write one document per file" : "check the indentation: is it part of the list above?");
    throw Stop{};
  }
  void OnDocumentEnd() override { x_feed.saw_event(); }

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    refuse_anchor(mark, anchor);
    go_on(x_builder.null(place_of_null(mark)));
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    give_up(explain_yaml(x_text, offset(mark), "alias not found after *"));
    throw Stop{};
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    refuse_anchor(mark, anchor);
    x_last_event = offset(mark);
    const char first = offset(mark) < x_text.size() ? x_text[offset(mark)] : '\0';
    const bool tagged = (tag != "?" && tag != "!") || first == '!';
    if (tagged) refuse_tag(mark);
    if (first == '"' || first == '\'') x_last_quote = offset(mark);
    if (tag == "?") refuse_joined_lines(mark, value);
    go_on(x_builder.scalar(place(mark), value, tagged || tag == "!"));
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    begin(Node::Kind::sequence, mark, tag, anchor);
  }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    begin(Node::Kind::mapping, mark, tag, anchor);
  }
  void OnSequenceEnd() override { end(); }
  void OnMapEnd() override { end(); }

 private:
  /// The first quote behind the last event that can begin a text.
  std::size_t next_quote() const {
    for (std::size_t at = x_last_event + 1; at < x_text.size(); ++at)
      if ((x_text[at] == '"' || x_text[at] == '\'') &&
          std::string_view(" \t\r\n[{,:").find(x_text[at - 1]) != std::string_view::npos)
        return at;
    return x_last_event;
  }

  std::size_t offset(const YAML::Mark& mark) const { return static_cast<std::size_t>(std::max(mark.pos, 0)); }

  Location place(int line, int column) const {
    const std::size_t shift = line == 0 ? x_skipped : 0;
    return {x_builder.file(), static_cast<std::uint32_t>(line + 1),
            static_cast<std::uint32_t>(static_cast<std::size_t>(column) + 1 + shift)};
  }

  Location place_at(std::size_t at) const {
    const std::string_view before = x_text.substr(0, at);
    const std::size_t line_end = before.rfind('\n');
    const std::size_t column = line_end == std::string_view::npos ? at : at - line_end - 1;
    return place(static_cast<int>(std::count(before.begin(), before.end(), '\n')), static_cast<int>(column));
  }

  /// An entry left empty is reported at the token behind it; the "-" before that is where a person looks.
  Location place_of_null(const YAML::Mark& mark) const {
    const std::size_t at = std::min(offset(mark), x_text.size());
    if (x_builder.open() == nullptr || x_builder.open()->kind != Node::Kind::sequence) return place(mark);
    if (at < x_text.size() && (x_text[at] == '~' || x_text[at] == 'n' || x_text[at] == 'N')) return place(mark);
    const std::size_t last = x_text.substr(0, at).find_last_not_of(" \t\r\n");
    if (last == std::string_view::npos || x_text[last] != '-') return place(mark);
    const auto lines = std::count(x_text.begin() + static_cast<std::ptrdiff_t>(last),
                                  x_text.begin() + static_cast<std::ptrdiff_t>(at), '\n');
    const std::size_t line_end = x_text.rfind('\n', last);
    return place(mark.line - static_cast<int>(lines),
                 static_cast<int>(line_end == std::string_view::npos ? last : last - line_end - 1));
  }

  void begin(Node::Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
    refuse_anchor(mark, anchor);
    if (tag != "?" && !tag.empty()) refuse_tag(mark);
    x_opened.push_back(offset(mark));
    go_on(x_builder.begin(kind, place(mark)));
  }
  void end() {
    x_opened.pop_back();
    go_on(x_builder.end());
  }

  /// YAML joins lines of plain text by a blank: two paths with a comma or a dash forgotten would become one path.
  void refuse_joined_lines(const YAML::Mark& mark, const std::string& value) {
    const bool in_list = x_builder.open() != nullptr && x_builder.open()->kind == Node::Kind::sequence;
    if (!in_list || x_text.substr(offset(mark), value.size()) == value) return;
    go_on(x_builder.complain(place(mark), "an entry that goes on over several lines",
                             "separate entries with a comma, or by \"- \" on each line; else put the text in quotes"));
  }

  void refuse_anchor(const YAML::Mark& mark, YAML::anchor_t anchor) {
    if (anchor != YAML::NullAnchor) say(mark, "anchor not found after &");
  }
  void refuse_tag(const YAML::Mark& mark) { say(mark, "tag handle with no suffix"); }

  void say(const YAML::Mark& mark, std::string_view parser_words) {
    const YamlComplaint complaint = explain_yaml(x_text, offset(mark), parser_words);
    go_on(x_builder.complain(place(mark), complaint.message, complaint.remedy));
  }
  void give_up(const YamlComplaint& complaint) {
    x_builder.give_up(place_at(complaint.at), complaint.message, complaint.remedy);
  }

  void go_on(bool wanted) {
    x_feed.saw_event();
    if (!wanted) throw Stop{};
  }

  std::string_view x_text;
  std::size_t x_skipped;
  DocumentBuilder x_builder;
  Feed& x_feed;
  std::vector<std::size_t> x_opened;  ///< where every open list or mapping begins
  bool x_seen_document = false;
  std::size_t x_last_event = 0;  ///< where the last scalar begins
  std::optional<std::size_t> x_last_quote;
};

}  // namespace

Parsed<Node> read_yaml(const Source& source, FileId file) {
  if (std::optional<Diagnostic> refusal = refuse_text(source, file))
    return {Node{Node::Kind::null, {file, 0, 0}, {}, false, {}, {}}, {*std::move(refusal)}};
  const std::size_t skipped = byte_order_mark_length(source.text);
  const std::string_view text = std::string_view(source.text).substr(skipped);
  Feed feed(text);
  std::istream stream(&feed);
  Events events(text, skipped, file, feed);
  try {
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(events)) continue;
    events.refuse_open_quote();
  } catch (const Stop&) {
    if (feed.starved())
      events.builder().give_up(events.builder().open() ? events.builder().open()->where : Location{file, 1, 0},
                               "more than 2 MiB in one bracket, text or comment",
                               "write long lists as one \"- entry\" per line");
  } catch (const YAML::Exception& error) {
    events.refuse(error);
  }
  return events.builder().finish();
}

}  // namespace parsers
