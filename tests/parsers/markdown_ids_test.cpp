#include "parsers/markdown_ids.h"

#include <gtest/gtest.h>

namespace parsers {
namespace {

TEST(HeadingId, Good) {
  struct Row {
    std::string heading, id, title;
    bool counted = false;
  };
  const Row table[] = {
      {"WO-FIX-01: Attack pipeline", "WO-FIX-01", "Attack pipeline"},
      {"WO-7 - title", "WO-7", "title"},
      {"WO-7 — title", "WO-7", "title"},
      {"WO-7 title", "WO-7", "title"},
      {"**WO-7**: title", "WO-7", "title"},
      {"[WO-7] title", "WO-7", "title"},
      {"3. FIX-12: title", "FIX-12", "title"},
      {"IDEA-616:", "IDEA-616", ""},
      {"WO 2 — WO-ENGINE-MOBILITY-001", "WO-ENGINE-MOBILITY-001", ""},
      {"WO 2: WO-ENGINE-CLEANUP — Tidy", "WO-ENGINE-CLEANUP", "Tidy"},
      {"Work Order: WO-7 — title", "WO-7", "title"},
      {"WO 2: title", "WO-2", "title", true},
      {"Deliverable 3: Guard (Risk #3)", "Deliverable-3", "Guard (Risk #3)", true},
      {"Task 2.1: title", "Task-2.1", "title", true},
      {"Session A", "Session-A", "", true},
  };
  for (const Row& row : table) {
    const auto found = heading_id(row.heading);
    ASSERT_TRUE(found) << row.heading;
    EXPECT_EQ(found->id, row.id) << row.heading;
    EXPECT_EQ(found->title, row.title) << row.heading;
    EXPECT_EQ(found->counted, row.counted) << row.heading;
  }
}

TEST(HeadingId, Bad) {
  for (const std::string heading : {"[WO-ID]: [Short Title]", "WO-XX: title", "Session Scope", "Task list",
                                    "Files to Modify", "Wave 1", "A-B: no number", "UTF-8 handling",
                                    "Deliverable 3 is late", "", "WO", "-1", "Phase 2: x", "fix-12: lower case"})
    EXPECT_FALSE(heading_id(heading)) << heading;
}

TEST(IdBook, FindsMentions) {
  IdBook ids;
  ids.add("WO-ENGINE-X-001", "WO-ENGINE-X-001");
  ids.add("WO 2", "WO-ENGINE-X-001");
  ids.add("0001", "0001");
  const std::pair<std::string, std::string> table[] = {
      {"WO2, WO 2 and WO-2", "WO-ENGINE-X-001 WO-ENGINE-X-001 WO-ENGINE-X-001 "},
      {"WO-FIX-03 (not WO-FIX-04)", "WO-FIX-03? "},
      {"Tasks 1, 2 and 3", "Task-1? Task-2? Task-3? "},
      {"`0001` and 0002", "0001 "},
      {"docs/WO-1.md, WO-1.md, WO-[ID]-1, WO-ID, WO-XX", ""},
      {"save as UTF-8", "UTF-8? "},
      {"3 tests in 2 files", ""},
  };
  for (const auto& [text, expected] : table) {
    std::string found;
    for (const IdBook::Mention& m : ids.mentions(text)) found += m.id + (m.known ? " " : "? ");
    EXPECT_EQ(found, expected) << text;
  }
}

}  // namespace
}  // namespace parsers
