// What runs when a file runs, in languages whose files run each other: the closure of `require`, `include`.
#pragma once

#include <algorithm>
#include <functional>
#include <unordered_map>
#include <vector>

#include "planner/links_rules.h"

namespace planner {

class RequiredFiles {
 public:
  using Resolve = std::function<Module(CodeFileId from, const parsers::Import&)>;
  RequiredFiles(Code& code, Resolve resolve) : code_(code), resolve_(std::move(resolve)) {}

  /// The files that it runs, directly or not, ascending, without itself; at most 1024, the nearest. Each is parsed.
  const std::vector<CodeFileId>& of(CodeFileId from) {
    const auto [kept, fresh] = closures_.try_emplace(from.value);
    if (!fresh) return kept->second;
    std::vector<CodeFileId> open = {from};
    std::vector<bool> met(code_.files().size());
    met[from.index()] = true;
    for (std::size_t at = 0; at < open.size(); ++at) {
      const std::vector<parsers::Import> imports = code_.outline(open[at]).imports;
      for (const parsers::Import& import : imports) {
        if (import.name != "*") continue;
        for (const CodeFileId file : resolve_(open[at], import).files) {
          if (met[file.index()] || open.size() > most_files) continue;
          met[file.index()] = true;
          open.push_back(file);
        }
      }
    }
    open.erase(open.begin());
    std::sort(open.begin(), open.end());
    return closures_[from.value] = std::move(open);
  }
  bool runs(CodeFileId from, CodeFileId file) {
    const std::vector<CodeFileId>& all = of(from);
    return std::binary_search(all.begin(), all.end(), file);
  }

 private:
  static constexpr std::size_t most_files = 1024;
  Code& code_;
  Resolve resolve_;
  std::unordered_map<std::uint32_t, std::vector<CodeFileId>> closures_;
};

}  // namespace planner
