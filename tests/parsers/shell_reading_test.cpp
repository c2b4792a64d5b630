// Command lines of sessions, and what is read in them. "kind[@directory] targets" a line.
#include "parsers/shell_reading.h"

#include <gtest/gtest.h>
#include <ostream>
#include <string>

namespace parsers {
namespace {

std::string shown(const ShellReading& reading) {
  std::string out;
  for (const ShellAction& action : reading.actions) {
    out += to_string(action.kind);
    if (!action.directory)
      out += "@?";
    else if (!action.directory->empty())
      out += "@" + *action.directory;
    if (!action.git_dir.empty()) out += " git:" + action.git_dir;
    if (action.pattern) out += " pattern";
    for (const std::string& target : action.targets) out += " " + target;
    out += "\n";
  }
  for (const ShellPatch& patch : reading.patches) out += "patch " + std::to_string(patch.text.size()) + "\n";
  for (const std::string& clause : reading.unread) out += "unread: " + clause + "\n";
  return out;
}

struct Case {
  const char* text;
  const char* expected;
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.text; }

class Shell : public testing::TestWithParam<Case> {};
TEST_P(Shell, IsRead) { EXPECT_EQ(shown(read_shell(GetParam().text, "/home/u")), GetParam().expected); }

const Case git[] = {
    {"git add -A", "stage\n"},
    {"git add --all", "stage\n"},
    {"git add --al", "stage\n"},
    {"git add -u", "stage\n"},
    {"git add :/", "stage\n"},
    {"git add .", "stage .\n"},
    {"git add -A src", "stage src\n"},
    {"git add -- -A", "stage -A\n"},
    {"git add a.py 'b c.py'", "stage a.py b c.py\n"},
    {"git add *.py", "stage pattern *.py\n"},
    {"git add src/{a,b}.py", "stage src/a.py src/b.py\n"},
    {"git add -n . ; git add -p", ""},
    {"git add $(git ls-files -m)", "unread: $(git ls-files -m) in \"git add $(git ls-files -m)\"\n"},
    {"git commit -m x", ""},
    {"git commit -a -m x", "commit-all\n"},
    {"git commit -am 'all of it'", "commit-all\n"},
    {"git commit -ma", ""},
    {"git commit -uall -m x", ""},
    {"git commit -S -m x", ""},
    {"git commit --amend --no-edit", "amend\n"},
    {"git commit --am", "amend\n"},
    {"git commit -m x -- a.py", "stage a.py\n"},
    {"git commit -m \"$(cat <<'EOF'\ngit add -A\nEOF\n)\" -a", "commit-all\n"},
    {"git rebase -i main", "rewrite-history\n"},
    {"git rebase --exec 'git add -A' main", "rewrite-history\nstage\n"},
    {"git reset --hard", "discard\n"},
    {"git reset --hard HEAD~1", "discard\nrewrite-history\n"},
    {"git reset", "unstage\n"},
    {"git reset HEAD a.py", "unstage a.py\n"},
    {"git reset -- a", "unstage a\n"},
    {"git reset HEAD~1", "rewrite-history\n"},
    {"git reset --soft HEAD~1", "rewrite-history\n"},
    {"git checkout -- .", "discard .\n"},
    {"git checkout .", "discard .\n"},
    {"git checkout -f", "discard\n"},
    {"git checkout HEAD~1 -- a.py", "discard a.py\n"},
    {"git checkout main", "switch-branch main\n"},
    {"git checkout -b new", "switch-branch\n"},
    {"git switch -f main", "discard\nswitch-branch main\n"},
    {"git switch -c new", "switch-branch\n"},
    {"git restore .", "discard .\n"},
    {"git restore --staged a", "unstage a\n"},
    {"git clean -fdx", "discard\n"},
    {"git clean -fd src", "discard src\n"},
    {"git clean -n; git clean -fdn", ""},
    {"git stash", "stash\n"},
    {"git stash push -m x -- a.py", "stash a.py\n"},
    {"git stash pop; git stash drop stash@{0}; git stash clear", "stash\nstash\nstash\n"},
    {"git stash list; git stash show -p", ""},
    {"git pull --rebase", "autostash\n"},
    {"git pull -r origin main", "autostash\n"},
    {"git pull --autostash", "autostash\n"},
    {"git pull; git pull --rebase=false", ""},
    {"git merge --autostash x", "autostash\n"},
    {"git push", ""},
    {"git push --force", "force-push\n"},
    {"git push -f origin main", "force-push main\n"},
    {"git push origin +HEAD:refs/heads/x", "force-push x\n"},
    {"git push origin :old", "force-push old\n"},
    {"git push --delete origin a b", "force-push a b\n"},
    {"git push --force-with-lease origin me", "force-push me\n"},
    {"git branch -D x y", "change-branch x y\n"},
    {"git branch -f main HEAD~1", "change-branch main\n"},
    {"git branch; git branch -a; git branch new", ""},
    {"git worktree remove --force ../wt", "remove-worktree ../wt\n"},
    {"git worktree list; git worktree add ../x", ""},
    {"git gc --prune=now", "prune\n"},
    {"git gc; git gc --prune=2.weeks", ""},
    {"git update-ref -d refs/heads/x", "change-ref refs/heads/x\n"},
    {"git filter-branch -f --tree-filter x HEAD", "rewrite-history\n"},
    {"git mv a b", "move a b\n"},
    {"git rm -r x", "remove x\n"},
    {"git rm --cached x", "unstage x\n"},
    {"git status; git log --oneline; git diff HEAD; git fetch", ""},
    {"git ci -a", "unread: git ci (an alias or a command that is not known here)\n"},
    {"git -C sub -c a.b=c add -A", "stage@sub\n"},
    {"git -C a -C b stash", "stash@a/b\n"},
    {"git --git-dir=/x/.git add -u", "stage git:/x/.git\n"},
    {"GIT_DIR=/o/.git git stash", "stash git:/o/.git\n"},
    {"git --no-pager -p stash", "stash\n"},
    {"git submodule foreach 'git reset --hard'", "discard@?\n"},
    {"git apply x.patch", "unread: the files that \"git apply x.patch\" changes\n"},
    {"git $X", "unread: the command of git in \"git $X\"\n"},
};
INSTANTIATE_TEST_SUITE_P(Git, Shell, testing::ValuesIn(git));

const Case wrapped[] = {
    {"sudo -u bob env FOO=1 nice -n 5 git stash", "stash\n"},
    {"env -i -C sub git stash", "stash@sub\n"},
    {"command git stash; command -v git", "stash\n"},
    {"time -p git stash", "stash\n"},
    {"timeout -k 1 5s git stash", "stash\n"},
    {"flock /tmp/l -c 'git stash'", "stash\n"},
    {"nohup git stash &", "stash\n"},
    {"\\git stash; /usr/bin/git stash; g''it \"st\"ash; $'git' stash", "stash\nstash\nstash\nstash\n"},
    {"! git stash; coproc git stash", "stash\nstash\n"},
    {"bash -c 'cd x && git stash'", "stash@x\n"},
    {"bash -lc \"git stash\" arg0 arg1", "stash\n"},
    {"sh -ec 'sh -c \"git stash\"'", "stash\n"},
    {"bash script.sh", ""},
    {"bash -c \"$X\"", "unread: the script in \"bash -c \"$X\"\"\n"},
    {"echo 'git stash' | sh", "unread: what is piped into \"sh\"\n"},
    {"bash <<'E'\ngit stash\nE", "stash\n"},
    {"bash <<< 'git stash'", "stash\n"},
    {"eval git stash; eval \"git stash\"", "stash\nstash\n"},
    {"trap 'git stash' EXIT", "stash\n"},
    {"ls | xargs -n1 git add", "unread: what xargs reads in \"xargs -n1 git add\"\n"},
    {"find . -name '*.pyc' -exec git stash \\;", "stash\n"},
    {"find . -delete", "unread: the files that \"find . -delete\" deletes\n"},
    {"$GIT add -A", "unread: the program in \"$GIT add -A\"\n"},
    {"(git stash) && { git stash; } || if a; then git stash; fi", "stash\nstash\nstash\n"},
    {"x=$(git stash); echo `git stash` <(git stash)", "stash\nstash\nstash\n"},
    {"for i in 1 2; do git stash; done; case x in x) git stash;; esac", "stash\nstash\n"},
    {"f() { git stash; }; f", "stash\n"},
    {"echo git stash; echo 'git add -A'; grep -r 'git stash' .", ""},
    {"cat <<'E'\ngit stash\nE", ""},
    {"# git stash", ""},
    {"git stash # and go", "stash\n"},
    {"git \\\n  stash", "stash\n"},
    {"cd sub && git stash", "stash@sub\n"},
    {"cd /x; cd y; git stash", "stash@/x/y\n"},
    {"(cd sub); git stash", "stash\n"},
    {"cd sub | cat; git stash", "stash\n"},
    {"cd \"$X\"; git stash; cd /y; git stash", "stash@?\nstash@/y\n"},
    {"if a; then cd x; fi; git stash", "stash@?\n"},
    {"cd; git stash; cd ~/p; git stash", "stash@/home/u\nstash@/home/u/p\n"},
};
INSTANTIATE_TEST_SUITE_P(Wrapped, Shell, testing::ValuesIn(wrapped));

const Case writers[] = {
    {"echo x > a.py", "write a.py\n"},
    {"echo x >> 'a b'", "write a b\n"},
    {"x 2> err > out", "write err\nwrite out\n"},
    {"x > a 2>&1; x >&2; x >&-; x < in", "write a\n"},
    {"x &> a; y &>> b; z >| c; w >& d", "write a\nwrite b\nwrite c\nwrite d\n"},
    {"cd sub && echo x > a", "write@sub a\n"},
    {"cat <<'E' > a.py\nx\nE", "write a.py\n"},
    {"{ a; b; } > c; while read l; do d; done > e", "write c\nwrite e\n"},
    {"echo x > $F", "unread: $F in \"echo x > $F\"\n"},
    {"echo x > ~/a; echo x > \"$HOME/b\"", "write /home/u/a\nwrite /home/u/b\n"},
    {"echo x | tee -a a b", "write a b\n"},
    {"sed -i 's/a/b/' a.py b.py", "write a.py b.py\n"},
    {"sed -i.bak -e s/x/y/ a; sed -Ei s/x/y/ b; sed --in-place=.o s/x/y/ c", "write a\nwrite b\nwrite c\n"},
    {"sed -n p a; sed s/x/y/ a", ""},
    {"perl -pi -e 's/x/y/' a", "write a\n"},
    {"mv a b c/", "move a b c/\n"},
    {"mv -t d a b", "move a b d\n"},
    {"cp -r a b", "copy a b\n"},
    {"rm -rf a b/", "remove a b/\n"},
    {"rm *", "remove pattern *\n"},
    {"rm '*'", "remove *\n"},
    {"rm -- -x", "remove -x\n"},
    {"touch -d now a; truncate -s 0 b; chmod +x c; dd if=x of=d", "write a\nwrite b\nwrite c\nwrite d\n"},
    {"mkdir -p a; ls a; cat a", ""},
    {"for f in a b; do rm $f; done", "unread: $f in \"rm $f\"\n"},
    {"rm {a,b}/{c,d}", "remove a/c a/d b/c b/d\n"},
    {"rm {1..9}", "unread: {1..9} in \"rm {1..9}\"\n"},
    {"apply_patch <<'E'\n*** Begin Patch\n*** End Patch\nE", "patch 30\n"},
    {"patch -p1 < x", "unread: the files that \"patch -p1\" changes\n"},
};
INSTANTIATE_TEST_SUITE_P(Writers, Shell, testing::ValuesIn(writers));

TEST(ShellLimits, AreSaid) {
  EXPECT_EQ(shown(read_shell(std::string(most_shell_bytes + 1, 'x'), "")), "unread: a command of more than 64 KiB\n");
  std::string nested = "git stash";
  for (int i = 0; i < 12; ++i) nested = "eval " + std::string(1, '"') + "eval " + nested + "\"";
  EXPECT_LE(read_shell(nested, "").unread.size(), 20u);
  std::string deep;
  for (int i = 0; i < 3000; ++i) deep += "(";
  EXPECT_FALSE(read_shell(deep + "git stash", "").unread.empty());
  std::string many;
  for (int i = 0; i < 2000; ++i) many += "rm a\n";
  EXPECT_EQ(read_shell(many, "").actions.size(), 500u);
}

TEST(ShellErrors, AreSaidAndTheRestIsRead) {
  const ShellReading reading = read_shell("git stash; echo \"open", "");
  ASSERT_EQ(reading.actions.size(), 1u);
  EXPECT_FALSE(reading.unread.empty());
}

/// Whatever stands around it, a command that is there is found.
TEST(ShellProperty, NestingHidesNothing) {
  constexpr const char* frames[] = {"( {} )",       "{ {}; }",      "if true; then {}; fi",
                                    "x=$( {} )",    "bash -c '{}'", "while a; do {}; done",
                                    "a && {} || b", "a | {}",       "sudo {}",
                                    "env A=1 {}",   "! {}",         "echo \"$( {} )\"",
                                    "f() { {}; }",  "time {}",      "{} > /dev/null 2>&1",
                                    "a; {} &"};
  for (const char* outer : frames)
    for (const char* inner : frames) {
      std::string text = outer;
      const auto put = [&](const std::string& into) { text.replace(text.find("{}"), 2, into); };
      std::string within = inner;
      within.replace(within.find("{}"), 2, "git stash");
      if (within.find('\'') != std::string::npos && text.find('\'') != std::string::npos) continue;
      // A keyword is none behind a program: sudo ( ... ) is no shell.
      const bool word = std::string_view(outer).starts_with("sudo") || std::string_view(outer).starts_with("env") ||
                        std::string_view(outer).starts_with("time");
      const bool program = std::string_view(inner).starts_with("sudo") || std::string_view(inner).starts_with("env") ||
                           std::string_view(inner).starts_with("bash") || std::string_view(inner).starts_with("time");
      if (word && !program) continue;
      put(within);
      const ShellReading reading = read_shell(text, "");
      const bool found = std::any_of(reading.actions.begin(), reading.actions.end(),
                                     [](const ShellAction& a) { return a.kind == ShellAction::Kind::stash; });
      EXPECT_TRUE(found) << text;
    }
}

}  // namespace
}  // namespace parsers
