#include "planner/io/index_cache.h"

#include <algorithm>
#include <filesystem>
#include <gtest/gtest.h>
#include <string>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

#include "tests/support/temporary_repository.h"

namespace planner::io {
namespace {

std::string blob(int number) {
  std::string out = "00000000000000000000000000000000000000" + std::string(2, '0');
  for (std::size_t i = out.size(); number != 0; number /= 16) out[--i] = "0123456789abcdef"[number % 16];
  return out;
}

std::vector<std::string> files_in(const std::string& directory) {
  std::vector<std::string> out;
  for (const auto& entry : std::filesystem::directory_iterator(directory)) out.push_back(entry.path().string());
  std::sort(out.begin(), out.end());
  return out;
}

/// A cache with payload "pN" for blobs 1 to `count`, published.
void fill(const std::string& directory, int count) {
  IndexCache cache(directory, 7);
  for (int i = 1; i <= count; ++i) cache.put({blob(i), 0}, "p" + std::to_string(i));
  ASSERT_TRUE(cache.publish().has_value());
}

TEST(IndexCache, KeepsRecordsBetweenRuns) {
  const support::TemporaryDirectory top;
  const std::string directory = top / "common/interlock/index";
  {
    IndexCache cache(directory, 7);
    EXPECT_FALSE(cache.find({blob(1), 0}).has_value());
    cache.put({blob(1), 0}, "names");
    cache.put({blob(1), 1}, "");
    cache.put({std::string(64, 'f'), 0}, std::string("\0x", 2));
    EXPECT_EQ(cache.find({blob(1), 0}), "names");
    ASSERT_TRUE(cache.publish().has_value());
    EXPECT_EQ(cache.find({blob(1), 0}), "names");
  }
  const IndexCache again(directory, 7);
  EXPECT_EQ(again.find({blob(1), 0}), "names");
  EXPECT_EQ(again.find({blob(1), 1}), "");
  EXPECT_EQ(again.find({std::string(64, 'f'), 0}), std::string("\0x", 2));
  EXPECT_FALSE(again.find({blob(2), 0}).has_value());
  EXPECT_FALSE(again.find({"no id", 0}).has_value());
  EXPECT_FALSE(IndexCache(directory, 8).find({blob(1), 0}).has_value());
}

TEST(IndexCache, TheNewestWins) {
  const support::TemporaryDirectory top;
  fill(top.path(), 3);
  IndexCache cache(top.path(), 7);
  cache.put({blob(2), 0}, "new");
  ASSERT_TRUE(cache.publish().has_value());
  EXPECT_EQ(IndexCache(top.path(), 7).find({blob(2), 0}), "new");
  EXPECT_EQ(IndexCache(top.path(), 7).find({blob(3), 0}), "p3");
}

TEST(IndexCache, ManySegmentsBecomeFew) {
  const support::TemporaryDirectory top;
  for (int i = 1; i <= 100; ++i) fill(top.path(), i);
  const IndexCache cache(top.path(), 7);
  EXPECT_LE(cache.segments(), 8U);
  EXPECT_EQ(files_in(top.path()).size(), cache.segments());
  for (int i = 1; i <= 100; ++i) EXPECT_EQ(cache.find({blob(i), 0}), "p" + std::to_string(i));
}

TEST(IndexCache, TheOldestGoWhenItIsTooLarge) {
  const support::TemporaryDirectory top;
  for (int i = 1; i <= 9; ++i) {
    IndexCache cache(top.path(), 7);
    cache.put({blob(i), 0}, std::string(10'000, static_cast<char>('a' + i)));
    ASSERT_TRUE(cache.publish(45'000).has_value());
  }
  const IndexCache cache(top.path(), 7);
  for (int i = 1; i <= 9; ++i) EXPECT_EQ(cache.find({blob(i), 0}).has_value(), i > 5) << i;
  // What is larger than all that may be kept is kept alone.
  IndexCache again(top.path(), 7);
  again.put({blob(10), 0}, "p10");
  ASSERT_TRUE(again.publish(1).has_value());
  EXPECT_EQ(files_in(top.path()).size(), 1U);
  EXPECT_EQ(IndexCache(top.path(), 7).find({blob(10), 0}), "p10");
}

/// Whatever byte is damaged or missing, nothing wrong is found and everything can be made again.
TEST(IndexCache, RepairsItself) {
  const support::TemporaryDirectory top;
  fill(top.path(), 3);
  const std::string whole = support::read(files_in(top.path()).at(0));
  for (std::size_t at = 0; at < whole.size(); at += 3) {
    for (const bool cut : {false, true}) {
      const support::TemporaryDirectory other;
      std::string text = cut ? whole.substr(0, at) : whole;
      if (!cut) text[at] = static_cast<char>(text[at] ^ 0x40);
      support::write(other / std::filesystem::path(files_in(top.path()).at(0)).filename().string(), text);
      IndexCache cache(other.path(), 7);
      for (int i = 1; i <= 3; ++i) {
        const auto found = cache.find({blob(i), 0});
        EXPECT_EQ(found.value_or("p" + std::to_string(i)), "p" + std::to_string(i)) << at;
        cache.put({blob(i), 0}, "p" + std::to_string(i));
      }
      ASSERT_TRUE(cache.publish().has_value());
      for (int i = 1; i <= 3; ++i) EXPECT_EQ(cache.find({blob(i), 0}), "p" + std::to_string(i)) << at;
    }
  }
}

TEST(IndexCache, GoesOnWithoutAPlaceToWrite) {
  const support::TemporaryDirectory top;
  support::write(top / "file", "");
  IndexCache cache(top / "file/index", 7);
  cache.put({blob(1), 0}, "p1");
  const auto kept = cache.publish();
  ASSERT_FALSE(kept.has_value());
  EXPECT_EQ(kept.error().kind, Error::Kind::world);
  EXPECT_EQ(cache.find({blob(1), 0}), "p1");
}

TEST(IndexCache, SeveralProcessesPublishAtOnce) {
  const support::TemporaryDirectory top;
  std::vector<pid_t> children;
  for (int child = 0; child < 4; ++child) {
    const pid_t pid = ::fork();
    ASSERT_GE(pid, 0);
    if (pid == 0) {
      bool good = true;
      for (int round = 0; round < 12; ++round) {
        IndexCache cache(top.path(), 7);
        cache.put({blob(child * 100 + round + 1), 0}, "p" + std::to_string(child * 100 + round + 1));
        good = cache.publish().has_value() && good;
      }
      ::_exit(good ? 0 : 1);
    }
    children.push_back(pid);
  }
  for (const pid_t pid : children) {
    int status = 0;
    ASSERT_EQ(::waitpid(pid, &status, 0), pid);
    EXPECT_EQ(status, 0);
  }
  const IndexCache cache(top.path(), 7);
  for (int child = 0; child < 4; ++child)
    for (int number = child * 100 + 1; number <= child * 100 + 12; ++number)
      EXPECT_EQ(cache.find({blob(number), 0}), "p" + std::to_string(number));
}

}  // namespace
}  // namespace planner::io
