#include "planner/compare.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>

#include "planner/compare_rules.h"
#include "planner/compare_textual.h"
#include "planner/compare_uses.h"

namespace planner {
namespace {

/// A branch with what is known about it before anything is compared.
struct Side {
  std::string name;
  ObjectId head, tip;
  std::vector<ObjectId> bases;  // with the target; none: unrelated, or no target
  std::set<ObjectId> commits;   // that the target does not have
  ObjectId base() const { return bases.empty() ? ObjectId() : bases[0]; }
};

/// Two sides as they are held against each other.
struct Meeting {
  std::size_t a = 0, b = 0;  // b: past the sides is the target
  const BranchWork* work_a = nullptr;
  const BranchWork* work_b = nullptr;
  ObjectId base_a, base_b;
  std::size_t merge = 0;  // position among the merges
  std::vector<CommonFile> common;
  std::vector<Finding> findings;
};

class Comparing {
 public:
  Comparing(Repository& repository, CodeSource* code, const std::optional<Target>& target,
            const std::vector<std::string>& series)
      : repository_(repository), target_(target), series_(series), reader_(repository) {
    if (code != nullptr) uses_.emplace(repository, *code, reader_);
  }

  Result<Comparison> run(std::vector<BranchRequest> requests) {
    if (auto done = find_sides(std::move(requests)); !done) return tl::make_unexpected(done.error());
    if (auto done = find_meetings(); !done) return tl::make_unexpected(done.error());
    if (auto done = merge(); !done) return tl::make_unexpected(done.error());
    if (auto done = read(); !done) return tl::make_unexpected(done.error());
    for (Meeting& meeting : meetings_)
      if (auto done = judge(meeting); !done) return tl::make_unexpected(done.error());
    return answer();
  }

 private:
  Result<void> find_sides(std::vector<BranchRequest> requests) {
    std::sort(requests.begin(), requests.end(), [](const BranchRequest& x, const BranchRequest& y) {
      return std::tie(x.name, x.revision, x.directory) < std::tie(y.name, y.revision, y.directory);
    });
    for (const BranchRequest& request : requests) {
      Side side{request.name, request.revision, {}, {}, {}};
      auto head = repository_.commit(request.revision);
      if (!head) return tl::make_unexpected(head.error());
      side.head = side.tip = std::move(*head);
      if (!request.directory.empty()) {
        auto tip = repository_.worktree_commit(request.directory, side.head);
        if (!tip) return tl::make_unexpected(tip.error());
        side.tip = std::move(*tip);
      }
      if (target_) {
        auto bases = repository_.merge_bases(side.tip, target_->tip);
        if (bases)
          side.bases = std::move(*bases);
        else if (repository_.shallow())
          return tl::make_unexpected(bases.error());
        const auto commits = repository_.commits(target_->tip, side.tip);
        if (!commits) return tl::make_unexpected(commits.error());
        for (const Commit& commit : *commits) side.commits.insert(commit.id);
      }
      sides_.push_back(std::move(side));
    }
    return {};
  }

  /// What a commit changed since a base, but for what other bases as good hold already.
  Result<const BranchWork*> work_since(const std::string& name, const std::vector<ObjectId>& bases,
                                       const ObjectId& tip) {
    const ObjectId base = bases.empty() ? ObjectId() : bases[0];
    auto& kept = works_[{name, base, tip}];
    if (kept) return kept.get();
    auto changes = repository_.changes(base, tip);
    if (!changes) return tl::make_unexpected(changes.error());
    for (std::size_t i = 1; i < bases.size(); ++i) {
      const auto others = repository_.changes(bases[i], tip);
      if (!others) return tl::make_unexpected(others.error());
      std::set<std::string_view> differing;
      for (const Change& change : *others) differing.insert(change.path);
      std::erase_if(*changes, [&](const Change& change) { return !differing.contains(change.path); });
    }
    // A commit named by its whole id is told by the beginning of it.
    const bool id = name.size() >= 40 && name.find_first_not_of("0123456789abcdef") == std::string::npos;
    kept = std::make_unique<BranchWork>(BranchWork{id ? name.substr(0, 10) : name, base, tip, file_edits(*changes)});
    return kept.get();
  }

