#!/bin/sh
# Write a consistent copy of the database and its files into a new folder, while the site runs.
#   scripts/backup.sh FOLDER       DATABASE_URL and DATA_DIR are heard, as by `make run`
# The last heads of public logs (DATA_DIR/heads, HEADS_DIR) are left out on purpose: they must be newer than any backup.
set -eu
umask 077
[ $# -eq 1 ] || { echo "usage: scripts/backup.sh FOLDER" >&2 && exit 2; }
here=$(cd "$(dirname "$0")/.." && pwd)
data=${DATA_DIR:-$here/var}
[ ! -e "$1" ] || { echo "$1 is already there; name a new folder" >&2 && exit 2; }
mkdir -p "$1.unfinished"

case ${DATABASE_URL:-} in
  postgresql*)
    url=$(printf '%s' "$DATABASE_URL" | sed 's/^postgresql+psycopg:/postgresql:/')
    pg_dump --format=custom --file="$1.unfinished/lamplight.dump" "$url"
    ;;
  *)
    file=${DATABASE_URL:-sqlite:///$data/lamplight.sqlite3}
    "$here/.venv/bin/python" - "${file#sqlite:///}" "$1.unfinished/lamplight.sqlite3" <<'PYTHON'
import sqlite3, sys
sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True, timeout=60).execute("VACUUM INTO ?", [sys.argv[2]])
PYTHON
    ;;
esac
# Files come after the database: whatever a row names is then there.
for kept in files keys secret; do
  if [ -e "$data/$kept" ]; then cp -Rp "$data/$kept" "$1.unfinished/"; fi
done
# Only what was written here: a sync of everything would hold up a site that is busy storing ballots.
find "$1.unfinished" -exec sync {} +
mv "$1.unfinished" "$1"
sync "$(dirname "$1")"
echo "$1"
