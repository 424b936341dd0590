"""The mail that says what will be erased comes, whatever its consultation is called."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from webapp.operations.mails import warning_mail

ERASED_FROM = dt.datetime(2027, 5, 1, 9, tzinfo=dt.UTC)


def subject(title: str) -> str:
    return warning_mail(
        "ada@meadowbank.example", title, "Names", ERASED_FROM, "http://here"
    ).subject


@given(st.text(max_size=300))
def test_every_title_fits_a_subject(title: str) -> None:
    assert subject(title).startswith("Erased on 1 May 2027: Names in ")


def test_letters_that_nobody_sees_are_left_out_of_it() -> None:
    assert (
        subject("A\u00a0good\u00ad board\u200b") == "Erased on 1 May 2027: Names in “A good board”"
    )
