// What a plan would have foreseen, on histories with known outcomes.
//
//   script/bench prediction merges  REPO FILE.jsonl [REPO FILE.jsonl]... [--most N] [--misses]
//   script/bench prediction windows REPO FILE.json [REPO FILE.json]... [--misses]
//
// merges: a line a merge, {"p1", "p2", "base", "per_file": [{"path", "lang", "conflict", "same_blob"}]}: a decision for
// each source file that both sides changed, and did not change alike. --most takes an even sample of the lines.
// windows: {"branches": [{"pr", "tip", "base"}], "pairs": [{"a", "b", "attributable", "stacked"}]}: branches in flight
// at once, a decision for each pair; pairs that are not listed have no common file and no conflict. "labelled": a
// conflict is one in a file that both wrote (`attributable`), though many of these are with what landed before the
// newer branch left; "own": git cannot merge the two in a region that does not conflict with the other's base alone.
//
// Each side is the work order that would have declared it, at the granularity of files, of symbols, and of symbols and
// gaps; the conflicts of a plan are the prediction. TSV: what was decided, the granularity, how many decisions, how
// many conflicted, alarms, alarms that were right, precision and recall in percent. Merges whose objects are not there
// are counted on standard error. --misses names the conflicts that symbols and gaps miss, and the alarms that were
// wrong.
#include <array>
#include <cstdio>
#include <fmt/format.h>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "planner/io/git_past.h"
#include "planner/past_pairs.h"

namespace {

using namespace planner;
using Json = nlohmann::json;

[[noreturn]] void stop(const std::string& why) {
  std::fputs(("prediction: " + why + "\n").c_str(), stderr);
  std::exit(2);
}

struct Score {
  std::size_t decisions = 0, conflicts = 0;
  std::array<std::size_t, 3> alarms{}, right{};

