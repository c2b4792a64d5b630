// Real merges of a repository: is `textual` what git says, and what do the other rules say about merges that went well?
//
//   script/bench merges --repo DIR [--most N] [--findings] [--seed N]
//
// Samples N merges of two parents, neither of which contains the other. git's own answer comes from `git merge-tree`
// run in a plain repository whose work tree holds the attributes of the first parent. With --findings each pair is also
// compared as two branches, and the findings about merges that are clean for git are counted by rule.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <map>
#include <optional>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "planner/compare.h"
#include "planner/io/git_code.h"
#include "planner/io/git_records.h"
#include "planner/io/git_repository.h"

namespace {

namespace fs = std::filesystem;
using namespace planner;

struct Wishes {
  std::string repo = ".";
  std::size_t most = 1'000;
  bool findings = false;
  unsigned seed = 1;
};

[[noreturn]] void stop(const std::string& why) {
  std::fputs(("merges: " + why + "\n").c_str(), stderr);
  std::exit(2);
}

template <class T>
T must(Result<T> result) {
  if (!result) stop(result.error().what);
  return std::move(*result);
}

Wishes wishes_of(int argc, char** argv) {
  Wishes out;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    const auto value = [&] {
      if (++i == argc) stop(word + " needs a value");
      return std::string(argv[i]);
    };
    if (word == "--repo")
      out.repo = value();
    else if (word == "--most")
      out.most = std::stoul(value());
    else if (word == "--seed")
      out.seed = static_cast<unsigned>(std::stoul(value()));
    else if (word == "--findings")
      out.findings = true;
    else
      stop("unknown word " + word);
  }
  return out;
}

using Pair = std::pair<ObjectId, ObjectId>;

/// Merges of two parents with work on both sides, in an order that the seed decides.
std::vector<Pair> sample(io::GitRepository& repository, const Wishes& wishes) {
  io::GitCommand git;
  git.git_dir = repository.layout().git_dir;
  git.arguments = {"rev-list", "--all", "--merges", "--parents"};
  std::istringstream lines(must(io::git_output(git)));
  std::vector<Pair> all;
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string merge, a, b, more;
    words >> merge >> a >> b;
    if (!(words >> more)) all.emplace_back(a, b);
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  std::shuffle(all.begin(), all.end(), std::mt19937(wishes.seed));
  std::vector<Pair> out;
  for (const Pair& pair : all) {
    if (out.size() == wishes.most) break;
    const auto bases = repository.merge_bases(pair.first, pair.second);
    if (bases && (*bases)[0] != pair.first && (*bases)[0] != pair.second) out.push_back(pair);
  }
  return out;
}

/// git as a user runs it: no scratch repository, attributes from files.
std::vector<Merge> as_git_says(io::GitRepository& repository, const std::vector<Pair>& pairs) {
  std::map<std::string, std::vector<std::size_t>> groups;  // attribute files of the first parent -> positions
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    std::string key;
    const Tree tree = must(repository.tree(pairs[i].first));
    for (const TreeEntry& entry : tree.entries())
      if (fs::path(entry.path).filename() == ".gitattributes") key += entry.blob + " " + entry.path + "\n";
    groups[key].push_back(i);
  }
  const fs::path place = fs::temp_directory_path() / fmt::format("interlock-merges-{}", std::time(nullptr));
  std::vector<Merge> out(pairs.size());
  for (const auto& [key, members] : groups) {
    fs::remove_all(place);
    fs::create_directories(place);
    std::istringstream lines(key);
    for (std::string line; std::getline(lines, line);) {
      const std::string blob = line.substr(0, line.find(' ')), path = line.substr(line.find(' ') + 1);
      fs::create_directories((place / path).parent_path());
      const auto text = must(repository.blobs({blob}, 1 << 20));
      std::ofstream(place / path, std::ios::binary) << text[0].value_or("");
    }
    std::string input;
    for (const std::size_t i : members) input += pairs[i].first + " " + pairs[i].second + "\n";
    io::Command command;
    command.arguments = {"git",
                         "-C",
                         place.string(),
                         "--git-dir=" + fs::absolute(repository.layout().git_dir).string(),
                         "--work-tree=" + place.string(),
                         "-c",
                         "core.bare=false",
                         "merge-tree",
                         "--write-tree",
                         "-z",
                         "--messages",
                         "--stdin"};
    command.environment = {std::string("PATH=") + std::getenv("PATH"), "HOME=/nonexistent", "LC_ALL=C",
                           "GIT_CONFIG_NOSYSTEM=1"};
    command.input = input;
    const auto finished = must(io::run(command));
    const auto merges = io::parse_merges(finished.out);
    for (std::size_t i = 0; i < merges.size() && i < members.size(); ++i) out[members[i]] = merges[i];
    if (merges.size() < members.size()) std::fputs(("git stopped: " + finished.err).c_str(), stderr);
  }
  fs::remove_all(place);
  return out;
}

