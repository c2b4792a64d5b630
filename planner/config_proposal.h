// What `init` proposes for interlock.yaml, each entry with what speaks for it. Pure: a tree and some texts in, values
// out; other evidence (a history, say) makes values of the same kind.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "parsers/config.h"
#include "planner/finding.h"
#include "planner/tree.h"

namespace planner {

/// In the order in which a configuration lists them.
enum class ConfigSection { append, regenerate, companion, barrier, series };

/// "classes.append", "series".
std::string_view to_string(ConfigSection);

struct ProposedEntry {
  ConfigSection section = ConfigSection::append;
  std::string entry;            ///< a path or pattern as interlock.yaml holds it: UTF-8, valid there
  std::string reason;           ///< a clause: "lock files beside their package.json"
  std::vector<Place> evidence;  ///< the first three, by path; line 0: the file as such
  std::size_t count = 0;        ///< of all that the evidence is drawn from
  bool advised = true;          ///< false: it can cost more than it saves, and is shown as a comment to be taken up
};

/// interlock.yaml has no section for named resources: orders name them.
struct SuggestedResource {
  std::string name;  ///< "db:app_test", "port:8080"
  std::string reason;
  std::vector<Place> evidence;
};

struct ConfigProposal {
  std::vector<ProposedEntry> entries;        ///< by section, advised ones first, then by entry; no entry twice
  std::vector<SuggestedResource> resources;  ///< by name
  std::vector<std::string> notes;            ///< what was not looked at, one sentence each
};

/// Paths of a tree whose texts the rules want, the most telling first, and how many more were left out as too many.
struct WantedTexts {
  std::vector<std::string> paths;
  std::size_t left_out = 0;
};
WantedTexts texts_for_proposal(const Tree&);

/// How much of a text the rules look at: the head is enough where they look for the mark of a generator.
constexpr std::size_t proposal_text_bytes = std::size_t{256} << 10;

/// `texts`: of the paths wanted, those that could be read. O(files * log files + bytes).
ConfigProposal propose_config(const Tree&, const std::map<std::string, std::string>& texts);

/// Those entries that `config` does not have: no entry of the same section covers all of the tree that they cover.
ConfigProposal missing_from(const parsers::Config& config, const Tree&, ConfigProposal);

/// A document for interlock.yaml: evidence as comments. Empty when there is nothing to say. `title` stands on top,
/// as comment lines.
std::string proposal_yaml(const ConfigProposal&, const std::vector<std::string>& title);

}  // namespace planner
