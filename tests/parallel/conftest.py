"""A program with an open consultation, for many people at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from exports.worker import Press
from tests.pages.lead import Lead
from tests.program import Program
from webapp.persistence import Database
from webapp.security import Role


@pytest.fixture(scope="session")
def press() -> Iterator[Press]:
    """The press of every program here, which nobody asks for anything."""
    press = Press(processes=1)
    yield press
    press.close()


@pytest.fixture
def program(database: Database, tmp_path: Path, press: Press) -> Program:
    """An installation with an open consultation."""
    found = Program(database, tmp_path, press)
    Lead(found.staff(Role.CONSULTATION_LEAD)).create_open()
    return found
