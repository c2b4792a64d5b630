// recall_bench DIR...: the share of the (file, name) pairs that the parser finds as definitions and references which
// the lexical tier finds too. TSV per directory: files, of these without errors, pairs, found, recall.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "parsers/code_identifiers.h"
#include "parsers/code_outline.h"

namespace {

namespace fs = std::filesystem;

struct Counts {
  std::size_t files = 0, whole = 0, pairs = 0, found = 0;
};

void count(const fs::path& path, parsers::Language language, Counts& out) {
  std::ifstream in(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  const parsers::CodeOutline outline = parsers::outline(language, text);
  if (!outline.proven()) return;
  ++out.files;
  if (outline.errors.empty()) ++out.whole;
  std::set<std::string> names;
  for (const parsers::Definition& definition : outline.definitions) names.emplace(definition.short_name());
  for (const parsers::Reference& reference : outline.references) names.insert(reference.name);
  std::vector<std::uint64_t> mentioned;
  parsers::read_names(text, mentioned);
  std::sort(mentioned.begin(), mentioned.end());
  for (const std::string& name : names) {
    const std::uint64_t hash = parsers::name_hash(name);
    if (hash == 0) continue;  // an operator: it has no name
    ++out.pairs;
    if (std::binary_search(mentioned.begin(), mentioned.end(), hash))
      ++out.found;
    else
      std::fprintf(stderr, "%s: %s\n", path.c_str(), name.c_str());
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: recall_bench DIR...\n");
    return 2;
  }
  std::printf("directory\tfiles\twithout_errors\tpairs\tfound\trecall\n");
  for (int i = 1; i < argc; ++i) {
    Counts counts;
    for (const auto& entry : fs::recursive_directory_iterator(argv[i], fs::directory_options::skip_permission_denied)) {
      if (!entry.is_regular_file() || entry.is_symlink()) continue;
      if (const auto language = parsers::language_of(entry.path().string())) count(entry.path(), *language, counts);
    }
    std::printf("%s\t%zu\t%zu\t%zu\t%zu\t%.6f\n", argv[i], counts.files, counts.whole, counts.pairs, counts.found,
                counts.pairs == 0 ? 1.0 : static_cast<double>(counts.found) / static_cast<double>(counts.pairs));
  }
  return 0;
}
