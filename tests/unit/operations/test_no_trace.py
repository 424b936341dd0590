"""What was erased is in no byte of the files of an installation, in each way of erasing it.

For PostgreSQL that is promised of the tables after VACUUM FULL, and of the server's log only once
the server has overwritten it: it is searched for where `base` is.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from frameworks.questions import Given
from tests.conftest import KINDS
from tests.factories.consultations import CLOSES, DURING
from tests.factories.installations import Installation, an_installation, another_like
from tests.factories.writing import ACTION, COMMENT, SPEAKING, Writer, an_open_consultation
from tests.unit.operations.canaries import Canaries
from webapp.config import RetentionPeriods
from webapp.consultations import services
from webapp.consultations.respondents import Interest, Publish
from webapp.operations.keeping import keep_to_schedule
from webapp.persistence import Database, Session
from webapp.persistence import database as persistence
from webapp.retention.services import flush_erasures

DAY = dt.timedelta(days=1)
LATER = DURING + DAY
PERIODS = RetentionPeriods()


def write(session: Session, canaries: Canaries) -> str:
    """Send a response with a canary in every text, and return its private code."""
    writer = Writer(session, an_open_consultation(session))
    writer.introduce(
        name=canaries.make("name"),
        role=canaries.make("role"),
        interest=Interest.DECLARED,
        interests=canaries.make("interests"),
    )
    writer.choose(SPEAKING)
    for key, what in ((COMMENT, "comment"), (ACTION, "action")):
        # Long enough for pages of its own, and written twice: the first is overwritten.
        writer.answer(key, Given(text=canaries.make(what) + filler(4000)))
        writer.answer(key, Given(text=canaries.make(what) + filler(3000)), revision=1)
    return writer.send().code


def filler(length: int) -> str:
    """Return what cannot be packed: PostgreSQL packs long texts, in which no word is found."""
    return " " + " ".join(secrets.token_urlsafe(9) for _ in range(length // 13))


def files_of(installation: Installation) -> Path:
    """Return the folder in which rows and files are."""
    if installation.pg_bin is None:
        return installation.home.parent
    with psycopg.connect(installation.url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("CHECKPOINT")
        folder = connection.execute("SHOW data_directory").fetchone()
        oid = connection.execute(
            "SELECT oid FROM pg_database WHERE datname = current_database()"
        ).fetchone()
    assert folder
    assert oid
    return Path(folder[0]) / "base" / str(oid[0])


def settle(installation: Installation, database: Database) -> None:
    """Do what the hourly routine does, and on PostgreSQL what the guide tells operators to do."""
    with database.writing() as session:
        services.forget_drafts(session, LATER)
    flush_erasures(database, installation.journal, LATER)
    database.empty_log()
    if installation.pg_bin is not None:
        database.close()
        with psycopg.connect(
            installation.url.replace("+psycopg", ""), autocommit=True
        ) as connection:
            connection.execute("VACUUM (FULL)")
            connection.execute("CHECKPOINT")


def withdraw(session: Session, code: str) -> tuple[str, ...]:
    services.withdraw_response(session, code=code, now=LATER)
    return ("name", "role", "interests", "comment", "action")


def take_the_name_back(session: Session, code: str) -> tuple[str, ...]:
    services.change_permission(session, code=code, publish=Publish.UNNAMED, now=LATER)
    return ("name",)


def keep(session: Session, code: str) -> tuple[str, ...]:
    warned = CLOSES + dt.timedelta(days=720)
    assert keep_to_schedule(session, warned, PERIODS) == ()
    erased = keep_to_schedule(session, warned + 31 * DAY, PERIODS)
    assert {record.class_key for record in erased} == {"names", "words"}
    return ("name", "role", "interests", "comment", "action")


WAYS: dict[str, Callable[[Session, str], tuple[str, ...]]] = {
    "withdrawn by its sender": withdraw,
    "permission taken back": take_the_name_back,
    "by the schedule": keep,
}


@pytest.fixture(params=KINDS)
def installation(request: pytest.FixtureRequest, tmp_path: Path) -> Installation:
    return an_installation(request.param, tmp_path / "machine")


@pytest.mark.parametrize("way", WAYS)
def test_what_was_erased_is_in_no_file(installation: Installation, way: str) -> None:
    canaries = Canaries()
    with closing(installation.open()) as database:
        with database.writing() as session:
            code = write(session, canaries)
        before = canaries.found_in(files_of(installation))
        assert set(before) == set(canaries.words), "the search finds what is there"
        with database.writing() as session:
            gone = WAYS[way](session, code)
        settle(installation, database)
        assert canaries.found_in(files_of(installation), only=gone) == {}
        assert canaries.found_in(installation.home) == {}


def test_the_search_finds_what_is_erased_carelessly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: without overwriting, and without cutting the log, the words are still there."""
    careless = {**persistence.SQLITE_PRAGMAS, "secure_delete": 0}
    monkeypatch.setattr(persistence, "SQLITE_PRAGMAS", careless)
    installation, canaries = an_installation("sqlite", tmp_path / "machine"), Canaries()
    with closing(installation.open()) as database:
        with database.writing() as session:
            code = write(session, canaries)
        with database.writing() as session:
            gone = withdraw(session, code)
        log = canaries.found_in(files_of(installation), only=gone)
        assert any(name.endswith("-wal") for names in log.values() for name in names)
        settle(installation, database)
        assert canaries.found_in(files_of(installation), only=gone)


def test_the_search_finds_what_postgresql_has_not_overwritten(tmp_path: Path) -> None:
    """The control: a row that is deleted stays in its page until the table is written anew."""
    installation, canaries = an_installation("postgresql", tmp_path / "machine"), Canaries()
    with closing(installation.open()) as database:
        with database.writing() as session:
            code = write(session, canaries)
        with database.writing() as session:
            gone = withdraw(session, code)
        assert canaries.found_in(files_of(installation), only=gone)


def test_a_restored_backup_has_no_byte_of_what_was_erased_since(
    installation: Installation, tmp_path: Path
) -> None:
    canaries = Canaries()
    elsewhere = another_like(installation, tmp_path / "elsewhere")
    with closing(installation.open()) as database:
        with database.writing() as session:
            code = write(session, canaries)
        # Away from what is searched: the backup has the words, packed.
        path = installation.back_up(database)
        with database.writing() as session:
            gone = withdraw(session, code)
        flush_erasures(database, installation.journal, LATER)
    elsewhere.restore(path, journals=(installation.journal.path,))
    with closing(elsewhere.open()) as database, database.reading() as session:
        assert services.find_receipt(session, code) is not None
    assert canaries.found_in(files_of(elsewhere), only=gone) == {}
    assert canaries.found_in(elsewhere.home, only=gone) == {}
