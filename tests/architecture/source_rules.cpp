#include "tests/architecture/source_rules.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>

namespace architecture {
namespace {

constexpr std::size_t longest_file = 600;

/// What a floor may include besides itself. A directory that is not here is no floor.
const std::map<std::string, std::set<std::string>> floors_below = {
    {"graph", {}},
    {"parsers", {}},
    {"planner", {"graph", "parsers"}},
    {"planner/io", {"planner", "graph", "parsers"}},
    {"planner/report", {"planner", "graph", "parsers"}},
    {"planner/app", {"planner/io", "planner/report", "planner", "graph", "parsers"}},
    {"planner/cli", {"planner/app", "planner/io", "planner/report", "planner", "graph", "parsers"}},
    {"planner/mcp", {"planner/app", "planner/io", "planner/report", "planner", "graph", "parsers"}},
};

/// The requests are tested through the program, by golden cases.
constexpr const char* tested_as_a_whole = "planner/app";

/// Headers that are not ours: where they may be included, and in how many files (0: any number).
struct Part {
  const char* header;
  const char* where;
  std::size_t files;
};
const Part parts[] = {
    {"cadical\\.hpp", "graph/[^/]*\\.cpp", 1},
    {"boost/.*", "graph/[^/]*\\.cpp", 0},
    {"yaml-cpp/.*", "parsers/[^/]*\\.cpp", 1},
    {"nlohmann/.*", "parsers/(json_document|hook_json)\\.cpp|planner/report/.*", 0},
    {"cmark-gfm.*", "parsers/[^/]*markdown[^/]*\\.cpp", 0},
    {"CLI/.*", "planner/cli/.*", 0},
    {"tl/.*", "planner/result\\.h", 1},
    {"sha1\\.h", "planner/io/blob_id\\.cpp", 1},
    {"sha2\\.h", "planner/.*\\.cpp", 4},
    {"utf8proc\\.h", "planner/.*\\.cpp", 1},
    {"sqlite3\\.h", "planner/io/sqlite_ledger\\.cpp", 1},
    {"libpq-fe\\.h", "planner/io/postgres_ledger\\.cpp", 1},
    {"[en]mmintrin\\.h", "parsers/code_identifiers\\.cpp|planner/crc32c\\.cpp", 0},
    {"fmt/.*", ".*", 0},
    // The world: only where it is let in.
    {"(sys|netinet|arpa)/.*|(unistd|fcntl|poll|signal|spawn|dirent|errno|pwd|strings|termios)\\.h",
     "planner/(io|cli|mcp)/.*", 0},
    {"filesystem|fstream|iostream|cstdio|thread|csignal|random", "planner/(io|app|cli|mcp)/.*", 0},
};

struct Include {
  std::size_t line;
  bool quoted;
  std::string path;
};

std::string directory_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? std::string() : path.substr(0, slash);
}

bool matches(const std::string& text, const std::string& pattern) {
  return std::regex_match(text, std::regex(pattern));
}

bool is_source(const std::string& path) { return path.ends_with(".h") || path.ends_with(".cpp"); }
bool is_test(const std::string& path) { return path.starts_with("tests/"); }
/// Code of the program itself.
bool is_product(const std::string& path) { return is_source(path) && !is_test(path); }
bool is_build_file(const std::string& path) {
  return path.starts_with("script/") || path.starts_with("cmake/") || path.starts_with(".ci/") ||
         path.ends_with("CMakeLists.txt") || path == "CMakePresets.json";
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    out.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

std::vector<Include> includes_of(const std::string& text) {
  static const std::regex directive("\\s*#\\s*include\\s*([<\"])([^>\"]+)[>\"].*");
  std::vector<Include> out;
  std::size_t number = 0;
  for (const std::string& line : lines_of(text)) {
    ++number;
    std::smatch found;
    if (line.find("include") != std::string::npos && std::regex_match(line, found, directive))
      out.push_back({number, found[1] == "\"", found[2]});
  }
  return out;
}

void add(std::vector<Violation>& out, std::vector<Violation> more) {
  out.insert(out.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

/// One violation for every line that a pattern finds.
void find_lines(std::vector<Violation>& out, const std::string& path, const std::string& text,
                const std::regex& pattern, const std::string& what) {
  std::size_t number = 0;
  for (const std::string& line : lines_of(text)) {
    ++number;
    if (std::regex_search(line, pattern)) out.push_back({path, number, what});
  }
}

std::vector<Violation> check_directions(const std::string& path, const std::vector<Include>& includes) {
  std::vector<Violation> out;
  const std::string floor = directory_of(path);
  const auto below = floors_below.find(floor);
  if (below == floors_below.end()) return {{path, 0, "'" + floor + "' is no floor"}};
  for (const Include& include : includes) {
    const std::string other = directory_of(include.path);
    if (include.quoted && other != floor && !below->second.contains(other))
      out.push_back({path, include.line, floor + " must not include " + other});
  }
  return out;
}

std::vector<Violation> check_shape(const SourceTree& tree, const std::string& path,
                                   const std::vector<Include>& includes) {
  std::vector<Violation> out;
  for (const Include& include : includes) {
    if (include.quoted && !tree.contains(include.path))
      out.push_back({path, include.line, "no '" + include.path + "' from the top of the repository"});
    if (!include.quoted && tree.contains(include.path))
      out.push_back({path, include.line, "a header of ours stands in quotes"});
  }
  const std::string own = path.substr(0, path.rfind('.')) + ".h";
  if (path.ends_with(".cpp") && tree.contains(own) && (includes.empty() || includes.front().path != own))
    out.push_back({path, 0, "its own header does not come first"});
  return out;
}

const Part* part_of(const std::string& header) {
  const Part* found =
      std::find_if(std::begin(parts), std::end(parts), [&](const Part& part) { return matches(header, part.header); });
  return found == std::end(parts) ? nullptr : found;
}

std::vector<Violation> check_one_style(const std::string& path, const std::string& text) {
  static const std::regex vague_path("(^|[/_.])(util|utils|utility|utilities|manager|managers|misc)([/_.]|$)");
  static const std::regex vague_name("\\b(class|struct|namespace)\\s+\\w*([Uu]til(s|ity|ities)?|[Mm]anager)\\b");
  static const std::regex using_namespace("^\\s*using\\s+namespace\\b");
  static const std::regex clock("_clock::now");
  std::vector<Violation> out;
  if (std::regex_search(path, vague_path)) out.push_back({path, 0, "a name that says nothing"});
  const std::vector<std::string> lines = lines_of(text);
  if (lines.size() > longest_file)
    out.push_back({path, 0, std::to_string(lines.size()) + " lines; at most " + std::to_string(longest_file)});
  find_lines(out, path, text, vague_name, "a name that says nothing");
  if (path.ends_with(".h")) {
    find_lines(out, path, text, using_namespace, "using namespace in a header");
    if (!text.starts_with("//")) out.push_back({path, 1, "a header begins by saying what it is for"});
    if (text.find("#pragma once") == std::string::npos) out.push_back({path, 0, "no #pragma once"});
  }
  const std::string floor = directory_of(path);
  if (floor == "graph" || floor == "parsers" || floor == "planner" || floor == "planner/report")
    find_lines(out, path, text, clock, "a pure floor reads a clock");
  return out;
}

/// Adds the headers that a source includes, and what those include.
void reach(const SourceTree& tree, const std::string& path, std::set<std::string>& reached) {
  for (const Include& include : includes_of(tree.at(path)))
    if (tree.contains(include.path) && reached.insert(include.path).second) reach(tree, include.path, reached);
}

/// Paths of one machine. Where programs are looked for by default is the same on all of them.
void check_absolute_paths(std::vector<Violation>& out, const std::string& path, const std::string& text) {
  static const std::regex absolute(
      "(^|[\\s\"'=(:])/(?!bin\\b|usr/bin\\b|usr/local/bin\\b)"
      "(bin|etc|home|lib|media|mnt|opt|root|run|sbin|srv|tmp|usr|var|Users)/");
  find_lines(out, path, text, absolute, "an absolute path");
}

}  // namespace

std::string to_string(const Violation& v) {
  return v.path + (v.line == 0 ? "" : ":" + std::to_string(v.line)) + ": " + v.what;
}

SourceTree read_tree(const std::string& top) {
  namespace fs = std::filesystem;
  static const std::set<std::string> skipped = {"build", "node_modules"};
  SourceTree out;
  for (auto at = fs::recursive_directory_iterator(top); at != fs::end(at); ++at) {
    const std::string name = at->path().filename().string();
    if (at->is_directory() && (skipped.contains(name) || (name.starts_with(".") && name != ".ci")))
      at.disable_recursion_pending();
    if (!at->is_regular_file()) continue;
    std::ifstream in(at->path(), std::ios::binary);
    out[fs::relative(at->path(), top).generic_string()] = {std::istreambuf_iterator<char>(in),
                                                           std::istreambuf_iterator<char>()};
  }
  return out;
}

std::vector<Violation> check_includes(const SourceTree& tree) {
  std::vector<Violation> out;
  for (const auto& [path, text] : tree) {
    if (!is_source(path)) continue;
    const std::vector<Include> includes = includes_of(text);
    add(out, check_shape(tree, path, includes));
    if (is_product(path)) add(out, check_directions(path, includes));
  }
  return out;
}

std::vector<Violation> check_parts(const SourceTree& tree) {
  std::vector<Violation> out;
  std::map<const Part*, std::set<std::string>> users;
  for (const auto& [path, text] : tree) {
    if (!is_product(path)) continue;
    for (const Include& include : includes_of(text)) {
      if (include.quoted) continue;
      const Part* part = part_of(include.path);
      const bool standard = include.path.find_first_of("./") == std::string::npos;
      if (part == nullptr && !standard)
        out.push_back({path, include.line, "<" + include.path + "> belongs to no part we build on"});
      if (part == nullptr) continue;
      if (!matches(path, part->where))
        out.push_back({path, include.line, "<" + include.path + "> is only for " + part->where});
      users[part].insert(path);
      if (part->files != 0 && users[part].size() > part->files)
        out.push_back({path, include.line, "<" + include.path + "> is already in " + *users[part].begin()});
    }
  }
  return out;
}

std::vector<Violation> check_style(const SourceTree& tree) {
  static const std::regex note_to_self("\\b(TODO|FIXME|XXX)\\b");
  static const std::regex host("\"resolved\"\\s*:\\s*\"[a-z+]+:|https?://[^\"]*\\.tgz");
  std::vector<Violation> out;
  for (const auto& [path, text] : tree) {
    if (is_source(path)) add(out, check_one_style(path, text));
    if (is_product(path) || is_build_file(path)) check_absolute_paths(out, path, text);
    if ((is_source(path) || is_build_file(path)) && !path.starts_with("tests/architecture/"))
      find_lines(out, path, text, note_to_self, "a note to self");
    if (path.ends_with("package-lock.json")) find_lines(out, path, text, host, "a lock file that names a host");
  }
  return out;
}

std::vector<Violation> check_coverage(const SourceTree& tree) {
  std::set<std::string> shared;    // headers that another directory of ours includes
  std::set<std::string> in_tests;  // headers that tests include, directly or through headers
  std::string golden;              // what golden tests run and expect
  for (const auto& [path, text] : tree) {
    if (path.starts_with("tests/golden/")) golden += text;
    if (is_source(path) && is_test(path)) reach(tree, path, in_tests);
    if (!is_product(path)) continue;
    for (const Include& include : includes_of(text))
      if (directory_of(path) != directory_of(include.path)) shared.insert(include.path);
  }
  std::vector<Violation> out;
  for (const std::string& header : shared) {
    if (!tree.contains(header) || directory_of(header) == tested_as_a_whole) continue;
    const bool tested = in_tests.contains(header);
    if (!tested) out.push_back({header, 0, "another floor uses it and no test includes it"});
  }
  std::set<std::string> samples;
  for (const auto& [path, text] : tree) {
    const std::string directory = path.starts_with("samples/") ? path.substr(0, path.find('/', 8)) : std::string();
    if (directory != path && !directory.empty()) samples.insert(directory);
  }
  for (const std::string& sample : samples)
    if (golden.find(sample + "/") == std::string::npos) out.push_back({sample, 0, "no golden test uses this sample"});
  return out;
}

std::vector<Violation> check(const SourceTree& tree) {
  std::vector<Violation> out;
  add(out, check_includes(tree));
  add(out, check_parts(tree));
  add(out, check_style(tree));
  add(out, check_coverage(tree));
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace architecture
