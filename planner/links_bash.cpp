// Bash and sh: what a script sources is as if it stood there.
#include <algorithm>

#include "planner/links_rules.h"

namespace planner {
namespace {

/// Ways to write "the directory of this script", without quotes.
constexpr std::string_view own_directory[] = {
    "$(dirname $0)",
    "$(dirname -- $0)",
    "$(dirname $BASH_SOURCE)",
    "$(dirname ${BASH_SOURCE})",
    "$(dirname ${BASH_SOURCE[0]})",
    "$(dirname -- ${BASH_SOURCE[0]})",
    "`dirname $0`",
    "${0%/*}",
    "${BASH_SOURCE%/*}",
    "${BASH_SOURCE[0]%/*}",
};
constexpr std::string_view top_directory = "$(git rev-parse --show-toplevel)";

/// "x.sh" of `$(dirname $0)/x.sh`, and of `$(cd $(dirname $0) && pwd)/x.sh`.
bool below(std::string_view& path, std::string_view directory) {
  const auto begins = [&](const std::string& with) {
    if (!path.starts_with(with)) return false;
    path.remove_prefix(with.size());
    return true;
  };
  const std::string plain(directory);
  if (begins(plain + '/')) return true;
  for (const std::string_view quiet : {"", " >/dev/null", " >/dev/null 2>&1", " > /dev/null 2>&1"})
    for (const std::string_view pwd : {"pwd", "pwd -P"})
      for (const std::string_view cd : {"cd ", "cd -- "})
        if (begins("$(" + std::string(cd) + plain + std::string(quiet) + " && " + std::string(pwd) + ")/")) return true;
  return false;
}

class BashRules final : public LinkRules {
 public:
  using LinkRules::LinkRules;

  Module module_of(CodeFileId from, const parsers::Import& import) override {
    std::string written = import.module;
    std::erase_if(written, [](char c) { return c == '"' || c == '\''; });
    std::string_view path = written;
    const std::string_view directory = directory_of(names().path(from));
    if (below(path, top_directory)) return file_at(from, "", path);
    for (const std::string_view own : own_directory)
      if (below(path, own)) return file_at(from, directory, path);
    // Relative to where the script was started: beside it, or at the top. If it could be both, it is neither.
    Module beside = file_at(from, directory, path);
    Module top = file_at(from, "", path);
    if (beside.empty() || beside == top) return top;
    return top.empty() ? beside : Module();
  }

  /// A sourced file has sourced for all.
  bool passes_on(CodeFileId, const parsers::Import&) override { return true; }

  /// A word of the name: "lib" of "lib-x.sh".
  std::string imported_as(CodeFileId file) override {
    const std::string name = LinkRules::imported_as(file);
    return name.substr(0, name.find_first_of("-+@, "));
  }

  /// What is called is no variable of that name.
  std::vector<Site> parts_of(const Site& site, const parsers::Reference& at) override {
    if (site.definition == parsers::no_definition || at.kind != parsers::Reference::Kind::call) return {site};
    const auto kind = code().outline(site.file).definitions[site.definition].kind;
    return kind == parsers::SymbolKind::variable ? std::vector<Site>() : std::vector<Site>{site};
  }

 private:
  Module file_at(CodeFileId from, std::string_view directory, std::string_view path) {
    if (path.empty() || path.front() == '/' || path.front() == '~' ||
        path.find_first_of("$`*?[") != std::string_view::npos)
      return {};
    const auto whole = joined(directory, path);
    const auto file = whole ? code().find(*whole) : std::nullopt;
    if (!file || *file == from) return {};
    return {.files = {*file}, .prefix = {}, .place = {}};
  }
};

}  // namespace

std::unique_ptr<LinkRules> bash_rules(CodeNames& names) { return std::make_unique<BashRules>(names); }

}  // namespace planner
