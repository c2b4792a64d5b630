// Issues as plain text: no format at all, which is what most of them begin as.
//
// A heading with an id ("## GH-12: Title", "# #12 Title", "### WO-3") opens an issue that ends where the next heading
// of its level begins. Without one, and where the text begins with such a line ("GH-12: Title"), every line like it
// does. Without ids, headings of the first level that occurs twice do, counted as ISSUE-1, ISSUE-2. Else the whole text
// is one issue, called after its file.
#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <optional>

#include "parsers/format_reader.h"
#include "parsers/format_readers.h"
#include "parsers/markdown_document.h"
#include "parsers/markdown_ids.h"

namespace parsers {
namespace {

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

struct IssueTitle {
  std::string id;
  std::string_view title;
};

/// "#12", "GH-12" and "WO-FIX-3" at the front of a text.
std::size_t reference_length(std::string_view at) {
  if (at.starts_with('#')) {
    const std::size_t end = std::min(at.find_first_not_of("0123456789", 1), at.size());
    return end > 1 && end <= 10 && (end == at.size() || !is_word(at[end])) ? end : 0;
  }
  std::size_t end = 0;
  while (end < at.size() && (is_word(at[end]) || at[end] == '-')) ++end;
  while (end > 0 && at[end - 1] == '-') --end;
  return is_order_id(at.substr(0, end)) ? end : 0;
}

std::string id_of(std::string_view reference) {
  return reference.starts_with('#') ? fmt::format("GH-{}", reference.substr(1)) : std::string(reference);
}

/// `loosely`: a blank is enough between id and title, as in a heading.
std::optional<IssueTitle> issue_title(std::string_view line, bool loosely) {
  line = trim(line);
  for (const std::string_view mark : {"- ", "* ", "[ ] "})
    if (line.starts_with(mark)) line = trim(line.substr(mark.size()));
  if (!line.starts_with('#'))
    if (const auto known = heading_id(line); known && !known->counted) return IssueTitle{known->id, known->title};
  const std::size_t length = reference_length(line);
  if (length == 0) return std::nullopt;
  std::string_view rest = line.substr(length);
  const bool parted = trim(rest).empty() || rest.starts_with(':') || rest.starts_with(" -") || rest.starts_with(" —");
  if (!parted && !(loosely && rest.starts_with(' '))) return std::nullopt;
  while (!rest.empty() &&
         (rest.front() == ':' || rest.front() == '-' || rest.front() == ' ' || (rest.front() & 0x80) != 0))
    rest.remove_prefix(1);
  return IssueTitle{id_of(line.substr(0, length)), rest};
}

/// Lines [from, to).
struct Opening {
  IssueTitle title;
  std::size_t from = 0, to = 0;
};

struct Heading {
  std::size_t line = 0;
  std::size_t level = 0;
  std::string_view text;
};

class TextReader {
 public:
  TextReader(const Source& source, FileId file) : reader_(source, file), source_(source) {}

  Parsed<WorkOrders> run() {
    FenceState fence;
    for (std::size_t i = 0; i < lines().size(); ++i) {
      const std::string_view line = lines()[i];
      if (fence.hides(line)) continue;
      const std::size_t level = std::min(line.find_first_not_of('#'), line.size());
      if (level > 0 && level <= 6 && level < line.size() && line[level] == ' ')
        headings_.push_back({i, level, trim(line.substr(level))});
    }
    if (!by_id() && !by_line() && !by_level()) whole();
    return reader_.finish();
  }

 private:
  const std::vector<std::string_view>& lines() const { return reader_.lines(); }

  /// What has begun ends before this line.
  void end(std::size_t line) {
    if (!openings_.empty()) openings_.back().to = std::min(openings_.back().to, line);
  }

  void open(std::size_t line, const IssueTitle& title) {
    end(line);
    openings_.push_back({title, line, lines().size()});
  }

  bool read_openings() {
    for (const Opening& o : openings_) issue(o.title.id, o.title.title, o.from, o.to);
    return !openings_.empty();
  }

  bool by_id() {
    std::size_t level = 7;  // of the issue at hand
    for (const Heading& heading : headings_) {
      if (heading.level > level) continue;
      end(heading.line);
      level = 7;
      if (const auto title = issue_title(heading.text, true)) {
        open(heading.line, *title);
        level = heading.level;
      }
    }
    return read_openings();
  }

  bool by_line() {
    std::size_t from = 0;
    while (from < lines().size() && trim(lines()[from]).empty()) ++from;
    if (from == lines().size() || !issue_title(lines()[from], false)) return false;
    FenceState fence;
    for (std::size_t i = from; i < lines().size(); ++i) {
      const bool indented = lines()[i].starts_with(' ') || lines()[i].starts_with('\t');
      if (fence.hides(lines()[i]) || indented) continue;
      if (const auto title = issue_title(lines()[i], false)) open(i, *title);
    }
    return read_openings();
  }

  bool by_level() {
    for (std::size_t level = 1; level <= 6; ++level) {
      const auto is_opening = [&](const Heading& h) { return h.level == level; };
      if (std::count_if(headings_.begin(), headings_.end(), is_opening) < 2) continue;
      reader_.value().family = file_stem(source_);
      std::size_t number = 0;
      for (std::size_t h = 0; h < headings_.size(); ++h) {
        if (!is_opening(headings_[h])) continue;
        std::size_t next = h + 1;
        while (next < headings_.size() && headings_[next].level > level) ++next;
        issue(fmt::format("ISSUE-{}", ++number), headings_[h].text, headings_[h].line,
              next < headings_.size() ? headings_[next].line : lines().size());
      }
      return true;
    }
    return false;
  }

  void whole() {
    std::size_t first = 0;
    while (first < lines().size() && trim(lines()[first]).empty()) ++first;
    if (first == lines().size()) return;
    const std::string stem = file_stem(source_);
    const bool named = std::all_of(stem.begin(), stem.end(), [](char c) { return is_word(c) || c == '-' || c == '.'; });
    std::string_view title = trim(lines()[first]);
    while (title.starts_with('#')) title.remove_prefix(1);
    issue(named && !stem.empty() ? stem : "ISSUE-1", trim(title), first, lines().size());
  }

  /// The lines [from, to), its title in the first of them.
  void issue(const std::string& id, std::string_view title, std::size_t from, std::size_t to) {
    const Location where = reader_.locate(lines()[from]);
    const auto known = seen_.emplace(id, where.line);
    if (!known.second)
      return reader_.warn(where, fmt::format("issue \"{}\" is there twice", id),
                          fmt::format("the one in line {} counts", known.first->second));
    WorkOrder& order = reader_.open(id, std::string(title), where);
    reader_.note(where, "title", order.title);
    if (id.starts_with("GH-")) reader_.key("issue:" + id.substr(3), where);
    const char* begin = lines()[from].data();
    const char* end = lines()[to - 1].data() + lines()[to - 1].size();
    const std::string_view text(begin, static_cast<std::size_t>(end - begin));
    reader_.prose(text, std::nullopt);
    FenceState fence;
    for (std::size_t i = from + 1; i < to; ++i)
      if (!fence.hides(lines()[i])) reader_.prose_dependencies(lines()[i], std::nullopt, reference_length, id_of);
    reader_.close();
  }

  FormatReader reader_;
  const Source& source_;
  std::vector<Heading> headings_;
  std::vector<Opening> openings_;
  std::map<std::string, std::uint32_t> seen_;
};

}  // namespace

Recognition recognise_text(const Source&) { return {}; }

Parsed<WorkOrders> read_text(const Source& source, FileId file) { return TextReader(source, file).run(); }

}  // namespace parsers
