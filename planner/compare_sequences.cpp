// Names that must not meet: numbers of one series, and spellings of one name.
#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <optional>
#include <set>

#include "planner/compare_rules.h"
#include "planner/lint.h"
#include "planner/numbered_name.h"

namespace planner {
namespace {

struct Series {
  std::map<std::string, std::set<std::string>> items;  ///< number -> what takes it
};

/// The series of a directory are believed when its files, those of both sides aside, hardly ever share a number.
bool believed(const Series& there, const NumberedName& a, const NumberedName& b) {
  if (there.items.empty()) return a.padded && b.padded;
  const auto shared = std::count_if(there.items.begin(), there.items.end(),
                                    [](const auto& number) { return number.second.size() > 1; });
  return static_cast<std::size_t>(shared) * 10 <= there.items.size();
}

std::string plus_one(std::string number) {
  for (std::size_t i = number.size(); i-- > 0;) {
    if (number[i] != '9') {
      ++number[i];
      return number;
    }
    number[i] = '0';
  }
  return "1" + number;
}

bool less(const std::string& a, const std::string& b) { return a.size() != b.size() ? a.size() < b.size() : a < b; }

/// The smallest number above all that are taken, written as wide.
std::string next_free(const std::vector<const std::string*>& taken, std::size_t width) {
  const auto most =
      std::max_element(taken.begin(), taken.end(), [](const auto* x, const auto* y) { return less(*x, *y); });
  const std::string next = plus_one(**most);
  return std::string(width - std::min(width, next.size()), '0') + next;
}

using Read = std::map<std::string, std::vector<std::pair<NumberedName, const FileEdit*>>>;

template <class Reader>
Read read(const BranchWork& work, const Reader& reader) {
  Read out;
  for (const FileEdit& edit : work.edits)
    if (edit.adds())
      if (auto number = reader(edit.path)) out[number->series].emplace_back(std::move(*number), &edit);
  return out;
}

bool share_a_number(const Read::mapped_type& a, const Read::mapped_type& b) {
  return std::any_of(a.begin(), a.end(), [&](const auto& mine) {
    return std::any_of(b.begin(), b.end(), [&](const auto& yours) {
      return mine.first.number == yours.first.number && mine.first.item != yours.first.item;
    });
  });
}

template <class Reader>
void find_collisions(const BranchWork& a, const BranchWork& b, const TreeBefore& before, const Reader& reader,
                     bool configured, std::set<std::pair<std::string, std::string>>& said, std::vector<Finding>& out) {
  const Read new_a = read(a, reader), new_b = read(b, reader);
  for (const auto& [series, list_a] : new_a) {
    const auto list_b = new_b.find(series);
    if (list_b == new_b.end() || !share_a_number(list_a, list_b->second)) continue;
    Series there;
    const std::string_view prefix = std::string_view(series).substr(0, series.find('\n'));
    for (const TreeEntry& entry : before().entries())
      if (entry.path.starts_with(prefix))
        if (const auto number = reader(entry.path); number && number->series == series)
          there.items[number->number].insert(number->item);
    std::set<std::string> done;
    for (const auto& [mine, edit_a] : list_a)
      for (const auto& [yours, edit_b] : list_b->second) {
        if (mine.number != yours.number || mine.item == yours.item || done.contains(mine.number)) continue;
        // Who has both of them took them from somewhere else.
        if (a.now_at(edit_b->path) != nullptr || b.now_at(edit_a->path) != nullptr) continue;
        if (!configured && !believed(there, mine, yours)) continue;
        if (!said.emplace(edit_a->path, edit_b->path).second) continue;
        done.insert(mine.number);
        std::vector<const std::string*> taken;
        for (const auto& [number, items] : there.items) taken.push_back(&number);
        for (const auto* list : {&list_a, &list_b->second})
          for (const auto& [number, edit] : *list) taken.push_back(&number.number);
        const std::size_t width = std::max(mine.width, yours.width);
        Finding finding =
            compare_finding("sequence-collision", configured ? Certainty::declared : Certainty::inferred,
                            fmt::format("{} and {} both take number {}: {} and {}; {} is free", a.name, b.name,
                                        std::string(width - std::min(width, mine.number.size()), '0') + mine.number,
                                        edit_a->path, edit_b->path, next_free(taken, width)),
                            {edit_a->path, 0});
        finding.related.push_back(on_side(b.name, {edit_b->path, 0}, "takes the same number"));
        out.push_back(std::move(finding));
      }
  }
}

/// Spellings of new paths and of the directories above them, by what they are where case and form do not count;
/// directories with a trailing slash.
std::map<std::string, std::string> spellings(const BranchWork& work) {
  std::map<std::string, std::string> out;
  for (const FileEdit& edit : work.edits) {
    if (!edit.adds()) continue;
    for (std::size_t slash = edit.path.find('/'); slash != std::string::npos; slash = edit.path.find('/', slash + 1)) {
      const std::string directory = edit.path.substr(0, slash + 1);
      out.try_emplace(folded_name(directory), directory);
    }
    out.try_emplace(folded_name(edit.path), edit.path);
  }
  return out;
}

}  // namespace

std::vector<Finding> compare_sequences(const BranchWork& a, const BranchWork& b, const TreeBefore& before,
                                       const std::vector<std::string>& series) {
  std::vector<Finding> out;
  std::set<std::pair<std::string, std::string>> said;
  for (const std::string& pattern : series)
    find_collisions(
        a, b, before, [&](const std::string& path) { return numbered_by_pattern(path, pattern); }, true, said, out);
  find_collisions(a, b, before, numbered_by_name, false, said, out);
  return out;
}

std::vector<Finding> compare_names(const BranchWork& a, const BranchWork& b, const TreeBefore& before) {
  std::vector<Finding> out;
  const auto names_a = spellings(a), names_b = spellings(b);
  const auto is_new = [&](const std::string& name) {
    return !name.ends_with('/') || !before().has_directory(std::string_view(name).substr(0, name.size() - 1));
  };
  std::string below;  // a directory that was said already
  for (const auto& [folded, name] : names_a) {
    const auto other = names_b.find(folded);
    if (other == names_b.end() || other->second == name || !is_new(name) || !is_new(other->second)) continue;
    if (!below.empty() && folded.starts_with(below)) continue;
    if (folded.ends_with('/')) below = folded;
    Finding finding =
        compare_finding("case-collision", Certainty::proved,
                        fmt::format("{} adds {} and {} adds {}: one {} where case or Unicode form does not count",
                                    a.name, name, b.name, other->second, name.ends_with('/') ? "directory" : "file"),
                        {name, 0});
    finding.related.push_back(on_side(b.name, {other->second, 0}, "spells it so"));
    out.push_back(std::move(finding));
  }
  return out;
}

}  // namespace planner
