"""What is done to a text so that paper can show it: break points, missing glyphs, direction."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

BREAK = "\N{ZERO WIDTH SPACE}"
# Layout is quadratic in the length of a word. An address fits below this and stays whole for
# whoever copies it; nothing that a person wants to read is longer.
LONGEST_WORD = 120
_PIECE = 40
# A no-break space makes one long word of many, so only spaces that may break count.
_LONG_WORD = re.compile(rf"[^ \t\n\r\f{BREAK}]{{{LONGEST_WORD + 1},}}")
_JOINER = "\N{ZERO WIDTH JOINER}"
_SKIN_TONES = range(0x1F3FB, 0x1F400)
# They steer the glyphs beside them and need none of their own: joiners, marks of direction, soft
# hyphens, the tags of a flag.
_STEERING = frozenset(
    map(ord, "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u2060\ufeff")
) | frozenset((*range(0x2066, 0x206A), *range(0xE0020, 0xE0080)))
# These turn a whole text round: with them a page would say something else than it seems to.
_OVERRIDES = frozenset({0x202D, 0x202E})
# A font may name them, but the layout library draws them as a glyph that is missing.
_SEPARATORS = frozenset({0x2028, 0x2029})
_ACCENTS = frozenset({"Mn", "Me"})
_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_WHITE_SPACE = frozenset("\t\n\r\f ")


def breakable(text: str) -> str:
    """Return the text with invisible break points in words that no line could hold."""
    return _LONG_WORD.sub(_with_breaks, text)


def heading_sized(text: str) -> str:
    """Return the text cut to what a running head can hold, with an ellipsis where it was cut."""
    return text if len(text) <= LONGEST_WORD else text[: LONGEST_WORD - 1] + "…"


def printable(text: str, covered: Container[int]) -> str:
    """Return the text with every character that no font has shown by its number, as [U+4E2D].

    Nothing is dropped: what was written can be told from the page.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        character if _has_a_glyph(character, covered) else f"[U+{ord(character):04X}]"
        for character in text
    )


def runs_right_to_left(text: str) -> bool:
    """Say whether the first letter of a text belongs to a script that is read from the right."""
    for character in text:
        if (direction := unicodedata.bidirectional(character)) in _RIGHT_TO_LEFT:
            return True
        if direction == "L":
            return False
    return False


def _has_a_glyph(character: str, covered: Container[int]) -> bool:
    number = ord(character)
    if number in _OVERRIDES or number in _SEPARATORS:
        return False
    return (
        character in _WHITE_SPACE
        or number in covered
        or number in _STEERING
        or unicodedata.category(character) in _ACCENTS
    )


def _with_breaks(found: re.Match[str]) -> str:
    word = found.group()
    pieces = []
    start = 0
    while start < len(word):
        end = _end_of_piece(word, start + _PIECE)
        pieces.append(word[start:end])
        start = end
    return BREAK.join(pieces)


def _end_of_piece(word: str, end: int) -> int:
    """Move the end past what belongs to the character before it, such as an accent."""
    furthest = min(end + _PIECE, len(word))
    while end < furthest and (_leans_back(word[end]) or word[end - 1] == _JOINER):
        end += 1
    return end


def _leans_back(character: str) -> bool:
    return (
        character == _JOINER
        or unicodedata.category(character).startswith("M")
        or ord(character) in _SKIN_TONES
    )
