// Who owns which files: "- A02: `docs/week-01/**`" under "Agent scopes", "Files you own: ...", tables of owners.
#include <algorithm>
#include <cctype>
#include <fmt/format.h>
#include <map>

#include "parsers/format_reader.h"
#include "parsers/format_readers.h"
#include "parsers/markdown_document.h"
#include "parsers/markdown_labels.h"
#include "parsers/markdown_paths.h"
#include "parsers/markdown_table.h"
#include "parsers/markdown_tokens.h"
#include "parsers/markdown_words.h"

namespace parsers {
namespace {

/// "A02", "agent-3", "Frontend agent", "**backend-dev**": the owner in front of a colon; empty: none.
std::string_view owner_of(std::string_view line, std::string_view& rest) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || colon > 60) return {};
  std::string_view name = line.substr(0, colon);
  rest = line.substr(colon + 1);
  const auto dress = [](char c) { return c == '*' || c == '`' || c == ' ' || c == '_'; };
  while (!name.empty() && dress(name.front())) name.remove_prefix(1);
  while (!name.empty() && dress(name.back())) name.remove_suffix(1);
  while (!rest.empty() && dress(rest.front()) && rest.front() != '`') rest.remove_prefix(1);
  return name;
}

bool is_owner_heading(std::string_view text) {
  const std::string label = lowered(text);
  for (const std::string_view words :
       {"agent scopes", "agent scope", "file ownership", "ownership", "owners", "team scopes", "who owns what"})
    if (label.find(words) != std::string::npos) return true;
  return false;
}

bool is_reserved_heading(std::string_view text) {
  const std::string label = lowered(text);
  return label.find("coordinator-only") != std::string::npos || label.find("lead-only") != std::string::npos ||
         label.find("integrator") != std::string::npos || label.find("coordinator only") != std::string::npos;
}

/// "A02–A05" -> both ends and all in between.
std::vector<std::string> owners_in(std::string_view name) {
  for (const std::string_view dash : {"\xE2\x80\x93", "\xE2\x80\x94", "-", ".."}) {
    const std::size_t at = name.find(dash);
    if (at == std::string_view::npos) continue;
    const std::string first(trim(name.substr(0, at))), last(trim(name.substr(at + dash.size())));
    const auto digits = [](const std::string& s) { return s.find_last_not_of("0123456789") + 1; };
    const std::size_t a = digits(first), b = digits(last);
    if (a == first.size() || b == last.size() || first.size() - a > 4 || last.size() - b > 4) continue;
    if (b != 0 && first.substr(0, a) != last.substr(0, b)) continue;
    const int low = std::stoi(first.substr(a)), high = std::stoi(last.substr(b));
    if (high <= low || high - low > 100) continue;
    std::vector<std::string> out;
    for (int n = low; n <= high; ++n) {
      std::string number = std::to_string(n);
      if (number.size() < first.size() - a) number.insert(0, first.size() - a - number.size(), '0');
      out.push_back(first.substr(0, a) + number);
    }
    return out;
  }
  return {std::string(name)};
}

class OwnershipReader {
 public:
  OwnershipReader(const Source& source, FileId file) : reader_(source, file), document_(source, file), source_(source) {
    reader_.value().family = file_stem(source);
  }

  Parsed<WorkOrders> run() {
    for (const MarkdownBlock& block : document_.blocks()) {
      switch (block.kind) {
        case MarkdownBlock::Kind::heading:
          reader_.close();
          owners_ = is_owner_heading(block.text);
          reserved_ = is_reserved_heading(block.text);
          heading_ = block.text;
          break;
        case MarkdownBlock::Kind::table:
          table(block);
          break;
        case MarkdownBlock::Kind::text:
          if (reserved_)
            reserve(block.text);
          else if (owners_ && block.opens_item)
            scope(block.text);
          else
            for (const std::string_view line : lines_of(block.text)) brief(line);
          break;
        default:
          break;
      }
    }
    Parsed<WorkOrders> parsed = reader_.finish();
    // What only the coordinator may write is out of everybody's bounds who does not own it himself.
    for (WorkOrder& order : parsed.value.orders)
      for (const ScopeEntry& entry : reserved_entries_) order.do_not_touch.push_back(entry);
    return parsed;
  }

