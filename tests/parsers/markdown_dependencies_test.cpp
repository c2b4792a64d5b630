#include "parsers/markdown_dependencies.h"

#include <gtest/gtest.h>

namespace parsers {
namespace {

IdBook book() {
  IdBook ids;
  for (const char* id : {"WO-A-1", "WO-A-2", "WO-A-3"}) ids.add(id, id);
  ids.add("WO2", "WO-A-2");
  return ids;
}

std::string shown(const DependencyList& list) {
  constexpr const char* kinds[] = {"", "commit:", "path:", "external:"};
  std::string out;
  for (const DependencyMention& m : list.found)
    out += (m.before ? "<" : ">") + std::string(kinds[static_cast<int>(m.kind)]) + m.target + " ";
  for (const DependencyList::Doubt& doubt : list.doubts) out += "?" + std::string(doubt.place) + " ";
  if (list.none) out += "none";
  if (list.lost) out += "lost";
  return out;
}

TEST(Dependencies, ReadProse) {
  const std::pair<std::string, std::string> table[] = {
      {"WO-A-1 must be committed before this session starts", ">WO-A-1 "},
      {"Should be applied BEFORE WO-A-1 (it reads WO-A-3)", "<WO-A-1 "},
      {"Should be applied BEFORE\nWO-A-1", "<WO-A-1 "},
      {"apply before WO-A-1 and WO-A-3", "<WO-A-1 <WO-A-3 "},
      {"after WO2", ">WO-A-2 "},
      {"after WO-A-1, before WO-A-3", ">WO-A-1 <WO-A-3 "},
      {"WO-B-9 (ACCEPTED 2026-01-01)", ">WO-B-9 "},
      {"WO-A-1; WO-A-3. Also FIX-9", ">WO-A-1 >WO-A-3 "},
      {"after FIX-9", ">FIX-9 "},
      {"commit:3e843ce, path:a/b.py, external:OPS-7", ">commit:3e843ce >path:a/b.py >external:OPS-7 "},
      {"None", "none"},
      {"NONE — runs in parallel with WO-A-3", "none"},
      {"Or: None — this one is independently executable.", "none"},
      {"independent of WO-A-1", ""},
      {"the schema must land first", "lost"},
      {"WO-A-3 must wait for this", "<WO-A-3 "},
      {"WO-A-3 may start only after this one", "<WO-A-3 "},
      {"WO-A-1 and WO-A-3 are blocked by this", "<WO-A-1 <WO-A-3 "},
      {"waiting for this: WO-A-3", "<WO-A-3 "},
      {"this waits for WO-A-3", ">WO-A-3 "},
      {"WO-A-1 must land first", ">WO-A-1 "},
      {"WO-A-1 must not run first", "?WO-A-1 "},
      {"not before WO-A-1", "?WO-A-1 "},
      {"after WO-A-1, which must wait for this", ">WO-A-1 "},
      {"None of WO-A-1, WO-A-3", "?WO-A-1, WO-A-3 "},
      {"WO-A-1, not WO-A-3", ">WO-A-1 ?WO-A-3 "},
      {"after WO-A-1, in parallel with WO-A-3", ">WO-A-1 "},
      {"WO-A-1..WO-A-3", ">WO-A-1 >WO-A-2 >WO-A-3 "},
      {"WO-A-1 through WO-A-3", ">WO-A-1 >WO-A-2 >WO-A-3 "},
      {"WO-A-2 to WO-A-5", ">WO-A-2 >WO-A-3 >WO-A-5 ?WO-A-2 "},
      {"WO-A-1..3", ">WO-A-1 ?WO-A-1 "},
      {"none â but after WO-A-2 if possible", ">WO-A-2 "},
      {"WO-A-1, commit 3e843ce, PR #415, not before Friday", ">WO-A-1 ?commit 3e843ce ?PR #415 ?not before Friday "},
      {"WO-A-1 (needs the new fields)", ">WO-A-1 ?needs the new fields "},
      {"WO-A-1, which must be committed before this session starts", ">WO-A-1 "},
      {"files are saved as UTF-8", "lost"},
  };
  for (const auto& [text, expected] : table) EXPECT_EQ(shown(read_dependencies(text, book(), false)), expected) << text;
  EXPECT_EQ(shown(read_dependencies("WO-A-1, WO-A-3", book(), true)), "<WO-A-1 <WO-A-3 ");
  EXPECT_EQ(shown(read_dependencies("this one waits: after WO-A-3", book(), true)), ">WO-A-3 ");
}

TEST(Sequences, NeedTwoKnownOrdersOrACommand) {
  const std::pair<std::string, std::string> table[] = {
      {"Both touch x. Commit WO-A-1 before WO2.", "WO-A-1<WO-A-2 "},
      {"WO-A-3 must land after WO-A-1", "WO-A-1<WO-A-3 "},
      {"**Commit WO2 first** — both touch x", "WO-A-2< "},
      {"Ensure Batch R WO-A-1 is clean before Batch Q WO2 begins", ""},
      {"Do not commit WO-A-1 before WO2", ""},
      {"Recommended: WO-A-1 before WO2", ""},
      {"Commit WO-B-9 before WO2", ""},
      {"WO-A-1 and WO2 before lunch", ""},
  };
  for (const auto& [text, expected] : table) {
    std::string out;
    for (const Sequence& s : read_sequences(text, book())) out += s.first + "<" + s.second + " ";
    EXPECT_EQ(out, expected) << text;
  }
}

}  // namespace
}  // namespace parsers
