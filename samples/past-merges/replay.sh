#!/bin/sh
# Builds a git repository with a past: ten branches came into main by merges, some of them in flight at once. They
# collided in a change log, a lock file and a function, and two took one number. Ids are the same on every machine.
#
#   samples/past-merges/replay.sh DIR      DIR must not exist, or be empty
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

tick() {
  clock=$((clock + 21600))
  export GIT_AUTHOR_DATE="$clock +0000" GIT_COMMITTER_DATE="$clock +0000"
}

commit() {
  tick
  git add -A
  git commit -q --no-gpg-sign -m "$1"
}

branch() { git checkout -q main && git checkout -q -b "$1"; }

# Puts a line behind the first one of a file.
headline() { sed -i "1a\\
$2" "$1"; }

# What git cannot merge is resolved as people do in a hurry: both sides stay.
merge() {
  tick
  git merge -q --no-ff --no-gpg-sign -m "$2" "$1" >/dev/null 2>&1 || {
    for file in $(git diff --name-only --diff-filter=U); do
      sed -i '/^<<<<<<< /d; /^=======$/d; /^>>>>>>> /d' "$file"
    done
    git add -A
    git commit -q --no-gpg-sign -m "$2"
  }
}

land() { git checkout -q main && merge "$1" "Merge $1"; }

mkdir -p shop db/migrations
cat >shop/cart.py <<'EOF'
def add(cart, item):
    cart.append(item)
    return cart


def remove(cart, item):
    cart.remove(item)
    return cart


def total(cart):
    amount = 0
    for item in cart:
        amount += item.price
    return amount


def empty(cart):
    return not cart
EOF
cat >shop/tax.py <<'EOF'
RATE = 19


def tax(amount):
    return amount * RATE // 100
EOF
printf '# Changes\n\n* A cart\n' >CHANGES.md
printf 'pay 1.0\nweb 2.0\n' >poetry.lock
echo 'create table item (id int);' >db/migrations/0001_items.sql
commit 'A shop'

# Three at once: one list, one number twice, different functions of one file.
branch coupons
sed -i 's/    amount = 0/    amount = -coupon(cart)/' shop/cart.py
headline CHANGES.md '* Coupons'
echo 'create table coupon (id int);' >db/migrations/0002_coupons.sql
commit 'Coupons'
branch wishes
sed -i 's/    cart.append(item)/    cart.append(item)\n    item.wished = False/' shop/cart.py
echo 'create table wish (id int);' >db/migrations/0002_wishes.sql
commit 'Wishes'
branch rates
sed -i 's/^RATE = 19/RATE = 20/' shop/tax.py
headline CHANGES.md '* A new rate'
commit 'A new rate'
land coupons
land wishes
land rates

# Three more: two change the same function and the lock file.
branch refunds
sed -i 's/        amount += item.price/        amount += item.price - item.refund/' shop/cart.py
sed -i 's/^pay 1.0/pay 1.1/' poetry.lock
commit 'Refunds'
branch money
sed -i 's/        amount += item.price/        amount += money(item.price)/' shop/cart.py
sed -i 's/^pay 1.0/pay 2.0/' poetry.lock
headline CHANGES.md '* Money'
commit 'Money'
branch banner
echo 'A shop.' >README.md
commit 'A banner'
land refunds
land money
land banner

# A branch takes in main while it is on its way; two others do not meet at all.
branch gifts
sed -i 's/    return not cart/    return not cart or all(item.gift for item in cart)/' shop/cart.py
headline CHANGES.md '* Gifts'
commit 'Gifts'
branch stock
sed -i 's/    cart.remove(item)/    cart.remove(item)\n    item.stock += 1/' shop/cart.py
sed -i 's/^pay 2.0/pay 2.1/; s/^pay 1.1/pay 2.1/' poetry.lock
commit 'Stock'
branch parcels
echo 'def parcel(cart): ...' >shop/parcel.py
commit 'Parcels'
land stock
git checkout -q gifts
merge main 'Take in main'
land parcels
land gifts
branch thanks
echo 'Thank you.' >>README.md
commit 'Thanks'
land thanks
git checkout -q main
