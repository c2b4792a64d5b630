#include "planner/io/blob_id.h"

#include <gtest/gtest.h>

#include "tests/support/temporary_repository.h"

namespace planner::io {
namespace {

TEST(BlobId, IsWhatGitSays) {
  EXPECT_EQ(blob_id("", "sha1"), "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
  const support::TemporaryRepository plain, wide({"--object-format=sha256"});
  for (const std::string& text : {std::string(), std::string("a\n"), std::string("a\0b", 3), std::string(70000, 'x')}) {
    for (const auto* repository : {&plain, &wide}) {
      repository->write("file", text);
      EXPECT_EQ(blob_id(text, repository == &plain ? "sha1" : "sha256"), repository->git({"hash-object", "file"}));
    }
  }
}

}  // namespace
}  // namespace planner::io
