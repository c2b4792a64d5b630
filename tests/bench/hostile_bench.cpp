// hostile_bench [LANGUAGE|KIND]...          what texts without sense cost, each in every language and a process of its
// own hostile_bench --corpus DIR...             whether real sources are still read: files by what became of them
//
// TSV. Of texts: language, kind, bytes, status, milliseconds of CPU, MiB at the peak beyond what an empty process has.
// Words choose languages and kinds; none: all of them. Texts above a quarter of a second or 300 MiB are said on
// standard error, and make it exit with 1.
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

#include "parsers/code_outline.h"

namespace {

namespace fs = std::filesystem;
using parsers::Language;

constexpr double most_milliseconds = 250;
constexpr double most_mebibytes = 300;
constexpr std::size_t large = 1'000'000, middle = 400'000;
constexpr std::size_t line = 78;

/// The same text again and again, in lines.
std::string repeated(std::string_view part, std::size_t size, bool lines = true) {
  std::string out;
  std::size_t last = 0;
  while (out.size() < size) {
    out += part;
    if (lines && out.size() - last > line) {
      out += '\n';
      last = out.size();
    }
  }
  return out;
}

std::string random_of(std::string_view letters, std::size_t size) {
  std::mt19937 random(1);
  std::string out;
  for (std::size_t i = 0; i < size; ++i) out += i % line == line - 1 ? '\n' : letters[random() % letters.size()];
  return out;
}

std::string random_words(const std::vector<std::string_view>& words, std::string_view between, std::size_t size) {
  std::mt19937 random(1);
  std::string out;
  std::size_t last = 0;
  while (out.size() < size) {
    out += words[random() % words.size()];
    out += between.empty() ? ' ' : between[random() % between.size()];
    if (out.size() - last > line) {
      out += '\n';
      last = out.size();
    }
  }
  return out;
}

std::string between(std::string_view opening, std::string_view inside, std::string_view closing) {
  return std::string(opening) + std::string(inside) + std::string(closing);
}

const std::vector<std::string_view> keywords = {
    "if",   "else",   "for",   "while",   "do",        "switch",   "case",     "return",  "class",  "struct",
    "def",  "end",    "fn",    "func",    "fun",       "function", "var",      "let",     "const",  "val",
    "new",  "delete", "match", "when",    "try",       "catch",    "throw",    "import",  "from",   "use",
    "mod",  "pub",    "impl",  "trait",   "interface", "enum",     "type",     "static",  "public", "private",
    "then", "fi",     "done",  "esac",    "lambda",    "yield",    "await",    "async",   "in",     "is",
    "as",   "not",    "and",   "or",      "begin",     "rescue",   "module",   "unless",  "until",  "namespace",
    "goto", "void",   "int",   "package", "extends",   "with",     "template", "typename"};
const std::vector<std::string_view> plain_words = {"alpha", "beta", "gamma", "delta", "omega", "Lorem", "ipsum", "x1",
                                                   "dolor", "sit",  "amet",  "y_2",   "zed",   "Foo",   "bar",   "baz"};
constexpr std::string_view punctuation = "!@#$%^&*()-=+[]{}|;:',.<>/?~`\"\\";
constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";

/// The head of a list of numbers, and its end.
std::pair<std::string_view, std::string_view> array_in(Language language) {
  switch (language) {
    case Language::bash:
      return {"x=(\n", "\n)\n"};
    case Language::c:
    case Language::cpp:
      return {"int x[] = {\n", "\n};\n"};
    case Language::c_sharp:
      return {"class C { int[] x = {\n", "\n}; }\n"};
    case Language::go:
      return {"package p\nvar x = []int{\n", "\n}\n"};
    case Language::java:
      return {"class C { int[] x = {\n", "\n}; }\n"};
    case Language::kotlin:
      return {"val x = intArrayOf(\n", "\n)\n"};
    case Language::php:
      return {"<?php\n$x = [\n", "\n];\n"};
    case Language::rust:
      return {"const X: &[i32] = &[\n", "\n];\n"};
    default:
      return {"x = [\n", "\n]\n"};
  }
}

struct Kind {
  std::string_view name;
  std::function<std::string(Language)> text;
};

std::vector<Kind> kinds() {
  std::vector<Kind> out;
  const auto add = [&](std::string_view name, std::function<std::string(Language)> text) {
    out.push_back({name, std::move(text)});
  };
  add("empty", [](Language) { return std::string(); });
  add("array-10mb", [](Language language) {
    const auto [begin, end] = array_in(language);
    return between(begin, repeated("12345, ", 10 * large), end);
  });
  add("array", [](Language language) {
    const auto [begin, end] = array_in(language);
    return between(begin, repeated(language == Language::bash ? "12345 " : "12345, ", large), end);
  });
  add("array-nested", [](Language language) {
    const auto [begin, end] = array_in(language);
    return between(begin, repeated("{1, [2], (3)}, ", large), end);
  });
  add("array-of-texts", [](Language language) {
    const auto [begin, end] = array_in(language);
    return between(begin, repeated(language == Language::bash ? "\"a b\" " : "\"a b\", ", large), end);
  });
  add("minified", [](Language) { return repeated("function a(b){return b.c(d,e)};var f=a(1)||g;", large, false); });
  add("minified-wrapped", [](Language) { return repeated("function a(b){return b.c(d,e)};var f=a(1)||g;", large); });
  add("punctuation", [](Language) { return random_of(punctuation, large); });
  add("noise", [](Language) {
    return random_of("abcdefghijklmnopqrstuvwxyz     0123456789!@#$%^&*()-=+[]{}|;:',.<>/?~`\"\\", large);
  });
  add("noise-bytes", [](Language) {
    std::string all;
    for (int c = 1; c < 256; ++c) all += static_cast<char>(c);
    return random_of(all, large);
  });
  add("noise-letters", [](Language) { return random_of(std::string(letters) + "  (){}<>,;=.\"'", large); });
  add("noise-brackets", [](Language) { return random_of("()[]{}<>", large); });
  add("noise-words", [](Language) { return random_words(plain_words, " .,(){}[];:=<>\"'", large); });
  add("noise-keywords", [](Language) { return random_words(keywords, " .,(){}[];:=<>\"'", large); });
  add("words", [](Language) { return random_words(plain_words, " ", large); });
  add("keywords", [](Language) { return random_words(keywords, " ", large); });
  add("prose", [](Language) {
    return repeated("The parser doesn't know (of course) what \"this\" is; it's prose, 3 or 4 lines of it: no code. ",
                    large);
  });
  add("xml", [](Language) {
    return repeated("<message id=\"a1\"><source>Don't &amp; do</source><translation type='x'/></message>\n", large);
  });
  add("yaml",
      [](Language) { return repeated("- name: it's a thing\n  when: {a: [1, 2], b: \"c\"}\n  # not code\n", large); });
  add("markdown", [](Language) {
    return repeated("# Title\n\nSome *text* with `code` and [a](b).\n\n* it's\n* a list\n\n", large);
  });
  add("assembler",
      [](Language) { return repeated("  mov %eax, 0x10(%ebx) ; load\nlabel_1:\n  jmp .L2 # go\n", large); });
  add("hex", [](Language) { return random_of("0123456789abcdef", large); });
  add("base64", [](Language) { return random_of(std::string(letters) + "+/=", large); });
  add("long-name",
      [](Language) { return std::string(large / 2, 'a') + repeated("\n", 2000) + std::string(large / 2 - 2000, 'b'); });
  add("long-line",
      [](Language) { return repeated("\n", 3000, false) + repeated("LOCKS_EXCLUDED a ", large - 4000, false); });
  add("classes-half", [](Language) { return repeated("class MACRO(a) b ", large); });
  add("exotic", [](Language) { return repeated("\xC3\xA9\xE2\x80\xA8\xEF\xBB\xBF\xC2\xA0\xF0\x9F\x98\x80 ", large); });
  add("deeper-lines", [](Language) {
    std::string text;
    for (std::size_t depth = 0; text.size() < large; ++depth) text += std::string(depth, ' ') + "if a:\n";
    return text;
  });
  add("deeper-classes", [](Language) {
    std::string text;
    for (std::size_t depth = 0; text.size() < large; ++depth) text += std::string(depth, ' ') + "class a:\n";
    return text;
  });

  // One short text again and again.
  static constexpr std::pair<std::string_view, std::string_view> again[] = {
      {"quotes", "\""},
      {"quotes-single", "'"},
      {"quotes-back", "`"},
      {"quotes-three", "\"\"\""},
      {"quotes-mixed", "\"'`"},
      {"quotes-spaced", "\" "},
      {"quotes-escaped", "\"\\"},
      {"brackets-square", "["},
      {"brackets-round", "("},
      {"brackets-curly", "{"},
      {"brackets-angle", "<"},
      {"brackets-mixed", "([{<"},
      {"closing-round", ")"},
      {"closing-curly", "}"},
      {"closing-mixed", ")]}>"},
      {"calls", "f("},
      {"calls-named", "f(a=b, "},
      {"generics", "a<b,"},
      {"generics-open", "a<"},
      {"member-chain", "a."},
      {"ternary", "a?b:"},
      {"minus", "-"},
      {"not", "!"},
      {"plus", "a+"},
      {"stars", "*"},
      {"ampersands", "&"},
      {"assign", "a="},
      {"colons", "::"},
      {"arrows", "a=>"},
      {"lambdas", "(a)=>{"},
      {"commas", ","},
      {"semicolons", ";"},
      {"slashes", "/"},
      {"comment-open", "/*"},
      {"comment-lines", "//\n"},
      {"hashes", "#"},
      {"conditions", "#if a\n"},
      {"backslashes", "\\"},
      {"dollars", "$"},
      {"dollar-curly", "${"},
      {"template", "`${"},
      {"interpolated", "f\"{"},
      {"ruby-interpolated", "\"#{"},
      {"heredocs", "<<A\n"},
      {"raw-strings", "R\"a("},
      {"rust-raw", "r#\""},
      {"percent", "%w["},
      {"at", "@a "},
      {"attributes", "#[a]"},
      {"attributes-double", "[["},
      {"ifs", "if a "},
      {"ifs-round", "if(a)"},
      {"if-else", "if(a){}else "},
      {"elses", "else "},
      {"fors", "for(;;)"},
      {"classes", "class a{"},
      {"structs", "struct a{"},
      {"namespaces", "namespace a{"},
      {"modules", "mod a{"},
      {"functions", "function a(){"},
      {"fns", "fn a(){"},
      {"defs", "def a\n"},
      {"def-python", "def a():"},
      {"func-go", "func(){"},
      {"cases", "case a:"},
      {"tabs", "\t"},
      {"newlines", "\n"},
      {"digits", "1"},
      {"letters-spaced", "a "},
      {"lines-indented", " a:\n  "},
      {"tags", "<a>"},
      {"tag-open", "<a b="},
      {"php", "<?php ?>"},
      {"php-open", "<?php "},
      {"imports", "import a."},
      {"uses", "use a::{"},
      {"templates", "template<a "},
      {"macros", "a!{"},
      {"match", "match a{"},
      {"types", "a:b|"},
      {"declarators", "int (*a"},
      {"casts", "(a)"},
      {"news", "new a("},
      {"strings-plus", "\"a\"+"},
      {"regex", "/[/"},
      {"statements", "a=1;b(c);\n"},
      {"shell", "a|b&&$(c "},
      {"shell-case", "case a in b)"},
      {"yields", "yield "},
      {"awaits", "await "},
      {"lambda-python", "lambda a:"},
      {"dots", "..."},
      {"bom", "\xEF\xBB\xBF"},
      {"controls", "\x01\x7F"},
      {"bad-utf8", "\xC3\x28\xFF"},
      {"crlf", "a(\r\n"},
  };
  for (const auto& [name, part] : again)
    add(name, [part = part](Language language) {
      return std::string(language == Language::php ? "<?php\n" : "") +
             repeated(part, part.size() == 1 ? middle : large);
    });
  add("nested-square", [](Language) { return between("x = ", repeated("[", 200'000) + repeated("]", 200'000), "\n"); });
  add("nested-round",
      [](Language) { return between("x = ", repeated("(", 200'000) + "1" + repeated(")", 200'000), "\n"); });
  add("nested-curly", [](Language) { return repeated("{", 200'000) + repeated("}", 200'000); });
  add("nested-structs", [](Language) { return repeated("struct a {\n", middle) + repeated("};\n", middle / 4); });
  add("nested-classes", [](Language) { return repeated("class a {\n", middle) + repeated("}\n", middle / 5); });
  add("nested-functions", [](Language) { return repeated("function a() {\n", middle) + repeated("}\n", middle / 7); });
  add("nested-modules", [](Language) { return repeated("module A\n", middle) + repeated("end\n", middle / 2); });
  return out;
}

struct Cost {
  parsers::OutlineStatus status{};
  double milliseconds = 0;
  std::size_t bytes = 0;
  double mebibytes = 0;
};

double cpu_milliseconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

/// In a process of its own, so that the peak is of this text alone; false: it ended otherwise than by itself.
bool measure(Language language, const Kind& kind, Cost& cost) {
  std::array<int, 2> ends{};
  if (pipe(ends.data()) != 0) return false;
  const pid_t child = fork();
  if (child < 0) return false;
  if (child == 0) {
    const std::string text = kind.text(language);
    parsers::outline(language, "x");  // its tables
    const double before = cpu_milliseconds();
    const parsers::CodeOutline outline = parsers::outline(language, text);
    Cost out{outline.status, cpu_milliseconds() - before, text.size(), 0};
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    out.mebibytes = static_cast<double>(usage.ru_maxrss) / 1024;
    const bool written = write(ends[1], &out, sizeof out) == sizeof out;
    _exit(written ? 0 : 1);
  }
  close(ends[1]);
  const bool whole = read(ends[0], &cost, sizeof cost) == sizeof cost;
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  return whole && status == 0;
}

int hostile(const std::vector<std::string_view>& chosen) {
  const auto wanted = [&](std::string_view language, std::string_view kind) {
    bool language_said = false, kind_said = false, language_meant = false, kind_meant = false;
    for (const std::string_view one : chosen) {
      bool known = false;
      for (std::size_t i = 0; i < parsers::language_count; ++i)
        known = known || to_string(static_cast<Language>(i)) == one;
      (known ? language_said : kind_said) = true;
      if (one == language) language_meant = true;
      if (one == kind) kind_meant = true;
    }
    return (language_meant || !language_said) && (kind_meant || !kind_said);
  };
  std::printf("language\tkind\tbytes\tstatus\tcpu_ms\tpeak_mib\n");
  std::size_t beyond = 0, all = 0;
  double slowest = 0, largest = 0;
  const std::vector<Kind> every = kinds();
  for (const Kind& kind : every)
    for (std::size_t i = 0; i < parsers::language_count; ++i) {
      const auto language = static_cast<Language>(i);
      const std::string name(to_string(language)), what(kind.name);
      if (!wanted(name, what)) continue;
      ++all;
      Cost cost;
      if (!measure(language, kind, cost)) {
        std::fprintf(stderr, "hostile_bench: %s in %s ended the process\n", what.c_str(), name.c_str());
        ++beyond;
        continue;
      }
      const std::string status(to_string(cost.status));
      std::printf("%s\t%s\t%zu\t%s\t%.1f\t%.0f\n", name.c_str(), what.c_str(), cost.bytes, status.c_str(),
                  cost.milliseconds, cost.mebibytes);
      std::fflush(stdout);
      slowest = std::max(slowest, cost.milliseconds);
      largest = std::max(largest, cost.mebibytes);
      if (cost.milliseconds <= most_milliseconds && cost.mebibytes <= most_mebibytes) continue;
      ++beyond;
      std::fprintf(stderr, "hostile_bench: %s in %s takes %.0f ms and %.0f MiB\n", what.c_str(), name.c_str(),
                   cost.milliseconds, cost.mebibytes);
    }
  std::fprintf(stderr, "hostile_bench: %zu texts, %zu beyond, at most %.0f ms and %.0f MiB\n", all, beyond, slowest,
               largest);
  return beyond == 0 ? 0 : 1;
}

int corpus(const std::vector<std::string_view>& directories) {
  std::printf("directory\tfiles\tbytes\tparsed\tdegraded\tbinary\ttoo_large\tlong_lines\ttoo_complex\tslowest_ms\n");
  for (const std::string_view directory : directories) {
    std::array<std::size_t, 6> by_status{};
    std::size_t files = 0, bytes = 0;
    double slowest = 0;
    for (const auto& entry :
         fs::recursive_directory_iterator(directory, fs::directory_options::skip_permission_denied)) {
      if (!entry.is_regular_file() || entry.is_symlink()) continue;
      const auto language = parsers::language_of(entry.path().string());
      if (!language) continue;
      std::ifstream in(entry.path(), std::ios::binary);
      const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
      const double before = cpu_milliseconds();
      const parsers::OutlineStatus status = parsers::outline(*language, text).status;
      const double taken = cpu_milliseconds() - before;
      ++files;
      bytes += text.size();
      ++by_status[static_cast<std::size_t>(status)];
      slowest = std::max(slowest, taken);
      if (status == parsers::OutlineStatus::too_complex || taken > most_milliseconds)
        std::fprintf(stderr, "%s: %s, %zu bytes, %.0f ms\n", entry.path().c_str(),
                     std::string(to_string(status)).c_str(), text.size(), taken);
    }
    std::printf("%.*s\t%zu\t%zu", static_cast<int>(directory.size()), directory.data(), files, bytes);
    for (const std::size_t count : by_status) std::printf("\t%zu", count);
    std::printf("\t%.1f\n", slowest);
    std::fflush(stdout);
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string_view> words(argv + 1, argv + argc);
  if (words.empty() || words.front() != "--corpus") return hostile(words);
  words.erase(words.begin());
  return corpus(words);
}
