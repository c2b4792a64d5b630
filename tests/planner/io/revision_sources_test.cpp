#include "planner/io/revision_sources.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "planner/io/git_repository.h"
#include "tests/support/temporary_repository.h"

namespace planner::io {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(RevisionSources, ReadsOrdersAndConfigurationAsTheCommitHasThem) {
  const support::TemporaryRepository user;
  const ObjectId commit = user.commit("c", {{"orders/a.md", "law"},
                                            {"orders/.x.md", ""},
                                            {"orders/b.txt", ""},
                                            {"orders/deep/z.yaml", "z"},
                                            {"interlock.yaml", "policy: protect\n"}});
  user.write("orders/a.md", "bent");
  user.write("interlock.yaml", "policy: observe\n");
  const auto repository = open_repository(user.top());
  ASSERT_TRUE(repository && *repository);

  RevisionSources sources(**repository, commit, "main");
  const auto read = sources.read({"./orders/", user / "orders/a.md"});
  ASSERT_TRUE(read) << read.error().what;
  ASSERT_EQ(read->size(), 2U);
  EXPECT_EQ(read->at(0).name, "main:orders/a.md");
  EXPECT_EQ(read->at(0).text, "law");
  EXPECT_EQ(read->at(1).name, "main:orders/deep/z.yaml");
  EXPECT_EQ(sources.config().value()->text, "policy: protect\n");
  EXPECT_THAT(sources.law(), ElementsAre("interlock.yaml", "orders/", "orders/a.md"));

  RevisionSources below(**repository, commit, "main", "orders/deep");
  EXPECT_EQ(below.read({"../a.md"}).value().at(0).name, "main:orders/a.md");
  EXPECT_THAT(below.read({"../../../x.md"}).error().what, HasSubstr("outside"));
  EXPECT_THAT(below.read({"none.md"}).error().what, HasSubstr("not there at main"));
  EXPECT_EQ(below.read({"-"}).error().kind, Error::Kind::input);
}

}  // namespace
}  // namespace planner::io
