"""Put what was restored in the place of what was there: all of it, also after a crash.

Everything is made ready first. Then a plan is written, and from that moment on the restored
installation is the one in force: whoever comes next finishes the plan, whose steps are renames
that may be repeated.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from webapp.operations.backup.making import sync

NAME = "restore-plan"


@dataclass(frozen=True, slots=True)
class Renaming:
    """A database of a server that takes the place of another, which gets a name of its own."""

    staged: str
    target: str
    aside: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What is moved aside, what into place, and which database is renamed, in this order.

    Paths are pairs of from and to. What is moved aside was there when the plan was made.
    """

    aside: tuple[tuple[str, str], ...]
    into: tuple[tuple[str, str], ...]
    renaming: Renaming | None = None

    def write(self, home: Path) -> None:
        """Let the plan be in force from now on, also after a power cut."""
        unfinished = home / f".{NAME}"
        with unfinished.open("w", encoding="utf-8") as file:
            json.dump(asdict(self), file)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(home / NAME)
        sync(home)


def find_plan(home: Path) -> Plan | None:
    """Return a plan that was not finished, or None."""
    try:
        said = json.loads((home / NAME).read_text("utf-8"))
    except FileNotFoundError:
        return None
    return Plan(
        aside=tuple((old, new) for old, new in said["aside"]),
        into=tuple((old, new) for old, new in said["into"]),
        renaming=Renaming(**said["renaming"]) if said["renaming"] else None,
    )


def finish_plan(home: Path, rename: Callable[[Renaming], None]) -> bool:
    """Carry a plan out, from wherever it was left; False where there is none.

    `rename` renames databases in one transaction, where they have the names of before.
    """
    plan = find_plan(home)
    if plan is None:
        return False
    for old, new in plan.aside:
        # What is there under its new name was moved before.
        if not Path(new).exists() and Path(old).exists():
            Path(new).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _move(Path(old), Path(new))
    for old, new in plan.into:
        if Path(old).exists():
            _move(Path(old), Path(new))
    if plan.renaming is not None:
        rename(plan.renaming)
    (home / NAME).unlink()
    sync(home)
    return True


def _move(old: Path, new: Path) -> None:
    old.rename(new)
    sync(new.parent)
    if old.parent != new.parent:
        sync(old.parent)
