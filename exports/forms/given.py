"""The value of one field of a filled form → the answer that the web form would have posted."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from exports.fields import DAY_EXAMPLE, Field, FieldKind
from exports.forms.filled import Reason
from exports.forms.form_values import FormField, NotAValue
from frameworks.questions import Given

UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""Control characters, which the web form leaves out of what was typed as well."""

UNLIMITED = 100_000
"""How many characters a text without a limit of its own may have."""

_FIRST_YEAR = 1900
_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
# As people write it here, the day first.
_DAY_IN_NUMBERS = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})", re.ASCII)
_DAY_IN_WORDS = re.compile(r"(\d{1,2})(?:[snrt][tdh])?\s+([a-z]{3,9})\.?,?\s+(\d{4})", re.ASCII)
_SHOWN_CHARACTERS = 60


class Unfit(ValueError):
    """A value that is no answer to its question; the text is a sentence for a person."""

    def __init__(self, reason: Reason, message: str) -> None:
        """Take the reason and the sentence."""
        super().__init__(message)
        self.reason = reason


def given_in(field: Field, found: Sequence[FormField]) -> Given:
    """Return the answer in the PDF fields of a field, blank where there is none; Unfit.

    `found` is one PDF field, or one for each option where several may be chosen.
    """
    try:
        match field.kind:
            case FieldKind.ONE_OF:
                return _one_of(field, found[0])
            case FieldKind.SOME_OF:
                return _some_of(field, found)
            case FieldKind.LINE:
                return _text(field, " ".join(_typed(found[0]).split("\n")))
            case FieldKind.LINES:
                return _text(field, _typed(found[0]))
            case FieldKind.DAY:
                return _day(field, _typed(found[0]))
    except NotAValue:
        raise Unfit(
            Reason.OUTSIDE_SCALE,
            f"“{field.label}” holds something that is no answer. Answer it again.",
        ) from None


def _one_of(field: Field, found: FormField) -> Given:
    marked = found.marked()
    if len(marked) > 1:
        raise Unfit(
            Reason.CONTRADICTION,
            f"“{field.label}” has two answers: one is shown, another is stored. Mark one of them"
            " again.",
        )
    _check_options(field, marked, {key for key, _ in field.options})
    return Given(choices=tuple(marked))


def _some_of(field: Field, found: Sequence[FormField]) -> Given:
    chosen = []
    for (key, _), box in zip(field.options, found, strict=True):
        marked = box.marked()
        _check_options(field, marked, {key})
        if marked:
            chosen.append(key)
    return Given(choices=tuple(chosen))


def _check_options(field: Field, marked: frozenset[str], options: set[str]) -> None:
    if strange := sorted(marked - options):
        raise Unfit(
            Reason.OUTSIDE_SCALE,
            f"“{field.label}” is answered by “{_shown(strange[0])}”, which is none of its options."
            " Choose one of those shown.",
        )


def _typed(found: FormField) -> str:
    text = found.text().replace("\r\n", "\n").replace("\r", "\n")
    return UNSEEN.sub("", text).strip()


def _text(field: Field, text: str) -> Given:
    most = field.max_length or UNLIMITED
    if len(text) > most:
        raise Unfit(
            Reason.TOO_LONG,
            f"“{field.label}” has {len(text):,} characters. Shorten it by {len(text) - most:,}, to"
            f" {most:,} or fewer.",
        )
    return Given(text=text)


def _day(field: Field, text: str) -> Given:
    if not text:
        return Given()
    day = _date_of(text)
    if day is None:
        # The example that the label ends in would read as if it were part of the question.
        question = field.label.removesuffix(DAY_EXAMPLE).strip()
        raise Unfit(
            Reason.NOT_A_DATE,
            f"“{question}” says “{_shown(text)}”, which is not a date. Write it as 2026-03-31 or"
            " 31 March 2026.",
        )
    return Given(text=day.isoformat())


def _date_of(text: str) -> dt.date | None:
    words = " ".join(text.casefold().split())
    if iso := _ISO_DAY.fullmatch(words):
        year, month, day = (int(part) for part in iso.groups())
    elif numbers := _DAY_IN_NUMBERS.fullmatch(words):
        day, month, year = (int(numbers[part]) for part in (1, 3, 4))
    elif said := _DAY_IN_WORDS.fullmatch(words):
        day, year = int(said[1]), int(said[3])
        months = [place for place, name in enumerate(_MONTHS, 1) if name.startswith(said[2])]
        # Three letters tell any two months apart.
        month = months[0] if months else 0
    else:
        return None
    try:
        found = dt.date(year, month, day)
    except ValueError:
        return None
    return found if found.year >= _FIRST_YEAR else None


def _shown(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= _SHOWN_CHARACTERS else f"{one_line[:_SHOWN_CHARACTERS]}…"
