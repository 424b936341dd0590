"""Files that nothing needs any longer are deleted, and no others."""

from __future__ import annotations

import datetime as dt
import uuid
from pathlib import Path

import pytest

from webapp.files import FileStore, forget_unheld, hold_file, release_file
from webapp.persistence import Session

NOW = dt.datetime.now(dt.UTC)
LATER = NOW + dt.timedelta(hours=2)


@pytest.fixture
def files(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files")


def test_a_file_stays_while_one_of_two_holds_it(session: Session, files: FileStore) -> None:
    first, second = uuid.uuid4(), uuid.uuid4()
    sha256 = files.put(b"shared")
    other = files.put(b"left over")
    for holder in (first, second):
        hold_file(session, sha256, holder, NOW)

    assert release_file(session, first)
    assert forget_unheld(session, files, LATER) == 1
    assert files.has(sha256)
    assert not files.has(other)

    assert release_file(session, second)
    assert not release_file(session, second)
    assert forget_unheld(session, files, LATER) == 1
    assert forget_unheld(session, files, LATER) == 0
    assert not files.has(sha256)


def test_a_file_that_was_just_put_waits_for_the_row_that_names_it(
    session: Session, files: FileStore
) -> None:
    sha256 = files.put(b"on its way")

    assert forget_unheld(session, files, NOW) == 0
    assert files.has(sha256)


def test_where_no_file_ever_came_there_is_nothing_to_delete(
    session: Session, files: FileStore
) -> None:
    assert forget_unheld(session, files, LATER) == 0
