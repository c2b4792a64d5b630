#include "planner/links_rules.h"

namespace planner {
namespace {

struct Row {
  parsers::Language language;
  MakeLinkRules make;
};

constexpr Row rows[] = {
    {parsers::Language::bash, &bash_rules},
    {parsers::Language::c, &c_rules},
    {parsers::Language::c_sharp, &c_sharp_rules},
    {parsers::Language::cpp, &c_rules},
    {parsers::Language::go, &go_rules},
    {parsers::Language::java, &java_rules},
    {parsers::Language::javascript, &javascript_rules},
    {parsers::Language::kotlin, &java_rules},
    {parsers::Language::php, &php_rules},
    {parsers::Language::python, &python_rules},
    {parsers::Language::ruby, &ruby_rules},
    {parsers::Language::rust, &rust_rules},
    {parsers::Language::tsx, &javascript_rules},
    {parsers::Language::typescript, &javascript_rules},
};

}  // namespace

MakeLinkRules rules_of(parsers::Language language) {
  for (const Row& row : rows)
    if (row.language == language) return row.make;
  return nullptr;
}

std::string LinkRules::imported_as(CodeFileId file) {
  std::string_view path = names_.path(file);
  const std::string_view directory = directory_of(path);
  path.remove_prefix(directory.empty() ? 0 : directory.size() + 1);
  return std::string(path.substr(0, path.find('.')));
}

}  // namespace planner
