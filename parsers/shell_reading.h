// What a shell command line would do to files and to the state that sessions on one checkout share, as far as its words
// say. Nothing is executed, expanded from the environment or looked up; what cannot be read is said to be unread.
//
// The line is parsed by tree-sitter's bash grammar, which the code index links anyway.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parsers {

/// One thing a command would do.
struct ShellAction {
  enum class Kind {
    write,   ///< changes or creates the targets
    remove,  ///< deletes the targets, with all below
    move,    ///< every target but the last goes to the last
    copy,    ///< every target but the last is read, the last is written
    // What sessions on one checkout share: its index and files, its branch.
    stage,            ///< git adds the targets to the index; none: everything
    commit_all,       ///< commits whatever changed, whoever did it
    amend,            ///< replaces the last commit
    rewrite_history,  ///< rebase, reset to another commit, filter-branch
    discard,          ///< throws away uncommitted work in the targets; none: everywhere
    unstage,          ///< empties the index of the targets; none: of everything
    stash,            ///< moves uncommitted work in the targets away or back; none: everybody's
    autostash,        ///< pull, merge with --autostash, pull --rebase
    switch_branch,    ///< another commit under everybody's feet
    // What all work trees share: branches, objects, the list of work trees.
    force_push,       ///< targets: branches as the remote names them; none: whatever is configured
    change_branch,    ///< deletes, renames or moves the branches that are the targets
    change_ref,       ///< update-ref; targets: the refs
    remove_worktree,  ///< targets: directories of work trees
    prune,            ///< throws away objects that nobody reaches yet
  };
  Kind kind = Kind::write;
  std::string words;                 ///< the command as it was written, at most 200 bytes: the evidence
  std::vector<std::string> targets;  ///< paths as written, quotes and escapes resolved; branches or refs by kind
  bool pattern = false;              ///< the targets may hold the shell's wildcards
  std::optional<std::string> directory = "";  ///< where it runs, relative to where the line starts ("": there) or
                                              ///< absolute; nullopt: not known
  std::string git_dir;                        ///< --git-dir or GIT_DIR, as written; empty: git looks itself
};
std::string_view to_string(ShellAction::Kind);

/// The text that is handed to apply_patch: parsers/hook_patch.h reads it.
struct ShellPatch {
  std::string text;
  std::optional<std::string> directory;  ///< as in ShellAction
};

struct ShellReading {
  std::vector<ShellAction> actions;  ///< in the order of the text
  std::vector<ShellPatch> patches;
  std::vector<std::string> unread;  ///< what could not be read, one clause each, at most 20
};

constexpr std::size_t most_shell_bytes = std::size_t{64} << 10;

/// `home` stands for ~ and $HOME; empty: unknown. Longer texts than most_shell_bytes are unread as a whole. Quoted
/// scripts (`bash -c '...'`, eval, here-documents of a shell) are read 8 deep.
ShellReading read_shell(std::string_view text, std::string_view home);

}  // namespace parsers
