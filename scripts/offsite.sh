#!/bin/sh
# Copy the site to another machine again and again, so that less than a minute is lost with this one. Runs until it is ended.
#   scripts/offsite.sh FOLDER       it belongs to the other machine and is mounted here
# A copy every 30 seconds (OFFSITE_SECONDS), the last twenty are kept. DATABASE_URL and DATA_DIR are heard, as by `make run`.
set -eu
umask 077
[ $# -eq 1 ] || { echo "usage: scripts/offsite.sh FOLDER" >&2 && exit 2; }
here=$(cd "$(dirname "$0")/.." && pwd)
every=${OFFSITE_SECONDS:-30}
mkdir -p "$1"

while :; do
  began=$(date +%s)
  for unfinished in "$1"/*Z.unfinished; do rm -rf "$unfinished"; done
  "$here/scripts/backup.sh" "$1/$(date -u +%Y-%m-%dT%H%M%SZ)" >/dev/null || echo "No copy was made at $(date)." >&2
  set -- "$1" "$1"/????-??-??T??????Z
  while [ $# -gt 21 ]; do
    folder=$1 oldest=$2
    shift 2
    rm -rf "$oldest"
    set -- "$folder" "$@"
  done
  took=$(($(date +%s) - began))
  [ "$took" -le "$every" ] || echo "A copy took $took seconds, longer than the $every between two." >&2
  [ "$took" -ge "$every" ] || sleep $((every - took))
done
