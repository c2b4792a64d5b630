// The flat "key: value" lines between `---` at the top of a file.
#include <algorithm>
#include <fmt/format.h>
#include <set>

#include "parsers/markdown_fields.h"
#include "parsers/markdown_paths.h"
#include "parsers/markdown_reader.h"
#include "parsers/markdown_words.h"

namespace parsers {
namespace {

std::string_view without_quotes(std::string_view text) {
  text = trim(text);
  if (text.size() > 1 && (text[0] == '"' || text[0] == '\'') && text.back() == text[0])
    return text.substr(1, text.size() - 2);
  return text;
}

/// A comment begins with " #"; "#12" at the front of a value is an issue's number.
std::string_view without_comment(std::string_view text) {
  char quote = '\0';
  text = trim(text);
  const std::size_t list_end = text.starts_with('[') ? std::min(text.find(']'), text.size()) : 0;
  for (std::size_t i = list_end; i < text.size(); ++i) {
    if (quote != '\0') {
      if (text[i] == quote) quote = '\0';
    } else if ((text[i] == '"' || text[i] == '\'') &&
               (i == 0 || text[i - 1] == ' ' || text[i - 1] == '[' || text[i - 1] == ',')) {
      quote = text[i];
    } else if (text[i] == '#' && i > 0 && text[i - 1] == ' ') {
      return trim(text.substr(0, i));
    }
  }
  return trim(text);
}

/// "[a, "b, c", d]" at the front of `text`, which may go on over lines.
void read_flow_list(MarkdownReader& reader, std::string_view text, FrontMatterField& field) {
  std::size_t from = 1;
  char quote = '\0';
  bool closed = false;
  std::size_t last_comma = 0;
  const auto push = [&](std::size_t to) {
    const std::string_view item = without_quotes(text.substr(from, to - from));
    if (!item.empty())
      field.items.push_back(item);
    else if (text[to] == ',' || (last_comma != 0 && text[to] == ']'))
      reader.say(Severity::warning, text.substr(text[to] == ',' ? to : last_comma),
                 fmt::format("a comma too many in \"{}\"", field.key));
    from = to + 1;
  };
  for (std::size_t i = 1; i < text.size() && !closed; ++i) {
    const char c = text[i];
    if (quote != '\0') {
      if (c == quote) quote = '\0';
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == ',') {
      push(i);
      last_comma = i;
    } else if (c == ']') {
      push(i);
      closed = true;
    }
  }
  field.list = true;
  if (closed) return;
  const std::size_t line_end = std::min(text.find('\n', from), text.size());
  const std::string_view rest =
      without_quotes(text.substr(std::min(from, text.size()), line_end > from ? line_end - from : 0));
  if (!rest.empty()) field.items.push_back(rest);
  reader.say(Severity::warning, text, fmt::format("the list of \"{}\" is not closed", field.key), "end it with ]");
}

bool is_key(std::string_view line) {
  const std::size_t colon = line.find(':');
  return colon != std::string_view::npos && colon > 0 && line[0] != ' ' && line[0] != '-' && line[0] != '#' &&
         line[0] != '\t' && line.substr(0, colon).find_first_of(" \"'[]{}") == std::string_view::npos;
}

bool is_named(const FrontMatterField& field, std::initializer_list<std::string_view> names) {
  const std::string key = normal_label(field.key);
  return std::find(names.begin(), names.end(), key) != names.end() && field.items.size() == 1 && !field.list;
}

bool is_id(const FrontMatterField& field) {
  return is_named(field, {"id", "work order", "wo", "work order id", "wo id", "task id"});
}

void read_one(MarkdownReader& reader, WorkOrder& order, const FrontMatterField& field) {
  const auto note = [&](std::string_view as) {
    reader.note(field.key, order.id, as, fmt::format("{}: {}", field.key, field.value));
  };
  const Label* label = find_label(field.key);
  if (is_id(field)) return note("id");
  if (is_named(field, {"title", "name"})) {
    if (order.title.empty() || normal_label(field.key) == "title") order.title = std::string(field.value);
    return note("title");
  }
  if (label == nullptr) {
    if (const auto disguise = label_in_disguise(field.key))
      reader.say(Severity::error, field.key, fmt::format("\"{}\" looks like \"{}\" but is not", field.key, *disguise),
                 fmt::format("did you mean \"{}\"?", *disguise));
    else if (const auto misspelt = label_misspelt(field.key))
      reader.say(Severity::error, field.key, fmt::format("\"{}\" is almost \"{}\" but is not", field.key, *misspelt),
                 fmt::format("did you mean \"{}\"?", *misspelt));
    return note("unread");
  }
  const bool none =
      field.items.empty() ? field.list : field.items.size() == 1 && !field.list && says_none(field.items[0]);
  if (is_path_set(label->kind)) {
    if (none) {
      if (label->kind == LabelKind::write && !order.write) order.write.emplace();
      if (label->kind == LabelKind::read && !order.read) order.read.emplace();
      return note(to_string(label->kind));
    }
    if (field.items.empty())
      return reader.say(Severity::warning, field.key, fmt::format("\"{}\" has no value", field.key),
                        "write paths, or none");
    for (const std::string_view item : field.items) {
      if (!field.list) {
        reader.add_paths(order, *label, item, false);  // "a.py, b.py" without brackets
        continue;
      }
      PathMention mention{item, {}, expand_braces(item), {}, std::nullopt};
      if (mention.paths.empty())
        reader.say(Severity::error, item, "this stands for more than 256 paths", "write the directory instead");
      reader.add_entry(order, label->kind, mention, label->intent);
      reader.note(item, order.id, to_string(label->kind));
    }
  } else if (label->kind == LabelKind::depends_on || label->kind == LabelKind::before) {
    const bool before = label->kind == LabelKind::before;
    if (none) return note(to_string(label->kind));
    for (const std::string_view item : field.items) {
      const bool sentence = item.find_first_of(" :") != std::string_view::npos;
      if (sentence) {
        reader.add_dependencies(order, item, before);
        continue;
      }
      const std::string_view bare = item.starts_with('#') ? item.substr(1) : item;
      const std::string* known = reader.ids().find(bare);
      reader.add_dependency(
          order,
          {Dependency::Kind::order, known != nullptr ? *known : std::string(bare), reader.document().locate(item)},
          before);
      reader.note(item, order.id, to_string(label->kind));
    }
  } else if (field.items.empty()) {
    note("unread");
  } else if (label->kind == LabelKind::keys || label->kind == LabelKind::resources || !field.list) {
    for (const std::string_view item : field.items) read_field(reader, order, *label, field.key, item);
  } else {
    note("unread");
  }
}

}  // namespace

std::vector<FrontMatterField> front_matter_fields(MarkdownReader& reader) {
  std::vector<FrontMatterField> fields;
  const std::string_view all = reader.document().front_matter();
  if (all.empty()) return fields;
  if (!reader.document().front_matter_is_closed())
    reader.say(Severity::warning, all, "the front matter is not closed", "end it with a line that says ---");
  std::set<std::string> seen;
  const std::vector<std::string_view> lines = lines_of(all);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string_view line = lines[i];
    const std::string_view bare = trim(line);
    if (bare.empty() || bare[0] == '#') continue;
    if (is_key(line)) {
      const std::size_t colon = line.find(':');
      FrontMatterField field{line.substr(0, colon), without_comment(line.substr(colon + 1)), {}, false};
      if (!seen.insert(normal_label(field.key)).second)
        reader.say(Severity::error, field.key, fmt::format("\"{}\" is written twice", field.key), "keep one of them");
      if (field.value.starts_with('[')) {
        // The list may close on a later line, but not behind the next key.
        std::size_t end = i;
        if (field.value.find(']') == std::string_view::npos)
          while (end + 1 < lines.size() && !is_key(lines[end + 1]) && lines[end].find(']') == std::string_view::npos)
            ++end;
        const char* last = end == i ? field.value.data() + field.value.size() : lines[end].data() + lines[end].size();
        read_flow_list(reader, {field.value.data(), static_cast<std::size_t>(last - field.value.data())}, field);
        i = end;
      } else if (!field.value.empty()) {
        field.value = without_quotes(field.value);
        field.items.push_back(field.value);
      }
      fields.push_back(std::move(field));
    } else if (bare.starts_with("- ") && !fields.empty() && (fields.back().value.empty() || fields.back().list)) {
      fields.back().list = true;
      const std::string_view item = without_quotes(without_comment(bare.substr(2)));
      if (!item.empty()) fields.back().items.push_back(item);
    } else {
      reader.note(bare, "", "unread");
    }
  }
  return fields;
}

