#!/bin/sh
# Runs npm: the machine's own, or where it has none the one in a pinned wheel.
# Without the packages' own scripts: what is installed is files only.
set -eu
cd "$(dirname "$0")/.."
if ! command -v npm >/dev/null 2>&1; then
    if [ ! -x .venv/bin/npm ]; then
        echo "npm is not on this machine: taking it from a wheel"
        .venv/bin/python -m pip install --quiet --disable-pip-version-check \
            --require-hashes -r requirements/npm.txt
    fi
    PATH="$PWD/.venv/bin:$PATH"
fi
# Not the process itself: npm's start-up notices would hide what failed.
exec npm "$@" --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error
