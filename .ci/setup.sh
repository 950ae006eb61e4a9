#!/bin/sh
# Brings .venv and the built page up to what the lock files and the sources ask for.
#   .ci/setup.sh run   what `hashira up` needs
#   .ci/setup.sh dev   and what the tests need
# A step leaves its mark (what it was made from) only when it has finished: an interrupted set-up goes on where it was, and
# a step whose inputs have not changed is skipped. PYTHON=... picks the interpreter.
set -eu
cd "$(dirname "$0")/.."

kind=${1:-run}
venv=.venv
python=$venv/bin/python
marks=$venv/.marks
log=$venv/setup.log

say() { echo "[setup] $*"; }

# Content, not time stamps: switching branches back and forth reinstalls nothing.
sum() { cat "$@" | cksum | tr ' ' '-'; }

marked() { [ "$(cat "$marks/$1" 2>/dev/null)" = "$2" ]; }

mark() {
    mkdir -p "$marks"
    printf '%s\n' "$2" >"$marks/$1.new"
    mv "$marks/$1.new" "$marks/$1"
}

fail() {
    say "$1 failed; the end of $log:" >&2
    tail -n 25 "$log" >&2
    say "run the same command again to go on from here" >&2
    exit 1
}

version_of() { "$1" -c 'import sys; print("%d.%d.%d" % sys.version_info[:3])' 2>/dev/null; }

make_venv() {
    have=
    if [ -x "$python" ]; then have=$(version_of "$python") || have=; fi
    # The folder is part of the mark: scripts in .venv/bin name it, so a tree that moved needs a new one.
    if [ -n "$have" ] && marked venv "$have $PWD"; then
        [ -n "${PYTHON:-}" ] || return 0
        chosen=$(.ci/find-python.sh)
        [ "$(version_of "$chosen")" != "$have" ] || return 0
    else
        chosen=$(.ci/find-python.sh)
    fi
    version=$(version_of "$chosen")
    say "making $venv with Python $version ($chosen)"
    rm -rf "$venv"
    "$chosen" -m venv "$venv"
    mark venv "$version $PWD"
}

# What an interrupted pip left half done would pass for installed: it is removed, and pip installs it again.
drop_half_installed() {
    "$python" - <<'END'
import importlib.metadata, pathlib, shutil, sysconfig
site = pathlib.Path(sysconfig.get_path("purelib"))
half = [pathlib.Path(d._path) for d in importlib.metadata.distributions(path=[str(site)]) if d.read_text("RECORD") is None]
for folder in [*half, *site.glob("~*")]:
    shutil.rmtree(folder, ignore_errors=True)
END
}

# pip's own output goes to the log; of its hundreds of lines a few become progress.
pip_install() {
    : >"$log"
    total=$1
    shift
    {
        if "$python" -m pip install --disable-pip-version-check --no-input --progress-bar off "$@" 2>>"$log"; then
            echo "pip: done"
        else
            echo "pip: failed"
        fi
    } | {
        count=0 state=failed
        while IFS= read -r line; do
            printf '%s\n' "$line" >>"$log"
            case $line in
                Collecting*)
                    count=$((count + 1))
                    [ $((count % 50)) -ne 0 ] || say "  $count of $total packages fetched"
                    ;;
                "Installing collected packages"*) [ "$total" -lt 2 ] || say "  unpacking" ;;
                "pip: done") state=done ;;
            esac
        done
        [ "$state" = done ]
    }
}

install_lock() {
    name=$1 lock=$2 words=$3
    shift 3
    key=$(sum "$@")
    ! marked "$name" "$key" || return 0
    total=$(grep -c == "$lock")
    if [ -f "$marks/$name" ]; then words="again: the lock has changed"; fi
    say "installing $total packages $words"
    drop_half_installed
    pip_install "$total" -r "$lock" || fail "pip"
    mark "$name" "$key"
}

# LightGBM's wheel links to the system's OpenMP, which a bare machine may lack.
check_openmp() {
    ! marked openmp found || return 0
    if ! "$python" -c 'import lightgbm' >"$log" 2>&1; then
        cat "$log" >&2
        say "LightGBM needs the OpenMP library (apt install libgomp1 · brew install libomp); then run the same command again" >&2
        exit 1
    fi
    mark openmp found
}

install_project() {
    key=$(sum pyproject.toml)
    ! marked project "$key" || return 0
    say "linking this folder into $venv"
    drop_half_installed
    pip_install 1 --no-deps --no-build-isolation --editable . || fail "pip"
    mark project "$key"
}

check_node() {
    if ! command -v node >/dev/null 2>&1 || ! command -v npm >/dev/null 2>&1; then
        say "HashiraMart's page needs Node 20.19 or newer with npm, and there is no $(command -v node >/dev/null 2>&1 && echo npm || echo node) on the PATH." >&2
    elif ! node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)'; then
        say "HashiraMart's page needs Node 20.19 or newer; this is $(node --version)." >&2
    else
        return 0
    fi
    cat >&2 <<'END'
How to get Node:
  Debian, Ubuntu   sudo apt install nodejs npm   (when `apt show nodejs` offers 20.19 or newer)
  macOS            brew install node
  anything else    the current LTS from nodejs.org
END
    exit 1
}

install_page_packages() {
    key="$(sum frontend/package.json frontend/package-lock.json) $(node --version)"
    # npm writes this file last, so without it node_modules is half made or gone.
    if marked packages "$key" && [ -f frontend/node_modules/.package-lock.json ]; then return 0; fi
    say "installing the page's packages (npm)"
    (cd frontend && npm ci --no-audit --no-fund --loglevel=error) >"$log" 2>&1 || fail "npm ci"
    mark packages "$key"
}

build_page() {
    key=$(cd frontend && find src public index.html package-lock.json ./*.ts ./*.json -type f -exec cksum {} + | LC_ALL=C sort | cksum)
    if marked page "$key" && [ -f api/static/index.html ]; then return 0; fi
    say "building the page"
    (cd frontend && npm run --silent build) >"$log" 2>&1 || fail "the page's build"
    mark page "$key"
}

check_node
make_venv
install_lock run requirements.lock "(about 5 minutes the first time)" requirements.lock
check_openmp
if [ "$kind" = dev ]; then
    install_lock dev requirements-dev.lock "for the tests" requirements.lock requirements-dev.lock
fi
install_project
install_page_packages
build_page
