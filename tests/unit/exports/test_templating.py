"""Dates, times and text as a page shows them."""

from __future__ import annotations

import datetime as dt

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup

from exports.templating import _ENVIRONMENT, day, moment, paragraphs


@pytest.mark.parametrize(
    ("at", "shown"),
    [
        (dt.datetime(2026, 3, 29, 0, 59, tzinfo=dt.UTC), "29 March 2026 at 12:59am GMT"),
        (dt.datetime(2026, 3, 29, 1, 0, tzinfo=dt.UTC), "29 March 2026 at 2:00am BST"),
        (dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC), "25 October 2026 at 1:30am BST"),
        (dt.datetime(2026, 10, 25, 1, 30, tzinfo=dt.UTC), "25 October 2026 at 1:30am GMT"),
        (dt.datetime(2026, 6, 30, 23, 30, tzinfo=dt.UTC), "1 July 2026 at 12:30am BST"),
        (dt.datetime(2026, 1, 2, 12, 5, tzinfo=dt.UTC), "2 January 2026 at 12:05pm GMT"),
    ],
)
def test_times_are_londons_with_the_zone_named(at: dt.datetime, shown: str) -> None:
    assert moment(at) == shown


def test_a_day_has_no_leading_zero() -> None:
    assert day(dt.date(2026, 4, 3)) == "3 April 2026"


def test_paragraphs_and_line_breaks_are_kept() -> None:
    shown = paragraphs("first\r\nsecond\n\n\nthird\n")
    assert shown == Markup(
        '<p dir="auto">first<br>second</p><p dir="auto">third</p>',
    )


def test_markup_in_a_text_is_shown_and_not_obeyed() -> None:
    assert "<script>" not in paragraphs("<script>alert(1)</script>\n<b>")


@pytest.mark.parametrize("name", ["page.html", "parts.html", "receipt.html"])
def test_every_template_escapes(name: str) -> None:
    assert _ENVIRONMENT.get_template(name).environment.autoescape is True


def test_a_name_that_a_template_does_not_have_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        _ENVIRONMENT.from_string("{{ document.absent }}").render()
