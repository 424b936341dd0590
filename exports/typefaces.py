"""The typefaces of printed documents: only those that come with Boardmark, on every machine."""

from __future__ import annotations

import functools
import os
from collections.abc import Container, Iterable
from pathlib import Path

from fontTools.ttLib import TTFont

FOLDER = Path(__file__).parent / "fonts"
_CONFIGURATION = Path(__file__).parent / "fonts.conf"


def use_own_typefaces() -> None:
    """Let fontconfig see our fonts alone, so that a page looks and weighs the same everywhere.

    Must run before the layout library is imported, since that reads the configuration once.
    """
    os.environ["FONTCONFIG_FILE"] = str(_CONFIGURATION)


class Coverage(Container[int]):
    """The code points that at least one of some fonts can draw.

    A font is read when a character is in none of those before it: most documents need the first
    alone, and the last one takes longer to read than all others together.
    """

    def __init__(self, files: list[Path]) -> None:
        """Take the files of fonts, the ones that are asked first in front."""
        self._unread = files[::-1]
        self._found: set[int] = set()

    def __contains__(self, number: object) -> bool:
        """Say whether a font has a glyph for the code point."""
        while number not in self._found and self._unread:
            with TTFont(self._unread[-1], lazy=True) as font:
                self._found.update(font.getBestCmap())
            self._unread.pop()
        return number in self._found


@functools.cache
def covered_characters() -> Coverage:
    """Return the code points that our fonts can draw.

    FileNotFoundError if there are no fonts, which means that set-up has not been run.
    """
    files = by_turn(FOLDER.glob("*.ttf"))
    if not files:
        raise FileNotFoundError(f"no fonts in {FOLDER}: run make setup")
    return Coverage(files)


def by_turn(files: Iterable[Path]) -> list[Path]:
    """Return fonts in the order to ask them: the faces of the text, then from small to large."""
    return sorted(files, key=lambda file: (file.name[:6] != "Source", file.stat().st_size))
