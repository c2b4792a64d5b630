// git's own command line, as far as it reaches files, the index, branches and objects that others use.
#include <algorithm>
#include <map>
#include <set>

#include "parsers/shell_command.h"

namespace parsers {
namespace {

using Kind = ShellAction::Kind;
using Words = std::vector<ShellWord>;

bool everything(const ShellWord& pathspec) {
  return pathspec.text == ":/" || pathspec.text == ":(top)" || pathspec.text == ":/*";
}

/// git's pathspecs as targets; none: everything. Other pathspec magic than :/ is unread.
Words pathspecs(Words words) {
  if (std::any_of(words.begin(), words.end(), everything)) return {};
  for (ShellWord& word : words) {
    if (word.text.starts_with(":(") || word.text.starts_with(":!") || word.text.starts_with(":^")) word.known = false;
    if (word.text.starts_with(":/")) word.known = false;
  }
  return words;
}

Words behind_dashes(const ShellOptions& options) {
  const Words& all = options.operands();
  return {all.begin() + static_cast<std::ptrdiff_t>(options.before_dashes()), all.end()};
}

/// One call: the words of the command and what its reader may say.
struct Call {
  const ShellCommand& command;  // [0] is the subcommand
  ShellSink& sink;

  void act(Kind kind, const Words& targets = {}) const { sink.act(kind, command, targets); }
  ShellOptions options(std::string_view with_value,
                       std::initializer_list<std::string_view> long_with_value = {}) const {
    return {command.words, 1, with_value, long_with_value};
  }
};

void add(const Call& call) {
  const ShellOptions o = call.options("", {"pathspec-from-file", "chmod"});
  if (o.has('n') || o.has("dry-run")) return;
  if (o.has("pathspec-from-file")) return call.sink.unread("the paths in the file of \"" + call.command.text + "\"");
  const bool all = o.has('A') || o.has('u') || o.has("all") || o.has("update") || o.has("no-ignore-removal");
  if (o.operands().empty()) {
    if (all || o.has("renormalize")) call.act(Kind::stage);
    return;
  }
  call.act(Kind::stage, pathspecs(o.operands()));
}

void commit(const Call& call) {
  const ShellOptions o =
      call.options("mFCct|uS", {"message", "file", "reuse-message", "reedit-message", "template", "author", "date",
                                "fixup", "squash", "trailer", "cleanup", "pathspec-from-file"});
  if (o.has("dry-run")) return;
  if (o.has("amend")) call.act(Kind::amend);
  if (o.has('a') || o.has("all")) return call.act(Kind::commit_all);
  if (!o.operands().empty()) call.act(Kind::stage, pathspecs(o.operands()));
}

void checkout(const Call& call) {
  const ShellOptions o = call.options("bB", {"orphan", "conflict", "pathspec-from-file"});
  if (o.has('f') || o.has("force")) call.act(Kind::discard);
  if (o.has('b') || o.has('B') || o.has("orphan")) return call.act(Kind::switch_branch);
  if (o.dashes()) {
    const Words paths = behind_dashes(o);
    if (!paths.empty()) return call.act(Kind::discard, pathspecs(paths));
  } else if (!o.operands().empty()) {
    // One word may be a branch or a path; "." and what has more words in front of it cannot be a branch.
    const Words& words = o.operands();
    if (words[0].text == "." || everything(words[0])) return call.act(Kind::discard, pathspecs(words));
    if (words.size() > 1) return call.act(Kind::discard, pathspecs(words));  // the first may be a commit
  }
  if (!o.operands().empty() || o.has("detach") || o.has('d')) call.act(Kind::switch_branch, o.operands());
}

void switch_to(const Call& call) {
  const ShellOptions o = call.options("cC", {"create", "force-create", "orphan", "conflict"});
  if (o.has('f') || o.has("force") || o.has("discard-changes")) call.act(Kind::discard);
  call.act(Kind::switch_branch, o.operands());
}

void restore(const Call& call) {
  const ShellOptions o = call.options("s", {"source", "conflict", "pathspec-from-file"});
  const bool staged = o.has('S') || o.has("staged");
  const bool files = o.has('W') || o.has("worktree") || !staged;
  if (o.has("pathspec-from-file")) return call.sink.unread("the paths in the file of \"" + call.command.text + "\"");
  if (o.operands().empty()) return;
  call.act(files ? Kind::discard : Kind::unstage, pathspecs(o.operands()));
}

/// Words that can only be a commit: HEAD~2, main@{1}, an object id.
bool is_revision(std::string_view word) {
  const bool hex = word.size() >= 7 && word.find_first_not_of("0123456789abcdef") == std::string_view::npos;
  return hex || word.find_first_of("~^@") != std::string_view::npos || word.starts_with("origin/");
}

void reset(const Call& call) {
  const ShellOptions o = call.options("U", {"pathspec-from-file"});
  const bool paths_named = o.dashes() && o.before_dashes() < o.operands().size();
  const bool moves = !o.operands().empty() && o.operands()[0].text != "HEAD" && o.operands()[0].text != "@";
  if (o.has("hard") || o.has("merge") || o.has("keep")) {
    call.act(Kind::discard);
    if (moves && !o.dashes()) call.act(Kind::rewrite_history);
  } else if (paths_named) {
    call.act(Kind::unstage, pathspecs(behind_dashes(o)));
  } else if (o.has("soft")) {
    if (moves) call.act(Kind::rewrite_history);
  } else if (o.operands().size() > 1) {
    call.act(Kind::unstage, pathspecs({o.operands().begin() + 1, o.operands().end()}));
  } else if (moves && is_revision(o.operands()[0].text)) {
    call.act(Kind::rewrite_history);
  } else if (moves && o.operands()[0].text.find_first_of("./") != std::string::npos) {
    call.act(Kind::unstage, pathspecs(o.operands()));
  } else {
    call.act(Kind::unstage);
  }
}

void clean(const Call& call) {
  const ShellOptions o = call.options("e", {"exclude"});
  if (o.has('n') || o.has("dry-run")) return;
  if (o.has('f') || o.has("force")) call.act(Kind::discard, pathspecs(o.operands()));
}

void stash(const Call& call) {
  const Words& words = call.command.words;
  const std::string_view verb = words.size() > 1 ? std::string_view(words[1].text) : std::string_view();
  if (verb == "list" || verb == "show" || verb == "create") return;
  ShellCommand rest = call.command;
  if (!verb.empty() && verb[0] != '-') rest.words.erase(rest.words.begin());
  const ShellOptions o(rest.words, 1, "m", {"message", "pathspec-from-file"});
  call.act(Kind::stash, verb == "push" || o.dashes() ? pathspecs(behind_dashes(o)) : Words{});
}

void pull(const Call& call) {
  const ShellOptions o = call.options("sXjo", {"strategy", "strategy-option", "depth", "jobs"});
  const bool rebase = o.has('r') || (o.has("rebase") && o.value("rebase") != "false");
  if (rebase || o.has("autostash")) call.act(Kind::autostash);
}

void merge(const Call& call) {
  const ShellOptions o = call.options("mFsXS", {"message", "file", "strategy", "strategy-option", "into-name"});
  if (o.has("autostash")) call.act(Kind::autostash);
  if (o.has("abort")) call.act(Kind::discard);
}

void rebase(const Call& call) {
  const ShellOptions o = call.options("xsXC", {"exec", "strategy", "strategy-option", "onto", "keep-base"});
  if (o.has("show-current-patch")) return;
  call.act(Kind::rewrite_history);
  const std::string_view exec = o.value('x').empty() ? o.value("exec") : o.value('x');
  if (!exec.empty()) call.sink.script(exec, call.command);
}

std::string remote_name(std::string_view refspec) {
  if (refspec.starts_with('+')) refspec.remove_prefix(1);
  const std::size_t colon = refspec.find(':');
  if (colon != std::string_view::npos) refspec.remove_prefix(colon + 1);
  if (refspec.starts_with("refs/heads/")) refspec.remove_prefix(11);
  return std::string(refspec);
}

void push(const Call& call) {
  const ShellOptions o = call.options("o", {"push-option", "repo", "receive-pack", "exec"});
  if (o.has('n') || o.has("dry-run")) return;
  const bool forced = o.has('f') || o.has("force") || o.has("force-with-lease") || o.has("force-if-includes");
  if (o.has("mirror") || o.has("prune")) return call.act(Kind::force_push);
  const bool deletes = o.has('d') || o.has("delete");
  Words branches;
  for (std::size_t i = 1; i < o.operands().size(); ++i) {
    const ShellWord& refspec = o.operands()[i];
    if (forced || deletes || !refspec.known || refspec.text.starts_with('+') || refspec.text.starts_with(':'))
      branches.push_back({remote_name(refspec.text), refspec.known, false});
  }
  if (!branches.empty())
    call.act(Kind::force_push, branches);
  else if (forced || !o.all_known())
    call.act(Kind::force_push);
}

void branch(const Call& call) {
  const ShellOptions o = call.options("u", {"set-upstream-to", "contains", "no-contains", "merged", "no-merged",
                                            "points-at", "sort", "format", "color", "column"});
  const bool changes = o.has('D') || o.has('d') || o.has('f') || o.has('M') || o.has('m') || o.has('C') ||
                       o.has("delete") || o.has("force") || o.has("move");
  if (!changes) return;
  Words branches = o.operands();
  const bool forces = (o.has('f') || o.has("force")) && !o.has('d') && !o.has("delete");
  if (forces && branches.size() > 1) branches.resize(1);  // the second says where it goes
  call.act(Kind::change_branch, branches);
}

void worktree(const Call& call) {
  const Words& words = call.command.words;
  if (words.size() < 2 || (words[1].text != "remove" && words[1].text != "move")) return;
  const ShellOptions o(words, 2, "");
  if (!o.operands().empty()) call.act(Kind::remove_worktree, {o.operands()[0]});
}

void update_ref(const Call& call) {
  const ShellOptions o = call.options("m");
  if (o.has("stdin")) return call.sink.unread("the refs on the standard input of \"" + call.command.text + "\"");
  if (!o.operands().empty()) call.act(Kind::change_ref, {o.operands()[0]});
}

void gc(const Call& call) {
  const ShellOptions o = call.options("");
  if (o.has("prune") && (o.value("prune") == "now" || o.value("prune") == "all")) call.act(Kind::prune);
}

void reflog(const Call& call) {
  const Words& words = call.command.words;
  if (words.size() > 1 && (words[1].text == "expire" || words[1].text == "delete")) call.act(Kind::prune);
}

void move(const Call& call) {
  const ShellOptions o = call.options("");
  if (!o.has('n') && !o.has("dry-run") && o.operands().size() > 1) call.act(Kind::move, o.operands());
}

void remove(const Call& call) {
  const ShellOptions o = call.options("", {"pathspec-from-file"});
  if (o.has('n') || o.has("dry-run")) return;
  if (o.has("cached"))
    call.act(Kind::unstage, pathspecs(o.operands()));
  else if (!o.operands().empty())
    call.act(Kind::remove, o.operands());
}

void submodule(const Call& call) {
  const Words& words = call.command.words;
  for (std::size_t i = 1; i + 1 < words.size(); ++i)
    if (words[i].text == "foreach") {
      ShellCommand inside = call.command;
      inside.directory = std::nullopt;
      std::size_t at = i + 1;
      while (at + 1 < words.size() && words[at].text.starts_with('-')) ++at;
      if (words[at].known)
        call.sink.script(words[at].text, inside);
      else
        call.sink.unread("the script in \"" + call.command.text + "\"");
      return;
    }
}

void apply(const Call& call) {
  const ShellOptions o = call.options("pC", {"directory", "exclude", "include"});
  if (o.has("check") || o.has("stat") || o.has("numstat") || o.has("summary")) return;
  call.sink.unread("the files that \"" + call.command.text + "\" changes");
}

void rewrite(const Call& call) { call.act(Kind::rewrite_history); }
void discard_all(const Call& call) { call.act(Kind::discard); }
void prune(const Call& call) {
  const ShellOptions o = call.options("", {"expire"});
  if (!o.has('n') && !o.has("dry-run")) call.act(Kind::prune);
}
void move_head(const Call& call) {
  if (call.command.words.size() > 1) call.act(Kind::switch_branch);
}
void symbolic_ref(const Call& call) {
  const ShellOptions o = call.options("m");
  if (o.operands().size() > 1 || o.has('d')) call.act(Kind::switch_branch);
}

using Reader = void (*)(const Call&);
const std::map<std::string_view, Reader> readers = {
    {"add", add},
    {"stage", add},
    {"commit", commit},
    {"checkout", checkout},
    {"switch", switch_to},
    {"restore", restore},
    {"reset", reset},
    {"clean", clean},
    {"stash", stash},
    {"pull", pull},
    {"merge", merge},
    {"rebase", rebase},
    {"push", push},
    {"branch", branch},
    {"worktree", worktree},
    {"update-ref", update_ref},
    {"gc", gc},
    {"prune", prune},
    {"reflog", reflog},
    {"mv", move},
    {"rm", remove},
    {"submodule", submodule},
    {"apply", apply},
    {"am", apply},
    {"filter-branch", rewrite},
    {"filter-repo", rewrite},
    {"read-tree", discard_all},
    {"checkout-index", discard_all},
    {"bisect", move_head},
    {"symbolic-ref", symbolic_ref},
};

/// Commands of git that change nothing that others rely on, or only in their own step (a commit, a fetch).
const std::set<std::string_view> harmless = {"annotate",
                                             "archive",
                                             "blame",
                                             "bundle",
                                             "cat-file",
                                             "check-attr",
                                             "check-ignore",
                                             "check-ref-format",
                                             "cherry",
                                             "cherry-pick",
                                             "clone",
                                             "config",
                                             "count-objects",
                                             "credential",
                                             "describe",
                                             "diff",
                                             "diff-files",
                                             "diff-index",
                                             "diff-tree",
                                             "difftool",
                                             "fast-export",
                                             "fetch",
                                             "for-each-ref",
                                             "format-patch",
                                             "fsck",
                                             "grep",
                                             "hash-object",
                                             "help",
                                             "init",
                                             "interpret-trailers",
                                             "lfs",
                                             "log",
                                             "ls-files",
                                             "ls-remote",
                                             "ls-tree",
                                             "maintenance",
                                             "merge-base",
                                             "merge-file",
                                             "merge-tree",
                                             "mktree",
                                             "name-rev",
                                             "notes",
                                             "pack-refs",
                                             "patch-id",
                                             "range-diff",
                                             "remote",
                                             "rerere",
                                             "rev-list",
                                             "rev-parse",
                                             "revert",
                                             "shortlog",
                                             "show",
                                             "show-branch",
                                             "show-ref",
                                             "sparse-checkout",
                                             "status",
                                             "tag",
                                             "update-index",
                                             "var",
                                             "verify-commit",
                                             "verify-tag",
                                             "version",
                                             "whatchanged",
                                             "write-tree",
                                             "commit-tree",
                                             "--version",
                                             "--help",
                                             "commit-graph",
                                             "multi-pack-index",
                                             "repack",
                                             "mergetool"};

/// git's own options, in front of the subcommand; false: the subcommand cannot be found.
bool strip_global_options(ShellCommand& command, ShellSink& sink) {
  std::vector<ShellWord>& words = command.words;
  std::size_t at = 1;
  for (; at < words.size() && words[at].known && words[at].text.starts_with('-'); ++at) {
    const std::string word = words[at].text;
    if (word == "--version" || word == "--help" || word == "-v" || word == "-h") return false;
    const auto value = [&](std::string_view name) -> std::optional<ShellWord> {
      if (word.starts_with(name) && word.size() > name.size() && word[name.size()] == '=')
        return ShellWord{word.substr(name.size() + 1), true, false};
      if (word != name || at + 1 >= words.size()) return std::nullopt;
      return words[++at];
    };
    if (word == "-C" && at + 1 < words.size()) {
      const ShellWord& directory = words[++at];
      if (directory.known && command.directory)
        command.directory = joined_path(*command.directory, directory.text);
      else if (!directory.known || !directory.text.starts_with('/'))
        command.directory = std::nullopt;
      else
        command.directory = directory.text;
    } else if (word == "-c" || word == "--namespace" || word == "--super-prefix" || word == "--config-env" ||
               word == "--attr-source") {
      ++at;
    } else if (const auto git_dir = value("--git-dir")) {
      command.git_dir = git_dir->known ? git_dir->text : std::string();
    } else if (const auto work_tree = value("--work-tree")) {
      if (!work_tree->known || !command.directory)
        command.directory = std::nullopt;
      else
        command.directory = joined_path(*command.directory, work_tree->text);
    }
  }
  if (at >= words.size()) return false;
  if (!words[at].known) {
    sink.unread("the command of git in \"" + command.text.substr(0, 120) + "\"");
    return false;
  }
  words.erase(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(at));
  return true;
}

}  // namespace

bool read_git_command(const ShellCommand& written, ShellSink& sink) {
  if (written.words[0].text != "git") return false;
  ShellCommand command = written;
  if (!strip_global_options(command, sink)) return true;
  const std::string& name = command.words[0].text;
  if (const auto reader = readers.find(name); reader != readers.end())
    reader->second({command, sink});
  else if (!harmless.contains(name))
    sink.unread("git " + name.substr(0, 40) + " (an alias or a command that is not known here)");
  return true;
}

}  // namespace parsers
