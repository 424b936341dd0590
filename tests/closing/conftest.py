"""A program whose consultation closes when a test says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from exports.worker import Press
from tests.program import Program
from webapp.persistence import Database


@pytest.fixture(scope="session")
def press() -> Iterator[Press]:
    """The press of every program here, which nobody asks for anything."""
    press = Press(processes=1)
    yield press
    press.close()


@pytest.fixture
def program(database: Database, tmp_path: Path, press: Press) -> Program:
    """A fresh installation."""
    return Program(database, tmp_path, press)
