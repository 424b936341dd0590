"""The whole program with a room of planted pages; one kind of database is enough for them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from exports.worker import Press
from tests.program import Program
from tests.unit.web.planted import planted_room
from webapp.persistence import Database


@pytest.fixture
def database(sqlite_template: Path, tmp_path: Path) -> Iterator[Database]:
    """An empty SQLite database with all tables."""
    path = tmp_path / "boardmark.sqlite3"
    shutil.copyfile(sqlite_template, path)
    found = Database(f"sqlite:///{path}")
    yield found
    found.close()


@pytest.fixture
def program(database: Database, tmp_path: Path) -> Iterator[Program]:
    """An installation that also serves the planted pages."""
    press = Press(processes=1)
    found = Program(database, tmp_path, press)
    found.app.register_blueprint(planted_room())
    # What is not foreseen gets its page, as it does for people.
    found.app.testing = False
    yield found
    press.close()
