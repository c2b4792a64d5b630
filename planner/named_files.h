// Which tracked files and symbols a word of a text means.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "planner/code.h"
#include "planner/tree.h"

namespace planner {

/// What a word means, when it means something of the repository.
struct NamedFiles {
  enum class How {
    path,    ///< it is the file's path
    tail,    ///< it ends the path of this file and of no other: a bare name, or the last directories too
    module,  ///< "celery.app.base" or "flask/app": the path without its ending
  };
  How how = How::path;
  std::vector<std::uint32_t> files;  ///< positions in the tree, ascending; of several, each may be meant
};

/// Where a symbol is defined.
struct NamedSymbol {
  std::string path;
  std::string symbol;  ///< qualified
  std::uint32_t line = 0;
};

class NameFinder {
 public:
  /// `code` may be null: no symbols then. Both outlive this. O(files).
  NameFinder(const Tree&, Code*);

  /// At most `most` files; more are none. A path longer than any that is tracked counts by its last directories, two at
  /// least ("lib/site-packages/flask/app.py" where flask/ is at the top). O(length + files of that name).
  std::optional<NamedFiles> files(std::string_view word, std::size_t most) const;

  /// The definitions of the name ("total", "Cart.total", "cart::Cart::total"), at most `most`, more are none; those in
  /// tests only where there are no others. Looked for in the files that mention it, when these are not more than 64.
  std::vector<NamedSymbol> symbols(std::string_view name, std::size_t most);

  /// Files that mention the name at all; more than `most` are none.
  std::vector<CodeFileId> mentioning(std::string_view name, std::size_t most);

 private:
  const Tree& tree_;
  Code* code_;
  std::unordered_map<std::string, std::vector<std::uint32_t>> by_stem_;  // "base" -> celery/app/base.py
};

/// Whether the path is one of a test, by its directories or its name.
bool is_test_path(std::string_view path);

}  // namespace planner