 private:
  struct Found {
    std::vector<std::pair<MarkdownToken, std::string>> owned, excepted;
    bool unnamed = false;
  };

  Found paths_in(std::string_view text) {
    Found found;
    const std::string lower = lowered(text);
    std::size_t except = text.size();
    for (const std::string_view word : {" except", "(not ", " but not ", " excluding"})
      except = std::min(except, lower.find(word));
    const MarkdownTokens tokens(text);
    for (const MarkdownToken& token : tokens.paths_in(0, text.size())) {
      // "week-0X" and "<name>" stand for something else in every row.
      const bool placeholder =
          token.text.find("0X") != std::string_view::npos || token.text.find('<') != std::string_view::npos;
      if (placeholder) {
        found.unnamed = true;
        reader_.note(document_.locate(token.place), "unread", token.place);
        continue;
      }
      auto& list = static_cast<std::size_t>(token.place.data() - text.data()) > except ? found.excepted : found.owned;
      for (std::string& path : expand_braces(token.text)) list.emplace_back(token, std::move(path));
    }
    return found;
  }

  void fill(std::string_view text) {
    const Found found = paths_in(text);
    const bool read_only =
        lowered(text).find("read-only") != std::string::npos || lowered(text).find("read only") != std::string::npos;
    for (const auto& [token, path] : found.owned) {
      if (read_only)
        reader_.read(path, document_.locate(token.place));
      else
        reader_.write(path, document_.locate(token.place));
    }
    if (read_only && found.owned.empty()) reader_.write("", document_.locate(text));
    for (const auto& [token, path] : found.excepted) reader_.do_not_touch(path, document_.locate(token.place));
    if (found.owned.empty() && !read_only) reader_.note(document_.locate(text), "unread", text);
  }

  void scope(std::string_view text) {
    std::string_view rest;
    const std::string_view name = owner_of(text, rest);
    if (name.empty()) return reader_.note(document_.locate(text), "unread", text);
    for (const std::string& owner : owners_in(name)) {
      reader_.open(unique(owner), std::string(rest), document_.locate(name));
      reader_.note(document_.locate(name), "title", rest);
      fill(rest);
      reader_.close();
    }
  }

  /// "Files you own: ...", "Files you may read but not edit: ...", "Do not touch: ...".
  void brief(std::string_view line) {
    std::string_view rest;
    std::string_view label_text = owner_of(line, rest);
    const std::string label = normal_label(label_text);
    if (label == "files you own" || label == "you own" || label == "owned files") {
      if (!reader_.is_open()) {
        const std::string name = heading_.empty() ? file_stem(source_) : std::string(trim(heading_));
        reader_.open(unique(name), name, document_.locate(line));
      }
      fill(rest);
    } else if (label.starts_with("files you may read") && reader_.is_open()) {
      for (const auto& [token, path] : paths_in(rest).owned) reader_.read(path, document_.locate(token.place));
    } else if ((label == "do not touch" || label == "do not edit" || label == "off limits") && reader_.is_open()) {
      for (const auto& [token, path] : paths_in(rest).owned) reader_.do_not_touch(path, document_.locate(token.place));
    }
  }

  void reserve(std::string_view text) {
    for (const auto& [token, path] : paths_in(text).owned) {
      ScopeEntry entry;
      entry.text = path;
      entry.where = document_.locate(token.place);
      reader_.note(entry.where, "do_not_touch", path);
      reserved_entries_.push_back(std::move(entry));
    }
  }

