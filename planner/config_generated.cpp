// Files that a program makes: what .gitattributes, names and first lines say.
#include <algorithm>
#include <cstdint>
#include <fmt/format.h>
#include <set>

#include "parsers/language.h"
#include "parsers/path_pattern.h"
#include "planner/config_evidence.h"

namespace planner {
namespace {

/// A lock file and what it is made from, which stands beside it.
struct Lock {
  std::string_view name;
  std::vector<std::string_view> made_from;
};
const std::vector<Lock>& locks() {
  static const std::vector<Lock> all{{"package-lock.json", {"package.json"}},
                                     {"npm-shrinkwrap.json", {"package.json"}},
                                     {"yarn.lock", {"package.json"}},
                                     {"pnpm-lock.yaml", {"package.json"}},
                                     {"bun.lock", {"package.json"}},
                                     {"bun.lockb", {"package.json"}},
                                     {"deno.lock", {"deno.json", "deno.jsonc"}},
                                     {"Cargo.lock", {"Cargo.toml"}},
                                     {"go.sum", {"go.mod"}},
                                     {"go.work.sum", {"go.work"}},
                                     {"poetry.lock", {"pyproject.toml"}},
                                     {"uv.lock", {"pyproject.toml"}},
                                     {"pdm.lock", {"pyproject.toml"}},
                                     {"Pipfile.lock", {"Pipfile"}},
                                     {"Gemfile.lock", {"Gemfile"}},
                                     {"composer.lock", {"composer.json"}},
                                     {"mix.lock", {"mix.exs"}},
                                     {"pubspec.lock", {"pubspec.yaml"}},
                                     {"Podfile.lock", {"Podfile"}},
                                     {"Package.resolved", {"Package.swift"}},
                                     {"flake.lock", {"flake.nix"}},
                                     {"gradle.lockfile", {"build.gradle", "build.gradle.kts"}},
                                     {"conan.lock", {"conanfile.py", "conanfile.txt"}}};
  return all;
}

/// Names that generators give. A pattern is proposed when no file of that name that was read says otherwise.
constexpr std::string_view kinds[] = {"*.pb.go",       "*.pb.gw.go",    "*.pb.cc",        "*.pb.h",    "*_pb2.py",
                                      "*_pb2.pyi",     "*_pb2_grpc.py", "*.freezed.dart", "*.g.dart",  "*.g.cs",
                                      "*.Designer.cs", "*.generated.*", "*_generated.*",  "*.gen.*",   "*_gen.go",
                                      "zz_generated*", "*_string.go",   "mock_*.go",      "*_mock.go", "*.snap"};

/// `*` stands for anything at the begin, at the end, or both.
bool named_like(std::string_view name, std::string_view kind) {
  const std::size_t star = kind.find('*');
  const std::string_view front = kind.substr(0, star);
  std::string_view back = kind.substr(star + 1);
  if (name.size() <= front.size() || !name.starts_with(front)) return false;
  name.remove_prefix(front.size());
  if (!back.ends_with('*') || back.empty()) return name.size() > back.size() && name.ends_with(back);
  back.remove_suffix(1);
  const std::size_t at = name.find(back, 1);
  return at != std::string_view::npos && at + back.size() < name.size();
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

bool has_any(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

/// What stands in a comment that fills its line, or in a docstring that begins on it; empty: no comment.
std::string_view comment_on(std::string_view line) {
  const std::size_t from = line.find_first_not_of(" \t\xEF\xBB\xBF");
  if (from == std::string_view::npos) return {};
  line.remove_prefix(from);
  for (const std::string_view mark : {"//", "#", "/*", "*", "--", "<!--", ";", "\"\"\"", "'''", "{-", "%"})
    if (line.starts_with(mark)) return line.substr(mark.size());
  return {};
}

bool begins_word(std::string_view text, std::string_view word) {
  const std::size_t at = text.find(word);
  if (at == std::string_view::npos) return false;
  const auto part = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
  const std::size_t end = at + word.size();
  return end == text.size() || !part(text[end]);
}

/// Of a .gitattributes in `directory`, as a pattern of ours; empty: it cannot be said in one.
std::string our_pattern(std::string_view directory, std::string_view written) {
  if (written.empty() || written.front() == '"' || written.front() == '!' || written.back() == '/' ||
      written.find('\\') != std::string_view::npos)
    return {};
  const bool anchored = written.find('/') != std::string_view::npos;
  if (written.front() == '/') written.remove_prefix(1);
  return fmt::format("{}{}{}", directory, anchored ? "" : "**/", written);
}

}  // namespace

bool is_lock_file(std::string_view path) {
  return std::any_of(locks().begin(), locks().end(), [&](const Lock& lock) { return lock.name == base_name(path); });
}

std::string_view generated_kind(std::string_view path) {
  const std::string_view name = base_name(path);
  for (const std::string_view kind : kinds)
    if (named_like(name, kind)) return kind;
  return {};
}

std::uint32_t generated_mark(std::string_view text) {
  constexpr std::uint32_t most_lines = 20;
  constexpr std::size_t most_bytes = 4096;
  text = text.substr(0, most_bytes);
  const bool hands_off = has_any(lower(text), {"do not edit", "do not modify", "don't edit", "do not change",
                                               "not be edited", "will be lost", "be overwritten"});
  for (std::uint32_t line = 1; line <= most_lines && !text.empty(); ++line) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string comment = lower(comment_on(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (comment.empty()) continue;
    if (begins_word(comment, "@generated") || comment.find("jest snapshot v") != std::string::npos) return line;
    if (has_any(comment, {"auto-generated", "autogenerated", "automatically generated", "auto generated"}) &&
        has_any(comment, {"file", "code", "module", "do not"}))
      return line;
    if (hands_off && has_any(comment, {"generated by", "generated from", "code generated", "is generated",
                                       "generated code", "generated file", "was generated"}))
      return line;
  }
  return 0;
}

std::vector<AttributePattern> attribute_patterns(const ProposalInput& input, std::string_view attribute) {
  // Each is held against every file.
  const std::size_t most = std::min<std::size_t>(200, 1 + 5'000'000 / (input.files.size() + 1));
  std::size_t asked = 0;
  std::vector<AttributePattern> out;
  for (const std::string_view file : input.files) {
    if (base_name(file) != ".gitattributes") continue;
    const auto text = input.texts.find(std::string(file));
    if (text == input.texts.end()) continue;
    std::uint32_t number = 0;
    for (std::string_view rest = text->second; !rest.empty();) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      std::string_view line = rest.substr(0, end);
      rest.remove_prefix(std::min(end + 1, rest.size()));
      ++number;
      std::vector<std::string_view> words;
      for (std::size_t at = line.find_first_not_of(" \t\r"); at != std::string_view::npos;) {
        const std::size_t stop = std::min(line.find_first_of(" \t\r", at), line.size());
        words.push_back(line.substr(at, stop - at));
        at = line.find_first_not_of(" \t\r", stop);
      }
      if (words.size() < 2 || words[0].front() == '#' || words[0].starts_with("[attr]")) continue;
      const bool set = std::any_of(words.begin() + 1, words.end(), [&](std::string_view word) {
        return word == attribute || (word.starts_with(attribute) && word.substr(attribute.size()) == "=true");
      });
      std::string pattern = set ? our_pattern(place_of(file), words[0]) : std::string();
      if (pattern.empty() || parsers::PathPattern::pattern_error(pattern)) continue;
      if (asked++ == most) return out;
      const parsers::PathPattern compiled(pattern);
      AttributePattern found{std::move(pattern), {std::string(file), number}, {}};
      for (const std::string_view path : input.files)
        if (compiled.matches(path)) found.matches.push_back(path);
      if (!found.matches.empty()) out.push_back(std::move(found));
    }
  }
  return out;
}

void find_locks(const ProposalInput& input, ConfigProposal& out) {
  for (const Lock& lock : locks()) {
    std::vector<std::string_view> paths;
    for (const std::uint32_t at : input.tree.named(lock.name)) {
      const std::string& path = input.tree.entries()[at].path;
      const std::string directory(place_of(path));
      if (std::any_of(lock.made_from.begin(), lock.made_from.end(),
                      [&](std::string_view from) { return input.tree.has_file(directory + std::string(from)); }))
        paths.push_back(path);
    }
    propose_named(out, ConfigSection::regenerate, lock.name, paths,
                  paths.size() == 1
                      ? fmt::format("a lock file beside its {}", lock.made_from.front())
                      : fmt::format("{} lock files, each beside its {}", paths.size(), lock.made_from.front()));
  }
}

void find_generated(const ProposalInput& input, ConfigProposal& out) {
  constexpr std::size_t most_single = 20;
  std::set<std::string_view> told;  // files that an entry covers already
  for (const AttributePattern& found : attribute_patterns(input, "linguist-generated")) {
    propose(out, ConfigSection::regenerate, found.pattern,
            fmt::format("{}:{} marks {} as generated", found.where.file, found.where.line,
                        found.matches.size() == 1 ? "it" : fmt::format("{} files", found.matches.size())),
            found.matches);
    told.insert(found.matches.begin(), found.matches.end());
  }
  struct Kind {
    std::vector<std::string_view> all, marked;
    std::vector<std::uint32_t> lines;
    bool denied = false;  // one that was read does not say so
  };
  std::map<std::string_view, Kind> by_name, by_directory;
  for (const std::string_view path : input.files) {
    const std::string_view kind = generated_kind(path);
    if ((kind.empty() && !parsers::language_of(path)) || told.contains(path)) continue;
    Kind& group = kind.empty() ? by_directory[place_of(path)] : by_name[kind];
    group.all.push_back(path);
    const auto text = input.texts.find(std::string(path));
    if (text == input.texts.end()) continue;
    if (const std::uint32_t line = generated_mark(text->second)) {
      group.marked.push_back(path);
      group.lines.push_back(line);
    } else {
      group.denied = true;
    }
  }
  // One name in many directories, such as mocks.go, is one entry where none of them was written by hand.
  std::map<std::string_view, std::vector<std::string_view>> same_name;
  for (const auto* groups : {&by_name, &by_directory})
    for (const auto& [key, group] : *groups)
      for (const std::string_view path : group.marked) same_name[base_name(path)].push_back(path);
  std::erase_if(same_name, [&](const auto& named) {
    return named.second.size() < 2 || named.second.size() < input.tree.named(named.first).size();
  });
  std::size_t single = 0, left_out = 0;
  const auto one_by_one = [&](const Kind& group) {
    for (std::size_t i = 0; i < group.marked.size(); ++i) {
      if (const auto named = same_name.find(base_name(group.marked[i])); named != same_name.end()) {
        propose_named(
            out, ConfigSection::regenerate, named->first, named->second,
            fmt::format("all {} files of that name say in the head that they are generated", named->second.size()));
        continue;
      }
      if (++single > most_single) {
        ++left_out;
        continue;
      }
      const std::size_t before = out.entries.size();
      propose(out, ConfigSection::regenerate, std::string(group.marked[i]), "its head says that it is generated",
              {group.marked[i]});
      if (out.entries.size() > before) out.entries.back().evidence.front().line = group.lines[i];
    }
  };
  for (const auto& [kind, group] : by_name) {
    if (group.denied || group.marked.empty())
      one_by_one(group);
    else
      propose_named(out, ConfigSection::regenerate, kind, group.all,
                    fmt::format("{} of {} say{} in the head that {} generated", group.marked.size(), group.all.size(),
                                group.marked.size() == 1 ? "s" : "", group.marked.size() == 1 ? "it is" : "they are"));
  }
  for (const auto& [directory, group] : by_directory) {
    constexpr std::size_t least = 3;
    if (!group.denied && group.marked.size() >= least && group.marked.size() == group.all.size() && !directory.empty())
      propose(out, ConfigSection::regenerate, fmt::format("{}*", directory),
              fmt::format("all {} source files there say in the head that they are generated", group.all.size()),
              group.marked);
    else
      one_by_one(group);
  }
  if (left_out > 0)
    out.notes.push_back(fmt::format(
        "{} more files say that they are generated, one by one; a line in .gitattributes (PATTERN linguist-generated) "
        "would name them together",
        left_out));
}

}  // namespace planner