  /// The bases that two branches are measured from: each its own, or where they parted when they share work that the
  /// target does not have. nullopt: one contains the other, or there is no common history.
  Result<std::optional<std::array<std::vector<ObjectId>, 2>>> bases_of(const Side& a, const Side& b) {
    using Both = std::array<std::vector<ObjectId>, 2>;
    if (a.tip == b.tip || a.commits.contains(b.tip) || b.commits.contains(a.tip)) return std::nullopt;
    const bool shared = std::any_of(a.commits.begin(), a.commits.end(),
                                    [&](const ObjectId& commit) { return b.commits.contains(commit); });
    if (target_ && !shared) {
      if (a.commits.empty() || b.commits.empty()) return std::nullopt;  // nothing of its own
      if (a.bases.empty() || b.bases.empty()) return std::nullopt;
      return Both{a.bases, b.bases};
    }
    const auto bases = repository_.merge_bases(a.tip, b.tip);
    if (!bases) {
      if (repository_.shallow()) return tl::make_unexpected(bases.error());
      return std::nullopt;
    }
    for (const ObjectId& base : *bases)
      if (base == a.tip || base == b.tip) return std::nullopt;
    return Both{*bases, *bases};
  }

  Result<void> add_meeting(std::size_t a, std::size_t b, const std::string& name_b, const ObjectId& tip_b,
                           const std::vector<ObjectId>& bases_a, const std::vector<ObjectId>& bases_b) {
    Meeting meeting;
    meeting.a = a;
    meeting.b = b;
    meeting.base_a = bases_a[0];
    meeting.base_b = bases_b[0];
    const auto work_a = work_since(sides_[a].name, bases_a, sides_[a].tip);
    if (!work_a) return tl::make_unexpected(work_a.error());
    const auto work_b = work_since(name_b, bases_b, tip_b);
    if (!work_b) return tl::make_unexpected(work_b.error());
    meeting.work_a = *work_a;
    meeting.work_b = *work_b;
    meeting.common = common_files(**work_a, **work_b);
    meeting.merge = pairs_.size();
    pairs_.emplace_back(sides_[a].tip, tip_b);
    meetings_.push_back(std::move(meeting));
    return {};
  }

  Result<void> find_meetings() {
    for (std::size_t a = 0; a < sides_.size(); ++a)
      for (std::size_t b = a + 1; b < sides_.size(); ++b) {
        const auto bases = bases_of(sides_[a], sides_[b]);
        if (!bases) return tl::make_unexpected(bases.error());
        if (!*bases) continue;
        if (auto done = add_meeting(a, b, sides_[b].name, sides_[b].tip, (**bases)[0], (**bases)[1]); !done)
          return done;
      }
    if (!target_) return {};
    for (std::size_t a = 0; a < sides_.size(); ++a) {
      const Side& side = sides_[a];
      if (side.commits.empty() || side.bases.empty() || side.base() == target_->tip) continue;
      if (auto done = add_meeting(a, sides_.size(), target_->name, target_->tip, side.bases, side.bases); !done)
        return done;
    }
    return {};
  }

  /// Git's merges of all meetings, then of each side with what the other is based on, where two sides do not merge.
  Result<void> merge() {
    auto merged = repository_.merges(pairs_);
    if (!merged) return tl::make_unexpected(merged.error());
    merges_ = std::move(*merged);
    std::vector<std::pair<ObjectId, ObjectId>> pairs;
    const auto want = [&](const ObjectId& ours, const ObjectId& theirs) {
      if (drift_.try_emplace({ours, theirs}, pairs.size()).second) pairs.emplace_back(ours, theirs);
    };
    for (const Meeting& m : meetings_)
      if (merges_[m.merge].state == Merge::State::conflicted && m.base_a != m.base_b) {
        want(m.work_a->tip, m.base_b);
        want(m.base_a, m.work_b->tip);
      }
    auto drifted = repository_.merges(pairs);
    if (!drifted) return tl::make_unexpected(drifted.error());
    drift_merges_ = std::move(*drifted);
    return {};
  }

  std::vector<const Merge*> drift_of(const Meeting& m) const {
    std::vector<const Merge*> out;
    for (const auto& pair : {std::pair(m.work_a->tip, m.base_b), std::pair(m.base_a, m.work_b->tip)})
      if (const auto found = drift_.find(pair); m.base_a != m.base_b && found != drift_.end())
        out.push_back(&drift_merges_[found->second]);
    return out;
  }

