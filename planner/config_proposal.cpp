#include "planner/config_proposal.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>
#include <tuple>

#include "parsers/language.h"
#include "planner/config_evidence.h"
#include "planner/resource.h"
#include "planner/yaml_text.h"

namespace planner {
namespace {

constexpr std::size_t most_shown = 3;     // of the evidence for an entry
constexpr std::size_t most_entries = 50;  // of a section
constexpr std::size_t most_texts = 6000;

bool is_text(const TreeEntry& entry) { return (entry.mode & 0170000) == 0100000; }

std::vector<std::string_view> regular_files(const Tree& tree) {
  std::vector<std::string_view> out;
  for (const TreeEntry& entry : tree.entries())
    if (is_text(entry)) out.push_back(entry.path);
  return out;
}

const std::vector<parsers::ConfiguredPath>& section_of(const parsers::Config& config, ConfigSection section) {
  switch (section) {
    case ConfigSection::append:
      return config.classes.append;
    case ConfigSection::regenerate:
      return config.classes.regenerate;
    case ConfigSection::companion:
      return config.classes.companion;
    case ConfigSection::barrier:
      return config.classes.barrier;
    case ConfigSection::series:
      break;
  }
  return config.series;
}

/// One entry once, and no more of a section than somebody reads.
void tidy(ConfigProposal& proposal) {
  std::stable_sort(proposal.entries.begin(), proposal.entries.end(), [](const auto& a, const auto& b) {
    return std::tuple(a.section, !a.advised, std::string_view(a.entry)) <
           std::tuple(b.section, !b.advised, std::string_view(b.entry));
  });
  std::set<std::pair<ConfigSection, std::string>> seen;
  std::map<ConfigSection, std::size_t> taken;
  std::size_t left_out = 0;
  std::erase_if(proposal.entries, [&](const ProposedEntry& e) {
    if (!seen.emplace(e.section, e.entry).second) return true;
    if (++taken[e.section] <= most_entries) return false;
    ++left_out;
    return true;
  });
  if (left_out > 0)
    proposal.notes.push_back(
        fmt::format("{} more entries were found than {} of a section; the rest is left out", left_out, most_entries));
}

std::string_view purpose(ConfigSection section) {
  switch (section) {
    case ConfigSection::append:
      return "grow at their end: two appends are only a hint where git merges by union";
    case ConfigSection::regenerate:
      return "made again after merging: never a reason to wait";
    case ConfigSection::companion:
      return "anyone may write these undeclared; only declared writes conflict";
    case ConfigSection::barrier:
      return "an order that writes one of these runs alone";
    case ConfigSection::series:
      break;
  }
  return "numbers that two branches must not both take";
}

std::string shown(const std::vector<Place>& evidence, std::size_t count) {
  std::string out;
  for (const Place& place : evidence) {
    out += (out.empty() ? "" : ", ") + parsers::printable(place.file);
    if (place.line != 0) out += fmt::format(":{}", place.line);
  }
  if (count > evidence.size()) out += fmt::format(" and {} more", count - evidence.size());
  return out;
}

void add_section(std::string& out, const ConfigProposal& proposal, ConfigSection section, std::string_view indent) {
  bool any = false, advised = false;
  for (const ProposedEntry& e : proposal.entries) {
    any = any || e.section == section;
    advised = advised || (e.section == section && e.advised);
  }
  if (!any) return;
  const std::string_view name = to_string(section);
  const std::string_view key = name.substr(name.find('.') == std::string_view::npos ? 0 : name.find('.') + 1);
  out += fmt::format("{}# {}\n{}{}{}:\n", indent, purpose(section), indent, advised ? "" : "# ", key);
  for (const ProposedEntry& e : proposal.entries)
    if (e.section == section)
      out += fmt::format("{}  # {}: {}\n{}  {}- {}\n", indent, parsers::printable(e.reason), shown(e.evidence, e.count),
                         indent, e.advised ? "" : "# ", yaml_scalar(e.entry));
}

}  // namespace

std::string_view to_string(ConfigSection section) {
  constexpr std::string_view names[] = {"classes.append", "classes.regenerate", "classes.companion", "classes.barrier",
                                        "series"};
  return names[static_cast<std::size_t>(section)];
}

std::string_view base_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }
std::string_view place_of(std::string_view path) { return path.substr(0, path.rfind('/') + 1); }

