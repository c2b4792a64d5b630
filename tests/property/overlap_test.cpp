// Random patterns against brute force: every path up to a length over a small alphabet is tried.
#include <gtest/gtest.h>
#include <random>

#include "parsers/path_pattern.h"
#include "planner/check.h"
#include "planner/resource.h"

namespace {

std::vector<std::string> all_paths(std::size_t longest) {
  const std::string alphabet = "/a.0";  // in the order in which witnesses are preferred
  std::vector<std::string> out, level{""};
  for (std::size_t n = 0; n < longest; ++n) {
    std::vector<std::string> next;
    for (const std::string& prefix : level)
      for (char c : alphabet) next.push_back(prefix + c);
    for (const std::string& path : next)
      if (!parsers::path_error(path) && path.back() != '/') out.push_back(path);
    level = std::move(next);
  }
  return out;
}

std::string random_pattern(std::mt19937& random) {
  static const char* const pieces[] = {"a", "a", ".",   "0",   "/",    "/",    "*",
                                       "*", "?", "**/", "/**", "[a0]", "[!a]", "[.-0]"};
  while (true) {
    std::string out;
    for (auto n = random() % 5 + 1; n > 0; --n) out += pieces[random() % std::size(pieces)];
    if (!parsers::PathPattern::pattern_error(out)) return out;
  }
}

/// The preference among bytes, restricted to the alphabet: '/', a, 0, then '.' among "the other bytes".
int rank(char c) { return c == '/' ? 0 : c == 'a' ? 1 : c == '0' ? 2 : 3; }

bool preferred(const std::string& x, const std::string& y) {
  if (x.size() != y.size()) return x.size() < y.size();
  for (std::size_t i = 0; i < x.size(); ++i)
    if (x[i] != y[i]) return rank(x[i]) < rank(y[i]);
  return false;
}

TEST(Overlap, AgreesWithEnumeration) {
  const std::vector<std::string> paths = all_paths(6);
  std::mt19937 random(7);
  int meetings = 0;
  for (int round = 0; round < 3000; ++round) {
    const std::string a = random_pattern(random), b = random_pattern(random);
    const parsers::PathPattern pa(a), pb(b);
    std::optional<std::string> best;
    for (const std::string& path : paths) {
      const bool in_a = pa.matches(path);
      ASSERT_EQ(in_a, planner::reference_match(a, path)) << a << " " << path;
      if (in_a && pb.matches(path) && (!best || preferred(path, *best))) best = path;
    }
    const auto witness = common_path(pa, pb);
    if (best) {
      ++meetings;
      // A shorter or preferred witness may use bytes outside of the alphabet; it must be matched by both and not be
      // worse.
      ASSERT_TRUE(witness) << a << " " << b << " meet at " << *best;
      EXPECT_TRUE(planner::reference_match(a, *witness) && planner::reference_match(b, *witness))
          << a << " " << b << " " << *witness;
      EXPECT_LE(witness->size(), best->size());
      if (witness->find_first_not_of("/a.0") == std::string::npos) {
        EXPECT_EQ(*witness, *best) << a << " " << b;
      }
    } else if (witness) {
      EXPECT_TRUE(planner::reference_match(a, *witness) && planner::reference_match(b, *witness))
          << a << " " << b << " " << *witness;
      EXPECT_TRUE(witness->size() > 6 || witness->find_first_not_of("/a.0") != std::string::npos)
          << a << " " << b << " " << *witness;
    }
  }
  EXPECT_GT(meetings, 500);
}

TEST(Coverage, FindsTheFirstThatCovers) {
  std::mt19937 random(11);
  const std::vector<std::string> paths = all_paths(5);
  for (int round = 0; round < 200; ++round) {
    std::vector<planner::Resource> resources;
    for (auto n = random() % 6; n > 0; --n) resources.push_back(planner::resource_from(random_pattern(random)));
    const planner::Coverage coverage(resources);
    for (std::size_t i = random() % 7; i < paths.size(); i += 7) {
      std::optional<std::size_t> expected;
      for (std::size_t r = 0; r < resources.size() && !expected; ++r)
        if (planner::covers(resources[r], paths[i])) expected = r;
      EXPECT_EQ(coverage.find(paths[i]), expected) << paths[i];
    }
  }
}

}  // namespace
