// Plans made by hand: "**Wave 1 (parallel):** WO-A, WO-B".
#include <algorithm>

#include "parsers/markdown_reader.h"

namespace parsers {
namespace {

struct WaveTitle {
  std::string name;
  std::string_view place;
  std::string_view rest;
};

/// "Wave 2 (depends on Wave 1): ...", with or without emphasis and list marker.
std::optional<WaveTitle> wave_title(std::string_view line, bool heading) {
  std::string_view text = trim(line);
  while (text.starts_with('*') || text.starts_with('_')) text.remove_prefix(1);
  if (!text.starts_with("Wave ") && !text.starts_with("wave ") && !text.starts_with("WAVE ")) return std::nullopt;
  std::size_t end = 5;
  while (end < text.size() && std::string_view(" :(*—–-_.,").find(text[end]) == std::string_view::npos) ++end;
  const bool counts = end == 6 || (end > 6 && text[5] >= '0' && text[5] <= '9');  // "Wave goodbye" is no wave
  if (!counts || end > 12) return std::nullopt;
  WaveTitle title{"Wave " + std::string(text.substr(5, end - 5)), text.substr(0, end), trim(text.substr(end))};
  if (title.rest.starts_with('(')) {
    int depth = 0;
    std::size_t close = 0;
    for (; close < title.rest.size(); ++close) {
      if (title.rest[close] == '(') ++depth;
      if (title.rest[close] == ')' && --depth == 0) break;
    }
    title.rest = trim(title.rest.substr(std::min(close + 1, title.rest.size())));
  }
  bool separated = false;
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view mark : {":", "—", "–", "-", "*", "_", "→"}) {
      if (!title.rest.starts_with(mark)) continue;
      separated = separated || (mark != "*" && mark != "_");
      title.rest = trim(title.rest.substr(mark.size()));
      again = true;
    }
  }
  if (!separated && !heading) return std::nullopt;
  return title;
}

class WaveReader {
 public:
  explicit WaveReader(MarkdownReader& reader) : x_reader(reader) {}

  void read() {
    for (std::size_t i = 0; i < x_reader.block_count(); ++i) {
      const MarkdownBlock& block = x_reader.block(i);
      if (x_reader.consumed[i]) continue;
      if (block.kind == MarkdownBlock::Kind::heading)
        heading(block);
      else if (block.kind == MarkdownBlock::Kind::text)
        text(block);
    }
    std::erase_if(x_reader.waves(), [](const HandMadeWave& wave) { return wave.orders.empty(); });
  }

 private:
  void heading(const MarkdownBlock& block) {
    if (x_level != 0 && block.level <= x_level) x_level = 0;
    if (const auto title = wave_title(block.text, true)) {
      x_level = block.level;
      begin(*title);
      add(title->rest);
    } else if (x_level != 0) {
      // "### WO-1: title" under "## Wave 1"
      const auto id = heading_id(block.text);
      const std::string* known = id ? x_reader.ids().find(id->id) : nullptr;
      if (known != nullptr) add(id->place, *known);
      x_nested = true;
    }
  }

  void text(const MarkdownBlock& block) {
    bool open = false;  // the lines of a paragraph go on with the wave above them
    for (const std::string_view line : lines_of(block.text)) {
      if (const auto title = wave_title(line, false)) {
        if (x_reader.ids().mentions(title->rest).empty() && !title->rest.empty()) continue;
        begin(*title);
        add(title->rest);
        open = true;
        x_list_depth = block.depth;
      } else if (open) {
        add(line);
      } else if ((x_level != 0 && !x_nested) || (x_list_depth >= 0 && block.depth > x_list_depth)) {
        add_leading(line);
      } else {
        x_list_depth = -1;
      }
    }
  }

  void begin(const WaveTitle& title) {
    x_nested = false;
    x_list_depth = -1;
    x_reader.waves().push_back({title.name, {}, x_reader.document().locate(title.place)});
  }

  void add(std::string_view place, const std::string& id) {
    x_reader.waves().back().orders.push_back({id, x_reader.document().locate(place)});
    x_reader.note(place, id, "wave");
  }

  /// All ids up to the first word that makes the next one a reason: "WO-A after WO-B".
  void add(std::string_view text) {
    std::size_t from = 0;
    for (const IdBook::Mention& mention : x_reader.ids().mentions(text)) {
      const auto at = static_cast<std::size_t>(mention.text.data() - text.data());
      const std::string_view between = text.substr(from, at - from);
      for (const std::string_view stop : {"after", "depends", "once", "needs", "before", "requires", "When", "when"})
        if (between.find(stop) != std::string_view::npos) return;
      // In the place of an id, what only looks like one is meant as one: `check` says that there is no such order.
      if (!mention.certain && between.find_first_not_of(" ,;&+*`[]/") != std::string_view::npos) continue;
      add(mention.text, mention.id);
      from = at + mention.text.size();
    }
  }

  /// The ids a line begins with: "WO-A, WO-B — both small".
  void add_leading(std::string_view line) {
    std::size_t from = 0;
    for (const IdBook::Mention& mention : x_reader.ids().mentions(line)) {
      const auto at = static_cast<std::size_t>(mention.text.data() - line.data());
      if (line.substr(from, at - from).find_first_not_of(" ,;&+*`[]/") != std::string_view::npos || !mention.certain)
        return;
      add(mention.text, mention.id);
      from = at + mention.text.size();
    }
  }

  MarkdownReader& x_reader;
  int x_level = 0;        ///< of the wave's heading we are under
  int x_list_depth = -1;  ///< of the wave's item whose nested items we are in
  bool x_nested = false;  ///< headings of orders follow: their text is not a list of ids
};

}  // namespace

void read_waves(MarkdownReader& reader) { WaveReader(reader).read(); }

}  // namespace parsers
