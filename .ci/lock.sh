#!/bin/sh
# Resolves pyproject.toml into requirements.lock (to run) and requirements-dev.lock (on top of it: to test).
#   .ci/lock.sh             changes only what pyproject.toml now asks for; versions already locked stay
#   .ci/lock.sh --upgrade   takes the newest versions that fit together
# The locks serve Python 3.11 to 3.13 on Linux and macOS. torch brings the CUDA packages that its own platform needs, so
# those are not listed: the same pin installs the CPU build where that is what pip finds. No hashes for the same reason.
set -eu
cd "$(dirname "$0")/.."

python=.venv/bin/python
[ -x "$python" ] || { echo "[lock] no .venv yet: run 'make setup' first" >&2; exit 1; }
"$python" -m pip install --quiet --disable-pip-version-check uv==0.13.9

# compile LOCK FIRST-LINES ARGUMENTS... : resolve into LOCK, with our own header
compile() {
    lock=$1 header=$2
    shift 2
    "$python" -m uv pip compile --quiet --universal --python-version 3.11 --no-header --annotation-style line \
        --output-file "$lock" "$@" >/dev/null
    { printf '%s\n' "$header"; grep -Ev '^(nvidia-|cuda-|triton==)|-c requirements\.lock' "$lock"; } >"$lock.new"
    mv "$lock.new" "$lock"
}

note='# Made by `make lock` (uv) from pyproject.toml for Python 3.11 to 3.13; do not edit. pip installs it.'
compile requirements.lock "$note" --group build pyproject.toml "$@"
compile requirements-dev.lock "$note
-r requirements.lock" --group dev --constraint requirements.lock "$@"
echo "[lock] requirements.lock and requirements-dev.lock are up to date; commit them"
