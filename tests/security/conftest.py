"""What is tried on an installation with everything in it."""

from __future__ import annotations

import functools
import shutil
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from exports.archive import as_bytes, leave_place_for_the_seal
from exports.fields import COPY_IDENTIFIER
from exports.worker import Press
from tests.program import Program
from tests.security.scene import Snapshot, make_snapshots
from webapp.persistence import Database


class BlankPress(Press):
    """A press whose files are empty: who may have a file has nothing to do with what is in it.

    Only a form that copies are made from is printed, and the same form once.
    """

    @functools.cached_property
    def forms(self) -> dict[str, bytes]:
        """The forms that were printed."""
        return {}

    def print_page(self, html: str) -> bytes:
        """Return a page with nothing on it but the place of a seal, or a form."""
        if COPY_IDENTIFIER.name in html:
            if html not in self.forms:
                self.forms[html] = super().print_page(html)
            return self.forms[html]
        with pikepdf.new() as pdf:
            pdf.add_blank_page()
            leave_place_for_the_seal(pdf)
            return as_bytes(pdf)


@pytest.fixture(scope="session")
def press() -> Iterator[Press]:
    """The press of every program here."""
    press = BlankPress(processes=1)
    yield press
    press.close()


@pytest.fixture(scope="session")
def snapshots(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory, press: Press
) -> dict[str, Snapshot]:
    """The same installation at each state of a review; guards do not depend on the database."""
    folder = tmp_path_factory.mktemp("scene")
    shutil.copyfile(sqlite_template, folder / "made.sqlite3")
    return make_snapshots(folder, press)


@pytest.fixture
def program(database: Database, tmp_path: Path, press: Press) -> Program:
    """A fresh installation with one organisation."""
    return Program(database, tmp_path, press)
