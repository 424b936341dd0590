"""What is done to a text so that paper can show it: break points and missing glyphs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

BREAK = "\N{ZERO WIDTH SPACE}"
# Layout is quadratic in the length of a word. An address fits below this and stays whole for
# whoever copies it; nothing that a person wants to read is longer.
LONGEST_WORD = 120
_PIECE = 40
_LONG_WORD = re.compile(rf"[^\s{BREAK}]{{{LONGEST_WORD + 1},}}")
# They steer the glyphs beside them and need none of their own, except those that a text might
# hide in: control characters other than line breaks and tabs are shown by number.
_STEERING = frozenset({"Cf", "Mn", "Me"})
_WHITE_SPACE = frozenset("\t\n\r\f ")


def breakable(text: str) -> str:
    """Return the text with invisible break points in words that no line could hold."""
    return _LONG_WORD.sub(_with_breaks, text)


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


def _has_a_glyph(character: str, covered: Container[int]) -> bool:
    return (
        character in _WHITE_SPACE
        or ord(character) in covered
        or unicodedata.category(character) in _STEERING
    )


def _with_breaks(found: re.Match[str]) -> str:
    word = found.group()
    return BREAK.join(word[start : start + _PIECE] for start in range(0, len(word), _PIECE))
