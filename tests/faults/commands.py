"""The commands of the program, each as a process of its own on an installation."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.databases import postgres_bin


def boardmark(
    home: Path, url: str, *arguments: str, timeout: float = 300
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end; it is killed where that takes too long."""
    mine = {"BOARDMARK_HOME": str(home), "BOARDMARK_DATABASE_URL": url}
    if url.startswith("postgresql"):
        mine["BOARDMARK_PG_BIN"] = str(postgres_bin())
    return subprocess.run(
        [sys.executable, "-m", "webapp.cli", *arguments],
        env=os.environ | mine,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
