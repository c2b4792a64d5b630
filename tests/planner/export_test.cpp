#include "planner/export.h"

#include <gtest/gtest.h>
#include <random>

#include "planner/text_patch.h"
#include "tests/support/temporary_repository.h"

namespace planner {
namespace {

/// Applies a unified diff the slow way.
std::string patched(const std::string& before, const std::string& patch) {
  std::vector<std::string> lines, out, hunks;
  const auto split = [](const std::string& text) {
    std::vector<std::string> all;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = text.find('\n', at);
      const std::size_t next = end == std::string::npos ? text.size() : end + 1;
      all.push_back(text.substr(at, next - at));
      at = next;
    }
    return all;
  };
  lines = split(before);
  hunks = split(patch);
  std::size_t at = 0;
  for (std::size_t i = 2; i < hunks.size(); ++i) {
    const std::string& h = hunks[i];
    if (h.starts_with("@@ -")) {
      const std::size_t count = std::stoul(h.substr(h.find(',') + 1));
      std::size_t start = std::stoul(h.substr(4));
      if (count > 0) --start;
      while (at < start) out.push_back(lines[at++]);
    } else if (h.starts_with("\\")) {
      continue;
    } else {
      std::string line = h.substr(1);
      if (i + 1 < hunks.size() && hunks[i + 1].starts_with("\\")) line.pop_back();
      if (h[0] != '+') {
        EXPECT_EQ(lines.at(at), line);
        ++at;
      }
      if (h[0] != '-') out.push_back(line);
    }
  }
  while (at < lines.size()) out.push_back(lines[at++]);
  std::string text;
  for (const std::string& line : out) text += line;
  return text;
}

TEST(TextPatch, SaysWhatChangesAndWhere) {
  EXPECT_EQ(unified_patch("d/a b.md", "one\ntwo\nthree", {{4, 3, "2"}}),
            "--- a/d/a b.md\n+++ b/d/a b.md\n@@ -1,3 +1,3 @@\n one\n-two\n+2\n three\n\\ No newline at end of file\n");
  EXPECT_EQ(unified_patch("a", "one\n", {{0, 3, "one"}}), "");
  EXPECT_EQ(unified_patch("\xC3\xA4", "a\n", {{0, 1, "b"}}).substr(0, 15), "--- \"a/\\303\\244");
}

TEST(TextPatch, LeadsToTheEditedText) {
  std::mt19937 random(7);
  for (int round = 0; round < 300; ++round) {
    std::string text;
    const std::size_t size = random() % 120;
    for (std::size_t i = 0; i < size; ++i) text += "ab \n"[random() % 4];
    std::vector<TextEdit> edits;
    for (std::size_t at = random() % 9; at < text.size(); at += 1 + random() % 40) {
      const std::size_t length = std::min<std::size_t>(random() % 4, text.size() - at);
      std::string now;
      for (std::size_t i = random() % 4; i > 0; --i) now += "xy\n"[random() % 3];
      edits.push_back({at, length, now});
      at += length;
    }
    const std::string after = edited(text, edits);
    const std::string patch = unified_patch("f", text, edits);
    EXPECT_EQ(patch.empty() ? text : patched(text, patch), after) << text << "\n" << patch;
  }
}

TEST(TextPatch, IsWhatGitApplies) {
  const support::TemporaryRepository repo;
  const std::string name = "t/\xC3\xA4 \"1\".md";
  const std::string before = "one\r\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\nten\neleven";
  const std::vector<TextEdit> edits{{0, 3, "1"}, {before.size(), 0, "th\ntwelve"}, {9, 0, "new\n"}};
  repo.write(name, before);
  repo.write("p.patch", unified_patch(name, before, edits));
  repo.git({"apply", "p.patch"});
  EXPECT_EQ(support::read(repo / name), edited(before, edits));
}

TEST(Export, KnowsAnIdWithoutItsFamily) {
  EXPECT_EQ(own_id("001-core/T004"), "T004");
  EXPECT_EQ(own_id("T004"), "T004");
}

}  // namespace
}  // namespace planner
