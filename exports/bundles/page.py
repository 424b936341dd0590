"""The page of a bundle: read in any browser, without a network and without a script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from exports.bundles.record import Record, RecordEntry
from exports.templating import LONDON, day, moment, paragraphs

_FOLDER = Path(__file__).parent / "templates"
_STYLE = Markup((_FOLDER / "record.css").read_text("utf-8"))  # noqa: S704  It is our own.


def record_page(record: Record, paths: Mapping[str, str], how_to_check: Sequence[str]) -> str:
    """Return the page; `paths` are where the files of the bundle stand, by their digests."""
    return _ENVIRONMENT.get_template("record.html").render(
        record=record,
        days=_days(record.entries),
        paths=paths,
        how_to_check=how_to_check,
        style=_STYLE,
    )


def _days(
    entries: Sequence[RecordEntry],
) -> tuple[tuple[str, tuple[tuple[int, RecordEntry], ...]], ...]:
    """Return the entries, numbered, under the days in the United Kingdom on which they happened."""
    numbered = enumerate(entries, 1)
    by_day = groupby(numbered, key=lambda each: each[1].at.astimezone(LONDON).date())
    return tuple((day(date), tuple(found)) for date, found in by_day)


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(day=day, moment=moment, paragraphs=paragraphs, address=quote)
    return environment


_ENVIRONMENT = _environment()
