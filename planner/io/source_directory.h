// Reads the files below one directory, never through a symbolic link, and notices when somebody writes them meanwhile.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace planner::io {

struct SourceText {
  std::string_view bytes;  ///< valid until the next read
  std::int64_t changed =
      0;            ///< nanoseconds since 1970 of the last change of content or of anything else about the file
  std::string why;  ///< why there are no bytes; empty: there are
  bool too_large = false;
};

/// For one thread. Fastest when files are asked for in the order of their paths.
class SourceDirectory {
 public:
  explicit SourceDirectory(const std::string& top);
  SourceDirectory(const SourceDirectory&) = delete;
  SourceDirectory& operator=(const SourceDirectory&) = delete;
  ~SourceDirectory();

  /// A regular file of at most `most_bytes`; `path` is relative, without "." and "..".
  SourceText read(std::string_view path, std::size_t most_bytes);

 private:
  struct Level {
    std::string name;
    int descriptor;
  };
  /// Of the directory that holds the file; -1: there is none, or a link is in the way.
  int directory_of(std::string_view path);

  std::vector<Level> levels_;  // from the top down to the directory asked last
  std::vector<char> buffer_;
};

}  // namespace planner::io
