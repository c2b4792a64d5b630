// Members of values of unknown type: who in the repository defines a member of that name, and who is near enough for
// it to be the one.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "planner/links_binding.h"

namespace planner {

class MemberFinder {
 public:
  explicit MemberFinder(Binder& binder) : binder_(binder) {}

  struct Found {
    Site site;
    Grade grade = Grade::member_far;
  };
  /// Members of that name which `from` could mean. M1: the definer is imported within two hops and at most 5 files
  /// of the repository define it; M2: one of the two is not so.
  std::vector<Found> find(CodeFileId from, std::string_view name);
  /// Gives back memory; what is asked later is answered the same.
  void forget() { near_.clear(); }

 private:
  struct Definers {
    std::vector<Site> sites;  ///< ascending
    std::size_t files = 0;    ///< different ones
    bool common = false;      ///< so many files mention the name that nobody looked; no sites
  };
  const Definers& definers(CodeFileId from, std::string_view name);
  /// The file, what it imports, and what that imports, ascending.
  const std::vector<CodeFileId>& near(CodeFileId);
  void add_imported(CodeFileId, bool followed, std::vector<CodeFileId>& out);

  Binder& binder_;
  std::map<std::pair<LinkRules*, std::string>, Definers> definers_;
  std::unordered_map<std::uint32_t, std::vector<CodeFileId>> near_;
};

}  // namespace planner
