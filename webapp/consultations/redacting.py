"""Words that are taken out of what a respondent wrote, and what is read in their place.

A span counts Unicode code points in the text exactly as it is stored. Applying spans is a pure
function of that text: the order in which they come, and whether they overlap, makes no difference.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

PERSON_TEXTS = ("name", "organisation_name", "role", "gathered", "interests", "late_reason")
"""The texts about who sent a response; every other passage is an answer."""


class Reason(StrEnum):
    """Why words are taken out."""

    PERSONAL = "personal"
    SOMEBODY_ELSE = "somebody-else"
    DEFAMATORY = "defamatory"
    OFFENSIVE = "offensive"
    CONFIDENTIAL = "confidential"
    OTHER = "other"


REASON_WORDS = {
    Reason.PERSONAL: "personal details",
    Reason.SOMEBODY_ELSE: "about somebody else",
    Reason.DEFAMATORY: "may be defamatory",
    Reason.OFFENSIVE: "offensive",
    Reason.CONFIDENTIAL: "confidential",
    Reason.OTHER: "another reason",
}
"""What stands in the mark, for whoever reads it."""


class DoesNotFit(ValueError):
    """A span lies outside the text, or was made for other words."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a text that is taken out, from one code point up to another."""

    start: int
    end: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class Passage:
    """A text of a response as it was written: an answer, or something about who sent it.

    `key` is the id of the answer in 32 hexadecimal digits, or one of `PERSON_TEXTS`. `digest` is
    the salted digest of an answer; texts about people have none, so that a name which was erased
    cannot be guessed from one.
    """

    key: str
    text: str
    digest: str = ""

    @property
    def is_about_sender(self) -> bool:
        """Whether it says who sent the response."""
        return self.key in PERSON_TEXTS


@dataclass(frozen=True, slots=True)
class Cut:
    """A span of one passage, with what the passage was when it was made."""

    passage: str
    span: Span
    digest: str
    length: int
    """How many code points the whole passage had."""

    def fits(self, passage: Passage) -> bool:
        """Say whether it was made for exactly these words."""
        same = self.passage == passage.key and self.digest == passage.digest
        inside = 0 <= self.span.start < self.span.end <= self.length
        return same and inside and self.length == len(passage.text)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text: kept, or taken out for a reason."""

    text: str
    reason: Reason | None = None


def mark(reason: Reason) -> str:
    """Return what is read in place of words that were taken out."""
    return f"[taken out: {REASON_WORDS[reason]}]"


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans in order that touch no more, covering exactly what these cover.

    Where several overlap, the reason is that of the one that begins first; of those, the longest.
    """
    joined: list[Span] = []
    for span in sorted(spans, key=lambda each: (each.start, -each.end, each.reason)):
        last = joined[-1] if joined else None
        if last and span.start < last.end:
            joined[-1] = Span(last.start, max(last.end, span.end), last.reason)
        else:
            joined.append(span)
    return tuple(joined)


def pieces(text: str, spans: Iterable[Span]) -> tuple[Piece, ...]:
    """Return a text as the pieces that are kept and those that are taken out; raises DoesNotFit."""
    return tuple(_pieces(text, merged(spans)))


def redacted(text: str, spans: Iterable[Span]) -> str:
    """Return a text with a mark in place of each span; raises DoesNotFit."""
    return "".join(mark(each.reason) if each.reason else each.text for each in pieces(text, spans))


def places_of(text: str, words: str) -> tuple[tuple[int, int], ...]:
    """Return where words stand in a text, whatever the case, as (start, end), without overlaps.

    Any blanks between words match any others, such as the line breaks that a browser sends.
    """
    wanted = words.split()
    if not wanted:
        return ()
    letters = [(folded, place) for place, each in enumerate(text) for folded in _folded(each)]
    plain = "".join(folded for folded, _ in letters)
    # Blanks are one each in what is searched; the places remember where they come from.
    kept = [
        place
        for place, each in enumerate(plain)
        if each != " " or place == 0 or plain[place - 1] != " "
    ]
    searched = "".join(plain[place] for place in kept)
    target = " ".join("".join(map(_folded, word)) for word in wanted)
    found: list[tuple[int, int]] = []
    at = searched.find(target)
    while at >= 0:
        start, last = letters[kept[at]][1], letters[kept[at + len(target) - 1]][1]
        found.append((start, last + 1))
        at = searched.find(target, at + len(target))
    return tuple(found)


def _folded(character: str) -> str:
    return " " if character.isspace() else character.casefold()


def _pieces(text: str, spans: tuple[Span, ...]) -> Iterator[Piece]:
    if any(not 0 <= span.start < span.end <= len(text) for span in spans):
        raise DoesNotFit("words that are not in the text cannot be taken out")
    ends = (0, *(span.end for span in spans))
    starts = (*(span.start for span in spans), len(text))
    for (end, start), span in itertools.zip_longest(zip(ends, starts, strict=True), spans):
        if start > end:
            yield Piece(text[end:start])
        if span is not None:
            yield Piece(text[span.start : span.end], span.reason)