void print_textual(const std::string& name, const std::vector<Pair>& pairs, const std::vector<Merge>& ours,
                   const std::vector<Merge>& git) {
  std::size_t equal = 0, conflicted = 0, unproven = 0;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    if (git[i].state == Merge::State::conflicted) ++conflicted;
    if (ours[i].state == Merge::State::unproven) ++unproven;
    if (ours[i].state == git[i].state && ours[i].paths() == git[i].paths() && ours[i].tree == git[i].tree)
      ++equal;
    else
      std::fputs(fmt::format("differs: {} {}: {}\n", pairs[i].first, pairs[i].second, ours[i].why).c_str(), stderr);
  }
  fmt::print("textual\t{}\t{} merges\t{} equal\t{} in conflict\t{} unproven\n", name, pairs.size(), equal, conflicted,
             unproven);
}

void print_findings(const std::string& name, io::GitRepository& repository, const std::vector<Pair>& pairs,
                    const std::vector<Merge>& git) {
  std::map<std::string, std::size_t> rules;
  std::size_t clean = 0, errors = 0, warned = 0;
  io::GitCodeSource code(repository);
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    if (git[i].state != Merge::State::clean) continue;
    ++clean;
    const Comparison compared = must(
        compare(repository, &code, {{"ours", pairs[i].first, {}}, {"theirs", pairs[i].second, {}}}, std::nullopt, {}));
    bool error = false, warning = false;
    for (const ComparedPair& pair : compared.pairs)
      for (const Finding& f : pair.findings) {
        ++rules[fmt::format("{} {}", to_string(f.severity), f.rule)];
        error = error || f.severity == FindingSeverity::error;
        warning = warning || (f.severity != FindingSeverity::note && f.rule != "same-symbol");
        if (f.severity != FindingSeverity::note && f.rule != "same-symbol")
          std::fputs(
              fmt::format("{} {}: {}:{}: {}: {} [{}]\n", pairs[i].first.substr(0, 10), pairs[i].second.substr(0, 10),
                          f.where.file, f.where.line, to_string(f.severity), f.message, f.rule)
                  .c_str(),
              stderr);
      }
    errors += error ? 1 : 0;
    warned += warning ? 1 : 0;
  }
  fmt::print("alarms\t{}\t{} clean merges\t{} with errors\t{} with errors or warnings but same-symbol\n", name, clean,
             errors, warned);
  for (const auto& [rule, count] : rules) fmt::print("rule\t{}\t{}\t{}\n", name, rule, count);
}

}  // namespace

int main(int argc, char** argv) {
  const Wishes wishes = wishes_of(argc, argv);
  const auto repository = must(io::open_repository(wishes.repo));
  if (!repository) stop("no repository in " + wishes.repo);
  const std::string name = fs::path(wishes.repo).lexically_normal().string();
  const std::vector<Pair> pairs = sample(*repository, wishes);
  const std::vector<Merge> ours = must(repository->merges(pairs));
  const std::vector<Merge> git = as_git_says(*repository, pairs);
  print_textual(name, pairs, ours, git);
  if (wishes.findings) print_findings(name, *repository, pairs, git);
  return 0;
}
