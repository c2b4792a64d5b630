// Paths as the disk has them: links followed, twins found, nothing believed.
#include "planner/io/resolved_path.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <string>

namespace planner::io {
namespace {

namespace fs = std::filesystem;

class ResolvePath : public testing::Test {
 protected:
  ResolvePath() {
    std::string name = (fs::temp_directory_path() / "interlock-paths-XXXXXX").string();
    if (::mkdtemp(name.data())) top_ = fs::canonical(name).string();
    fs::create_directories(top_ + "/a/b");
    std::ofstream(top_ + "/a/b/Read\u00e9.md") << "x";
    fs::create_directory_symlink(top_ + "/a", top_ + "/link");
    fs::create_symlink("../..", top_ + "/a/up");
    fs::create_symlink("loop", top_ + "/loop");
    fs::create_symlink("a/new.txt", top_ + "/dangling");
  }
  ~ResolvePath() override { fs::remove_all(top_); }

  std::string at(std::string_view path, LastLink last = LastLink::follow) const {
    const ResolvedPath real = resolve_path(top_, path, last);
    if (!real.problem.empty()) return "! " + real.problem;
    std::string out = real.path.starts_with(top_) ? real.path.substr(top_.size()) : real.path;
    return out + (real.linked ? " linked" : "") + (real.exists ? "" : " new") + (real.directory ? " dir" : "");
  }

  std::string top_;
};

TEST_F(ResolvePath, FollowsWhatIsThere) {
  EXPECT_EQ(at("a/b"), "/a/b dir");
  EXPECT_EQ(at("./a//./b/"), "/a/b dir");
  EXPECT_EQ(at("a/../a/b"), "/a/b dir");
  EXPECT_EQ(at("a/b/new/deeper"), "/a/b/new/deeper new");
  EXPECT_EQ(at("link/b"), "/a/b linked dir");
  EXPECT_EQ(at("link", LastLink::keep), "/link");
  EXPECT_EQ(at("link/../x"), "/x linked new");
  EXPECT_EQ(at("dangling"), "/a/new.txt linked new");
  EXPECT_EQ(at("dangling", LastLink::keep), "/dangling");
  EXPECT_EQ(at("."), " dir");
  EXPECT_EQ(at("a/up/x"), fs::path(top_).parent_path().string() + "/x linked new");
  EXPECT_EQ(at("/"), "/ dir");
  EXPECT_EQ(at(top_ + "/a"), "/a dir");
  EXPECT_EQ(at("../../../../../../../../../.."), "/ dir");
}

TEST_F(ResolvePath, SaysWhatItCannotResolve) {
  EXPECT_EQ(at(""), "! it is empty");
  EXPECT_EQ(at(std::string_view("a\0b", 3)), "! a NUL byte stands in it");
  EXPECT_EQ(at("loop"), "! too many symbolic links");
  EXPECT_EQ(at("new/../a"), "! it leads up from a directory that is not there");
  EXPECT_EQ(at("a/b/Read\u00e9.md/x"), "! something in it is no directory");
  EXPECT_EQ(at(std::string(5000, 'x')), "! it is too long");
  EXPECT_EQ(at(std::string(300, 'x')), "! a name in it is too long");
}

TEST_F(ResolvePath, FindsTwins) {
  const auto twin = [&](std::string_view path) {
    const ResolvedPath real = resolve_path(top_, path, LastLink::follow);
    return real.twin.empty() ? "" : real.twin.substr(top_.size());
  };
  EXPECT_EQ(twin("a/b/READ\u00c9.md"), "/a/b/Read\u00e9.md");
  EXPECT_EQ(twin("a/b/Reade\u0301.md"), "/a/b/Read\u00e9.md");
  EXPECT_EQ(twin("a/B/x"), "/a/b/x");
  EXPECT_EQ(twin("a/b/Read\u00e9.md"), "");
  EXPECT_EQ(twin("a/c"), "");
}

}  // namespace
}  // namespace planner::io
