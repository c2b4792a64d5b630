// Reads the contents of many listed files on two threads: from the disk where they stand there, else out of git's store
// in a few large questions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "planner/io/code_listing.h"
#include "planner/io/git_repository.h"
#include "planner/io/source_directory.h"

namespace planner::io {

inline constexpr std::size_t reading_threads = 2;

/// Calls `work(thread)` on every thread and waits for all; what one throws is thrown here.
void on_reading_threads(const std::function<void(std::size_t thread)>& work);

struct CodeContents {
  std::string_view bytes;  ///< valid during the call
  ObjectId id;             ///< of the bytes; empty: there are none
  std::string why;         ///< why there are none
  bool too_large = false;
};

class CodeReading {
 public:
  enum class Trust {
    stat,   ///< git's word that a file is unchanged will do: line endings may differ from those of the blob
    bytes,  ///< exactly the bytes of the blob
  };

  /// `top`: of the work tree, or empty. What changed there after `asked` is not trusted.
  CodeReading(GitRepository& repository, std::string top, std::int64_t asked)
      : repository_(&repository), top_(std::move(top)), asked_(asked) {}

  /// Calls `visit(thread, file, contents)` once for each of the wanted positions in `listed`, from two threads at once
  /// and in any order. A file that cannot be read is visited too.
  using Visit = std::function<void(std::size_t thread, std::uint32_t file, const CodeContents&)>;
  void read(const std::vector<ListedFile>& listed, const std::vector<std::uint32_t>& wanted, Trust,
            std::size_t most_bytes, const Visit& visit) const;

 private:
  bool from_disk(SourceDirectory&, const ListedFile&, Trust, std::size_t most_bytes, CodeContents&) const;
  void from_store(const std::vector<ListedFile>&, const std::vector<std::uint32_t>&, std::size_t most_bytes,
                  const Visit&) const;

  GitRepository* repository_;
  std::string top_;
  std::int64_t asked_;
};

}  // namespace planner::io
