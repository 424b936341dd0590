"""The commands of the program, each as a process of its own on an installation."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.databases import postgres_bin


def begin(home: Path, url: str, *arguments: str) -> subprocess.Popen[str]:
    """Begin a command; whoever begins it waits for its end."""
    mine = {"BOARDMARK_HOME": str(home), "BOARDMARK_DATABASE_URL": url}
    if url.startswith("postgresql"):
        mine["BOARDMARK_PG_BIN"] = str(postgres_bin())
    return subprocess.Popen(
        [sys.executable, "-m", "webapp.cli", *arguments],
        env=os.environ | mine,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def boardmark(
    home: Path, url: str, *arguments: str, timeout: float = 300
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    with begin(home, url, *arguments) as process:
        try:
            said, wrong = process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
    return subprocess.CompletedProcess(process.args, process.returncode, said, wrong)
