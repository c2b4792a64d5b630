// Many sessions call the real program at once: each order is done once, and no two that conflict at the same time.
#include <array>
#include <cstdio>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <map>
#include <mutex>
#include <random>
#include <set>
#include <sstream>
#include <sys/wait.h>
#include <thread>
#include <vector>

#include "tests/golden/harness.h"

namespace golden {
namespace {

/// The text behind `"key": ` up to the next comma or end of line, without quotes.
std::string value_of(const std::string& json, const std::string& key) {
  const std::size_t at = json.find("\"" + key + "\":");
  if (at == std::string::npos) return {};
  std::string value = json.substr(at + key.size() + 3);
  value = value.substr(0, value.find_first_of(",\n}"));
  std::erase_if(value, [](char c) { return c == '"' || c == ' '; });
  return value;
}

/// As Scratch::run, from several threads at once: the words hold nothing that a shell understands.
Finished call(const Scratch& scratch, const std::string& words) {
  const std::string command = "cd '" + scratch.path() + "' && '" INTERLOCK_BINARY "' " + words + " 2>&1";
  std::FILE* pipe = ::popen(command.c_str(), "r");
  Finished out;
  std::array<char, 4096> buffer{};
  for (std::size_t got = 0; (got = std::fread(buffer.data(), 1, buffer.size(), pipe)) != 0;)
    out.out.append(buffer.data(), got);
  const int status = ::pclose(pipe);
  out.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 255;
  return out;
}

TEST(Sessions, TakeDifferentOrdersUntilAllAreDone) {
  constexpr int orders = 60, sessions = 16;
  const Scratch scratch;
  std::mt19937 random(11);
  std::map<std::string, std::set<std::string>> writes;
  std::string text = "work_orders:\n";
  for (int i = 0; i < orders; ++i) {
    const std::string id = fmt::format("WO-{:03}", i), one = fmt::format("src/f{}.py", random() % 25),
                      two = fmt::format("src/f{}.py", 25 + random() % 25);
    writes[id] = {one, two};
    text += fmt::format("  - {{id: {}, priority: {}, write: [{}, {}]{}}}\n", id, 1 + random() % 4, one, two,
                        i > 9 && i % 6 == 0 ? fmt::format(", depends_on: [WO-{:03}]", i - 7) : "");
  }
  write_file(scratch.path() + "/orders.yaml", text);
  ASSERT_EQ(scratch.run({"git", "init", "-q", "."}).exit_code, 0);

  std::mutex mutex;
  std::map<std::string, int> taken;
  std::vector<std::string> troubles;
  std::vector<std::thread> threads;
  for (int s = 0; s < sessions; ++s)
    threads.emplace_back([&, s] {
      for (;;) {
        const Finished got = call(scratch, fmt::format("next orders.yaml --agent s{} --wait 60s --format json", s % 3));
        if (got.exit_code != 0) {
          const std::lock_guard lock(mutex);
          if (got.exit_code != 1 || got.out.find("every order is finished") == std::string::npos)
            troubles.push_back(got.out + got.err);
          return;
        }
        const std::string claim = value_of(got.out, "id"), fence = value_of(got.out, "fence");
        {
          const std::lock_guard lock(mutex);
          ++taken[value_of(got.out, "work_order")];
        }
        const Finished done = call(scratch, "complete " + claim + " --fence " + fence);
        const std::lock_guard lock(mutex);
        if (done.exit_code != 0) troubles.push_back(done.out + done.err);
      }
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(troubles, std::vector<std::string>{});
  EXPECT_EQ(taken.size(), static_cast<std::size_t>(orders));
  for (const auto& [id, times] : taken) EXPECT_EQ(times, 1) << id;

  std::map<std::string, std::string> live;  // claim -> order
  std::istringstream events(scratch.run({"interlock", "watch", "--since", "0", "--for", "0", "--format", "json"}).out);
  for (std::string line; std::getline(events, line);) {
    const std::string claim = value_of(line, "claim"), id = value_of(line, "work_order");
    if (value_of(line, "kind") == "completed") {
      live.erase(claim);
      continue;
    }
    for (const auto& [other, order] : live)
      for (const std::string& path : writes[id])
        EXPECT_FALSE(writes[order].contains(path)) << id << " beside " << order;
    live.emplace(claim, id);
  }
  EXPECT_TRUE(live.empty());
  EXPECT_EQ(scratch.run({"interlock", "doctor"}).exit_code, 0);
}

TEST(Sessions, WhoWaitsGetsItWhenItIsFree) {
  const Scratch scratch;
  ASSERT_EQ(scratch.run({"git", "init", "-q", "."}).exit_code, 0);
  ASSERT_EQ(scratch.run({"interlock", "claim", "--resource", "a", "--agent", "one"}).exit_code, 0);
  std::thread later([&] { call(scratch, "release c1 --fence 1"); });
  const Finished got = call(scratch, "claim --resource a --agent two --wait 60s");
  later.join();
  EXPECT_EQ(got.exit_code, 0) << got.out << got.err;
  EXPECT_EQ(scratch.run({"interlock", "claim", "--resource", "a", "--agent", "three", "--wait", "1s"}).exit_code, 1);
}

TEST(Sessions, APlanSeesClaims) {
  const Scratch scratch;
  write_file(scratch.path() + "/orders.yaml",
             "work_orders:\n  - {id: A, write: [a.py]}\n  - {id: B, write: [b.py]}\n  - {id: C, write: [a.py]}\n");
  ASSERT_EQ(scratch.run({"git", "init", "-q", "."}).exit_code, 0);
  const std::string before = scratch.run({"interlock", "plan", "orders.yaml", "--format", "json"}).out;
  EXPECT_EQ(scratch.run({"interlock", "claim", "--resource", "b.*", "--agent", "x"}).exit_code, 0);
  EXPECT_EQ(scratch.run({"interlock", "claim", "orders.yaml", "--work-order", "C", "--agent", "y"}).exit_code, 0);
  const std::string after = scratch.run({"interlock", "plan", "orders.yaml", "--format", "json"}).out;
  EXPECT_NE(before.find("\"ready\": [\n    \"A\",\n    \"B\"\n  ]"), std::string::npos) << before;
  EXPECT_NE(after.find("\"ready\": []"), std::string::npos) << after;
  EXPECT_NE(after.find("\"id\": \"claim c1\""), std::string::npos) << after;
  EXPECT_EQ(value_of(before, "input_digest"), value_of(after, "input_digest"));
  const Finished denied = scratch.run({"interlock", "claim", "orders.yaml", "--work-order", "A", "--agent", "z"});
  EXPECT_EQ(denied.exit_code, 1);
  EXPECT_NE(denied.out.find("a.py is held by c2 (y, C)"), std::string::npos) << denied.out;
  EXPECT_EQ(scratch.run({"interlock", "complete", "c2", "--fence", "2"}).exit_code, 0);
  EXPECT_EQ(scratch.run({"interlock", "claim", "orders.yaml", "--work-order", "A", "--agent", "z"}).exit_code, 0);
  EXPECT_EQ(scratch.run({"interlock", "plan", "orders.yaml", "--ledger", "none", "--format", "json"}).out, before);
}

TEST(Sessions, WrongWordsAreUsageErrors) {
  const Scratch scratch;
  write_file(scratch.path() + "/orders.yaml", "work_orders:\n  - {id: A, write: [a.py]}\n");
  ASSERT_EQ(scratch.run({"git", "init", "-q", "."}).exit_code, 0);
  const std::vector<std::string> calls = {"interlock claim --agent a",
                                          "interlock claim --resource a",
                                          "interlock claim --resource ../a --agent a",
                                          "interlock claim --resource /etc/passwd --agent a",
                                          "interlock claim --resource .git/config --agent a",
                                          "interlock claim orders.yaml --agent a",
                                          "interlock claim --work-order A --agent a",
                                          "interlock claim orders.yaml --work-order Z --agent a",
                                          "interlock claim --resource a --agent a --ttl 0s",
                                          "interlock claim --resource a --agent a --ttl 100000h",
                                          "interlock claim --resource a --agent a --intent smash",
                                          "interlock claim --extend c1 --resource a",
                                          "interlock next orders.yaml",
                                          "interlock renew c1",
                                          "interlock renew c1 --fence x",
                                          "interlock break c1",
                                          "interlock claim --resource a --agent a --ledger mysql://x"};
  for (const std::string& call : calls) EXPECT_EQ(scratch.run(split(call)).exit_code, 2) << call;
  EXPECT_EQ(scratch.run(split("interlock renew c1 --fence 1")).exit_code, 1);
  EXPECT_EQ(scratch.run(split("interlock claim --resource a --agent a --ledger postgresql://127.0.0.1:1/x")).exit_code,
            3);
}

}  // namespace
}  // namespace golden
