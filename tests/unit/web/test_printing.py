"""A document that is the same for everybody is printed once."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path
from typing import cast

from exports.document import Document
from exports.samples import scorecard
from exports.worker import Press
from webapp.web.printing import printed_once


class CountingPress:
    """A press that says how often it was asked."""

    def __init__(self) -> None:
        self.made = 0

    def make(self, document: Document) -> bytes:
        self.made += 1
        return f"%PDF- {document.title} {self.made}".encode()


def print_it(press: CountingPress, document: Document, folder: Path) -> bytes:
    return printed_once(cast("Press", press), document, folder)


def test_the_second_reader_gets_the_file_of_the_first(tmp_path: Path) -> None:
    press, document = CountingPress(), scorecard.sample()
    first = print_it(press, document, tmp_path / "printed")
    assert print_it(press, document, tmp_path / "printed") == first
    assert press.made == 1


def test_a_document_that_says_something_else_is_printed_anew(tmp_path: Path) -> None:
    press, document = CountingPress(), scorecard.sample()
    other = dataclasses.replace(document, vacancy="Another", made_on=dt.date(2026, 1, 1))
    print_it(press, document, tmp_path)
    print_it(press, other, tmp_path)
    assert press.made == 2
    assert len(list(tmp_path.glob("*.pdf"))) == 2
