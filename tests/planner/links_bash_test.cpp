#include <gtest/gtest.h>

#include "tests/support/link_lines.h"

namespace {

using support::links_of;
using support::Project;

const Project project_files = {
    {"script/log.sh", ". \"$(dirname \"$0\")/color.sh\"\nsay() { echo; }\nlevel=1\n"},
    {"script/color.sh", "source ./log.sh\nred() { echo; }\n"},
    {"tools/log.sh", "warn() { echo; }\n"},
    {"log.sh", "other() { echo; }\n"},
    {"lib/net.sh", "fetch() { echo; }\n"},
};

struct Case {
  const char* path;
  const char* text;
  const char* links;
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.text; }

class BashLinks : public testing::TestWithParam<Case> {};

TEST_P(BashLinks, AreAsExpected) {
  Project project = project_files;
  project[GetParam().path] = GetParam().text;
  EXPECT_EQ(links_of(project, GetParam().path), GetParam().links);
}

constexpr const char* use = "script/use.sh";

INSTANTIATE_TEST_SUITE_P(
    Sourced, BashLinks,
    testing::Values(
        Case{use, ". \"$(dirname \"$0\")/log.sh\"\nsay x\n", "2 say -> script/log.sh:say I\n1 * -> script/log.sh I\n"},
        Case{use, ". \"$(dirname \"$0\")\"/log.sh\nsay x\n", "2 say -> script/log.sh:say I\n1 * -> script/log.sh I\n"},
        Case{use, "source \"${BASH_SOURCE%/*}/log.sh\"\nred x\n",
             "2 red -> script/color.sh:red I\n1 * -> script/log.sh I\n"},
        Case{use, "source \"$(cd \"$(dirname \"${BASH_SOURCE[0]}\")\" && pwd)/../lib/net.sh\"\nf() { fetch; }\n",
             "2 fetch -> lib/net.sh:fetch I\n1 * -> lib/net.sh I\n"},
        Case{use, "source lib/net.sh\nfetch\n", "2 fetch -> lib/net.sh:fetch I\n1 * -> lib/net.sh I\n"},
        Case{use, ". ./color.sh\nred\n", "2 red -> script/color.sh:red I\n1 * -> script/color.sh I\n"},
        Case{use, "source \"$(git rev-parse --show-toplevel)/log.sh\"\nother\n",
             "2 other -> log.sh:other I\n1 * -> log.sh I\n"}));

INSTANTIATE_TEST_SUITE_P(
    NoSureLinks, BashLinks,
    testing::Values(Case{use, "say x\n", ""}, Case{use, "source \"$HERE/log.sh\"\nsay x\n", ""},
                    Case{use, "source log.sh\nsay x\n", ""},  // beside it or at the top
                    Case{use, "source /script/color.sh\nred\n", ""}, Case{use, "source ../../color.sh\nred\n", ""},
                    Case{use, "source ./color.sh\nlevel\nwarn\n", "1 * -> script/color.sh I\n"},
                    Case{use, "source ./color.sh\nred() { :; }\nred\n", "1 * -> script/color.sh I\n"}));

}  // namespace
