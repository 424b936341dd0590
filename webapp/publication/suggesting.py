"""Words that a moderator may want to take out: details by which somebody can be reached or found.

These are suggestions, and nothing is taken out because of them alone. Each rule looks for what a
detail surely is, so that years, amounts and section numbers are left in peace.
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from webapp.consultations.redacting import places_of


class Kind(StrEnum):
    """What a suggestion is about."""

    EMAIL = "email"
    TELEPHONE = "telephone"
    NHS_NUMBER = "nhs-number"
    NATIONAL_INSURANCE = "national-insurance"
    POSTCODE = "postcode"
    PROFILE = "profile"
    SENDER = "sender"


KIND_WORDS = {
    Kind.EMAIL: "an email address",
    Kind.TELEPHONE: "a telephone number",
    Kind.NHS_NUMBER: "an NHS number",
    Kind.NATIONAL_INSURANCE: "a National Insurance number",
    Kind.POSTCODE: "a postcode",
    Kind.PROFILE: "the address of somebody’s page",
    Kind.SENDER: "the sender, who is not to be named",
}


@dataclass(frozen=True, slots=True, order=True)
class Suggestion:
    """A stretch of a text, counted in code points, and what it seems to be."""

    start: int
    end: int
    kind: Kind


_EMAIL = re.compile(
    r"(?<![\w.+-])[A-Za-z0-9][\w.+'-]{0,63}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
    r"(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+"
)
"""Its parts are as long as they may be: otherwise, at every apostrophe of a text, all that follows
would be looked through."""

_TELEPHONE = re.compile(r"(?<![\w/.£$€+-])(?:\+44|0044|0)[\d ()\u00a0-]{8,18}\d(?![\w/]|[.,]\d)")
_TEN_DIGITS = re.compile(r"(?<![\w/.£$€+-])\d{3}[ \u00a0-]?\d{3}[ \u00a0-]?\d{4}(?![\w/]|[.,]\d)")
_NATIONAL_INSURANCE = re.compile(
    r"(?<!\w)(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]"
    r"[ \u00a0]?\d{2}[ \u00a0]?\d{2}[ \u00a0]?\d{2}[ \u00a0]?[A-D](?!\w)",
    re.IGNORECASE,
)
_POSTCODE = re.compile(
    r"(?<!\w)(?:"
    r"[A-PR-UWYZ](?:\d{1,2}|\d[A-HJKPSTUW]|[A-HK-Y]\d{1,2}|[A-HK-Y]\d[ABEHMNPRVWXY])"
    r"[ \u00a0]?\d[ABD-HJLNP-UW-Z]{2}"
    # Those that the NHS writes for people without an address here, who are few and easily known.
    r"|ZZ99[ \u00a0]?\d[A-Z]{2}"
    r")(?!\w)"
)
_PROFILE = re.compile(
    r"(?<!\w)(?:https?://)?(?:www\.|uk\.|m\.)?"
    r"(?:linkedin\.com/in|facebook\.com|instagram\.com|tiktok\.com|twitter\.com|x\.com)"
    r"/@?[\w.%-]*[\w%-]",
    re.IGNORECASE,
)
_AREA_DIGITS = {"1", "2", "3", "7", "8"}
"""With what a number in the United Kingdom begins after its 0; premium lines are nobody’s own."""


def suggest(text: str, sender: str = "") -> tuple[Suggestion, ...]:
    """Return what a moderator should look at, in order and without overlaps.

    `sender` is a name that is not to be published. Where two rules find the same digits, the one
    that is surer of them wins.
    """
    found: list[Suggestion] = []
    for suggestion in itertools.chain.from_iterable(
        (*(rule(text) for rule in _RULES), _names(text, sender))
    ):
        # They are in order and apart, so that only the neighbours can be in the way.
        place = bisect.bisect(found, suggestion)
        if place and found[place - 1].end > suggestion.start:
            continue
        if place < len(found) and suggestion.end > found[place].start:
            continue
        found.insert(place, suggestion)
    return tuple(found)


def is_nhs_number(digits: str) -> bool:
    """Say whether ten digits are an NHS number, by its check digit."""
    weighed = sum(int(digit) * (10 - place) for place, digit in enumerate(digits[:9]))
    check = (11 - weighed % 11) % 11
    # Ten has no digit, so such a number is given to nobody; nor is one of ten equal digits.
    return check != 10 and check == int(digits[9]) and len(set(digits)) > 1


def _matches(pattern: re.Pattern[str], kind: Kind) -> Callable[[str], Iterator[Suggestion]]:
    def rule(text: str) -> Iterator[Suggestion]:
        for found in pattern.finditer(text):
            yield Suggestion(found.start(), found.end(), kind)

    return rule


def _telephones(text: str) -> Iterator[Suggestion]:
    for found in _TELEPHONE.finditer(text):
        digits = re.sub(r"\D", "", found[0].replace("(0)", ""))
        national = digits.removeprefix("0044").removeprefix("44").removeprefix("0")
        if len(national) in (9, 10) and national[:1] in _AREA_DIGITS:
            yield Suggestion(found.start(), found.end(), Kind.TELEPHONE)


def _nhs_numbers(text: str) -> Iterator[Suggestion]:
    for found in _TEN_DIGITS.finditer(text):
        if is_nhs_number(re.sub(r"\D", "", found[0])):
            yield Suggestion(found.start(), found.end(), Kind.NHS_NUMBER)


def _names(text: str, sender: str) -> Iterator[Suggestion]:
    # Of a single letter or two nobody is known, and they stand everywhere.
    if len(sender.strip()) > 2:
        for start, end in places_of(text, sender):
            yield Suggestion(start, end, Kind.SENDER)


_RULES: tuple[Callable[[str], Iterator[Suggestion]], ...] = (
    _matches(_EMAIL, Kind.EMAIL),
    _matches(_PROFILE, Kind.PROFILE),
    _matches(_NATIONAL_INSURANCE, Kind.NATIONAL_INSURANCE),
    _telephones,
    _nhs_numbers,
    _matches(_POSTCODE, Kind.POSTCODE),
)
