#include "tests/golden/harness.h"

#include <algorithm>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace golden {
namespace {

namespace fs = std::filesystem;

constexpr unsigned seconds_for_one = 120;

void replace_all(std::string& text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
}

std::vector<std::string> environment(const std::string& scratch) {
  std::vector<std::string> out = {"HOME=" + scratch,
                                  "LC_ALL=C.UTF-8",
                                  "TZ=UTC",
                                  "GIT_CONFIG_NOSYSTEM=1",
                                  "GIT_CONFIG_GLOBAL=/dev/null",
                                  "GIT_CEILING_DIRECTORIES=" + fs::path(scratch).parent_path().string(),
                                  "GIT_AUTHOR_NAME=A",
                                  "GIT_AUTHOR_EMAIL=a@example.org",
                                  "GIT_AUTHOR_DATE=1700000000 +0000",
                                  "GIT_COMMITTER_NAME=A",
                                  "GIT_COMMITTER_EMAIL=a@example.org",
                                  "GIT_COMMITTER_DATE=1700000000 +0000"};
  for (const char* name : {"PATH", "TMPDIR", "ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS", "LSAN_OPTIONS"})
    if (const char* value = std::getenv(name)) out.push_back(std::string(name) + "=" + value);
  return out;
}

std::vector<char*> pointers(std::vector<std::string>& words) {
  std::vector<char*> out;
  for (std::string& word : words) out.push_back(word.data());
  out.push_back(nullptr);
  return out;
}

/// In the child: becomes the program, or ends with 127.
[[noreturn]] void become(const std::string& program, char* const* arguments, char* const* variables,
                         const std::string& directory, const std::string (&files)[3]) {
  const int in = ::open(files[0].c_str(), O_RDONLY);
  const int out = ::open(files[1].c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  const int err = ::open(files[2].c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  if (in < 0 || out < 0 || err < 0 || ::dup2(in, 0) < 0 || ::dup2(out, 1) < 0 || ::dup2(err, 2) < 0) ::_exit(127);
  if (::chdir(directory.c_str()) != 0) ::_exit(127);
  ::alarm(seconds_for_one);
  ::execvpe(program.c_str(), arguments, variables);
  ::_exit(127);
}

/// Lengths of longest common subsequences of the tails of a and b.
std::vector<std::vector<std::size_t>> common_tails(const std::vector<std::string>& a,
                                                   const std::vector<std::string>& b) {
  std::vector<std::vector<std::size_t>> table(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = a.size(); i-- > 0;)
    for (std::size_t j = b.size(); j-- > 0;)
      table[i][j] = a[i] == b[j] ? table[i + 1][j + 1] + 1 : std::max(table[i + 1][j], table[i][j + 1]);
  return table;
}

/// Every line with ' ', '-' or '+' before it.
std::vector<std::string> edit_script(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  std::vector<std::string> out;
  const bool small = a.size() * b.size() < 4'000'000;
  const auto table = small ? common_tails(a, b) : std::vector<std::vector<std::size_t>>();
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() || j < b.size()) {
    if (i < a.size() && j < b.size() && a[i] == b[j]) {
      out.push_back(" " + a[i++]);
      ++j;
    } else if (i < a.size() && (j == b.size() || !small || table[i + 1][j] >= table[i][j + 1])) {
      out.push_back("-" + a[i++]);
    } else {
      out.push_back("+" + b[j++]);
    }
  }
  return out;
}

}  // namespace

Scratch::Scratch() {
  std::string name = (fs::temp_directory_path() / "interlock-golden-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary directory");
  path_ = fs::canonical(name).string();
  const std::string samples = INTERLOCK_SOURCE_DIR "/samples";
  if (fs::is_directory(samples)) fs::copy(samples, path_ + "/samples", fs::copy_options::recursive);
}

Scratch::~Scratch() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

void Scratch::add(const std::string& directory) const {
  fs::copy(directory, path_, fs::copy_options::recursive | fs::copy_options::overwrite_existing);
}

Finished Scratch::run(std::vector<std::string> words, const Options& options) const {
  const std::string directory = options.directory.empty() ? path_ : path_ + "/" + options.directory;
  for (std::string& word : words) {
    replace_all(word, "$SAMPLES", "samples");
    replace_all(word, "$SCRATCH", path_);
  }
  const std::string out_file = path_ + ".out";
  const std::string err_file = options.merged ? out_file : path_ + ".err";
  std::string in_file = "/dev/null";
  if (words.size() > 2 && words[words.size() - 2] == "<") {
    in_file = fs::path(directory) / words.back();
    words.resize(words.size() - 2);
  }
  if (words.empty()) throw std::invalid_argument("an empty command");
  std::string program = words[0] == "interlock" ? INTERLOCK_BINARY : words[0];
  if (program.starts_with("samples/")) program.insert(0, path_ + "/");

  std::vector<std::string> variables = environment(path_);
  const std::vector<char*> arguments = pointers(words);
  const std::vector<char*> environment_pointers = pointers(variables);
  const pid_t child = ::fork();
  if (child < 0) throw std::runtime_error("cannot start a process");
  if (child == 0)
    become(program, arguments.data(), environment_pointers.data(), directory, {in_file, out_file, err_file});
  int status = 0;
  ::waitpid(child, &status, 0);

  Finished finished;
  finished.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  finished.out = read_file(out_file);
  if (!options.merged) finished.err = read_file(err_file);
  fs::remove(out_file);
  fs::remove(err_file);
  replace_all(finished.out, path_, "$SCRATCH");
  replace_all(finished.err, path_, "$SCRATCH");
  return finished;
}

std::vector<std::string> split(std::string_view line) {
  std::vector<std::string> out;
  bool inside = false;
  char quote = '\0';
  for (const char c : line) {
    if (quote != '\0') {
      if (c == quote) {
        quote = '\0';
      } else {
        out.back() += c;
      }
      continue;
    }
    if (c == ' ' || c == '\t') {
      inside = false;
      continue;
    }
    if (std::string_view("|>&;`").find(c) != std::string_view::npos)
      throw std::invalid_argument("commands run without a shell: " + std::string(line));
    if (!inside) out.emplace_back();
    inside = true;
    if (c == '\'' || c == '"') {
      quote = c;
    } else {
      out.back() += c;
    }
  }
  if (quote != '\0') throw std::invalid_argument("an open quote: " + std::string(line));
  return out;
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    out.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

void write_file(const std::string& path, const std::string& text) {
  std::ofstream out(path, std::ios::binary);
  out << text;
  if (!out) throw std::runtime_error("cannot write " + path);
}

std::string diff(const std::string& expected, const std::string& actual) {
  if (expected == actual) return {};
  constexpr std::size_t context = 3;
  const std::vector<std::string> script = edit_script(lines_of(expected), lines_of(actual));
  std::string out = "--- expected\n+++ actual\n";
  std::size_t old_line = 1;
  std::size_t new_line = 1;
  bool shown_before = false;
  for (std::size_t i = 0; i < script.size(); ++i) {
    const auto first = script.begin() + static_cast<std::ptrdiff_t>(i - std::min(i, context));
    const auto last = script.begin() + static_cast<std::ptrdiff_t>(std::min(i + context + 1, script.size()));
    const bool shown = std::any_of(first, last, [](const std::string& line) { return line[0] != ' '; });
    if (shown && !shown_before) out += "@@ -" + std::to_string(old_line) + " +" + std::to_string(new_line) + " @@\n";
    if (shown) out += script[i] + "\n";
    shown_before = shown;
    old_line += script[i][0] == '+' ? 0 : 1;
    new_line += script[i][0] == '-' ? 0 : 1;
  }
  if (!expected.empty() && !actual.empty() && expected.ends_with('\n') != actual.ends_with('\n'))
    out += actual.ends_with('\n') ? "only the actual text ends with a newline\n"
                                  : "the actual text does not end with a newline\n";
  return out;
}

bool matches_elided(const std::vector<std::string>& expected, const std::vector<std::string>& actual) {
  // As a wildcard match with one memory: behind the last "...", take as few lines as will do.
  std::size_t e = 0;
  std::size_t a = 0;
  std::size_t retry_expected = std::string::npos;
  std::size_t retry_actual = 0;
  while (a < actual.size()) {
    if (e < expected.size() && expected[e] == "...") {
      retry_expected = ++e;
      retry_actual = a;
    } else if (e < expected.size() && expected[e] == actual[a]) {
      ++e;
      ++a;
    } else if (retry_expected != std::string::npos) {
      e = retry_expected;
      a = ++retry_actual;
    } else {
      return false;
    }
  }
  while (e < expected.size() && expected[e] == "...") ++e;
  return e == expected.size();
}

bool updating() {
  const char* value = std::getenv("UPDATE_GOLDEN");
  return value != nullptr && std::string_view(value) == "1";
}

}  // namespace golden
