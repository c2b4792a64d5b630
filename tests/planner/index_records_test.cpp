#include "planner/index_records.h"

#include <gtest/gtest.h>
#include <string>

namespace planner {
namespace {

const char* const text = R"(import os as o
from a import *

class C(o.Base):
    x = 1

    def f(self, p):
        from q import z
        return [o.g(p) for i in p]

def broken(: pass
)";

TEST(IndexRecords, HoldOutlinesExactly) {
  const parsers::CodeOutline outline = parsers::outline(parsers::Language::python, text);
  ASSERT_FALSE(outline.errors.empty());
  const std::string record = record_of(outline);
  const auto read = outline_in(record);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(record_of(*read), record);
  EXPECT_EQ(read->status, outline.status);
  ASSERT_EQ(read->definitions.size(), outline.definitions.size());
  for (std::size_t i = 0; i < outline.definitions.size(); ++i) {
    EXPECT_EQ(read->definitions[i].name, outline.definitions[i].name);
    EXPECT_EQ(read->definitions[i].range, outline.definitions[i].range);
    EXPECT_EQ(read->definitions[i].bases, outline.definitions[i].bases);
    EXPECT_EQ(read->definitions[i].container, outline.definitions[i].container);
    EXPECT_EQ(read->definitions[i].body, outline.definitions[i].body);
  }
  ASSERT_EQ(read->references.size(), outline.references.size());
  for (std::size_t i = 0; i < outline.references.size(); ++i) {
    EXPECT_EQ(read->references[i].receiver, outline.references[i].receiver);
    EXPECT_EQ(read->references[i].enclosing, outline.references[i].enclosing);
  }
  ASSERT_EQ(read->imports.size(), outline.imports.size());
  for (std::size_t i = 0; i < outline.imports.size(); ++i) EXPECT_EQ(read->imports[i].end, outline.imports[i].end);
  EXPECT_EQ(read->locals.size(), outline.locals.size());
  EXPECT_EQ(read->gaps.size(), outline.gaps.size());
}

TEST(IndexRecords, AnyOtherBytesAreNothingOrInRange) {
  const std::string record = record_of(parsers::outline(parsers::Language::python, text));
  for (std::size_t at = 0; at < record.size(); ++at) {
    EXPECT_FALSE(outline_in(record.substr(0, at)).has_value()) << at;
    for (const int bit : {1, 64, 128}) {
      std::string changed = record;
      changed[at] = static_cast<char>(changed[at] ^ bit);
      const auto read = outline_in(changed);
      if (!read) continue;
      for (const auto& r : read->references)
        EXPECT_TRUE(r.enclosing == parsers::no_definition || r.enclosing < read->definitions.size());
      EXPECT_EQ(outline_in(record_of(*read)).has_value(), true);
    }
  }
  EXPECT_FALSE(outline_in(record + "x").has_value());
  EXPECT_FALSE(outline_in(std::string(20, '\xff')).has_value());
}

}  // namespace
}  // namespace planner
