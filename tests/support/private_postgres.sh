#!/bin/sh
# A PostgreSQL cluster of one's own: reached by a socket in its directory alone, without any password, run by an
# unprivileged user.
#
#   private_postgres.sh start DIRECTORY           prints the URL; 77 when PostgreSQL is not installed
#   private_postgres.sh restart DIRECTORY MODE    smart, fast or immediate
#   private_postgres.sh stop DIRECTORY            and removes the directory
set -eu
verb="$1"
directory="$2"

bin=$(pg_config --bindir 2>/dev/null || true)
for candidate in "$bin" /usr/lib/postgresql/*/bin; do
  if [ -x "$candidate/initdb" ]; then bin="$candidate"; fi
done
[ -x "$bin/initdb" ] || exit 77

# PostgreSQL refuses to run as root.
if [ "$(id -u)" -eq 0 ]; then
  user=nobody
  as() { setpriv --reuid=nobody --regid=nogroup --clear-groups env -i PATH="$PATH" HOME="$directory" LC_ALL=C.UTF-8 "$@"; }
else
  user=$(id -un)
  as() { "$@"; }
fi

case "$verb" in
  start)
    mkdir -p "$directory"
    [ "$(id -u)" -ne 0 ] || chown nobody:nogroup "$directory"
    as "$bin/initdb" -D "$directory/data" -A trust -U "$user" -E UTF8 --no-sync >"$directory.log" 2>&1
    as "$bin/pg_ctl" -D "$directory/data" -w -t 60 -l "$directory/log" \
      -o "-k '$directory' -c listen_addresses= -c max_connections=200" start >>"$directory.log" 2>&1
    echo "postgresql:///postgres?host=$directory&user=$user"
    ;;
  restart)
    as "$bin/pg_ctl" -D "$directory/data" -w -t 60 -l "$directory/log" \
      -o "-k '$directory' -c listen_addresses= -c max_connections=200" -m "$3" restart >>"$directory.log" 2>&1
    ;;
  stop)
    as "$bin/pg_ctl" -D "$directory/data" -w -t 60 -m immediate stop >>"$directory.log" 2>&1 || true
    rm -rf "$directory" "$directory.log"
    ;;
esac
