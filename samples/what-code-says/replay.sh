#!/bin/sh
# Builds a git repository with a little shop in Python, whose history knows which files change together. Ids are the
# same on every machine.
#
#   samples/what-code-says/replay.sh DIR      DIR must not exist, or be empty
set -eu

test $# -eq 1 || { echo "usage: $0 DIR" >&2; exit 2; }
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

commit() {
  clock=$((clock + 600))
  git add -A
  GIT_AUTHOR_DATE="$clock +0000" GIT_COMMITTER_DATE="$clock +0000" git commit -q --no-gpg-sign -m "$1"
}

mkdir -p shop tests
: >shop/__init__.py
cat >shop/price.py <<'END'
RATE = 20


def net(amount):
    return amount


def gross(amount):
    return amount + amount * RATE // 100
END
cat >shop/cart.py <<'END'
from shop.price import gross, net


class Cart:
    def __init__(self):
        self.items = []

    def total(self):
        return sum(gross(item) for item in self.items)

    def count(self):
        return len(self.items)

    def clear(self):
        self.items = []
END
cat >shop/bill.py <<'END'
from shop.cart import Cart


def bill(cart: Cart):
    return "to pay: " + str(cart.total())
END
cat >tests/test_price.py <<'END'
from shop.price import gross, net


def test_gross():
    assert gross(100) == net(100) + 20
END
echo '# Rates' >rates.md
commit "A shop"

for rate in 19 7 21 20; do
  sed "s/^RATE = .*/RATE = $rate/" shop/price.py >shop/price.new
  mv shop/price.new shop/price.py
  echo "$rate percent" >>rates.md
  commit "The rate is $rate"
done