void propose(ConfigProposal& proposal, ConfigSection section, std::string entry, std::string reason,
             const std::vector<std::string_view>& paths) {
  if (paths.empty() || parsers::printable(entry) != entry || parsers::PathPattern::pattern_error(entry)) return;
  ProposedEntry out{section, std::move(entry), std::move(reason), {}, paths.size()};
  for (std::size_t i = 0; i < std::min(paths.size(), most_shown); ++i)
    out.evidence.push_back({std::string(paths[i]), 0});
  proposal.entries.push_back(std::move(out));
}

void propose_named(ConfigProposal& proposal, ConfigSection section, std::string_view name,
                   const std::vector<std::string_view>& paths, const std::string& reason) {
  if (paths.empty()) return;
  propose(proposal, section, paths.size() == 1 ? std::string(paths.front()) : fmt::format("**/{}", name), reason,
          paths);
}

WantedTexts texts_for_proposal(const Tree& tree) {
  std::vector<std::string_view> telling, generated, code;
  for (const std::string_view path : regular_files(tree)) {
    if (base_name(path) == ".gitattributes" || tells_of_resources(path))
      telling.push_back(path);
    else if (!generated_kind(path).empty())
      generated.push_back(path);
    else if (parsers::language_of(path))
      code.push_back(path);
  }
  WantedTexts out;
  for (const auto* list : {&telling, &generated, &code})
    for (const std::string_view path : *list) {
      if (out.paths.size() < most_texts)
        out.paths.emplace_back(path);
      else
        ++out.left_out;
    }
  return out;
}

ConfigProposal propose_config(const Tree& tree, const std::map<std::string, std::string>& texts) {
  const ProposalInput input{tree, texts, regular_files(tree)};
  ConfigProposal out;
  find_changelogs(input, out);
  find_locks(input, out);
  find_generated(input, out);
  find_tests(input, out);
  find_barriers(input, out);
  find_series(input, out);
  find_resources(input, out);
  tidy(out);
  return out;
}

ConfigProposal missing_from(const parsers::Config& config, const Tree& tree, ConfigProposal proposal) {
  std::map<ConfigSection, Coverage> there;
  const auto is_there = [&](const ProposedEntry& e) {
    const auto& list = section_of(config, e.section);
    if (std::any_of(list.begin(), list.end(), [&](const auto& path) { return path.text == e.entry; })) return true;
    if (e.section == ConfigSection::series) return false;
    auto covered = there.find(e.section);
    if (covered == there.end()) {
      std::vector<Resource> resources;
      for (const parsers::ConfiguredPath& path : list)
        if (!parsers::PathPattern::pattern_error(path.text)) resources.push_back(resource_from(path.text));
      covered = there.emplace(e.section, Coverage(resources)).first;
    }
    const Coverage entry({resource_from(e.entry)});
    return std::all_of(tree.entries().begin(), tree.entries().end(), [&](const TreeEntry& file) {
      return !entry.covers(file.path) || covered->second.covers(file.path);
    });
  };
  std::erase_if(proposal.entries, is_there);
  return proposal;
}

std::string proposal_yaml(const ConfigProposal& proposal, const std::vector<std::string>& title) {
  if (proposal.entries.empty() && proposal.resources.empty()) return {};
  std::string out;
  for (const std::string& line : title) out += fmt::format("# {}\n", parsers::printable(line));
  std::string classes;
  bool advised = false;
  for (const ConfigSection section :
       {ConfigSection::append, ConfigSection::regenerate, ConfigSection::companion, ConfigSection::barrier})
    add_section(classes, proposal, section, "  ");
  for (const ProposedEntry& e : proposal.entries)
    advised = advised || (e.advised && e.section != ConfigSection::series);
  if (!classes.empty()) out += fmt::format("\n{}classes:\n{}", advised ? "" : "# ", classes);
  std::string series;
  add_section(series, proposal, ConfigSection::series, "");
  if (!series.empty()) out += "\n" + series;
  if (!proposal.resources.empty()) {
    out += "\n# Named resources stand in no section: an order that uses one says so, and no two that do run at once.\n";
    for (const SuggestedResource& resource : proposal.resources)
      out += fmt::format("#   resources: [{}]  # {}: {}\n", yaml_quoted(resource.name),
                         parsers::printable(resource.reason), shown(resource.evidence, 0));
  }
  return out;
}

}  // namespace planner
