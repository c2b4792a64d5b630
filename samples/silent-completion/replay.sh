#!/bin/sh
# Builds a git repository with the branches that seven sessions left behind: four wrote what they had declared, one
# committed nothing but a message, one took its change back, one never committed. Ids are the same on every machine.
#
#   samples/silent-completion/replay.sh DIR      DIR must not exist, or be empty
set -eu

test $# -eq 1 || { echo "usage: $0 DIR" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
cd "$1"
test -z "$(ls -A)" || { echo "$0: $1 is not empty" >&2; exit 2; }

unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_OBJECT_DIRECTORY
export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null LC_ALL=C TZ=UTC
export GIT_AUTHOR_NAME=Dispatcher GIT_AUTHOR_EMAIL=dispatcher@example.org
export GIT_COMMITTER_NAME=Dispatcher GIT_COMMITTER_EMAIL=dispatcher@example.org
clock=1770000000

git -c init.defaultBranch=main init -q .
git config core.autocrlf false

# commit SUBJECT
commit() {
  clock=$((clock + 600))
  git add -A
  GIT_AUTHOR_DATE="$clock +0000" GIT_COMMITTER_DATE="$clock +0000" \
    git commit -q --no-gpg-sign --allow-empty -m "$1"
}

# page NAME SENTENCE
page() {
  printf '# %s\n\n%s\n' "$1" "$2" >"docs/$1.md"
}

mkdir docs
for name in login search basket prices payments returns account newsletter; do page "$name" 'To be written.'; done
if test -e "$here/orders.md"; then cp "$here/orders.md" orders.md; fi
commit 'Pages to be written'

git checkout -q -b doc-1 main
page login 'Name and password, or a link by mail.'
commit 'docs: Describe the login'

git checkout -q -b doc-2 main
page search 'Words in any order; quotes keep them together.'
commit 'docs: Describe the search'

git checkout -q -b doc-3 main
page basket 'What is in it stays for thirty days.'
page prices 'With tax, without postage.'
commit 'docs: Describe the basket'

git checkout -q -b doc-4 main
commit 'docs: Describe payments, all done'

git checkout -q -b doc-5 main
page returns 'Fourteen days, no questions.'
commit 'docs: Describe returns'
page returns 'To be written.'
commit 'docs: Clean up'

git branch doc-6 main

git checkout -q -b doc-7 main
page newsletter 'Once a month, and easy to leave.'
commit 'docs: Describe the newsletter'

git checkout -q main
