#include "planner/report/references.h"

#include <gtest/gtest.h>

#include "tests/support/memory_code.h"

namespace planner {
namespace {

TEST(ReferenceRows, AreOneUseALine) {
  support::MemoryCode code(
      {{"a.py", "class C:\n    def m(self): pass\n"}, {"b.py", "from a import C\ndef f(x):\n    C.m; x.m()\n"}});
  Linker linker(code);
  EXPECT_EQ(report::reference_rows(code, linker.links_from(*code.find("b.py"))),
            "b.py\t1\t14\tC\ta.py\t1\tC\tclass\timport\t\tI\n"
            "b.py\t3\t4\tC\ta.py\t1\tC\tclass\tname\tf\tI\n"
            "b.py\t3\t6\tm\ta.py\t2\tC.m\tmethod\tattr\tf\tI\n"
            "b.py\t3\t11\tm\ta.py\t2\tC.m\tmethod\tattr\tf\tM1\n");
}

}  // namespace
}  // namespace planner
