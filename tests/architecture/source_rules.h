// The rules of docs/architecture.md, judged on the text of the sources alone.
#pragma once

#include <compare>
#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace architecture {

/// Path from the top of the repository to content.
using SourceTree = std::map<std::string, std::string>;

struct Violation {
  std::string path;
  std::size_t line = 0;  ///< counts from 1; 0 is the whole file
  std::string what;
  friend auto operator<=>(const Violation&, const Violation&) = default;
};

/// "path:line: what" or "path: what".
std::string to_string(const Violation&);

/// Everything below `top` that people write: no build directories, no node_modules, nothing hidden but .ci.
SourceTree read_tree(const std::string& top);

/// Includes go down only, from the top of the repository, own header first.
std::vector<Violation> check_includes(const SourceTree&);

/// Third-party headers and the operating system stay where the table in source_rules.cpp says.
std::vector<Violation> check_parts(const SourceTree&);

/// Names, length, first line, namespaces, absolute paths, notes to self.
std::vector<Violation> check_style(const SourceTree&);

/// A header that another floor uses is included by a test; a sample is named by a test.
std::vector<Violation> check_coverage(const SourceTree&);

/// All of the above, ordered by (path, line, what).
std::vector<Violation> check(const SourceTree&);

}  // namespace architecture
