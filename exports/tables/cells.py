"""What stands in a cell: the text itself, unless a spreadsheet would run it or cannot hold it.

The rule has two halves, and both can be undone:

1. A character that XML cannot hold, such as a control character, is written as `_x0007_`: its
   code in four hexadecimal digits. Where a text itself has something of that form, its underscore
   is written as `_x005F_`.
2. An apostrophe stands before a text that a spreadsheet might take for a formula, however that is
   hidden, and before one that begins with apostrophes and would be one without them.

`restored(shown(text)) == text` for every text.
"""

from __future__ import annotations

import re
import unicodedata

_SIGNS = "=+-@−"
# These separate cells or rows, whatever stands behind them.
_SEPARATORS = ("\t", "\r", "\n")
# How XlsxWriter is told that a text is its own mark-up.
_MARKUP = "<r>"
_CANNOT_STAND = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_LOOKS_WRITTEN = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_WRITTEN = re.compile("_x([0-9A-Fa-f]{4})_")


def cell(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: an apostrophe stands before it."""
    return f"'{text}" if _could_run(text.lstrip("'")) else text


def shown(text: str) -> str:
    """Return a text as it stands in a cell: harmless, and without what XML cannot hold."""
    return cell(escaped(text))


def restored(standing: str) -> str:
    """Return the text that was written, by the words of a cell."""
    if standing.startswith("'") and _could_run(standing.lstrip("'")):
        standing = standing[1:]
    return unescaped(standing)


def escaped(text: str) -> str:
    """Return a text with what XML cannot hold written out."""
    if text.isascii() and text.isprintable() and "_x" not in text:
        return text
    plain = _LOOKS_WRITTEN.sub("_x005F_", text)
    return _CANNOT_STAND.sub(lambda found: f"_x{ord(found.group()):04X}_", plain)


def unescaped(text: str) -> str:
    """Return a text in which what was written out stands as itself again."""
    return _WRITTEN.sub(lambda found: chr(int(found.group(1), 16)), text)


def _could_run(text: str) -> bool:
    if not text or (text[0].isalnum() and text[0].isascii()):
        return False
    return text.startswith((*_SEPARATORS, _MARKUP)) or _first_sign(text) in _SIGNS


def _first_sign(text: str) -> str:
    """Return what a reader sees first, a full-width sign as the plain one; a blank for nothing."""
    for character in text:
        # Blanks, marks of byte order and of direction: a program may leave them out.
        if not character.isspace() and unicodedata.category(character)[0] not in "CZ":
            return unicodedata.normalize("NFKC", character)[:1]
    return " "
