// PROGRAM MUTATIONS PATH...: runs a fuzz target without libFuzzer.
//
// Every file at or below the paths is an input, and so are the empty text and a fixed number of mutations of them, the
// same in every run. An input that crashes, or takes longer than ten seconds, is written to PROGRAM.crash.
#include <algorithm>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <unistd.h>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

constexpr std::size_t longest_input = 1 << 15;
constexpr unsigned seconds_for_one = 10;

std::string crash_file;
std::string current;

extern "C" void keep_input(int signal) {
  const int file = ::open(crash_file.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
  const bool kept = ::write(file, current.data(), current.size()) == static_cast<ssize_t>(current.size());
  const std::string_view message = kept ? "the input is kept in the .crash file\n" : "the input could not be kept\n";
  if (::write(STDERR_FILENO, message.data(), message.size()) < 0) ::_exit(2);
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

void run(std::string input) {
  current = std::move(input);
  ::alarm(seconds_for_one);
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(current.data()), current.size());
  ::alarm(0);
}

/// SplitMix64; the same numbers everywhere.
class Random {
 public:
  std::size_t below(std::size_t n) {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15U);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return (z ^ (z >> 31)) % n;
  }

 private:
  std::uint64_t state_ = 0;
};

/// Inputs in the order of their paths, so that no file system decides.
std::vector<std::string> read_corpus(char** first, char** last) {
  namespace fs = std::filesystem;
  std::vector<fs::path> files;
  for (; first != last; ++first) {
    if (fs::is_directory(*first)) {
      for (const auto& entry : fs::recursive_directory_iterator(*first))
        if (entry.is_regular_file()) files.push_back(entry.path());
    } else if (fs::is_regular_file(*first)) {
      files.emplace_back(*first);
    }
  }
  std::sort(files.begin(), files.end());
  std::vector<std::string> out = {std::string()};
  for (const fs::path& file : files) {
    std::ifstream in(file, std::ios::binary);
    out.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  }
  return out;
}

void mutate_once(std::string& text, const std::vector<std::string>& corpus, Random& random) {
  static constexpr std::string_view telling[] = {"\n",
                                                 "  ",
                                                 "::",
                                                 "**",
                                                 "- ",
                                                 "{",
                                                 "}",
                                                 "[",
                                                 "]",
                                                 "\"",
                                                 "'",
                                                 "#",
                                                 "|",
                                                 "`",
                                                 "*/",
                                                 "../",
                                                 ":",
                                                 ",",
                                                 "\t",
                                                 "\r\n",
                                                 "\xff",
                                                 "\xe2\x80\xae",
                                                 "\xef\xbb\xbf",
                                                 "WO-1",
                                                 "&a",
                                                 "*a",
                                                 "!!",
                                                 "---\n",
                                                 "\\",
                                                 "999999999999"};
  const std::size_t at = random.below(text.size() + 1);
  const std::size_t length = std::min(random.below(32) + 1, text.size() - at);
  switch (random.below(6)) {
    case 0:
      text.erase(at, length);
      break;
    case 1:
      text.insert(at, telling[random.below(std::size(telling))]);
      break;
    case 2:
      text.insert(at, text.substr(at, length));
      break;
    case 3:
      text.insert(at, 1, static_cast<char>(random.below(256)));
      break;
    case 4:
      if (at < text.size())
        text[at] = static_cast<char>(static_cast<unsigned char>(text[at]) ^ (1U << random.below(8)));
      break;
    default: {
      const std::string& other = corpus[random.below(corpus.size())];
      const std::size_t from = random.below(other.size() + 1);
      text = text.substr(0, at) + other.substr(from);
    }
  }
  if (text.size() > longest_input) text.resize(longest_input);
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 2) return 2;
  crash_file = std::string(arguments[0]) + ".crash";
  for (const int signal : {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGALRM}) std::signal(signal, keep_input);
  const std::vector<std::string> corpus = read_corpus(arguments + 2, arguments + count);
  for (const std::string& input : corpus) run(input);
  Random random;
  const long mutations = std::strtol(arguments[1], nullptr, 10);
  for (long i = 0; i < mutations; ++i) {
    std::string text = corpus[random.below(corpus.size())];
    if (text.size() > longest_input) text.resize(longest_input);
    for (std::size_t steps = random.below(4) + 1; steps > 0; --steps) mutate_once(text, corpus, random);
    run(std::move(text));
  }
  std::printf("%zu inputs and %ld mutations\n", corpus.size(), mutations);
  return 0;
}
