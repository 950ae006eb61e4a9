#!/bin/sh
# Prints the path of a Python from 3.11 to 3.13 that really runs and can make virtual environments.
# PYTHON=... decides; otherwise 3.11 is preferred, because most people who try the lock have it. Exit code 1 says what is missing.
set -u

runs() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' >/dev/null 2>&1
}

makes_venvs() {
    "$1" -c 'import ensurepip, venv' >/dev/null 2>&1
}

how_to_get_it() {
    cat >&2 <<'END'
How to get Python:
  Debian, Ubuntu   sudo apt install python3 python3-venv   (when `python3 --version` would say 3.11, 3.12 or 3.13)
  macOS            brew install python@3.11
  anything else    an installer of 3.11, 3.12 or 3.13 from python.org
Already there under another name? Say which: make PYTHON=/path/to/python3.12 ...
END
    exit 1
}

# pyenv keeps versions that no command on the PATH answers for: they come last.
candidates=${PYTHON:-"python3.11 python3.12 python3.13 python3 python ${PYENV_ROOT:-$HOME/.pyenv}/versions/3.1[123].*/bin/python3"}

without_venv=
for candidate in $candidates; do
    runs "$candidate" || continue
    if makes_venvs "$candidate"; then
        "$candidate" -c 'import sys; print(sys.executable)'
        exit 0
    fi
    without_venv=${without_venv:-$candidate}
done

if [ -n "$without_venv" ]; then
    version=$("$without_venv" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    echo "[setup] $without_venv cannot make virtual environments: its venv module is not installed." >&2
    echo "  Debian, Ubuntu   sudo apt install python$version-venv" >&2
    exit 1
fi
if [ -n "${PYTHON:-}" ]; then
    echo "[setup] PYTHON=$PYTHON does not run, or is not a Python from 3.11 to 3.13." >&2
else
    echo "[setup] HashiraMart needs Python 3.11, 3.12 or 3.13, and none was found on the PATH." >&2
fi
how_to_get_it
