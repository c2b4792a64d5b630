#include "planner/report/references.h"

#include <fmt/format.h>
#include <iterator>

#include "parsers/diagnostic.h"

namespace planner::report {

std::string reference_rows(Code& code, const std::vector<Link>& links) {
  std::string out;
  const auto path = [&](CodeFileId file) { return parsers::printable(code.files()[file.index()].path); };
  for (const Link& link : links) {
    if (link.reference == no_reference || link.definition == parsers::no_definition) continue;
    const parsers::CodeOutline& from = code.outline(link.from);
    const parsers::Reference& use = from.references[link.reference];
    const parsers::Definition& definition = code.outline(link.to).definitions[link.definition];
    const std::string_view via = use.kind == parsers::Reference::Kind::import ? "import"
                                 : use.receiver.empty()                       ? "name"
                                                                              : "attr";
    const std::string around =
        use.enclosing == parsers::no_definition ? std::string() : from.definitions[use.enclosing].name;
    fmt::format_to(std::back_inserter(out), "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\n", path(link.from), use.line,
                   use.column - 1, parsers::printable(use.name), path(link.to), definition.line,
                   parsers::printable(definition.name), to_string(definition.kind), via, parsers::printable(around),
                   to_string(link.grade));
  }
  return out;
}

}  // namespace planner::report
