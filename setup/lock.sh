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
# Whom a package asks for money is of no use in a lock, and names hosts.
.venv/bin/python - <<'PYTHON'
import json
from pathlib import Path

path = Path("package-lock.json")
lock = json.loads(path.read_text(encoding="utf-8"))
for package in lock["packages"].values():
    package.pop("funding", None)
path.write_text(json.dumps(lock, indent=2) + "\n", encoding="utf-8")
PYTHON
