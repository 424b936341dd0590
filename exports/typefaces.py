"""The typefaces of printed documents: only those that come with Boardmark, on every machine."""

from __future__ import annotations

import functools
import os
from pathlib import Path

from fontTools.ttLib import TTFont

FOLDER = Path(__file__).parent / "fonts"
_CONFIGURATION = Path(__file__).parent / "fonts.conf"


def use_own_typefaces() -> None:
    """Let fontconfig see our fonts alone, so that a page looks and weighs the same everywhere.

    Must run before the layout library is imported, since that reads the configuration once.
    """
    os.environ["FONTCONFIG_FILE"] = str(_CONFIGURATION)


@functools.cache
def covered_characters() -> frozenset[int]:
    """Return the code points that at least one of our fonts can draw.

    FileNotFoundError if there are no fonts, which means that set-up has not been run.
    """
    files = sorted(FOLDER.glob("*.[ot]tf"))
    if not files:
        raise FileNotFoundError(f"no fonts in {FOLDER}: run make setup")
    covered: set[int] = set()
    for file in files:
        with TTFont(file, lazy=True) as font:
            covered.update(font.getBestCmap())
    return frozenset(covered)
