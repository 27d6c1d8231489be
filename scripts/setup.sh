#!/bin/sh
# Make a machine ready: what the system lacks, then .venv from the hashed lock. A second run finds nothing to do.
#   scripts/setup.sh run     what the program needs
#   scripts/setup.sh test    that, and what the tests need
#   scripts/setup.sh bench   what the program needs, and the programs it is measured against
set -eu
cd "$(dirname "$0")/.."
purpose=${1:-run}
case $purpose in run | test | bench) ;; *) echo "usage: scripts/setup.sh run|test|bench" >&2 && exit 2 ;; esac

say() { printf '%s\n' "$*" >&2; }
fail() { say "$@" && exit 1; }
has() { command -v "$1" >/dev/null 2>&1; }

# --- which Python --------------------------------------------------------------------------------------------------

fits='import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))'

find_python() {
  python=
  for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11}; do
    if has "$candidate" && "$candidate" -c "$fits" 2>/dev/null; then python=$candidate && return; fi
  done
}

explain_python() {
  found=$( (${PYTHON:-python3} -V || echo "no ${PYTHON:-python3}") 2>&1 | head -n 1)
  say "Lamplight needs Python 3.11, 3.12 or 3.13; this machine offers: $found."
  if [ "$(uname)" = Darwin ]; then fail "Run: brew install python@3.12 pango"; fi
  fail "Install one of them beside it, or name one: PYTHON=/path/to/python3.12 make $purpose"
}

# --- what the system lacks -----------------------------------------------------------------------------------------

libraries=$( (ldconfig -p || /sbin/ldconfig -p) 2>/dev/null || true)
has_library() { case $libraries in *"$1"*) true ;; *) false ;; esac; }
has_noto() { has fc-list && fc-list : family | grep -q 'Noto Sans'; }
has_postgres() { has initdb || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; }
has_chromium() { has chromium || has chromium-browser || has google-chrome; }

missing_for_run() {
  if [ -z "$python" ]; then
    echo python3 python3-venv
  elif ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    echo "$(basename "$python")-venv"
  fi
  has_library libpango-1.0.so.0 || echo libpango-1.0-0
  has_library libpangoft2-1.0.so.0 || echo libpangoft2-1.0-0
  has fc-list || echo fontconfig
  has_noto || echo fonts-noto-core
  [ -e /usr/share/zoneinfo/UTC ] || echo tzdata
}

missing_for_test() {
  has_chromium || echo chromium
  has_library libatomic.so.1 || echo libatomic1
  has pdfinfo || echo poppler-utils
  has_postgres || echo postgresql
  has strace || echo strace
}

install_line() { echo "apt-get update && ${1}apt-get install --yes --no-install-recommends $2"; }

install() {
  say "Installing: $1"
  export DEBIAN_FRONTEND=noninteractive
  said=$(apt-get update -qq 2>&1 && apt-get install -qq --yes --no-install-recommends $1 2>&1) && return
  say "$said"
  return 1
}

prepare_debian() {
  needed=$(missing_for_run | xargs)
  extras=
  if [ "$purpose" = test ]; then extras=$(missing_for_test | xargs); fi
  if [ "$purpose" = bench ]; then extras=$(has_postgres || echo postgresql); fi
  if [ -z "$needed$extras" ]; then return; fi
  if [ "$(id -u)" = 0 ]; then
    if [ -n "$needed" ]; then install "$needed" || fail "These could not be installed: $needed"; fi
    # What only some tests need may be refused here; those tests then say so.
    if [ -n "$extras" ]; then install "$extras" || say "These could not be installed: $extras"; fi
    find_python
  elif [ -n "$needed" ] || [ "${CI:-}" = true ]; then
    say "This machine lacks: $(echo "$needed $extras" | xargs)"
    fail "Run: sudo $(install_line 'sudo ' "$(echo "$needed $extras" | xargs)")"
  else
    say "Some tests will be skipped. To have them all: sudo $(install_line 'sudo ' "$extras")"
  fi
}

prepare_mac() {
  has brew || fail "Install Homebrew (brew.sh), then run: brew install python@3.12 pango"
  if [ -z "$python" ] || [ ! -e "$(brew --prefix)/lib/libpango-1.0.dylib" ]; then
    fail "Run: brew install python@3.12 pango"
  fi
}

prepare_other() {
  has_library libpangoft2-1.0.so.0 ||
    fail "Install Pango (libpango-1.0 and libpangoft2-1.0), fontconfig and the Noto Sans fonts, then try again."
}

# --- the virtual environment ---------------------------------------------------------------------------------------

stamp_of() { cksum requirements/bootstrap.txt "requirements/$1.txt" && .venv/bin/python -V && pwd; }
is_ready() { [ -x .venv/bin/python ] && [ "$(cat ".venv/ready-to-$1" 2>/dev/null)" = "$(stamp_of "$1" 2>/dev/null)" ]; }

# The programs in .venv/bin carry its path, so a folder that was moved needs a new one.
is_ours() { grep -qs -F " $(pwd)/.venv" .venv/pyvenv.cfg && .venv/bin/python -c "$fits" && .venv/bin/python -m pip -V; }

make_venv() {
  if is_ours >/dev/null 2>&1; then return; fi
  "$python" -m venv --clear .venv
}

# pip brings certificates of its own; the ones this machine trusts are the right ones, unless somebody chose others.
trust_the_system() {
  store=/etc/ssl/certs/ca-certificates.crt
  if [ -z "${PIP_CERT:-}" ] && [ -e "$store" ] && ! .venv/bin/python -m pip config get global.cert >/dev/null 2>&1; then
    export PIP_CERT=$store
  fi
}

install_lock() {
  say "Installing the Python packages into .venv"
  trust_the_system
  pip="-m pip install --quiet --disable-pip-version-check --no-input --require-hashes"
  if .venv/bin/python $pip -r requirements/bootstrap.txt &&
    .venv/bin/uv pip install --quiet --compile-bytecode --python .venv/bin/python --system-certs --require-hashes \
      -r "requirements/$1.txt"; then
    return
  fi
  say "uv could not; trying pip"
  .venv/bin/python $pip -r "requirements/$1.txt"
}

# Ahead of time, because a machine may keep Python from writing bytecode: each process then starts in half the time.
compile_ours() { .venv/bin/python -m compileall -q app bench ceremony migrations tests verifiers || true; }

find_python
if [ -z "$python" ] && has "${PYTHON:-python3}"; then explain_python; fi
if has apt-get; then
  prepare_debian
elif [ "$(uname)" = Darwin ]; then
  prepare_mac
else
  prepare_other
fi
if is_ready "$purpose"; then
  compile_ours
  exit 0
fi
if [ -z "$python" ]; then explain_python; fi
make_venv
install_lock "$purpose"
compile_ours
# The other locks hold every line of the lock for the run.
if [ "$purpose" != run ]; then stamp_of run >.venv/ready-to-run; fi
stamp_of "$purpose" >".venv/ready-to-$purpose"
