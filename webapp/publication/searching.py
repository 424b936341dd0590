"""What somebody looks for in published responses: all of some words, whatever their case."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

LONGEST_SEARCH = 200
MOST_WORDS = 10
AROUND = 140
"""How many characters are shown on each side of the first word that was found."""

ESCAPE = "\\"
_EDGES = ' \t\n.,;:!?"“”()[]'
_PLAIN = re.compile(r"[ -&(-~]+")
"""Printable ASCII without the apostrophe, which is written in two ways."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A stretch of an excerpt, and whether it was looked for."""

    text: str
    is_found: bool


def words_of(typed: str) -> tuple[str, ...]:
    """Return the words that are looked for, folded, each once and in order."""
    words = (fold(each).strip(_EDGES) for each in typed[:LONGEST_SEARCH].split())
    return tuple(dict.fromkeys(each for each in words if each))[:MOST_WORDS]


def is_plain(word: str) -> bool:
    """Say whether every database finds exactly this word by itself."""
    return _PLAIN.fullmatch(word) is not None


def pattern(word: str) -> str:
    """Return the LIKE pattern for a word in lower-cased texts, with `ESCAPE`.

    For a plain word it is exact. What databases fold differently matches anything in it, so that
    it finds too much and never too little; `says` then decides.
    """
    parts = [_escaped(each) if _PLAIN.fullmatch(each) else "%" for each in word]
    return f"%{''.join(parts)}%"


def says(texts: Iterable[str], words: Sequence[str]) -> bool:
    """Say whether every word stands in one of the texts."""
    folded = [fold(text) for text in texts]
    return all(any(word in text for text in folded) for word in words)


def excerpt(texts: Iterable[str], words: Sequence[str]) -> tuple[Shown, ...]:
    """Return the surroundings of the first word that is found, and the words marked in them.

    Without words, or where they stand only in what is not shown, it is the first text's beginning.
    """
    places: list[tuple[int, int]] = []
    chosen = ""
    for text in texts:
        chosen = chosen or text
        places = _places(text, words)
        if places:
            chosen = text
            break
    start, end = _window(chosen, places[0] if places else (0, 0))
    shown: list[Shown] = [Shown("… ", False)] if start else []
    at = start
    for begin, past in places:
        if begin >= at and past <= end:
            shown += [Shown(chosen[at:begin], False), Shown(chosen[begin:past], True)]
            at = past
    shown += [Shown(chosen[at:end], False), Shown(" …" if end < len(chosen) else "", False)]
    return tuple(each for each in shown if each.text)


def fold(text: str) -> str:
    """Return a text in which case, composed letters and kinds of apostrophes are all the same."""
    plain = unicodedata.normalize("NFC", text).lower()
    return plain.replace("’", "'").replace("‘", "'")


def _escaped(letter: str) -> str:
    return f"{ESCAPE}{letter}" if letter in ("%", "_", ESCAPE) else letter


def _places(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    # Folding may change lengths, so each letter remembers where it stands.
    letters = [(each, place) for place, letter in enumerate(text) for each in fold(letter)]
    folded = "".join(each for each, _ in letters)
    found: list[tuple[int, int]] = []
    for word in words:
        at = folded.find(word)
        while at >= 0:
            found.append((letters[at][1], letters[at + len(word) - 1][1] + 1))
            at = folded.find(word, at + len(word))
    return sorted(found)


def _window(text: str, found: tuple[int, int]) -> tuple[int, int]:
    start, end = max(found[0] - AROUND, 0), min(found[1] + AROUND, len(text))
    # Not from the middle of a word to the middle of another.
    if start:
        start = text.rfind(" ", 0, start + 1) + 1
    if end < len(text):
        further = text.find(" ", end)
        end = further if 0 <= further < end + AROUND else end
    return start, end
