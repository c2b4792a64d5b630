// What a session had produced at one moment: the proof to hold later history against.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "planner/repository.h"

namespace planner {

struct RecordedFile {
  std::string path;
  std::uint32_t mode = 0;
  ObjectId blob;           ///< as git would store it
  bool committed = false;  ///< in `head` of the record; else only in the work tree
  std::string pack;        ///< name of the file beside the record that holds its bytes; empty: they were not kept
};

struct Record {
  std::string session;
  std::vector<std::string> work_orders;
  std::string branch;                      ///< empty: detached
  std::string worktree;                    ///< absolute
  std::string author;                      ///< "Name <mail>", as its commits would say; empty: not configured
  ObjectId base, head;                     ///< head empty: no commit yet
  std::string pack;                        ///< holds base..head; empty: nothing to hold
  std::map<std::string, ObjectId> before;  ///< uncommitted when the session began: somebody else's
  std::vector<RecordedFile> files;         ///< by path
};

/// Fields that end in NUL; the last one says that nothing is missing.
std::string written(const Record&);
/// nullopt: not what `written` writes, or cut short.
std::optional<Record> record_in(std::string_view text);

}  // namespace planner
