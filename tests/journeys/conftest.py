"""The program that journeys go through, on each kind of database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from exports.worker import Press
from tests.program import Program
from webapp.persistence import Database


@pytest.fixture(scope="session")
def press() -> Iterator[Press]:
    """The processes that make PDF files; they start when the first is asked for."""
    press = Press(processes=1)
    yield press
    press.close()


@pytest.fixture
def program(database: Database, tmp_path: Path, press: Press) -> Program:
    """A fresh installation with one organisation."""
    return Program(database, tmp_path, press)
