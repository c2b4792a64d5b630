#!/bin/sh
# Rebuilds a real dispatch of thirteen fixes as a git repository: eleven commits with the paths they really changed,
# contents made up. Ids are the same on every machine. Tags r01 to r11 name the commits, r00 what was there before.
#
#   samples/real-dispatch/replay.sh DIR      DIR must not exist, or be empty
set -eu

test $# -eq 1 || { echo "usage: $0 DIR" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
cd "$1"
test -z "$(ls -A)" || { echo "$0: $1 is not empty" >&2; exit 2; }

unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_OBJECT_DIRECTORY
export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null LC_ALL=C TZ=UTC
export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=core.fsync GIT_CONFIG_VALUE_0=none
export GIT_AUTHOR_NAME=Dispatcher GIT_AUTHOR_EMAIL=dispatcher@example.org
export GIT_COMMITTER_NAME=Dispatcher GIT_COMMITTER_EMAIL=dispatcher@example.org
clock=1770000000

git -c init.defaultBranch=main init -q .
git config core.autocrlf false

commit() {
  clock=$((clock + 600))
  git add -A
  GIT_AUTHOR_DATE="$clock +0000" GIT_COMMITTER_DATE="$clock +0000" git commit -q --no-gpg-sign -F -
}

# A module as it was before the dispatch.
module() {
  mkdir -p "$(dirname "$1")"
  name=$(basename "$1" .py)
  printf '"""%s"""\n\n\ndef %s(state, actor):\n    return state.get("%s", actor)\n' "$1" "$name" "$name" >"$1"
}

# A test or a recording as it was before.
companion() {
  mkdir -p "$(dirname "$1")"
  case $1 in
    *.jsonl) printf '{"turn": 1, "roll": 11}\n{"turn": 2, "roll": 7}\n' >"$1" ;;
    *) printf 'def test_%s():\n    assert True\n' "$(basename "$1" .py)" >"$1" ;;
  esac
}

# What one order changes in a file: a helper at its end, or a new line of a recording.
touch_up() {
  test -e "$1" || companion "$1"
  case $1 in
    *.jsonl) printf '{"turn": 3, "roll": %s}\n' "${2#WO-FIX-}" >>"$1" ;;
    *) printf '\n\ndef fix_%s(value):\n    """%s"""\n    return value + %d\n' \
         "$(echo "${2#WO-FIX-}" | sed 's,^0,,')" "$2" "${#1}" >>"$1" ;;
  esac
}

# replay TAG SUBJECT "ORDER..." PATH...
replay() {
  tag=$1 subject=$2 orders=$3
  shift 3
  for path; do touch_up "$path" "${orders%% *}"; done
  { printf '%s\n\n' "$subject"; for order in $orders; do printf 'Work-Order: %s\n' "$order"; done; } | commit
  git tag "$tag"
}

for path in attack_resolver conditions duration_tracker experience_resolver feat_resolver full_attack_resolver \
            maneuver_resolver mounted_combat play_loop spell_resolver terrain_resolver; do
  module "aidm/core/$path.py"
done
for path in attack conditions geometry leveling maneuvers; do module "aidm/schemas/$path.py"; done
module play.py
for path in geometry_engine mounted_combat_core cover_resolver terrain_cp19_core edge_cases_35e conditions_kernel \
            feat_resolver play_cli experience_resolver; do
  companion "tests/test_$path.py"
done
for path in boss dungeon field tavern; do companion "tests/fixtures/gold_masters/${path}_100turn.jsonl"; done
mkdir -p docs
printf '# Combat rules\n\nWhat the resolvers implement, page by page.\n' >docs/rules.md
printf 'classes:\n  companion: ["tests/**"]\n' >interlock.yaml
if test -e "$here/orders.md"; then cp "$here/orders.md" orders.md; fi
echo 'Combat rules before the fixes' | commit
git tag r00

replay r01 'fix: Measure diagonals as the rules do' 'WO-FIX-13' \
  aidm/schemas/geometry.py tests/test_geometry_engine.py
replay r02 'fix: Give mounted riders the higher ground' 'WO-FIX-10' \
  aidm/core/mounted_combat.py tests/test_mounted_combat_core.py
replay r03 'fix: Count cover from corners' 'WO-FIX-10' \
  aidm/core/terrain_resolver.py tests/test_cover_resolver.py tests/test_terrain_cp19_core.py
replay r04 'fix: Trip, disarm and grapple by the book' 'WO-FIX-07 WO-FIX-08 WO-FIX-09' \
  aidm/core/maneuver_resolver.py aidm/schemas/maneuvers.py tests/test_wo_fix_07_08_09.py
replay r05 'fix: Award experience by encounter' 'WO-FIX-12' \
  aidm/core/experience_resolver.py
replay r06 'fix: Strength bonus of two-handed weapons' 'WO-FIX-01 WO-FIX-02' \
  aidm/core/attack_resolver.py aidm/core/full_attack_resolver.py aidm/schemas/attack.py \
  tests/fixtures/gold_masters/boss_100turn.jsonl tests/fixtures/gold_masters/dungeon_100turn.jsonl \
  tests/fixtures/gold_masters/field_100turn.jsonl tests/fixtures/gold_masters/tavern_100turn.jsonl \
  tests/test_edge_cases_35e.py tests/test_wo_fix_01_02.py
replay r07 'fix: Conditions change armour class' 'WO-FIX-03 WO-FIX-04' \
  aidm/core/attack_resolver.py aidm/core/conditions.py aidm/core/full_attack_resolver.py aidm/schemas/conditions.py \
  tests/test_conditions_kernel.py
replay r08 'fix: Concentration ends with damage' 'WO-FIX-06' \
  aidm/core/duration_tracker.py aidm/core/play_loop.py aidm/core/spell_resolver.py
replay r09 'fix: Weapon focus applies once' 'WO-FIX-14' \
  aidm/core/feat_resolver.py tests/test_feat_resolver.py
replay r10 'fix: One standard action a turn' 'WO-FIX-11' \
  play.py tests/test_play_cli.py
replay r11 'fix: Levels by the table' 'WO-FIX-12' \
  aidm/schemas/leveling.py tests/test_experience_resolver.py
