"""Every route with its method and what it demands, as the golden file lists them.

python -m tests.security.routes > tests/golden/routes.txt
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from exports.worker import Press
from tests.program import Program
from webapp.persistence import Database
from webapp.web.room import Declared, Room

UNGUARDED = {"static_file"}
"""An address for links alone: WhiteNoise answers before Flask is asked."""


@dataclass(frozen=True)
class Route:
    """One method of one address."""

    method: str
    rule: str
    endpoint: str
    declared: Declared | None

    @property
    def name(self) -> str:
        """The route as the tables of the tests name it."""
        return f"{self.method} {self.rule}"

    def __str__(self) -> str:
        """Return the line of the golden file."""
        if self.declared is None:
            return f"{self.name}  UNGUARDED"
        about = self.declared.subject.__name__ if self.declared.subject else "-"
        return f"{self.name}  {self.declared.permission}  {about}"


def routes_of(app: Flask) -> tuple[Route, ...]:
    """Return every route of a program, by address."""
    declared: dict[str, Declared] = {}
    for room in app.blueprints.values():
        assert isinstance(room, Room), f"{room.name} is no room"
        declared |= room.declared
    found = [
        Route(method, rule.rule, rule.endpoint, declared.get(rule.endpoint))
        for rule in app.url_map.iter_rules()
        if rule.endpoint not in UNGUARDED
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    ]
    return tuple(sorted(found, key=lambda route: (route.rule, route.method)))


def golden_lines(app: Flask) -> str:
    """Return the text of the golden file."""
    return "".join(f"{route}\n" for route in routes_of(app))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        database = Database(f"sqlite:///{home / 'boardmark.sqlite3'}")
        sys.stdout.write(golden_lines(Program(database, home, Press(processes=1)).app))
