#!/bin/sh
# Builds a git repository with five branches, each of which did something else than it had declared, and leaves the
# fifth checked out with changes that are not committed. Ids are the same on every machine.
#
#   samples/verify-rules/replay.sh DIR      DIR must not exist, or be empty
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

# The message comes from standard input.
commit() {
  clock=$((clock + 600))
  git add -A
  GIT_AUTHOR_DATE="$clock +0000" GIT_COMMITTER_DATE="$clock +0000" git commit -q --no-gpg-sign -F -
}

# add WORD FILE...: a line at the end of each
add() {
  word=$1
  shift
  for file; do
    mkdir -p "$(dirname "$file")"
    printf '# %s\n' "$word" >>"$file"
  done
}

add 'as it was' src/cart.py src/cart_view.py src/price.py src/old_price.py src/rates.py src/search.py src/voucher.py \
  src/settings.py src/log.py src/text.py migrations/0007_cart.sql docs/cart.md tests/test_cart.py
printf 'classes:\n  companion: ["tests/**"]\n' >interlock.yaml
cp "$here/orders.yaml" orders.yaml
echo 'The shop before the dispatch' | commit

git checkout -q -b shop-1 main
add cart src/cart.py docs/cart.md tests/test_cart.py migrations/0007_cart.sql src/price.py src/text.py
echo 'feat: Remember what was removed' | commit
add cart src/log.py
printf 'feat: Log removals\n\nScope-Add: src/log.py -- removals are to be logged\n' | commit

git checkout -q -b shop-2 main
add tax src/tax.py src/old_price.py
git rm -q src/price.py
echo 'feat: Prices with tax' | commit

git checkout -q -b shop-3 main
add search src/search.py src/text.py
sed 's,write: \[src/search.py\],write: [src/search.py\, src/text.py],' orders.yaml >new && mv new orders.yaml
printf 'classes:\n  companion: ["tests/**", "src/text.py"]\n' >interlock.yaml
echo 'feat: Search in categories' | commit

git checkout -q -b shop-4 main
add receipt src/receipt.py
echo 'feat: Receipts' | commit

git checkout -q main
add 'new rates' src/rates.py
echo 'fix: Rates of this year' | commit

git checkout -q -b shop-5 main
git update-index --skip-worktree src/settings.py
add voucher src/voucher.py src/settings.py src/discount.py src/log.py
git add src/log.py
