#!/usr/bin/env bash
# Prepare this checkout to run (`setup.sh run`) or to be tested (`setup.sh dev`):
# Debian packages, a virtual environment with hashed packages, everything compiled: programs and translations.
# Quick when nothing has changed.
set -euo pipefail
cd "$(dirname "$0")/.."
want=${1:-run}
venv=.venv
# A service under a user of its own needs an interpreter that this user can reach: PYTHON=/usr/bin/python3.
python=${PYTHON:-python3}

say() { printf '%s\n' "$*" >&2; }

debian_packages() {
    local missing=()
    "$python" -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3-venv)
    local lib
    lib=$(ldconfig -p 2>/dev/null || /sbin/ldconfig -p)
    grep -q 'libpango-1.0.so.0' <<<"$lib" || missing+=(libpango-1.0-0)
    grep -q 'libpangoft2-1.0.so.0' <<<"$lib" || missing+=(libpangoft2-1.0-0)
    grep -q 'libharfbuzz-subset.so.0' <<<"$lib" || missing+=(libharfbuzz-subset0)
    if [ "$want" = dev ]; then
        command -v chromium >/dev/null || missing+=(chromium)
        command -v pdftotext >/dev/null || missing+=(poppler-utils)
        [ -x /usr/sbin/nginx ] || missing+=(nginx-light)
        command -v systemd-analyze >/dev/null || missing+=(systemd)
    fi
    [ ${#missing[@]} -eq 0 ] && return 0
    if [ "$(id -u)" -eq 0 ]; then
        say "Installing Debian packages: ${missing[*]}"
        apt-get update -qq >&2
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
    else
        say "Please install these Debian packages first: sudo apt-get install ${missing[*]}"
        exit 1
    fi
}

python_packages() {
    local stamp=$venv/.installed-$1
    local sum
    sum=$(cat requirements/build.txt "requirements/$1.txt" pyproject.toml | sha256sum | cut -d' ' -f1)
    if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$sum" ]; then return 0; fi
    say "Installing Python packages ($1); the first time this takes a minute."
    [ -x $venv/bin/python ] || "$python" -m venv $venv
    local pip=("$venv/bin/python" -m pip --disable-pip-version-check -q install --no-build-isolation)
    "${pip[@]}" --require-hashes -r requirements/build.txt
    "${pip[@]}" --require-hashes -r "requirements/$1.txt"
    "${pip[@]}" --no-deps -e .
    printf '%s' "$sum" > "$stamp"
    # The development set holds all that running needs.
    if [ "$1" = dev ]; then
        cat requirements/build.txt requirements/run.txt pyproject.toml | sha256sum | cut -d' ' -f1 | tr -d '\n' > $venv/.installed-run
    fi
}

# A start that compiles takes twice as long, and where the service may not write here, each start would.
bytecode() {
    if [ ! -f $venv/.compiled ] || [ $venv/.installed-$1 -nt $venv/.compiled ]; then
        $venv/bin/python -m compileall -q -j 0 $venv/lib >/dev/null || true
        touch $venv/.compiled
    fi
    $venv/bin/python -m compileall -q forumplanner migrations
}

translations() {
    local po mo
    for po in translations/*/LC_MESSAGES/*.po; do
        mo=${po%.po}.mo
        if [ ! -f "$mo" ] || [ "$po" -nt "$mo" ]; then
            $venv/bin/pybabel -q compile -i "$po" -o "$mo"
        fi
    done
}

debian_packages
python_packages "$want"
bytecode "$want"
translations
if [ "$want" = dev ]; then tools/setup_node.sh; fi
