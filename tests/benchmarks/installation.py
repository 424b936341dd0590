"""A program of its own for a benchmark, with a consultation that is open."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from exports.worker import Press
from tests.conftest import make_tables
from tests.pages.lead import Lead
from tests.program import Program
from webapp.persistence import Database
from webapp.security import Role

SLUG = "example-region"


@contextmanager
def an_installation() -> Iterator[Program]:
    """Give a program on SQLite, as durable as it always is."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        make_tables(url := f"sqlite:///{home / 'boardmark.sqlite3'}")
        database, press = Database(url), Press(processes=1)
        program = Program(database, home, press)
        Lead(program.staff(Role.CONSULTATION_LEAD)).create_open()
        yield program
        press.close()
        database.close()
