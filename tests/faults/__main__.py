"""A hundred kills and more on each database, and the control: `make faults`.

    python -m tests.faults [KILLS]

Prints a table, and ends with 1 if anything was lost or doubled, or if the control lost nothing.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.conftest import make_tables
from tests.databases import postgres_url
from tests.faults.harness import EARLY, HEAD, run

CONTROL_KILLS = 6


def main(kills: int) -> int:
    """Run everything and return the exit status."""
    sys.stdout.write(f"{HEAD}\n")
    faults: list[str] = []
    with tempfile.TemporaryDirectory(prefix="boardmark-faults-") as folder:
        for kind in ("sqlite", "postgresql"):
            home = Path(folder) / kind
            home.mkdir()
            url = postgres_url(make_tables) if kind == "postgresql" else f"sqlite:///{home}/db"
            report = run(home, url, kills, name=kind)
            sys.stdout.write(f"{report.line()}\n")
            sys.stdout.flush()
            faults += report.faults
        home = Path(folder) / "control"
        control = run(home, f"sqlite:///{home}/db", CONTROL_KILLS, command=EARLY, name="control")
        sys.stdout.write(f"{control.line()}  answers before it commits\n")
    if not control.lost:
        faults.append("the control lost nothing: the harness sees nothing")
    sys.stdout.write("".join(f"{each}\n" for each in faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100))
