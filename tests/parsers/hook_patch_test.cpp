// The envelope of apply_patch: headers are headers, what a hunk holds is not.
#include "parsers/hook_patch.h"

#include <gtest/gtest.h>
#include <ostream>
#include <string>

namespace parsers {
namespace {

std::string shown(const HookPatch& patch) {
  constexpr const char* names[] = {"write", "create", "remove", "move"};
  std::string out;
  for (const HookEdit& edit : patch.edits)
    out += std::string(names[static_cast<int>(edit.kind)]) + " " + edit.path +
           (edit.to.empty() ? "" : " -> " + edit.to) + "\n";
  for (const std::string& clause : patch.unread) out += "unread: " + clause + "\n";
  return out;
}

struct Case {
  const char* name;
  const char* text;
  const char* expected;
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

class Patch : public testing::TestWithParam<Case> {};
TEST_P(Patch, IsRead) { EXPECT_EQ(shown(read_hook_patch(GetParam().text)), GetParam().expected); }

const Case cases[] = {
    {"all four",
     "*** Begin Patch\n*** Add File: a/new.py\n+one\n+*** Delete File: kept.py\n*** Update File: b.py\n@@ def "
     "f():\n-x\n"
     "+y\n*** Update File: old.py\n*** Move to: moved/new name.py\n@@\n-1\n+2\n*** Delete File: gone.py\n*** End "
     "Patch\n",
     "create a/new.py\nwrite b.py\nmove old.py -> moved/new name.py\nremove gone.py\n"},
    {"a header inside a hunk is text",
     "*** Begin Patch\n*** Update File: b.py\n@@\n *** Delete File: kept.py\n+*** Add File: kept2.py\n*** End of File\n"
     "*** End Patch",
     "write b.py\n"},
    {"indented headers between files, carriage returns",
     "*** Begin Patch\r\n  *** Delete File: a.py\r\n  *** Add File: b.py\r\n+x\r\n*** End Patch\r\n",
     "remove a.py\ncreate b.py\n"},
    {"text around it", "apply_patch <<'X'\n*** Begin Patch\n*** Delete File: a\n*** End Patch\nX\n*** Delete File: b\n",
     "remove a\n"},
    {"not ended", "*** Begin Patch\n*** Delete File: a\n", "remove a\nunread: a patch without \"*** End Patch\"\n"},
    {"no envelope", "--- a/x\n+++ b/x\n", "unread: a patch without \"*** Begin Patch\"\n"},
    {"a header that is not known", "*** Begin Patch\n*** Copy File: a\n*** End Patch\n",
     "unread: \"*** Copy File: a\" in a patch\n"},
    {"a header without a path", "*** Begin Patch\n*** Delete File:\n*** End Patch\n",
     "unread: \"*** Delete File:\" in a patch\n"},
    {"empty", "", "unread: a patch without \"*** Begin Patch\"\n"},
};
INSTANTIATE_TEST_SUITE_P(Texts, Patch, testing::ValuesIn(cases));

TEST(HookPatchLimits, ManyFilesAreSaid) {
  std::string text = "*** Begin Patch\n";
  for (int i = 0; i < 3000; ++i) text += "*** Delete File: f" + std::to_string(i) + "\n";
  const HookPatch patch = read_hook_patch(text + "*** End Patch\n");
  EXPECT_EQ(patch.edits.size(), 2000u);
  EXPECT_EQ(patch.unread.size(), 1u);
}

}  // namespace
}  // namespace parsers
