// Any names and texts: what init proposes is a configuration that reads without an error.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <string>
#include <string_view>

#include "parsers/config.h"
#include "planner/config_proposal.h"

/// The input is split at NUL: the first part is cut into names of files at its newlines, the others are their texts.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::string_view names = input.substr(0, input.find('\0'));
  std::string_view rest = input.substr(std::min(names.size() + 1, input.size()));
  std::map<std::string, std::string> files;
  for (const char* name : {".gitattributes", "docker-compose.yml", ".env.test", "a.pb.go", "b_gen.go", "src/c.py"})
    files.emplace(name, std::string(input));
  for (std::size_t at = 0; at < names.size() && files.size() < 200;) {
    const std::size_t end = std::min(names.find('\n', at), names.size());
    const std::string_view text = rest.substr(0, rest.find('\0'));
    rest.remove_prefix(std::min(text.size() + 1, rest.size()));
    if (end > at) files.emplace(names.substr(at, end - at), text);
    at = end + 1;
  }
  std::vector<planner::TreeEntry> entries;
  for (const auto& [path, text] : files) entries.push_back({path, 0100644, ""});
  const planner::Tree tree(std::move(entries));
  std::map<std::string, std::string> texts;
  for (const std::string& path : planner::texts_for_proposal(tree).paths) texts.emplace(path, files.at(path));
  const planner::ConfigProposal proposal = planner::propose_config(tree, texts);
  const parsers::Source source{"interlock.yaml", planner::proposal_yaml(proposal, {"title"})};
  const auto read = parsers::read_config(source, parsers::FileId{0});
  if (parsers::has_errors(read.diagnostics)) std::abort();
  for (const planner::ProposedEntry& e : planner::missing_from(read.value, tree, proposal).entries)
    if (e.advised) std::abort();
  return 0;
}
