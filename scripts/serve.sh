#!/bin/sh
# Keep the two processes of Lamplight together: the web server and the worker. Ctrl-C ends both; if one dies, so does all.
set -eu
cd "$(dirname "$0")/.."
address=${HOST:-127.0.0.1}:${PORT:-8000}
web='' worker=''

is_alive() { [ -n "$1" ] && kill -0 "$1" 2>/dev/null; }

# Fifteen seconds to finish what is in hand; a job that is cut short runs again.
stop() {
  trap '' INT TERM HUP
  for process in $web $worker; do kill -TERM "$process" 2>/dev/null || true; done
  seconds=0
  while { is_alive "$web" || is_alive "$worker"; } && [ "$seconds" -lt 15 ]; do
    sleep 1
    seconds=$((seconds + 1))
  done
  for process in $web $worker; do kill -KILL "$process" 2>/dev/null || true; done
}

trap 'stop; exit 0' INT TERM HUP
.venv/bin/flask --app app ready

.venv/bin/flask --app app worker &
worker=$!
.venv/bin/gunicorn --config scripts/gunicorn.conf.py 'app:create_app()' &
web=$!
echo "Lamplight is starting on http://$address (Ctrl-C ends it)"

while is_alive "$web" && is_alive "$worker"; do
  sleep 1 &
  wait $!
done

if is_alive "$worker"; then gone=$web name='web server'; else gone=$worker name=worker; fi
code=0
wait "$gone" || code=$?
echo "The $name ended (exit code $code), so everything ends." >&2
stop
[ "$code" -ne 0 ] || code=1
exit "$code"
