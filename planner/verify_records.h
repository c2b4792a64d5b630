// What became of what sessions had recorded: taken into somebody else's commit, or lost.
#pragma once

#include <string>
#include <vector>

#include "planner/record.h"
#include "planner/work.h"

namespace planner {

/// Where one recorded file ended, if not where its session left it.
struct Fate {
  enum class Kind { absorbed, stashed, lost };
  Kind kind = Kind::lost;
  std::string path;
  Commit commit;                            ///< that took it, or that changed the path since; no id: none
  Certainty certainty = Certainty::proved;  ///< inferred: the commit may be the session's own
  std::string by;                           ///< whose commit it is: orders, a session, or its author
  std::string recovery;                     ///< a command; empty: the bytes are nowhere
};

struct RecordFact {
  Record record;
  bool head_rewritten = false;  ///< nothing that lives here contains its commit
  std::string head_recovery;    ///< the command that brings the commit back; empty: it is nowhere
  std::vector<Fate> fates;      ///< by path; without those that are where they were left
};

/// A blob is its session's own in a commit whose trailers name its orders, or on a branch that nobody shares; in a
/// commit of another order or another author it was absorbed; in a shared tree, one that goes beyond what the session
/// recorded and declared is inferred to be somebody else's. `directory`: of records and packs.
Result<std::vector<RecordFact>> look_up_records(Repository&, const Orders&, const std::vector<Record>& looked_at,
                                                const std::vector<Record>& all, const std::string& directory,
                                                const std::optional<Target>&);

/// absorbed-work, one for each session and commit; lost-work, one for each path or lost commit.
std::vector<Finding> verify_records(const Orders&, const std::vector<RecordFact>&);

/// Leaves out of uncommitted work what stood just so before the session began: it is somebody else's.
void leave_out_earlier(const std::vector<Record>&, Work&, const std::string& session, const Orders&);

}  // namespace planner
