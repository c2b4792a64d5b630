// Small projects and the links that their files have, as text.
#pragma once

#include <fmt/format.h>
#include <map>
#include <string>

#include "planner/links.h"
#include "tests/support/memory_code.h"

namespace support {

using Project = std::map<std::string, std::string>;

/// One link a line, "2 use -> b.py:C.m I"; imports as such "1 * -> b.py I". Uses of names in imports are left out, and
/// what the file defines itself, unless `exact`.
inline std::string links_of(planner::Code& code, planner::Linker& linker, const std::string& path, bool exact = false) {
  std::string out;
  const planner::CodeFileId from = *code.find(path);
  const parsers::CodeOutline& outline = code.outline(from);
  for (const planner::Link& link : linker.links_from(from)) {
    if (link.grade == planner::Grade::exact && !exact) continue;
    const bool whole = link.reference == planner::no_reference;
    const parsers::Reference* use = whole ? nullptr : &outline.references[link.reference];
    if (use != nullptr && use->kind == parsers::Reference::Kind::import) continue;
    const parsers::CodeOutline& to = code.outline(link.to);
    out += fmt::format("{} {} -> {}{} {}\n", whole ? link.via_line : use->line, whole ? "*" : use->name,
                       code.files()[link.to.index()].path,
                       link.definition == parsers::no_definition ? "" : ":" + to.definitions[link.definition].name,
                       to_string(link.grade));
  }
  return out;
}

inline std::string links_of(const Project& project, const std::string& path, bool exact = false) {
  MemoryCode code(project);
  planner::Linker linker(code);
  return links_of(code, linker, path, exact);
}

}  // namespace support
