#include "planner/app/init_config.h"

#include <algorithm>
#include <fmt/format.h>

#include "planner/config_proposal.h"
#include "planner/io/placed_file.h"
#include "planner/io/project_files.h"
#include "planner/io/source_directory.h"

namespace planner::app {
namespace {

constexpr std::size_t most_files = 500'000;
constexpr std::size_t most_read = std::size_t{256} << 20;  // of all texts

tl::unexpected<Failure> refuse(Error error) { return tl::make_unexpected(Failure{{}, std::move(error)}); }

ConfigProposal proposal_for(const io::ProjectFiles& files, const Tree& tree) {
  const WantedTexts wanted = texts_for_proposal(tree);
  std::map<std::string, std::string> texts;
  io::SourceDirectory directory(files.top);
  std::size_t left_out = wanted.left_out, read = 0;
  for (const std::string& path : wanted.paths) {
    if (read > most_read) {
      ++left_out;
      continue;
    }
    const io::SourceText text = directory.read(path, std::size_t{16} << 20);
    if (!text.why.empty()) continue;
    read += text.bytes.size();
    texts.emplace(path, text.bytes.substr(0, proposal_text_bytes));
  }
  ConfigProposal out = propose_config(tree, texts);
  if (left_out > 0)
    out.notes.push_back(fmt::format("{} source files were not looked at for the mark of a generator", left_out));
  if (files.cut) out.notes.push_back(fmt::format("only the first {} files were looked at", most_files));
  return out;
}

Tree tree_of(const std::vector<std::string>& paths) {
  std::vector<TreeEntry> entries;
  for (const std::string& path : paths) entries.push_back({path, 0100644, ""});
  return Tree(std::move(entries));
}

}  // namespace

Answer<InitAnswer> init_config(const InitConfigRequest& request) {
  const auto files = io::project_files(request.repo, most_files);
  if (!files) return refuse(files.error());
  PlacedEdit edit{"interlock.yaml", files->top + "/interlock.yaml", std::nullopt, std::nullopt, false, files->top};
  auto before = io::read_placed(edit.top, edit.path);
  if (!before) return refuse(before.error());
  edit.before = std::move(*before);

  const Tree tree = tree_of(files->paths);
  ConfigProposal proposal = proposal_for(*files, tree);
  InitAnswer out;
  out.notes = proposal.notes;
  const std::string whole = proposal_yaml(
      proposal, {"Proposed by `interlock init` from the files of this repository: every line is yours to change.",
                 "Keys that are not here keep their defaults: target, isolation, policy, pools, areas and others."});
  if (request.undo) {
    if (!edit.before) return out;
    if (*edit.before != whole)
      return refuse({Error::Kind::input, "interlock.yaml is not what init would write today",
                     "it is yours by now: remove it yourself if you want it gone"});
  } else if (edit.before) {
    Failure failure;
    failure.reading.sources.push_back({"interlock.yaml", *edit.before});
    auto config = parsers::read_config(failure.reading.sources.front(), parsers::FileId{0});
    failure.reading.diagnostics = std::move(config.diagnostics);
    if (parsers::has_errors(failure.reading.diagnostics)) return tl::make_unexpected(std::move(failure));
    proposal = missing_from(config.value, tree, std::move(proposal));
    if (std::none_of(proposal.entries.begin(), proposal.entries.end(), [](const auto& e) { return e.advised; }))
      out.text = "interlock.yaml has everything that init would propose\n";
    else
      out.text = proposal_yaml(proposal, {"interlock.yaml is there and stays as it is. What it could take up:"});
    return out;
  } else if (whole.empty()) {
    out.text = "nothing was found to propose; without interlock.yaml every key has its default\n";
    return out;
  } else {
    edit.after = whole;
  }
  out.edits.push_back(std::move(edit));
  if (!request.dry_run)
    if (auto written = write_edits(out.edits); !written) return refuse(written.error());
  return out;
}

}  // namespace planner::app