  Result<void> read() {
    std::vector<const FileEdit*> edits;
    std::vector<std::string> merged;
    for (const Meeting& m : meetings_) {
      for (const CommonFile& file : m.common) {
        edits.push_back(file.a);
        edits.push_back(file.b);
        if (const std::string name = merged_name(m, file); !name.empty()) merged.push_back(name);
      }
      // Of a branch everything; of what landed on the target only what meets it.
      for (const FileEdit& edit : m.work_a->edits) edits.push_back(&edit);
      if (m.b != sides_.size())
        for (const FileEdit& edit : m.work_b->edits) edits.push_back(&edit);
      const auto more = namespace_candidates(*m.work_a, *m.work_b);
      edits.insert(edits.end(), more.begin(), more.end());
      const auto marked = drifted_files(merges_[m.merge], drift_of(m));
      merged.insert(merged.end(), marked.begin(), marked.end());
    }
    std::sort(edits.begin(), edits.end());
    edits.erase(std::unique(edits.begin(), edits.end()), edits.end());
    if (auto done = reader_.read(edits); !done) return done;
    return reader_.read_blobs(std::move(merged));
  }

  /// What git makes of a file both sides changed, as TREE:PATH; empty where it could not.
  std::string merged_name(const Meeting& m, const CommonFile& file) const {
    const Merge& merge = merges_[m.merge];
    if (merge.tree.empty() || file.a->new_blob == file.b->new_blob) return {};
    const std::string& path = file.a->kind == FileEdit::Kind::renamed ? file.a->path : file.b->path;
    for (const MergeStage& stage : merge.stages)
      if (stage.path == path || stage.path == file.a->path || stage.path == file.b->path) return {};
    return merge.tree + ":" + path;
  }