  /// "| Agent | Owns | Reads |".
  void table(const MarkdownBlock& block) {
    const MarkdownTable rows = read_table(block);
    std::size_t who = rows.header.size(), owns = who, reads = who;
    for (std::size_t c = 0; c < rows.header.size(); ++c) {
      const std::string label = normal_label(rows.header[c]);
      if (label == "agent" || label == "owner" || label == "role" || label == "teammate" || label == "session" ||
          label == "stream")
        who = c;
      if (label == "owns" || label == "files" || label == "paths" || label == "owned files" || label == "scope" ||
          label == "file" || label == "path" || label == "directories" || label == "directory")
        owns = c;
      if (label == "reads" || label == "may read" || label == "read only") reads = c;
    }
    if (who == rows.header.size() || owns == rows.header.size()) return;
    for (const std::vector<std::string_view>& row : rows.rows) {
      if (row.size() <= std::max(who, owns) || trim(row[who]).empty()) continue;
      const std::string name = std::string(normal_name(row[who]));
      // One owner may have many rows.
      const auto known = std::find_if(reader_.value().orders.begin(), reader_.value().orders.end(),
                                      [&](const WorkOrder& o) { return o.id == name; });
      if (known != reader_.value().orders.end()) {
        for (const auto& [token, path] : paths_in(row[owns]).owned) {
          ScopeEntry entry;
          entry.text = path;
          entry.where = document_.locate(token.place);
          if (!known->write) known->write.emplace();
          known->write->push_back(std::move(entry));
        }
        continue;
      }
      reader_.open(name, name, document_.locate(row[who]));
      fill(row[owns]);
      if (reads < row.size())
        for (const auto& [token, path] : paths_in(row[reads]).owned) reader_.read(path, document_.locate(token.place));
      reader_.close();
    }
  }

  static std::string_view normal_name(std::string_view name) {
    name = trim(name);
    while (!name.empty() && (name.front() == '*' || name.front() == '`')) name.remove_prefix(1);
    while (!name.empty() && (name.back() == '*' || name.back() == '`')) name.remove_suffix(1);
    return name;
  }

  std::string unique(std::string name) {
    const std::size_t nth = ++names_[name];
    return nth == 1 ? name : fmt::format("{}~{}", name, nth);
  }

  FormatReader reader_;
  MarkdownDocument document_;
  const Source& source_;
  std::string_view heading_;
  bool owners_ = false, reserved_ = false;
  std::vector<ScopeEntry> reserved_entries_;
  std::map<std::string, std::size_t> names_;
};

}  // namespace

Recognition recognise_ownership(const Source& source) {
  bool heading = false, items = false, brief = false;
  bool under = false;
  FenceState fence;
  for (const std::string_view line : lines_of(front_of(source))) {
    if (fence.hides(line)) continue;
    if (line.starts_with("#")) {
      const std::string label = lowered(line);
      under = label.find("agent scope") != std::string::npos || label.find("ownership") != std::string::npos;
      heading = heading || under;
      continue;
    }
    const std::string_view bare = trim(line);
    std::string_view rest;
    if (under && bare.starts_with("- ") && !owner_of(bare.substr(2), rest).empty() &&
        rest.find('`') != std::string_view::npos)
      items = true;
    if (under && bare.starts_with('|') && bare.find('`') != std::string_view::npos) items = true;
    if (lowered(bare).find("files you own:") < 5) brief = true;
  }
  if (brief) return {Recognition::Degree::by_content, "a line \"Files you own:\""};
  if (heading && items) return {Recognition::Degree::by_content, "a list of owners and their paths"};
  const bool named = lowered(source.name).find("ownership") != std::string::npos;
  if (named && heading) return {Recognition::Degree::by_shape, "a page about ownership"};
  return {};
}

Parsed<WorkOrders> read_ownership(const Source& source, FileId file) { return OwnershipReader(source, file).run(); }

}  // namespace parsers
