// Does a draft find what is then written? Each of the last commits of 1 to 10 files is an order: its message is the
// text, its parent is the repository with all the history up to there, and the files it changed are the truth.
//
//   script/bench draft --repo DIR [--last N] [--skip N] [--list]
//
// A changed file is named when the message holds its path or the last component of it as a word of its own. The rest
// are the files that were there before and that the message does not name. TSV rows: `named` with how many such files
// there are and how many a draft writes; `rest` likewise, among the lines that rest on a resolved symbol, links,
// history and words; `basis` with lines and how many of them were right; `first` with how often the first line is
// right.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fmt/format.h>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "parsers/format.h"
#include "planner/draft.h"
#include "planner/io/git_change_log.h"
#include "planner/io/git_code.h"
#include "planner/io/git_repository.h"
#include "planner/io/process.h"
#include "planner/resolve.h"

namespace {

namespace fs = std::filesystem;
using namespace planner;

[[noreturn]] void stop(const std::string& why) {
  std::fputs(("draft: " + why + "\n").c_str(), stderr);
  std::exit(2);
}

template <class T>
T must(Result<T> result) {
  if (!result) stop(result.error().what);
  return std::move(*result);
}

std::string git(const std::string& repo, std::vector<std::string> words) {
  words.insert(words.begin(), {"git", "-C", repo});
  const auto done = io::run({words, {}, {}});
  if (!done || done->exit_code != 0) stop("git failed in " + repo);
  return done->out;
}

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-'; }

/// Whether `text` holds `name` with nothing of a word or path right around it.
bool holds(const std::string& text, const std::string& name) {
  for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    const bool front = at == 0 || (!is_word(text[at - 1]) && text[at - 1] != '.');
    const bool back = end == text.size() || (!is_word(text[end]) && text[end] != '/' &&
                                             !(text[end] == '.' && end + 1 < text.size() && is_word(text[end + 1])));
    if (front && back) return true;
  }
  return false;
}

bool is_named(const std::string& text, const std::string& path) {
  return holds(text, path) || holds(text, path.substr(path.rfind('/') + 1));
}

struct Count {
  std::size_t all = 0, right = 0;
  void add(bool is_right) {
    ++all;
    if (is_right) ++right;
  }
  double share() const { return all == 0 ? 0.0 : static_cast<double>(right) / static_cast<double>(all); }
};

}  // namespace

int main(int argc, char** argv) {
  std::string repo;
  std::size_t last = 200, skip = 0;
  bool list = false;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (word == "--list") {
      list = true;
      continue;
    }
    if (++i == argc) stop(word + " needs a value");
    if (word == "--repo")
      repo = argv[i];
    else if (word == "--last")
      last = std::stoul(argv[i]);
    else if (word == "--skip")
      skip = std::stoul(argv[i]);
    else
      stop("unknown option " + word);
  }
  if (repo.empty()) stop("--repo DIR is missing");
  const auto repository = must(io::open_repository(repo));
  if (!repository) stop("no repository in " + repo);
  io::GitCodeSource source(*repository);

  const std::string log = git(
      repo, {"log", "-z", "--no-merges", "--max-count=20000", "-M", "-l400", "--name-status", "--format=%H", "HEAD"});
  auto slices = io::log_slices(log);
  std::reverse(slices.begin(), slices.end());
  std::vector<std::vector<PastChange>> commits;
  std::vector<std::size_t> fitting;
  for (std::size_t i = 0; i < slices.size(); ++i) {
    commits.push_back(io::past_changes(slices[i].second));
    if (!commits.back().empty() && commits.back().size() <= 10 && i > 0) fitting.push_back(i);
  }
  const std::size_t end = fitting.size() > skip ? fitting.size() - skip : 0;
  const std::set<std::size_t> asked(fitting.begin() + static_cast<std::ptrdiff_t>(end > last ? end - last : 0),
                                    fitting.begin() + static_cast<std::ptrdiff_t>(end));

  ChangeHistory history;
  Count named, rest, first;
  std::map<DraftBasis, Count> bases;
  std::map<DraftBasis, Count> reads;
  std::size_t created = 0;
  for (std::size_t i = 0; i < commits.size(); ++i) {
    if (asked.contains(i)) {
      const std::string id(slices[i].first);
      const auto parent = must(repository->first_parent(id));
      if (!parent) continue;
      const Tree tree = must(repository->tree(*parent));
      const auto code = must(source.at(tree));
      const parsers::Source message{"message.txt", git(repo, {"log", "-1", "--format=%B", id})};
      const auto read = parsers::read_work_orders_as("text", message, parsers::FileId{0});
      std::vector<parsers::WorkOrders> documents{read.value};
      if (documents.front().orders.size() != 1) continue;  // a message with headings of its own
      const Bound bound = resolve(documents, {}, {&tree, {}, nullptr}, {message});
      const std::vector<Drafted> drafted = draft_scopes(bound.orders, {message}, {&tree, code.get(), &history}, 5);
      if (drafted.empty()) continue;
      const Drafted& draft = drafted.front();
      std::set<std::string> truth, proposed;
      for (const PastChange& change : commits[i]) {
        truth.emplace(change.path);
        if (change.kind == PastChange::Kind::renamed) truth.emplace(change.from);
      }
      if (list)
        std::fputs(fmt::format("{} {}\n", id.substr(0, 10), message.text.substr(0, message.text.find('\n'))).c_str(),
                   stderr);
      std::set<std::string> seen;
      for (const DraftLine& line : draft.write) {
        const std::string path(line.entry.resource.path());
        const bool right = truth.contains(path);
        proposed.insert(path);
        if (seen.insert(path).second) bases[line.basis].add(right);
        if (list)
          std::fputs(
              fmt::format("  {} {} {}: {}\n", right ? "+" : "-", to_string(line.basis), path, line.because).c_str(),
              stderr);
      }
      for (const DraftLine& line : draft.read) {
        const std::string path(line.entry.resource.path());
        reads[line.basis].add(truth.contains(path));
        if (list)
          std::fputs(
              fmt::format("  r{} {} {}\n", truth.contains(path) ? "+" : "-", to_string(line.basis), path).c_str(),
              stderr);
      }
      if (!draft.write.empty()) first.add(truth.contains(std::string(draft.write.front().entry.resource.path())));
      for (const std::string& path : truth) {
        const bool found = proposed.contains(path);
        if (is_named(message.text, path)) {
          named.add(found);
          if (list && !found) std::fputs(fmt::format("  MISSED {}\n", path).c_str(), stderr);
        } else if (tree.has_file(path)) {
          rest.add(found);
          if (list && !found) std::fputs(fmt::format("  missed {}\n", path).c_str(), stderr);
        } else {
          ++created;
        }
      }
    }
    history.add(commits[i]);
  }
  const std::string name = fs::path(repo).lexically_normal().filename().string();
  const auto row = [&](const std::string& what, const Count& count) {
    fmt::print("{}\t{}\t{}\t{}\t{:.3f}\n", name, what, count.all, count.right, count.share());
  };
  fmt::print("repository\twhat\tof\tright\tshare\n");
  fmt::print("{}\tcommits\t{}\t\t\n{}\tcreated unnamed\t{}\t\t\n", name, asked.size(), name, created);
  row("named files found", named);
  row("rest of the files found", rest);
  row("first line right", first);
  for (const auto& [basis, count] : bases) row(fmt::format("write {} right", to_string(basis)), count);
  for (const auto& [basis, count] : reads) row(fmt::format("read {} written", to_string(basis)), count);
  return 0;
}
