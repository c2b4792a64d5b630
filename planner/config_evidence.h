// The rules behind a proposed configuration; each adds what it finds.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "planner/config_proposal.h"

namespace planner {

struct ProposalInput {
  const Tree& tree;
  const std::map<std::string, std::string>& texts;
  std::vector<std::string_view> files;  ///< regular files of the tree, by path
};

/// The part behind the last '/'.
std::string_view base_name(std::string_view path);
/// With the slash; empty: the top.
std::string_view place_of(std::string_view path);

/// Adds an entry for those paths: `**/NAME` for several of that name, else the path. Nothing for no paths.
void propose_named(ConfigProposal&, ConfigSection, std::string_view name, const std::vector<std::string_view>& paths,
                   const std::string& reason);
void propose(ConfigProposal&, ConfigSection, std::string entry, std::string reason,
             const std::vector<std::string_view>& paths);

/// What .gitattributes say, as patterns relative to the top.
struct AttributePattern {
  std::string pattern;
  Place where;
  std::vector<std::string_view> matches;
};
/// Patterns that set `attribute` ("linguist-generated", "merge=union") and match a file of the tree; at most 200 are
/// looked at, fewer in large trees.
std::vector<AttributePattern> attribute_patterns(const ProposalInput&, std::string_view attribute);

/// The line on which the head of a text says that the file is generated; 0: it does not.
std::uint32_t generated_mark(std::string_view text);
/// Does the name alone suggest a generator? The pattern of its kind, such as "*.pb.go"; empty: no.
std::string_view generated_kind(std::string_view path);

void find_changelogs(const ProposalInput&, ConfigProposal&);
void find_generated(const ProposalInput&, ConfigProposal&);
void find_locks(const ProposalInput&, ConfigProposal&);
void find_tests(const ProposalInput&, ConfigProposal&);
void find_barriers(const ProposalInput&, ConfigProposal&);
void find_series(const ProposalInput&, ConfigProposal&);

/// Does a file of this path tell of ports or databases?
bool tells_of_resources(std::string_view path);
void find_resources(const ProposalInput&, ConfigProposal&);

/// A lock file by its name: a package manager wrote it.
bool is_lock_file(std::string_view path);

}  // namespace planner