  void decide(bool conflict, const std::array<bool, 3>& alarm) {
    ++decisions;
    if (conflict) ++conflicts;
    for (std::size_t g = 0; g < alarm.size(); ++g)
      if (alarm[g]) ++alarms[g], right[g] += conflict ? 1 : 0;
  }
  void add(const Score& other) {
    decisions += other.decisions;
    conflicts += other.conflicts;
    for (std::size_t g = 0; g < alarms.size(); ++g) alarms[g] += other.alarms[g], right[g] += other.right[g];
  }
  void print(const std::string& what) const {
    const auto percent = [](std::size_t part, std::size_t of) {
      return of == 0 ? std::string("-")
                     : fmt::format("{:.1f}", 100.0 * static_cast<double>(part) / static_cast<double>(of));
    };
    for (const Granularity g : all_granularities) {
      const auto i = static_cast<std::size_t>(g);
      fmt::print("{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\n", what, to_string(g), decisions, conflicts, alarms[i], right[i],
                 percent(right[i], alarms[i]), percent(right[i], conflicts));
    }
  }
};

bool misses = false;

void tell(const char* what, const std::string& where, const std::string& path) {
  if (misses) fmt::print("{}\t{}\t{}\n", what, where, path);
}

std::unique_ptr<io::GitRepository> opened(const std::string& directory) {
  auto out = io::open_repository(directory);
  if (!out || !*out) stop(directory + " is no repository");
  return std::move(*out);
}

struct States {
  std::vector<std::unique_ptr<PastState>> list;  // null: objects are missing
};

/// What each tip changed since its base. Missing objects end all of git's answer, so they are looked for before.
States states_of(io::GitRepository& repository, const std::vector<std::pair<ObjectId, ObjectId>>& base_and_tip) {
  std::vector<ObjectId> ids;
  for (const auto& [base, tip] : base_and_tip) ids.push_back(base), ids.push_back(tip);
  const auto there = repository.has_objects(ids);
  if (!there) stop(there.error().what);
  std::vector<std::pair<ObjectId, ObjectId>> asked;
  for (std::size_t i = 0; i < base_and_tip.size(); ++i)
    if ((*there)[2 * i] && (*there)[2 * i + 1]) asked.push_back(base_and_tip[i]);
  auto changes = io::GitPast(repository).changes(asked);
  if (!changes) stop(changes.error().what);
  States out;
  std::size_t next = 0;
  for (std::size_t i = 0; i < base_and_tip.size(); ++i) {
    out.list.emplace_back();
    if (!(*there)[2 * i] || !(*there)[2 * i + 1]) continue;
    auto state = std::make_unique<PastState>();
    const auto& [base, tip] = base_and_tip[i];
    state->work = {tip.substr(0, 10), base, tip, file_edits((*changes)[next++])};
    state->paths = touched_paths(state->work);
    out.list.back() = std::move(state);
  }
  return out;
}

template <class T>
T must(Result<T> result, const char* what) {
  if (!result) stop(fmt::format("{}: {}", what, result.error().what));
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

constexpr std::size_t chunk = 50;  // merges in memory at once

Score merges(const std::string& directory, const std::string& file, std::size_t most) {
  const auto repository = opened(directory);
  std::vector<Json> rows;
  std::ifstream in(file);
  if (!in) stop("cannot read " + file);
  for (std::string line; std::getline(in, line);) rows.push_back(Json::parse(line));
  const std::size_t count = std::min(most, rows.size());
  Score score;
  std::size_t missing = 0;
  for (std::size_t from = 0; from < count; from += chunk) {
    std::vector<std::pair<ObjectId, ObjectId>> asked;
    std::vector<const Json*> of;
    for (std::size_t i = from; i < std::min(count, from + chunk); ++i) {
      const Json& row = rows[i * rows.size() / count];
      if (row["per_file"].empty()) continue;
      of.push_back(&row);
      asked.emplace_back(row["base"], row["p1"]);
      asked.emplace_back(row["base"], row["p2"]);
    }
    const States states = states_of(*repository, asked);
    PastPairs past(*repository);
    std::vector<std::vector<const PastState*>> groups;
    for (std::size_t i = 0; i < of.size(); ++i)
      if (states.list[2 * i] && states.list[2 * i + 1])
        groups.push_back({states.list[2 * i].get(), states.list[2 * i + 1].get()});
    must(past.read(groups), "read");
    for (std::size_t i = 0; i < of.size(); ++i) {
      if (!states.list[2 * i] || !states.list[2 * i + 1]) {
        ++missing;
        continue;
      }
      const PastPairs::Alarms alarms = past.alarms(*states.list[2 * i], *states.list[2 * i + 1]);
      for (const Json& one : (*of[i])["per_file"]) {
        if (!one["lang"].is_string() || one["same_blob"] == true) continue;
        const std::string path = one["path"];
        std::array<bool, 3> alarm{};
        for (std::size_t g = 0; g < 3; ++g) alarm[g] = alarms[g].contains(path);
        const bool conflict = one["conflict"] == true;
        score.decide(conflict, alarm);
        if (conflict && !alarm[2]) tell("miss", (*of[i])["m"], path);
        if (!conflict && alarm[2]) tell("false", (*of[i])["m"], alarms[2].at(path));
      }
    }
  }
  if (missing > 0) fmt::print(stderr, "prediction: {}: {} merges are not there\n", file, missing);
  return score;
}

Score windows(const std::string& directory, const std::string& file, Score& labelled) {
  const auto repository = opened(directory);
  std::ifstream in(file);
  if (!in) stop("cannot read " + file);
  const Json window = Json::parse(in);
  std::vector<std::pair<ObjectId, ObjectId>> asked;
  for (const Json& branch : window["branches"]) asked.emplace_back(branch["base"], branch["tip"]);
  const States states = states_of(*repository, asked);
  std::map<std::int64_t, const PastState*> of_pr;
  for (std::size_t i = 0; i < states.list.size(); ++i) {
    if (states.list[i]) states.list[i]->seen = window["branches"][i].value("main_pos_base", 0);
    of_pr[window["branches"][i]["pr"]] = states.list[i].get();
  }
  Score score;
  std::size_t missing = 0;
  PastPairs past(*repository);
  std::vector<std::vector<const PastState*>> groups;
  std::vector<StatePair> pairs;
  std::vector<const Json*> of;
  for (const Json& pair : window["pairs"]) {
    if (pair["stacked"] == true) continue;
    const StatePair states_of_pair{of_pr[pair["a"]], of_pr[pair["b"]]};
    if (states_of_pair.first == nullptr || states_of_pair.second == nullptr) {
      ++missing;
      continue;
    }
    of.push_back(&pair);
    pairs.push_back(states_of_pair);
    groups.push_back({states_of_pair.first, states_of_pair.second});
  }
  must(past.merge(pairs), "merge");
  must(past.read(groups), "read");
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const Json& pair = *of[i];
    const PastPairs::Alarms alarms = past.alarms(*pairs[i].first, *pairs[i].second);
    std::array<bool, 3> alarm{};
    for (std::size_t g = 0; g < 3; ++g) alarm[g] = !alarms[g].empty();
    labelled.decide(pair["attributable"] == true, alarm);
    const bool conflict = !past.collided(i).paths.empty();
    score.decide(conflict, alarm);
    const std::string name = fmt::format("{} {}", pair["a"].dump(), pair["b"].dump());
    if (conflict && !alarm[2]) tell("miss", name, *past.collided(i).paths.begin());
    if (!conflict && alarm[2]) tell("false", name, alarms[2].begin()->second);
  }
  if (missing > 0) fmt::print(stderr, "prediction: {}: {} pairs are not there\n", file, missing);
  return score;
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> words(argv + 1, argv + argc), files;
  std::size_t most = SIZE_MAX;
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (words[i] == "--most" && i + 1 < words.size())
      most = std::stoul(words[++i]);
    else if (words[i] == "--misses")
      misses = true;
    else
      files.push_back(words[i]);
  }
  const std::string mode = words.empty() ? "" : words[0];
  if ((mode != "merges" && mode != "windows") || files.empty() || files.size() % 2 != 0)
    stop("say merges or windows, then a repository and a file, as often as you like");
  Score all, labelled;
  fmt::print("what\tgranularity\tdecisions\tconflicts\talarms\tright\tprecision\trecall\n");
  for (std::size_t i = 0; i < files.size(); i += 2) {
    const Score score =
        mode == "merges" ? merges(files[i], files[i + 1], most) : windows(files[i], files[i + 1], labelled);
    score.print(files[i + 1].substr(files[i + 1].rfind('/') + 1));
    all.add(score);
    std::fflush(stdout);
  }
  if (files.size() > 2) all.print(mode == "merges" ? "all" : "all, own");
  if (mode == "windows") labelled.print("all, labelled");
}
