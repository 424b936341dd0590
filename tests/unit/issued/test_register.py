"""The register of documents: each once, and nothing in it about people."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from exports.seals.sealing import Seal
from webapp.issued.register import Series
from webapp.issued.services import enter_document, find_document, register_document
from webapp.persistence import Database, Session

NOW = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
ONE = "5NRH-CGNQ-4TR4-80B5"
OTHER = "E1P6-2VKM-CNJ2-0W36"


def a_seal(identifier: str = ONE, base: str = "") -> Seal:
    return Seal(
        identifier=identifier,
        kind="review_record",
        citation="board-leadership@1.0.0",
        digest="sha256:" + "a" * 64,
        made_on=dt.date(2026, 2, 16),
        content="b" * 64,
        length=1000,
        sha256="c" * 64,
        base=base,
        form={"profile": "provider-chair"},
        written=("about:person",),
        values="d" * 64,
    )


@pytest.fixture(autouse=True)
def noise(database: Database) -> None:
    with database.writing() as session:
        enter_document(session, a_seal("7K3M-9QWX-2B4D-H8NT"), now=NOW, series=Series("noise", 9))


def test_what_was_entered_is_found(session: Session) -> None:
    assert enter_document(session, a_seal(base=OTHER), now=NOW)
    entry = find_document(session, ONE)
    assert entry is not None
    assert (entry.kind, entry.citation, entry.base) == (
        "review_record",
        "board-leadership@1.0.0",
        OTHER,
    )
    assert (entry.issued_at, entry.has_later) == (NOW, False)
    assert find_document(session, OTHER) is None


def test_a_document_is_entered_once_and_the_first_time_counts(session: Session) -> None:
    later = NOW + dt.timedelta(days=3)
    assert enter_document(session, a_seal(), now=NOW)
    assert not enter_document(session, a_seal(), now=later)
    entry = find_document(session, ONE)
    assert entry is not None
    assert entry.issued_at == NOW


def test_only_a_later_state_of_the_same_thing_makes_one_old(session: Session) -> None:
    enter_document(session, a_seal(ONE), now=NOW, series=Series("review", 1))
    enter_document(session, a_seal(OTHER), now=NOW, series=Series("review", 2))
    entries = [find_document(session, each) for each in (ONE, OTHER, "7K3M-9QWX-2B4D-H8NT")]
    assert [entry and entry.has_later for entry in entries] == [True, False, False]


def test_a_row_names_no_subject_and_no_values(session: Session) -> None:
    enter_document(session, a_seal(), now=NOW, series=Series("11111111-2222", 1))
    rows = session.execute(text("SELECT * FROM issued_document")).all()
    for secret in ("11111111-2222", "d" * 64, "about:person"):
        assert secret not in repr(rows)


def test_two_who_get_a_document_at_once_enter_it_once(database: Database) -> None:
    def register(_: int) -> None:
        register_document(database, a_seal(OTHER), now=NOW)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(register, range(8)))
    with database.reading() as session:
        count = session.execute(
            text("SELECT count(*) FROM issued_document WHERE identifier = :one"), {"one": OTHER}
        )
        assert count.scalar() == 1
