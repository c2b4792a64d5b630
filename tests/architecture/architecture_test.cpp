// This repository keeps the rules, and a tree that breaks one is caught.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "tests/architecture/source_rules.h"

namespace architecture {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> texts(const std::vector<Violation>& violations) {
  std::vector<std::string> out;
  for (const Violation& v : violations) out.push_back(to_string(v));
  return out;
}

const std::string header = "// What it is for.\n#pragma once\n";

/// A small tree that keeps every rule.
SourceTree sound() {
  return {
      {"graph/walk.h", header},
      {"graph/walk.cpp", "#include \"graph/walk.h\"\n\n#include <boost/graph/adjacency_list.hpp>\n"},
      {"parsers/yaml_document.cpp", "#include <yaml-cpp/parser.h>\n"},
      {"parsers/json_document.cpp", "#include <nlohmann/json.hpp>\n"},
      {"planner/plan.h", header + "#include \"graph/walk.h\"\n"},
      {"planner/io/process.cpp", "#include <unistd.h>\n#include <filesystem>\n#include \"planner/plan.h\"\n"},
      {"planner/cli/main.cpp", "#include \"planner/plan.h\"\n"},
      {"samples/two/orders.md", "# Two orders\n"},
      {"tests/golden/two/cmd", "interlock plan samples/two/orders.md\n"},
      {"tests/planner/plan_test.cpp", "#include \"planner/plan.h\"\n#include \"graph/walk.h\"\n"},
  };
}

TEST(Architecture, OfThisRepositoryIsKept) {
  const SourceTree tree = read_tree(INTERLOCK_SOURCE_DIR);
  ASSERT_TRUE(tree.contains("CMakeLists.txt"));
  EXPECT_THAT(texts(check(tree)), IsEmpty());
}

TEST(Architecture, AcceptsASoundTree) { EXPECT_THAT(texts(check(sound())), IsEmpty()); }

struct Broken {
  const char* path;
  std::string text;
  const char* violation;
};

void PrintTo(const Broken& broken, std::ostream* out) { *out << broken.path << ", " << broken.violation; }

class ArchitectureViolation : public testing::TestWithParam<Broken> {};

TEST_P(ArchitectureViolation, IsFound) {
  SourceTree tree = sound();
  tree[GetParam().path] = GetParam().text;
  EXPECT_THAT(texts(check(tree)), Contains(GetParam().violation));
}

const Broken broken_trees[] = {
    // Floors.
    {"graph/up.cpp", "#include \"planner/plan.h\"\n", "graph/up.cpp:1: graph must not include planner"},
    {"parsers/aside.cpp", "\n#include \"graph/walk.h\"\n", "parsers/aside.cpp:2: parsers must not include graph"},
    {"planner/report/aside.cpp", "#include \"planner/io/git.h\"\n",
     "planner/report/aside.cpp:1: planner/report must not include planner/io"},
    {"planner/io/aside.cpp", "#include \"planner/report/report.h\"\n",
     "planner/io/aside.cpp:1: planner/io must not include planner/report"},
    {"planner/rule.cpp", "#include \"planner/io/git.h\"\n", "planner/rule.cpp:1: planner must not include planner/io"},
    {"planner/app/up.cpp", "#include \"planner/cli/verbs.h\"\n",
     "planner/app/up.cpp:1: planner/app must not include planner/cli"},
    {"planner/mcp/aside.cpp", "#include \"planner/cli/verbs.h\"\n",
     "planner/mcp/aside.cpp:1: planner/mcp must not include planner/cli"},
    {"planner/rule.cpp", "#include \"tests/support/memory.h\"\n",
     "planner/rule.cpp:1: planner must not include tests/support"},
    {"planner/base/thing.h", header, "planner/base/thing.h: 'planner/base' is no floor"},
    // How to include.
    {"planner/near.cpp", "#include \"plan.h\"\n", "planner/near.cpp:1: no 'plan.h' from the top of the repository"},
    {"planner/near.cpp", "#include <planner/plan.h>\n", "planner/near.cpp:1: a header of ours stands in quotes"},
    {"planner/plan.cpp", "#include <vector>\n#include \"planner/plan.h\"\n",
     "planner/plan.cpp: its own header does not come first"},
    // Parts.
    {"graph/pretty.h", header + "#include <boost/graph/graph_traits.hpp>\n",
     "graph/pretty.h:3: <boost/graph/graph_traits.hpp> is only for graph/[^/]*\\.cpp"},
    {"parsers/zweite.cpp", "#include <yaml-cpp/yaml.h>\n",
     "parsers/zweite.cpp:1: <yaml-cpp/yaml.h> is already in parsers/yaml_document.cpp"},
    {"planner/plan.cpp", "#include \"planner/plan.h\"\n#include <nlohmann/json.hpp>\n",
     "planner/plan.cpp:2: <nlohmann/json.hpp> is only for "
     "parsers/(json_document|hook_json)\\.cpp|planner/report/.*"},
    {"planner/app/plan.cpp", "#include <CLI/CLI.hpp>\n",
     "planner/app/plan.cpp:1: <CLI/CLI.hpp> is only for planner/cli/.*"},
    {"parsers/config.cpp", "#include <cmark-gfm.h>\n",
     "parsers/config.cpp:1: <cmark-gfm.h> is only for parsers/[^/]*markdown[^/]*\\.cpp"},
    {"planner/rule.cpp", "#include <curl/curl.h>\n",
     "planner/rule.cpp:1: <curl/curl.h> belongs to no part we build on"},
    {"planner/rule.cpp", "#include <fstream>\n",
     "planner/rule.cpp:1: <fstream> is only for planner/(io|app|cli|mcp)/.*"},
    // Style.
    {"graph/graph_util.h", header, "graph/graph_util.h: a name that says nothing"},
    {"planner/rule.cpp",
     "class Claim"
     "Manager;\n",
     "planner/rule.cpp:1: a name that says nothing"},
    {"planner/rule.cpp", std::string(601, '\n'), "planner/rule.cpp: 601 lines; at most 600"},
    {"tests/support/memory.h", header + "using namespace std;\n",
     "tests/support/memory.h:3: using namespace in a header"},
    {"planner/rule.h", "#pragma once\n", "planner/rule.h:1: a header begins by saying what it is for"},
    {"planner/rule.h", "// Rules.\n", "planner/rule.h: no #pragma once"},
    {"planner/rule.cpp", "auto t = std::chrono::system_clock::now();\n",
     "planner/rule.cpp:1: a pure floor reads a clock"},
    {"planner/io/files.cpp", "const char* where = \"/home/me/orders.md\";\n",
     "planner/io/files.cpp:1: an absolute path"},
    {"script/build", "cd /srv/interlock\n", "script/build:1: an absolute path"},
    {"planner/rule.cpp", "// TODO: think\n", "planner/rule.cpp:1: a note to self"},
    {"package-lock.json", "{\n\"resolved\": \"https://packages.invalid/a.tgz\"}\n",
     "package-lock.json:2: a lock file that names a host"},
    // Coverage.
    {"planner/cli/main.cpp", "#include \"planner/plan.h\"\n#include \"parsers/order.h\"\n",
     "planner/cli/main.cpp:2: no 'parsers/order.h' from the top of the repository"},
    {"tests/planner/plan_test.cpp", "#include \"graph/walk.h\"\n",
     "planner/plan.h: another floor uses it and no test includes it"},
    {"samples/three/orders.md", "# Three\n", "samples/three: no golden test uses this sample"},
};
INSTANTIATE_TEST_SUITE_P(Broken, ArchitectureViolation, testing::ValuesIn(broken_trees));

TEST(Architecture, IsReadFromDisk) {
  std::string top = (std::filesystem::temp_directory_path() / "interlock-architecture-XXXXXX").string();
  ASSERT_NE(::mkdtemp(top.data()), nullptr);
  const auto write = [&](const std::string& path, const std::string& text) {
    std::filesystem::create_directories((std::filesystem::path(top) / path).parent_path());
    std::ofstream(top + "/" + path) << text;
  };
  for (const auto& [path, text] : sound()) write(path, text);
  write("build/dev/graph/up.cpp", "#include \"planner/plan.h\"\n");
  write(".git/config", "TODO");
  EXPECT_EQ(read_tree(top), sound());
  write("graph/up.cpp", "#include \"planner/plan.h\"\n");
  EXPECT_THAT(texts(check(read_tree(top))), ElementsAre(HasSubstr("graph must not include planner")));
  std::filesystem::remove_all(top);
}

}  // namespace
}  // namespace architecture
