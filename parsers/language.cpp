#include "parsers/language.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace parsers {
namespace {

constexpr std::array<std::string_view, language_count> names = {"bash", "c",          "c++",    "c#",        "go",
                                                                "java", "javascript", "kotlin", "php",       "python",
                                                                "ruby", "rust",       "tsx",    "typescript"};

struct Ending {
  std::string_view text;
  Language language;
};

constexpr Ending extensions[] = {
    {"bash", Language::bash},      {"c", Language::c},
    {"c++", Language::cpp},        {"cc", Language::cpp},
    {"cjs", Language::javascript}, {"cpp", Language::cpp},
    {"cs", Language::c_sharp},     {"cts", Language::typescript},
    {"cxx", Language::cpp},        {"go", Language::go},
    {"h", Language::cpp},          {"h++", Language::cpp},
    {"hh", Language::cpp},         {"hpp", Language::cpp},
    {"hxx", Language::cpp},        {"inl", Language::cpp},
    {"ipp", Language::cpp},        {"java", Language::java},
    {"js", Language::javascript},  {"jsx", Language::javascript},
    {"kt", Language::kotlin},      {"kts", Language::kotlin},
    {"mjs", Language::javascript}, {"mts", Language::typescript},
    {"php", Language::php},        {"phtml", Language::php},
    {"py", Language::python},      {"pyi", Language::python},
    {"pyw", Language::python},     {"rake", Language::ruby},
    {"rb", Language::ruby},        {"rs", Language::rust},
    {"sh", Language::bash},        {"ts", Language::typescript},
    {"tsx", Language::tsx},        {"gemspec", Language::ruby},
    {"tcc", Language::cpp},        {"bats", Language::bash},
};

constexpr Ending file_names[] = {
    {"Gemfile", Language::ruby},
    {"Rakefile", Language::ruby},
    {"SConstruct", Language::python},
    {"SConscript", Language::python},
};

std::optional<Language> find(const Ending* begin, const Ending* end, std::string_view text) {
  const Ending* found = std::find_if(begin, end, [&](const Ending& e) { return e.text == text; });
  return found == end ? std::nullopt : std::optional(found->language);
}

}  // namespace

std::string_view to_string(Language language) { return names[static_cast<std::size_t>(language)]; }

std::optional<Language> language_of(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  if (const auto whole = find(std::begin(file_names), std::end(file_names), name)) return whole;
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos) return std::nullopt;
  return find(std::begin(extensions), std::end(extensions), name.substr(dot + 1));
}

}  // namespace parsers
