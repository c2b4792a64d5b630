// Records of sessions, in our folder under the git common directory: every work tree sees them, and git's own clean-up
// does not reach them.
//
//     interlock/records/SESSION.record    one a session, replaced whole
//     interlock/records/CHECKSUM.pack     git packs: what of it is in no commit that everybody has
#pragma once

#include <string>
#include <vector>

#include "planner/io/git_layout.h"
#include "planner/record.h"
#include "planner/result.h"

namespace planner::io {

struct StoredRecords {
  std::vector<Record> records;       ///< by session
  std::vector<std::string> damaged;  ///< file names
};

class RecordStore {
 public:
  explicit RecordStore(GitLayout layout) : layout_(std::move(layout)) {}

  Result<StoredRecords> all() const;

  /// Keeps the bytes that no earlier pack of `known` keeps, names the packs in the record, then replaces the record.
  /// Files that changed meanwhile, or that no program of ours can store (filters), are recorded without their bytes.
  Result<void> keep(Record&, const Record* known) const;

  /// "Name <mail>" that a commit made here would carry; empty: none is configured.
  std::string author() const;

  /// Of the records and packs.
  std::string directory() const { return layout_.common_dir + "/interlock/records"; }

 private:
  GitLayout layout_;
};

}  // namespace planner::io
