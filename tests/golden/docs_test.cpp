// What README.md and docs/*.md show is what the program prints.
//
// In a block ```console, "$ interlock ...", "$ git ..." and "$ samples/..." run, in the order of the page, in one
// scratch copy of the samples; the lines up to the next "$ " are what a terminal shows. "$ cd DIRECTORY" holds to the
// end of the block, "$ echo $?" is the exit code, a line "..." stands for any lines, and other commands are only read.
// UPDATE_GOLDEN=1 rewrites outputs that hold no "...".
#include <algorithm>
#include <filesystem>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "tests/golden/harness.h"

namespace golden {
namespace {

namespace fs = std::filesystem;

/// A command of a page and the lines that are said to follow it.
struct Example {
  std::size_t line = 0;  ///< counts from 1
  std::string command;
  std::size_t first = 0;  ///< of the output: index into the page's lines
  std::size_t last = 0;   ///< behind it
  bool opens_block = false;
};

std::vector<Example> examples_of(const std::vector<std::string>& page) {
  std::vector<Example> out;
  bool inside = false;
  bool opens = false;
  for (std::size_t i = 0; i < page.size(); ++i) {
    if (page[i].starts_with("```")) {
      inside = !inside && page[i] == "```console";
      opens = inside;
    } else if (inside && page[i].starts_with("$ ")) {
      Example example{i + 1, page[i].substr(2), 0, 0, opens};
      opens = false;
      for (; example.command.ends_with('\\') && i + 1 < page.size(); ++i)
        example.command.replace(example.command.size() - 1, 1, page[i + 1]);
      example.first = i + 1;
      example.last = example.first;
      while (example.last < page.size() && !page[example.last].starts_with("$ ") && page[example.last] != "```")
        ++example.last;
      out.push_back(example);
    }
  }
  return out;
}

std::vector<std::string> pages() {
  std::vector<std::string> out;
  const auto add = [&](const fs::path& path) {
    const std::vector<std::string> lines = lines_of(read_file(path.string()));
    const std::vector<Example> examples = examples_of(lines);
    if (std::any_of(examples.begin(), examples.end(),
                    [](const Example& example) { return example.command.starts_with("interlock"); }))
      out.push_back(fs::relative(path, INTERLOCK_SOURCE_DIR).generic_string());
  };
  if (fs::exists(INTERLOCK_SOURCE_DIR "/README.md")) add(INTERLOCK_SOURCE_DIR "/README.md");
  std::error_code no_docs;
  for (const auto& entry : fs::directory_iterator(INTERLOCK_SOURCE_DIR "/docs", no_docs))
    if (entry.path().extension() == ".md") add(entry.path());
  std::sort(out.begin(), out.end());
  return out;
}

bool runs(const std::string& command) {
  return command == "interlock" || command == "echo $?" || command.starts_with("interlock ") ||
         command.starts_with("git ") || command.starts_with("samples/") || command.starts_with("cd ");
}

/// Runs examples one after the other, as a person in one terminal would.
class Terminal {
 public:
  std::string show(const Example& example) {
    if (example.opens_block) directory_.clear();
    if (example.command.starts_with("cd ")) {
      directory_ = (fs::path(directory_) / example.command.substr(3)).string();
      return {};
    }
    if (example.command == "echo $?") return std::to_string(exit_code_) + "\n";
    const Finished finished = scratch_.run(split(example.command), {directory_, true});
    exit_code_ = finished.exit_code;
    return finished.out;
  }

 private:
  Scratch scratch_;
  std::string directory_;
  int exit_code_ = 0;
};

class Page : public testing::TestWithParam<std::string> {};
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(Page);

TEST_P(Page, ShowsWhatIsPrinted) {
  const std::string path = INTERLOCK_SOURCE_DIR "/" + GetParam();
  const std::vector<std::string> page = lines_of(read_file(path));
  std::string rewritten;
  std::size_t copied = 0;
  const auto copy_until = [&](std::size_t end) {
    for (; copied < end; ++copied) rewritten += page[copied] + "\n";
  };
  Terminal terminal;
  for (const Example& example : examples_of(page)) {
    if (!runs(example.command)) continue;
    const std::string actual = terminal.show(example);
    const std::vector<std::string> expected(page.begin() + static_cast<std::ptrdiff_t>(example.first),
                                            page.begin() + static_cast<std::ptrdiff_t>(example.last));
    if (matches_elided(expected, lines_of(actual))) continue;
    const bool elided = std::find(expected.begin(), expected.end(), "...") != expected.end();
    if (updating() && !elided) {
      copy_until(example.first);
      rewritten += actual + (actual.empty() || actual.ends_with('\n') ? "" : "\n");
      copied = example.last;
      continue;
    }
    std::string text;
    for (const std::string& line : expected) text += line + "\n";
    ADD_FAILURE() << GetParam() << ":" << example.line << ": $ " << example.command << "\n" << diff(text, actual);
  }
  copy_until(page.size());
  if (updating()) write_file(path, rewritten);
}

std::string test_name(const testing::TestParamInfo<std::string>& info) {
  std::string name = info.param;
  std::replace_if(
      name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Docs, Page, testing::ValuesIn(pages()), test_name);

}  // namespace
}  // namespace golden
