// Every directory here that holds a file `cmd` is a case: run the commands, compare everything they print.
//
//   cmd       one command a line: "interlock ..." is judged; "setup PROGRAM ..." (a sample's script, git, cp) must only
//             succeed. Lines that begin with # are comments. $SAMPLES, $SCRATCH, "< FILE": see harness.h
//   in/       optional: files to stand beside samples/
//   stdout    what is printed; with several commands, each behind a line "$ interlock ..."
//   stderr    optional: the same for standard error; no file: nothing
//   exit      optional: one exit code a command; no file: all 0
// UPDATE_GOLDEN=1 writes stdout, stderr and exit instead.
#include <algorithm>
#include <filesystem>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "tests/golden/harness.h"

namespace golden {
namespace {

namespace fs = std::filesystem;

const std::string directory = INTERLOCK_SOURCE_DIR "/tests/golden/";

std::vector<std::string> cases() {
  std::vector<std::string> out;
  for (const auto& entry : fs::directory_iterator(directory))
    if (fs::exists(entry.path() / "cmd")) out.push_back(entry.path().filename().string());
  std::sort(out.begin(), out.end());
  return out;
}

/// The commands of a case that are judged, after the setup lines before them have run.
struct Commands {
  std::vector<std::string> judged;
  std::vector<std::string> setup;
};

Commands read_commands(const std::string& file) {
  Commands out;
  for (const std::string& line : lines_of(read_file(file))) {
    if (line.empty() || line[0] == '#') continue;
    if (line.starts_with("setup ")) {
      if (!out.judged.empty()) throw std::invalid_argument(file + ": setup goes before the first command");
      out.setup.push_back(line.substr(6));
    } else {
      out.judged.push_back(line);
    }
  }
  return out;
}

/// Compares, or updates, one of the files of a case. An empty text and no file are the same.
void expect_file(const std::string& path, const std::string& actual) {
  if (!updating()) {
    const std::string difference = diff(read_file(path), actual);
    EXPECT_TRUE(difference.empty()) << path << "\n" << difference;
  } else if (actual.empty()) {
    fs::remove(path);
  } else {
    write_file(path, actual);
  }
}

class Golden : public testing::TestWithParam<std::string> {};
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(Golden);

TEST_P(Golden, PrintsWhatIsExpected) {
  const std::string top = directory + GetParam();
  const Commands commands = read_commands(top + "/cmd");
  const Scratch scratch;
  if (fs::is_directory(top + "/in")) scratch.add(top + "/in");
  for (const std::string& line : commands.setup) {
    const Finished finished = scratch.run(split(line));
    ASSERT_EQ(finished.exit_code, 0) << line << "\n" << finished.out << finished.err;
  }
  ASSERT_FALSE(commands.judged.empty()) << "no command in " << top << "/cmd";
  std::string out;
  std::string err;
  std::string exit;
  for (const std::string& line : commands.judged) {
    ASSERT_TRUE(line.starts_with("interlock ")) << line;
    const Finished finished = scratch.run(split(line));
    if (commands.judged.size() > 1) out += "$ " + line + "\n";
    if (commands.judged.size() > 1 && !finished.err.empty()) err += "$ " + line + "\n";
    out += finished.out;
    err += finished.err;
    exit += std::to_string(finished.exit_code) + "\n";
  }
  if (exit.find_first_not_of("0\n") == std::string::npos && !fs::exists(top + "/exit")) exit.clear();
  expect_file(top + "/stdout", out);
  expect_file(top + "/stderr", err);
  expect_file(top + "/exit", exit);
}

std::string test_name(const testing::TestParamInfo<std::string>& info) {
  std::string name = info.param;
  std::replace_if(
      name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Case, Golden, testing::ValuesIn(cases()), test_name);

}  // namespace
}  // namespace golden
