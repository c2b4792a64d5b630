#!/bin/sh
# Builds a git repository with branches that git merges without a word, although what comes out is broken in nine ways,
# and two that it does not merge: one drifted from main, one meets its neighbour. Ids are the same on every machine.
#
#   samples/silent-merges/replay.sh DIR      DIR must not exist, or be empty
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

branch() { git checkout -q main && git checkout -q -b "$1"; }

mkdir -p desk db/migrations
cat >desk/store.py <<'EOF'
import os


def load(path):
    return os.stat(path)


def save(path, text):
    with open(path, "w") as out:
        out.write(text)


def close(handle):
    handle.close()
EOF
cat >desk/colour.py <<'EOF'
from enum import Enum


class Colour(Enum):
    RED = 1

    def label(self):
        return self.name.lower()

    GREEN = 2

    BLUE = 3
EOF
cat >desk/day.py <<'EOF'
def open_up(desk):
    desk.unlock()
    desk.light()
    desk.count()
    desk.answer()
    desk.sort()
    desk.lock()
    return desk
EOF
cat >desk/fax.py <<'EOF'
def send(number, page):
    return number, page
EOF
cat >settings.json <<'EOF'
{
  "desk": "front",
  "phones": 2,
  "floor": 3,
  "hours": 8,
  "stairs": 1,
  "doors": 1,
  "lamps": 4
}
EOF
echo 'CREATE TABLE visitor (id int);' >db/migrations/0040_visitor.sql
echo 'CREATE TABLE badge (id int);' >db/migrations/0041_badge.sql
commit 'The desk as it was'

branch cleanup
sed -i 's/def load(/def read(/' desk/store.py
sed -i 's/def save(path, text)/def save(path, text, mode)/; s/open(path, "w")/open(path, mode)/' desk/store.py
sed -i 's/    RED = 1/    RED = 1\n    BLACK = 9/' desk/colour.py
sed -i 's/    desk.unlock()/    desk.unlock()\n    desk.greet("early")/' desk/day.py
sed -i 's/  "desk": "front",/  "desk": "front",\n  "queue": 10,/' settings.json
git rm -q desk/fax.py
echo 'ALTER TABLE visitor ADD seen date;' >db/migrations/0042_seen.sql
cat >desk/slug.py <<'EOF'
def slug(text):
    text = text.strip().lower()
    text = text.replace(" ", "-")
    return text
EOF
echo 'SEATS = 4' >desk/Hall.py
commit 'Clean up'

branch report
cat >desk/report.py <<'EOF'
from desk.fax import send
from desk.store import load, save


def report(path):
    save(path, "report")
    send("112", load(path))
EOF
sed -i 's/    BLUE = 3/    BLUE = 3\n    WHITE = 9/' desk/colour.py
sed -i 's/    desk.lock()/    desk.lock()\n    desk.greet("late")/' desk/day.py
sed -i 's/  "lamps": 4/  "lamps": 4,\n  "queue": 20/' settings.json
echo 'ALTER TABLE badge ADD lost date;' >db/migrations/0042_lost.sql
cat >desk/names.py <<'EOF'
def slug(text):
    text = text.strip().lower()
    text = text.replace(" ", "-")
    return text
EOF
echo 'SEATS = 6' >desk/hall.py
commit 'Report'

branch hours
sed -i 's/"hours": 8/"hours": 9/' settings.json
commit 'Open longer'

branch shifts
sed -i 's/desk.count()/desk.count_twice()/' desk/day.py
commit 'Count twice'

git checkout -q main
sed -i 's/"hours": 8/"hours": 7/' settings.json
commit 'Open later'
