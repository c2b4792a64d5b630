// What names and places of files tell: changelogs, tests, build configuration, numbered files.
#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <set>

#include "parsers/language.h"
#include "planner/config_evidence.h"
#include "planner/numbered_name.h"

namespace planner {
namespace {

using Paths = std::vector<std::string_view>;

bool is_changelog(std::string_view name) {
  for (const std::string_view stem : {"CHANGELOG", "CHANGES", "HISTORY", "NEWS", "RELEASE_NOTES", "RELEASES"})
    for (const std::string_view ending : {"", ".md", ".rst", ".txt"}) {
      if (name.size() != stem.size() + ending.size() || !name.ends_with(ending)) continue;
      const bool same = std::equal(stem.begin(), stem.end(), name.begin(), [](char a, char b) {
        return a == b || a + ('a' - 'A') == b || (a == '_' && b == '-');
      });
      if (same) return true;
    }
  return false;
}

/// The part of a file's name by which tests are told: "*_test.go", "*.spec.ts", "test_*.py"; empty: none.
std::string test_pattern(std::string_view path) {
  if (!parsers::language_of(path)) return {};
  const std::string_view name = base_name(path);
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos) return {};
  const std::string_view stem = name.substr(0, dot), ending = name.substr(dot);
  if (ending == ".py" && stem.starts_with("test_")) return "test_*.py";
  for (const std::string_view mark : {"_test", ".test", ".spec", "_spec", "Test", "Tests"})
    if (stem.size() > mark.size() && stem.ends_with(mark)) return fmt::format("*{}{}", mark, ending);
  return {};
}

/// Where the outermost directory of tests ends in the path, behind its slash; npos: there is none.
std::size_t test_directory_end(std::string_view path) {
  for (std::size_t from = 0, slash; (slash = path.find('/', from)) != std::string_view::npos; from = slash + 1) {
    const std::string_view name = path.substr(from, slash - from);
    if (name == "test" || name == "tests" || name == "__tests__") return slash + 1;
  }
  return std::string_view::npos;
}

struct Barrier {
  std::string_view name;  ///< a file, or a directory with its slash
  std::string_view reason;
  bool advised;
};
constexpr std::string_view ci = "what every branch is judged by";
constexpr std::string_view build = "configures the whole build";
constexpr std::string_view listed =
    "builds everything, but where orders add files or parts to it, each of them would run alone";
constexpr Barrier barriers[] = {{".github/workflows/", ci, true},
                                {".gitlab-ci.yml", ci, true},
                                {".gitlab/ci/", ci, true},
                                {".circleci/", ci, true},
                                {".buildkite/", ci, true},
                                {".travis.yml", ci, true},
                                {"Jenkinsfile", ci, true},
                                {"azure-pipelines.yml", ci, true},
                                {"bitbucket-pipelines.yml", ci, true},
                                {".pre-commit-config.yaml", ci, true},
                                {"CMakePresets.json", build, true},
                                {".bazelrc", build, true},
                                {"MODULE.bazel", build, true},
                                {"WORKSPACE", build, true},
                                {"tsconfig.json", build, true},
                                {"tsconfig.base.json", build, true},
                                {"turbo.json", build, true},
                                {"nx.json", build, true},
                                {"rust-toolchain.toml", build, true},
                                {"gradle.properties", build, true},
                                {"tox.ini", build, true},
                                {"noxfile.py", build, true},
                                {"CMakeLists.txt", listed, false},
                                {"Makefile", listed, false},
                                {"meson.build", listed, false},
                                {"package.json", listed, false},
                                {"pyproject.toml", listed, false},
                                {"Cargo.toml", listed, false},
                                {"go.mod", listed, false},
                                {"pom.xml", listed, false},
                                {"build.gradle", listed, false},
                                {"build.gradle.kts", listed, false},
                                {"Dockerfile", listed, false}};

/// Directories whose files are numbered because they are taken one after the other.
bool names_a_sequence(std::string_view directory) {
  for (std::size_t from = 0, slash; (slash = directory.find('/', from)) != std::string_view::npos; from = slash + 1) {
    const std::string_view name = directory.substr(from, slash - from);
    for (const std::string_view word :
         {"migrations", "migration", "migrate", "adr", "adrs", "decisions", "rfcs", "rfc", "evolutions", "changesets"})
      if (name == word) return true;
  }
  return false;
}

/// Files of one directory whose names differ in a number and what follows it.
struct Numbers {
  Paths files;
  std::set<std::uint64_t> numbers;
  std::size_t shared = 0, padded = 0;
};

struct SeriesKey {
  std::string before, after;  ///< the number: "db/migrations/V", "_*.sql"
  friend auto operator<=>(const SeriesKey&, const SeriesKey&) = default;
};

bool believed(const SeriesKey& key, const Numbers& found) {
  if (found.numbers.size() < 2 || found.shared * 10 > found.numbers.size()) return false;
  if (found.padded > 0 || names_a_sequence(key.before)) return true;
  // Nothing but numbers: 1-, 2-, 3-, with hardly a gap, and not v1 beside v2.
  constexpr std::size_t least = 5;
  const std::uint64_t span = *found.numbers.rbegin() - *found.numbers.begin() + 1;
  return found.numbers.size() >= least && span * 4 <= found.numbers.size() * 5;
}

}  // namespace

