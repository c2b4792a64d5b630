// Files and directories of this machine.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

#include "planner/result.h"

namespace planner::io {

constexpr std::size_t most_file_bytes = std::size_t{64} << 20;

/// The whole file (pipes too), at most `limit` bytes. Not there, not readable, a directory, too large: kind input.
Result<std::string> read_file(const std::string& path, std::size_t limit = most_file_bytes);

/// As read_file, but nullopt where nothing of that name exists.
Result<std::optional<std::string>> read_file_if_there(const std::string& path, std::size_t limit = most_file_bytes);

/// Everything on an open descriptor.
Result<std::string> read_descriptor(int descriptor, const std::string& name, std::size_t limit = most_file_bytes);

/// A file that is written piece by piece beside the one of that name, and takes its place at the end or never. Rules of
/// write_file.
class FileBeside {
 public:
  static Result<FileBeside> open(const std::string& path);
  FileBeside(FileBeside&&) noexcept;
  FileBeside& operator=(FileBeside&&) = delete;
  ~FileBeside();

  Result<void> write(std::string_view text);
  Result<void> put();

 private:
  FileBeside() = default;
  std::string path_, target_, beside_;  // beside_ empty: written directly, or put already
  mode_t mode_ = 0;
  int descriptor_ = -1;
};

/// Written beside, then renamed: readers see the old text or the new one, never a part. Keeps the mode of a file that
/// is there, and writes to what a symbolic link names. Something that is no file (a pipe, /dev/null) is written
/// directly.
Result<void> write_file(const std::string& path, std::string_view text);

/// At the end of what is there; a file that is not there is made.
Result<void> append_file(const std::string& path, std::string_view text);

/// Paths of the regular files below, `directory` in front, ordered by path bytes; names that begin with '.' and
/// symbolic links to directories are left out.
Result<std::vector<std::string>> list_files(const std::string& directory);

bool is_directory(const std::string& path);

}  // namespace planner::io