  Result<void> judge(Meeting& m) {
    const BranchWork &a = *m.work_a, &b = *m.work_b;
    const auto add = [&](std::vector<Finding> more) {
      m.findings.insert(m.findings.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
    };
    const Merge& merged = merges_[m.merge];
    add(compare_textual(a, b, merged, drift_of(m), m.common, reader_));
    auto drivers = driver_findings(m, merged);
    if (!drivers) return tl::make_unexpected(drivers.error());
    add(compare_removals(a, b));
    std::optional<Error> failed;
    const Tree nothing;
    const TreeBefore before = [&]() -> const Tree& {
      const auto tree = tree_of(m.base_a);
      if (tree) return **tree;
      failed = tree.error();
      return nothing;
    };
    add(compare_names(a, b, before));
    add(compare_sequences(a, b, before, series_));
    if (failed) return tl::make_unexpected(*failed);
    for (const CommonFile& file : m.common) {
      FileMeeting met{&a, &b, file.a, file.b, &reader_.text(*file.a), &reader_.text(*file.b), nullptr, nullptr};
      if (const std::string name = merged_name(m, file); !name.empty()) {
        met.merged = reader_.blob(name);
        if (met.merged != nullptr && met.text_a->language)
          met.merged_outline = reader_.outline(*met.text_a->language, name);
      }
      add(compare_places(met));
      add(compare_definitions(met));
      add(compare_keys(met));
    }
    add(compare_namespaces(a, b, reader_));
    if (uses_) {
      auto broken = uses_->compare(a, b, merged, m.b == sides_.size());
      if (!broken) return tl::make_unexpected(broken.error());
      add(std::move(*broken));
    }
    // A textual finding whose file is merged by a program of the user's is not proved.
    for (const MergeDriver& driver : *drivers) name_driver(m, driver);
    sort_findings(m.findings);
    fold_findings(m.findings);
    return {};
  }

  Result<std::vector<MergeDriver>> driver_findings(const Meeting& m, const Merge& merged) {
    std::vector<std::string> paths;
    if (merged.state != Merge::State::unproven)
      for (const CommonFile& file : m.common)
        if (file.a->new_blob != file.b->new_blob) paths.push_back(file.a->path);
    return repository_.merge_drivers(m.work_a->tip, paths);
  }

  static void name_driver(Meeting& m, const MergeDriver& driver) {
    const std::string words = fmt::format("the merge driver \"{}\" of {} is not run", driver.driver, driver.path);
    bool said = false;
    for (Finding& finding : m.findings)
      if (finding.rule == "textual" && finding.where.file == driver.path) {
        finding.certainty = Certainty::unproven;
        finding.message += "; " + words;
        said = true;
      }
    if (said) return;
    Finding finding =
        compare_finding("textual", Certainty::unproven, "git's own merge is clean, but " + words, {driver.path, 0});
    finding.severity = FindingSeverity::note;
    m.findings.push_back(std::move(finding));
  }

  Result<const Tree*> tree_of(const ObjectId& commit) {
    const auto known = trees_.find(commit);
    if (known != trees_.end()) return &known->second;
    if (commit.empty()) return &trees_.try_emplace(commit).first->second;
    auto tree = repository_.tree(commit);
    if (!tree) return tl::make_unexpected(tree.error());
    return &trees_.emplace(commit, std::move(*tree)).first->second;
  }

  Comparison answer() {
    Comparison out;
    if (target_) out.target = target_->name;
    for (const Side& side : sides_) out.branches.push_back({side.name, side.head, side.base(), false});
    std::vector<Contention> contentions;
    std::map<std::pair<std::size_t, std::size_t>, Meeting*> met;
    for (Meeting& m : meetings_) met[{m.a, m.b}] = &m;
    // Whoever names the target as a branch asks for what landed on it.
    const auto meeting_of = [&](std::size_t a, std::size_t b) {
      const bool landed_a = target_ && sides_[a].tip == target_->tip,
                 landed_b = target_ && sides_[b].tip == target_->tip;
      if (landed_a && landed_b) return met.end();
      return met.find(landed_b   ? std::pair(a, sides_.size())
                      : landed_a ? std::pair(b, sides_.size())
                                 : std::pair(a, b));
    };
    bool target_named = false;
    for (std::size_t a = 0; a < sides_.size(); ++a) {
      target_named = target_named || (target_ && sides_[a].tip == target_->tip && sides_.size() > 1);
      for (std::size_t b = a + 1; b < sides_.size(); ++b) {
        ComparedPair pair{{sides_[a].name, sides_[b].name}, {}};
        if (const auto found = meeting_of(a, b); found != met.end()) pair.findings = found->second->findings;
        for (const Finding& f : pair.findings)
          if (f.severity != FindingSeverity::note)
            contentions.push_back({a, b, f.rule + " " + f.where.file, f.severity == FindingSeverity::error});
        out.pairs.push_back(std::move(pair));
      }
    }
    for (std::size_t a = 0; a < sides_.size(); ++a)
      if (const auto found = met.find({a, sides_.size()}); found != met.end()) {
        Meeting& m = *found->second;
        out.branches[a].drifted = merges_[m.merge].state == Merge::State::conflicted;
        if (!m.findings.empty() && !target_named)
          out.pairs.push_back({{sides_[a].name, target_->name}, std::move(m.findings)});
      }
    std::vector<std::pair<std::size_t, std::size_t>> first;
    for (std::size_t a = 0; a < sides_.size(); ++a)
      for (std::size_t b = 0; b < sides_.size(); ++b)
        if (a != b && sides_[a].tip != sides_[b].tip && sides_[b].commits.contains(sides_[a].tip))
          first.emplace_back(a, b);
    out.merge_order = merge_order(sides_.size(), contentions, first);
    return out;
  }

  Repository& repository_;
  const std::optional<Target>& target_;
  const std::vector<std::string>& series_;
  EditReader reader_;
  std::optional<UseComparison> uses_;
  std::vector<Side> sides_;
  std::map<std::tuple<std::string, ObjectId, ObjectId>, std::unique_ptr<BranchWork>> works_;
  std::vector<Meeting> meetings_;
  std::vector<std::pair<ObjectId, ObjectId>> pairs_;
  std::vector<Merge> merges_;
  std::map<std::pair<ObjectId, ObjectId>, std::size_t> drift_;  // of a side and the other's base: position
  std::vector<Merge> drift_merges_;
  std::map<ObjectId, Tree> trees_;
};

}  // namespace

Result<Comparison> compare(Repository& repository, CodeSource* code, std::vector<BranchRequest> requests,
                           const std::optional<Target>& target, const std::vector<std::string>& series) {
  return Comparing(repository, code, target, series).run(std::move(requests));
}

}  // namespace planner
