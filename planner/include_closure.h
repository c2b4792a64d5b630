// Which files a C or C++ file includes, directly or through others.
#pragma once

#include <cstdint>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "planner/code_names.h"

namespace planner {

class IncludeClosures {
 public:
  explicit IncludeClosures(CodeNames&);

  /// The file that an include of `from` means: beside it, else below a directory of includes, else the only one whose
  /// path ends so. nullopt: not in this repository, or several could be meant.
  std::optional<CodeFileId> included(CodeFileId from, std::string_view written, bool quoted);

  /// What the file includes, itself among it, ascending. Reads includes without parsing. The answer holds until the
  /// next question.
  const std::vector<CodeFileId>& of(CodeFileId);
  bool includes(CodeFileId from, CodeFileId what);

 private:
  struct Found {
    std::string_view directory;  // before what was written
    CodeFileId file;
  };
  const std::vector<CodeFileId>& direct(CodeFileId);

  CodeNames& names_;
  std::unordered_map<std::string_view, std::vector<CodeFileId>> by_name_;  // last component to files
  std::unordered_map<std::uint32_t, std::vector<CodeFileId>> direct_;
  std::unordered_map<std::uint32_t, std::vector<CodeFileId>> closures_;
  std::list<std::uint32_t> kept_;  // the oldest first
  std::size_t size_ = 0;           // of the kept ones together
};

}  // namespace planner