void find_changelogs(const ProposalInput& input, ConfigProposal& out) {
  std::set<std::string_view> by_union;
  for (const AttributePattern& found : attribute_patterns(input, "merge=union")) {
    by_union.insert(found.matches.begin(), found.matches.end());
    propose(out, ConfigSection::append, found.pattern,
            fmt::format("{}:{} lets git merge {} by union", found.where.file, found.where.line,
                        found.matches.size() == 1 ? "it" : fmt::format("{} files", found.matches.size())),
            found.matches);
  }
  std::map<std::string_view, Paths> names;
  for (const std::string_view path : input.files)
    if (is_changelog(base_name(path)) && !by_union.contains(path)) names[base_name(path)].push_back(path);
  for (const auto& [name, paths] : names)
    propose_named(
        out, ConfigSection::append, name, paths,
        fmt::format("every change adds to it; until .gitattributes says \"{} merge=union\", two appends exclude "
                    "each other",
                    name));
}

void find_tests(const ProposalInput& input, ConfigProposal& out) {
  std::map<std::string, std::map<std::string_view, Paths>> directories;  // name -> where -> files
  std::map<std::string, Paths> suffixes;
  for (const std::string_view path : input.files) {
    if (const std::size_t end = test_directory_end(path); end != std::string_view::npos) {
      const std::string_view directory = path.substr(0, end);
      directories[std::string(base_name(directory.substr(0, end - 1)))][directory].push_back(path);
    } else if (std::string pattern = test_pattern(path); !pattern.empty()) {
      suffixes[std::move(pattern)].push_back(path);
    }
  }
  for (const auto& [name, places] : directories) {
    Paths files;
    for (const auto& [place, below] : places) files.insert(files.end(), below.begin(), below.end());
    std::sort(files.begin(), files.end());
    const std::string entry =
        places.size() == 1 ? fmt::format("{}**", places.begin()->first) : fmt::format("**/{}/**", name);
    propose(out, ConfigSection::companion, entry,
            places.size() == 1
                ? fmt::format("a directory of tests, {} file{}", files.size(), files.size() == 1 ? "" : "s")
                : fmt::format("{} directories of tests, {} files", places.size(), files.size()),
            files);
  }
  for (const auto& [pattern, files] : suffixes)
    if (files.size() >= 2)
      propose(out, ConfigSection::companion, "**/" + pattern,
              fmt::format("{} tests beside what they test", files.size()), files);
}

void find_barriers(const ProposalInput& input, ConfigProposal& out) {
  for (const Barrier& barrier : barriers) {
    Paths files;
    const bool directory = barrier.name.ends_with('/');
    for (const std::string_view path : input.files)
      if (directory ? path.starts_with(barrier.name) : path == barrier.name) files.push_back(path);
    if (files.empty()) continue;
    propose(out, ConfigSection::barrier, fmt::format("{}{}", barrier.name, directory ? "**" : ""),
            std::string(barrier.reason), files);
    out.entries.back().advised = barrier.advised;  // a name of our table is always proposed
  }
}

void find_series(const ProposalInput& input, ConfigProposal& out) {
  std::map<SeriesKey, Numbers> found;
  std::set<std::string_view> seen;  // numbered directories
  const auto take = [&](std::string_view item, std::string_view file, std::string_view below) {
    const auto number = numbered_by_name(std::string(item));
    constexpr std::size_t most_digits = 7;  // more of them are a date, and nobody takes the same one twice
    if (!number || number->width > most_digits) return;
    const std::size_t end = number->begin + number->width;
    const std::size_t dot = item.find('.', end + 1);
    std::string after = fmt::format("{}*{}{}", item[end], dot == std::string_view::npos ? "" : item.substr(dot), below);
    if (item[end] == '.') after = fmt::format(".*{}", below);
    Numbers& group = found[{std::string(item.substr(0, number->begin)), std::move(after)}];
    std::uint64_t value = 0;
    std::from_chars(number->number.data(), number->number.data() + number->number.size(), value);
    if (!group.numbers.insert(value).second) ++group.shared;
    if (number->padded) ++group.padded;
    group.files.push_back(file);
  };
  for (const std::string_view path : input.files) {
    take(path, path, "");
    for (std::size_t slash = path.find('/'); slash != std::string_view::npos; slash = path.find('/', slash + 1))
      if (seen.insert(path.substr(0, slash)).second) take(path.substr(0, slash), path, "/**");
  }
  // 0001_users.up.sql and 0001_users.down.sql are one series: what goes up stands for both.
  std::map<std::string_view, std::vector<std::pair<const SeriesKey*, const Numbers*>>> places;
  for (auto series = found.rbegin(); series != found.rend(); ++series) {
    if (!believed(series->first, series->second)) continue;
    auto& there = places[series->first.before];
    if (std::any_of(there.begin(), there.end(),
                    [&](const auto& other) { return other.second->numbers == series->second.numbers; }))
      continue;
    there.emplace_back(&series->first, &series->second);
  }
  for (const auto& [before, there] : places)
    for (const auto& [key, numbers] : there)
      propose(out, ConfigSection::series, fmt::format("{}{{n}}{}", key->before, key->after),
              fmt::format("{} numbers from {} to {}", numbers->numbers.size(), *numbers->numbers.begin(),
                          *numbers->numbers.rbegin()),
              numbers->files);
}

}  // namespace planner
