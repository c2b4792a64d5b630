#include "parsers/markdown_labels.h"

#include <gtest/gtest.h>

namespace parsers {
namespace {

TEST(Labels, AreCutFromTheirValues) {
  struct Row {
    std::string line, name, rest;
    bool known, bold;
  };
  const Row table[] = {
      {"**Write set:** a.py", "Write set", "a.py", true, true},
      {"**Write set**: a.py", "Write set", "a.py", true, true},
      {"__Write_Set:__ a.py", "Write_Set", "a.py", true, true},
      {"*WRITE SET:* a.py", "WRITE SET", "a.py", true, true},
      {"**Locations (4 total):**", "Locations (4 total)", "", true, true},
      {"**File(s)** (own): a.py", "File(s)", "a.py", true, true},
      {"**Do NOT touch** — a.py", "Do NOT touch", "a.py", true, true},
      {"Files you own: a, b", "Files you own", "a, b", true, false},
      {"Don\xE2\x80\x99t touch: a", "Don\xE2\x80\x99t touch", "a", true, false},
      {"Colour: red", "Colour", "red", false, false},
  };
  for (const Row& row : table) {
    const auto found = split_label(row.line);
    ASSERT_TRUE(found) << row.line;
    EXPECT_EQ(found->name, row.name);
    EXPECT_EQ(found->rest, row.rest);
    EXPECT_EQ(found->label != nullptr, row.known) << row.line;
    EXPECT_EQ(found->bold, row.bold);
  }
  for (const std::string line : {"**Commit WO2 first** — x", "no label here", "a/b.py: prose", "`x`: y", "http://x",
                                 "** a:** b", "::", "**", "a::b"})
    EXPECT_FALSE(split_label(line) && split_label(line)->label != nullptr) << line;
}

TEST(Labels, InDisguise) {
  const std::pair<std::string, std::string> table[] = {
      {"Wr\xD1\x96te set", "write set"},  // Cyrillic i
      {"R\xD0\xB5\xD0\xB0"
       "d set",
       "read set"},
      {"Write\xE2\x80\x8B set", "write set"},  // zero width space
      {"\xCE\xA1riority", "priority"},         // Greek Rho
      {"Write set", ""},
      {"Zone\xC3\xA9", ""},
      {"\xD0\xA0\xD0\xB0\xD0\xB7\xD0\xBC\xD0\xB5\xD1\x80", ""},
  };
  for (const auto& [written, name] : table) EXPECT_EQ(label_in_disguise(written).value_or(""), name) << written;
}

TEST(Labels, Misspelt) {
  const std::pair<std::string, std::string> table[] = {
      {"Wriet set", "write set"},       {"Raed set", "read set"},         {"Fles", ""},  {"Filess", "files"},
      {"Dependancies", "dependencies"}, {"Do not tuoch", "do not touch"}, {"Fixes", ""}, {"Write set", ""},
      {"Implementation", ""},
  };
  for (const auto& [written, name] : table) EXPECT_EQ(label_misspelt(written).value_or(""), name) << written;
}

}  // namespace
}  // namespace parsers
