"""How documents leave: printed once where everybody gets the same, sealed, and registered."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import pikepdf
import pytest

from exports.archive import as_bytes, leave_place_for_the_seal
from exports.issuing import Issuer, stamp_of
from exports.samples import booklet, scorecard
from exports.seals.signing import Keyring, SigningKey
from exports.seals.verifying import FileState, verify
from exports.worker import Press
from webapp.issued.register import Series
from webapp.issued.services import find_document
from webapp.persistence import Database
from webapp.web.printing import Counter

NOW = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
ADDRESS = "https://boards.example"


class CountingPress(Press):
    """A press that prints blank pages and says how often it was asked."""

    def __init__(self) -> None:
        super().__init__(processes=1)
        self.made = 0

    def print_page(self, html: str) -> bytes:
        self.made += 1
        with pikepdf.new() as pdf:
            pdf.add_blank_page()
            pdf.Root.Marked = pikepdf.String(f"{self.made}")
            leave_place_for_the_seal(pdf)
            return as_bytes(pdf)


@pytest.fixture
def press() -> CountingPress:
    return CountingPress()


@pytest.fixture
def counter(press: CountingPress, database: Database, tmp_path: Path) -> Counter:
    issuer = Issuer(ADDRESS, Keyring(SigningKey(b"a" * 32)))
    return Counter(press, issuer, tmp_path / "printed", database)


def test_the_second_reader_gets_the_file_of_the_first(
    counter: Counter, press: CountingPress
) -> None:
    first = counter.hand_out(scorecard.sample(), NOW, once=True)
    assert counter.hand_out(scorecard.sample(), NOW, once=True) == first
    assert press.made == 1


def test_what_is_for_one_reader_is_not_kept(counter: Counter) -> None:
    counter.hand_out(scorecard.sample(), NOW)
    assert not counter.folder.exists()


def test_a_document_that_says_something_else_is_printed_anew(
    counter: Counter, press: CountingPress
) -> None:
    other = dataclasses.replace(scorecard.sample(), vacancy="Another", made_on=dt.date(2026, 1, 1))
    counter.hand_out(scorecard.sample(), NOW, once=True)
    counter.hand_out(other, NOW, once=True)
    assert press.made == 2
    assert len(list(counter.folder.glob("*.pdf"))) == 2


def test_a_new_key_and_a_new_address_seal_anew(counter: Counter, press: CountingPress) -> None:
    moved = Issuer("https://other.example", counter.issuer.keyring)
    rotated = Issuer(ADDRESS, Keyring(SigningKey(b"b" * 32)))
    for issuer in (counter.issuer, moved, rotated):
        elsewhere = dataclasses.replace(counter, issuer=issuer)
        content = elsewhere.hand_out(booklet.sample(), NOW, once=True)
        verdict = verify(content, issuer.keyring)
        assert verdict.is_ours
        assert verdict.state is FileState.UNCHANGED
    assert press.made == 3


def test_a_kept_file_that_was_damaged_is_printed_anew(
    counter: Counter, press: CountingPress
) -> None:
    counter.hand_out(booklet.sample(), NOW, once=True)
    [kept] = counter.folder.glob("*.pdf")
    kept.write_bytes(kept.read_bytes()[:200])
    content = counter.hand_out(booklet.sample(), NOW, once=True)
    assert verify(content, counter.issuer.keyring).is_ours
    assert press.made == 2


def test_whatever_leaves_is_in_the_register_once(counter: Counter) -> None:
    later = NOW + dt.timedelta(days=1)
    counter.hand_out(booklet.sample(), NOW, once=True)
    counter.hand_out(booklet.sample(), later, once=True)
    with counter.database.reading() as session:
        entry = find_document(session, stamp_of(booklet.sample(), ADDRESS).identifier)
    assert entry is not None
    assert entry.issued_at == NOW
    assert (entry.kind, entry.citation) == ("booklet", booklet.sample().citation)


def test_an_earlier_revision_is_known_to_have_a_later_one(counter: Counter) -> None:
    first = dataclasses.replace(scorecard.sample(), vacancy="1")
    second = dataclasses.replace(scorecard.sample(), vacancy="2")
    counter.hand_out(first, NOW, series=Series("a review", 1))
    counter.hand_out(second, NOW, series=Series("a review", 2))
    with counter.database.reading() as session:
        entries = [
            find_document(session, stamp_of(each, ADDRESS).identifier) for each in (first, second)
        ]
    assert [entry and entry.has_later for entry in entries] == [True, False]