void open_front_matter(MarkdownReader& reader) {
  std::string_view id;
  bool paths = false;
  bool scope = false;
  reader.front_matter = front_matter_fields(reader);
  for (const FrontMatterField& field : reader.front_matter) {
    const Label* label = find_label(field.key);
    if (is_id(field)) id = field.items[0];
    paths = paths || (label != nullptr && is_path_set(label->kind) && label->name != "scope");
    scope = scope || (label != nullptr && (label->kind == LabelKind::depends_on || label->kind == LabelKind::before));
  }
  reader.front_matter_id = id;
  if (id.empty() && !paths) return;
  if (!paths && !scope) return;
  if (id.empty()) {
    const std::string_view place = reader.document().front_matter();
    std::string name = reader.document().stem();
    for (std::size_t i = 0; i < reader.block_count(); ++i) {
      const auto heading =
          reader.block(i).kind == MarkdownBlock::Kind::heading ? heading_id(reader.block(i).text) : std::nullopt;
      if (!heading) continue;
      name = heading->id;
      break;
    }
    reader.sections.push_back({reader.open(name, place), 0, reader.block_count()});
  } else {
    reader.sections.push_back({reader.open(std::string(id), id), 0, reader.block_count()});
  }
}

void read_front_matter(MarkdownReader& reader) {
  const bool owns = !reader.sections.empty() && reader.sections.front().first == 0 &&
                    reader.sections.front().last == reader.block_count();
  for (const FrontMatterField& field : reader.front_matter) {
    if (owns)
      read_one(reader, reader.order(reader.sections.front().order), field);
    else
      reader.note(field.key, "", "unread", fmt::format("{}: {}", field.key, field.value));
  }
}

}  // namespace parsers
