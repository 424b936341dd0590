#!/bin/sh
# Makes the lock files again. `sh setup/lock.sh --upgrade` takes newer versions where
# pyproject.toml allows them. The locks hold hashes and name no registry.
set -eu
cd "$(dirname "$0")/.."

compile() {
    output="requirements/$1.txt"
    shift
    .venv/bin/uv pip compile --quiet --universal --python-version 3.11 \
        --generate-hashes --no-emit-index-url --no-annotate \
        --custom-compile-command "make lock" "$@" -o "$output"
}

compile runtime pyproject.toml "$@"
compile development pyproject.toml --group development -c requirements/runtime.txt "$@"
compile npm --group npm "$@"

sh setup/npm.sh install --package-lock-only --omit-lockfile-registry-resolved
