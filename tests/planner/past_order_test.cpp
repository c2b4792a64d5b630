#include "planner/past_order.h"

#include <gmock/gmock.h>

namespace planner {
namespace {

using testing::ElementsAre;

constexpr const char* before = R"(import os

def f():
    return 1


def g():
    return 2
)";

/// An edit of a Python file with all that is known about it.
struct Edited {
  explicit Edited(std::string text) : after(std::move(text)) {
    old_outline = parsers::outline(parsers::Language::python, before);
    new_outline = parsers::outline(parsers::Language::python, after);
    edited.read = true;
    edited.before = before;
    edited.after = after;
    edited.hunks = line_hunks(before, after);
    edited.language = parsers::Language::python;
    edited.old_outline = &old_outline;
    edited.new_outline = &new_outline;
    edited.symbols = symbol_changes(old_outline, new_outline);
  }
  std::string after;
  parsers::CodeOutline old_outline, new_outline;
  EditedText edited;
};

FileEdit modified() { return {FileEdit::Kind::modified, "a.py", "a.py", 0100644, 0100644, "1", "2"}; }

std::vector<std::string> names(const std::vector<Entry>& entries) {
  std::vector<std::string> out;
  for (const Entry& e : entries) out.push_back(e.written + " " + std::string(parsers::to_string(e.intent)));
  return out;
}

TEST(PastOrder, NamesWhatItsHunksTouch) {
  const Edited work("import os\n\ndef f():\n    return 1\n\n\ndef h():\n    return 3\n\n\ndef g():\n    return 4\n");
  const FileEdit edit = modified();
  const WrittenFile written = written_file(edit, work.edited);
  EXPECT_THAT(names(entries_of(written, Granularity::file, &work.old_outline)), ElementsAre("a.py modify"));
  EXPECT_THAT(names(entries_of(written, Granularity::symbol, &work.old_outline)),
              ElementsAre("a.py::g modify", "a.py::h create"));
  EXPECT_THAT(names(entries_of(written, Granularity::gap, &work.old_outline)),
              ElementsAre("a.py::<after f> modify", "a.py::g modify", "a.py::h create"));
}

TEST(PastOrder, WhatCannotBeLookedUpCountsAsTheFile) {
  const Edited work("import os\n\ndef f():\n    return 5\n\n\ndef g():\n    return 2\n");
  const FileEdit edit = modified();
  const WrittenFile written = written_file(edit, work.edited);
  const parsers::CodeOutline other = parsers::outline(parsers::Language::python, "def other(): pass\n");
  EXPECT_THAT(names(entries_of(written, Granularity::gap, &other)), ElementsAre("a.py modify"));
  EXPECT_THAT(names(entries_of(written, Granularity::gap, nullptr)), ElementsAre("a.py modify"));
  EXPECT_THAT(names(entries_of(written_file(edit, EditedText()), Granularity::gap, &work.old_outline)),
              ElementsAre("a.py modify"));
}

TEST(PastOrder, FilesThatComeAndGoAreNamedWhole) {
  const EditedText nothing;
  const FileEdit added{FileEdit::Kind::added, "[b].py", "", 0, 0100644, "", "2"};
  const FileEdit removed{FileEdit::Kind::removed, "c.py", "c.py", 0100644, 0, "1", ""};
  const FileEdit renamed{FileEdit::Kind::renamed, "e.py", "d.py", 0100644, 0100644, "1", "1"};
  const auto entries = entries_of(written_file(added, nothing), Granularity::gap, nullptr);
  EXPECT_THAT(names(entries), ElementsAre("[b].py create"));
  EXPECT_EQ(entries[0].resource.kind, Resource::Kind::path);
  EXPECT_THAT(names(entries_of(written_file(removed, nothing), Granularity::gap, nullptr)), ElementsAre("c.py delete"));
  EXPECT_THAT(names(entries_of(written_file(renamed, nothing), Granularity::gap, nullptr)),
              ElementsAre("d.py rename", "e.py create"));
}

}  // namespace
}  // namespace planner
