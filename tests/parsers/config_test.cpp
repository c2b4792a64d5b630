#include "parsers/config.h"

#include <gtest/gtest.h>
#include <string>

namespace parsers {
namespace {

std::string said(const std::string& text) {
  const Source source{"interlock.yaml", text};
  return describe(read_config(source, {}).diagnostics, {source});
}

TEST(ReadConfig, TakesEveryKey) {
  const Source source{"interlock.yaml", R"(target: origin/trunk
isolation: worktree
policy: protect
require_order: true
classes:
  append: [CHANGELOG.md]
  regenerate: ["**/package-lock.json"]
  companion: ["tests/**"]
  barrier: [".github/workflows/**"]
pools: {gpu: 2}
areas: {billing: ["packages/billing/**", lib/money.py]}
series: ["db/migrations/{n}_*.sql"]
removed: [src/old_view.tsx, "lib/x.py::legacy"]
ledger: postgresql://u:secret@h/db
)"};
  const Parsed<Config> parsed = read_config(source, FileId{3});
  EXPECT_EQ(describe(parsed.diagnostics, {}), "");
  const Config& config = parsed.value;
  EXPECT_EQ(config.target, "origin/trunk");
  EXPECT_EQ(config.isolation, Isolation::worktree);
  EXPECT_EQ(config.policy, Policy::protect);
  EXPECT_TRUE(config.require_order);
  ASSERT_EQ(config.classes.append.size(), 1U);
  EXPECT_EQ(config.classes.append[0].text, "CHANGELOG.md");
  EXPECT_EQ(config.classes.append[0].where, (Location{FileId{3}, 6, 12}));
  EXPECT_EQ(config.classes.regenerate.at(0).text, "**/package-lock.json");
  EXPECT_EQ(config.classes.companion.at(0).text, "tests/**");
  EXPECT_EQ(config.classes.barrier.at(0).text, ".github/workflows/**");
  EXPECT_EQ(config.pools.at("gpu").capacity, 2);
  EXPECT_EQ(config.pools.at("gpu").where.column, 9U);
  EXPECT_EQ(config.areas.at("billing").at(1).text, "lib/money.py");
  EXPECT_EQ(config.series.at(0).text, "db/migrations/{n}_*.sql");
  EXPECT_EQ(config.removed.at(1).text, "lib/x.py::legacy");
  EXPECT_EQ(config.ledger, "postgresql://u:secret@h/db");
}

TEST(ReadConfig, NothingIsTheDefault) {
  for (const char* text : {"", "# nothing yet\n"}) {
    const Parsed<Config> parsed = read_config({"interlock.yaml", text}, {});
    EXPECT_TRUE(parsed.diagnostics.empty());
    EXPECT_EQ(parsed.value.target, "");
    EXPECT_EQ(parsed.value.isolation, Isolation::shared);
    EXPECT_EQ(parsed.value.policy, Policy::strict);
  }
}

TEST(ReadConfig, NamesRoundTrip) {
  for (const Isolation i : {Isolation::shared, Isolation::worktree}) EXPECT_EQ(isolation_from(to_string(i)), i);
  for (const Policy p : {Policy::observe, Policy::protect, Policy::strict}) EXPECT_EQ(policy_from(to_string(p)), p);
  EXPECT_EQ(policy_from("Strict"), std::nullopt);
}

TEST(ReadConfig, RefNames) {
  for (const char* good : {"main", "origin/main", "release-1.2", "a.b/c", "feat/@x"})
    EXPECT_EQ(said(std::string("target: ") + good), "") << good;
  for (const char* bad : {"-x",          "--output=/tmp/p",
                          "a..b",        "a b",
                          "a/",          "/a",
                          "a//b",        "a.lock",
                          "a.lock/b",    ".a",
                          "a/.b",        "a.",
                          "\"@\"",       "\"@{-1}\"",
                          "a~1",         "a^",
                          "'HEAD^{/x}'", "a:b",
                          "'a?'",        "'a*'",
                          "'[a'",        "'a\\b'",
                          "''"})
    EXPECT_NE(said(std::string("target: ") + bad), "") << bad;
}

TEST(ReadConfig, SaysWhatIsWrongAndWhere) {
  const std::pair<std::string, std::string> table[] = {
      {"targt: x\n"
       "isolation: worktrees\n"
       "policy: Strict\n"
       "require_order: 1\n",
       "interlock.yaml:1:1: error: unknown key \"targt\" in interlock.yaml\n"
       "  targt: x\n"
       "  ^\n"
       "  did you mean \"target\"? the keys are target, isolation, policy, require_order, classes, pools, areas, "
       "series, removed, ledger\n"
       "interlock.yaml:2:12: error: \"isolation\" wants shared or worktree, not \"worktrees\"\n"
       "  isolation: worktrees\n"
       "             ^\n"
       "  did you mean \"worktree\"?\n"
       "interlock.yaml:3:9: error: \"policy\" wants observe, protect or strict, not \"Strict\"\n"
       "  policy: Strict\n"
       "          ^\n"
       "  did you mean \"strict\"?\n"
       "interlock.yaml:4:16: error: \"require_order\" wants true or false, not 1\n"
       "  require_order: 1\n"
       "                 ^\n"},
      {"target: -x\n",
       "interlock.yaml:1:9: error: \"-x\" cannot name a branch\n"
       "  target: -x\n"
       "          ^\n"
       "  write the name of a branch, such as main or origin/main\n"},
      {"target: a..b\n",
       "interlock.yaml:1:9: error: \"a..b\" cannot name a branch\n"
       "  target: a..b\n"
       "          ^\n"
       "  write the name of a branch, such as main or origin/main\n"},
      {"classes: {apend: [x], barrier: x}\n",
       "interlock.yaml:1:11: error: unknown key \"apend\" in \"classes\"\n"
       "  classes: {apend: [x], barrier: x}\n"
       "            ^\n"
       "  did you mean \"append\"? the keys are append, regenerate, companion, barrier\n"
       "interlock.yaml:1:32: error: \"barrier\" wants a list, not the text \"x\"\n"
       "  classes: {apend: [x], barrier: x}\n"
       "                                 ^\n"
       "  also a single entry needs a list: barrier: [\"x\"]\n"},
      {"pools: {gpu: 0, \"a b\": 1, tpu: }\n",
       "interlock.yaml:1:14: error: the pool \"gpu\" wants an integer from 1 to 1000000000, not 0\n"
       "  pools: {gpu: 0, \"a b\": 1, tpu: }\n"
       "               ^\n"
       "interlock.yaml:1:17: error: \"a b\" cannot name a pool\n"
       "  pools: {gpu: 0, \"a b\": 1, tpu: }\n"
       "                  ^\n"
       "  a name has no blanks and no @ in front\n"
       "interlock.yaml:1:27: error: the pool \"tpu\" wants an integer from 1 to 1000000000, not nothing\n"
       "  pools: {gpu: 0, \"a b\": 1, tpu: }\n"
       "                            ^\n"},
      {"pools: [gpu]\n",
       "interlock.yaml:1:8: error: \"pools\" wants a mapping, not a list\n"
       "  pools: [gpu]\n"
       "         ^\n"
       "  write it as pools: {gpu: 2}\n"},
      {"areas: {\"@x\": [a], y: b}\n",
       "interlock.yaml:1:9: error: \"@x\" cannot name an area\n"
       "  areas: {\"@x\": [a], y: b}\n"
       "          ^\n"
       "  a name has no blanks and no @ in front\n"
       "interlock.yaml:1:23: error: \"y\" wants a list, not the text \"b\"\n"
       "  areas: {\"@x\": [a], y: b}\n"
       "                        ^\n"
       "  also a single entry needs a list: y: [\"b\"]\n"},
      {"series: [\"db/*.sql\", \"{n}{n}\"]\n",
       "interlock.yaml:1:10: error: the series \"db/*.sql\" wants {n} once, where its numbers are\n"
       "  series: [\"db/*.sql\", \"{n}{n}\"]\n"
       "           ^\n"
       "  write it as db/migrations/{n}_*.sql\n"
       "interlock.yaml:1:22: error: the series \"{n}{n}\" wants {n} once, where its numbers are\n"
       "  series: [\"db/*.sql\", \"{n}{n}\"]\n"
       "                       ^\n"
       "  write it as db/migrations/{n}_*.sql\n"},
      {"removed: [\"\"]\n",
       "interlock.yaml:1:11: error: an empty path in \"removed\"\n"
       "  removed: [\"\"]\n"
       "            ^\n"
       "  name a file, a directory with / at its end, or a pattern\n"},
      {"- x\n",
       "interlock.yaml:1:1: error: interlock.yaml is a mapping, not a list\n"
       "  - x\n"
       "  ^\n"
       "  write it as \"key: value\" lines\n"},
      {"classes: append\n",
       "interlock.yaml:1:10: error: \"classes\" is a mapping, not the text \"append\"\n"
       "  classes: append\n"
       "           ^\n"
       "  write it as \"key: value\" lines\n"},
      {"ledger: mysql://u:secret@h/db\n",
       "interlock.yaml: error: \"ledger\" names no store (line 1, not shown because it may hold a password)\n"
       "  write the path of an SQLite file, or a URL that begins with postgresql://\n"},
      {"ledgr: postgresql://u:secret@h/db\n",
       "interlock.yaml: error: unknown key \"ledgr\" in interlock.yaml (line 1, not shown because it may hold a "
       "password)\n"
       "  did you mean \"ledger\"? the keys are target, isolation, policy, require_order, classes, pools, areas, "
       "series, removed, ledger\n"},
      {"{ledger: \"postgresql://u:secret@h/db\", x: 1}\n",
       "interlock.yaml: error: unknown key \"x\" in interlock.yaml (line 1, not shown because it may hold a password)\n"
       "  the keys are target, isolation, policy, require_order, classes, pools, areas, series, removed, ledger\n"},
      {"ledger: postgresql://u:secret@h/db\n"
       "ledger: a\n",
       "interlock.yaml:2:1: error: the key \"ledger\" is here twice\n"
       "  ledger: a\n"
       "  ^\n"
       "  the first is on line 1; keep one\n"},
      {"ledger: [postgresql://u:secret@h/db]\n",
       "interlock.yaml: error: \"ledger\" wants text, not a list (line 1, not shown because it may hold a password)\n"},
      {"postgresql://u:secret@h/db: x\n",
       "interlock.yaml: error: a value or a key is out of place (line 1, not shown because it may hold a password)\n"
       "  the keys are target, isolation, policy, require_order, classes, pools, areas, series, removed, ledger\n"},
      {"ledger: &a postgresql://u:secret@h/db\n",
       "interlock.yaml: error: an anchor (text that begins with &), and this reader takes none (line 1, not shown "
       "because it may hold a password)\n"
       "  put text that begins with a special character in quotes: \"...\"\n"},
      {"password: secret\n",
       "interlock.yaml: error: unknown key \"password\" in interlock.yaml (line 1, not shown because it may hold a "
       "password)\n"
       "  the keys are target, isolation, policy, require_order, classes, pools, areas, series, removed, ledger\n"},
      {"target: postgresql://u:secret@h/db\n",
       "interlock.yaml: error: a value or a key is out of place (line 1, not shown because it may hold a password)\n"
       "  write the name of a branch, such as main or origin/main\n"},
  };
  for (const auto& [text, expected] : table) EXPECT_EQ(said(text), expected) << text;
}

TEST(ReadConfig, NeverShowsAPassword) {
  const std::string long_secret = "secret" + std::string(200, 'x');
  for (const std::string& text : std::vector<std::string>{
           "ledgr: postgresql://u:secret@h/db", "postgresql://u:" + long_secret + "@h/db: x",
           "target: postgresql://u:secret@h/db", std::string("ledger: \"postgresql://u:secret@h/db"),
           std::string("ledger: [x, \"postgresql://u:secret@h/db\"]"), std::string("ledger: mysql://u:secret@h"),
           std::string("ledger: host=h password=secret\nledger: {password: secret}"),
           std::string("\tledger: postgresql://u:secret@h/db"),
           "pools: {gpu: \"postgresql://u:" + long_secret + "@h\"}"}) {
    const std::string all = said(text);
    EXPECT_NE(all, "") << text;
    EXPECT_EQ(all.find("secret"), std::string::npos) << all;
  }
}

}  // namespace
}  // namespace parsers
