#!/usr/bin/env bash
# Serve this checkout: database up to date, the sample round in an empty one, web and worker together.
set -euo pipefail
cd "$(dirname "$0")/.."
export PORT=${PORT:-8000} HOST=${HOST:-127.0.0.1}
.venv/bin/python -m forumplanner.cli.processes --only-look
.venv/bin/forumplanner prepare
exec .venv/bin/python -m forumplanner.cli.processes --prepared
