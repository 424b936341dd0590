"""What a text looks like in its field: the content stream of the field's appearance."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping

from exports.forms.field_font import WIDE, typeface

SIZE = 10.0
SMALLEST = 6.5
COLOUR = b"0.1 g"
EDGE = 2.0
LINE_HEIGHT = 1.2
_MORE = "…"
_LINE_BREAKS = str.maketrans(dict.fromkeys("\r\n\t\v\f\x85\u2028\u2029", " "))
EMPTY = b"/Tx BMC\nEMC\n"
"""The appearance of a field without a text."""


def draw_text(
    text: str, width: float, height: float, *, size: float = SIZE, multiline: bool = False
) -> bytes | None:
    """Return the content stream that shows a text in a box, set in the font `/BmWide`.

    Measures are in points. A single line shrinks to fit, down to 6.5 points, and then ends in an
    ellipsis; several lines are wrapped, and what is below the box is left out, as where a reader
    scrolls. None where a character has no glyph or must be shaped by its neighbours.
    """
    if not text:
        return EMPTY
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    advances = typeface().advances
    try:
        if multiline:
            return _several_lines(text, width, height, size, advances)
        return _single_line(on_one_line(text), width, height, size, advances)
    except KeyError:
        return None


def on_one_line(text: str) -> str:
    """Return a text with spaces for its line breaks."""
    return text.translate(_LINE_BREAKS)


def _single_line(
    text: str, width: float, height: float, size: float, advances: Mapping[str, int]
) -> bytes:
    room = width - 2 * EDGE
    wide = sum(map(advances.__getitem__, text))
    size = min(size, height / LINE_HEIGHT)
    if wide * size > room * 1000:
        # Cut to tenths, so that it never comes out wider than there is room for.
        size = max(SMALLEST, int(room * 10000 / wide) / 10)
        if wide * size > room * 1000:
            text = _shortened(text, room * 1000 / size, advances)
    cap_height = typeface().cap_height / 1000
    base = (height - cap_height * size) / 2
    return _shown([text], width, height, size, base)


def _several_lines(
    text: str, width: float, height: float, size: float, advances: Mapping[str, int]
) -> bytes:
    room = (width - 2 * EDGE) * 1000 / size
    leading = LINE_HEIGHT * size
    base = height - EDGE - size * typeface().ascent / 1000
    lines = list[str]()
    for paragraph in text.replace("\r\n", "\n").replace("\t", " ").splitlines():
        lines += _wrapped(paragraph, room, advances)
    # One line more than there is room for shows that the text goes on.
    seen = max(1, int((height - EDGE) / leading) + 1)
    return _shown(lines[:seen], width, height, size, base)


def _wrapped(paragraph: str, room: float, advances: Mapping[str, int]) -> Iterator[str]:
    space = advances[" "]
    line, used = list[str](), 0.0
    for word in paragraph.split(" "):
        for piece, wide in _pieces(word, room, advances):
            if line and used + space + wide > room:
                yield " ".join(line)
                line, used = [], 0.0
            used += wide + (space if line else 0)
            line.append(piece)
    yield " ".join(line)


def _pieces(word: str, room: float, advances: Mapping[str, int]) -> Iterator[tuple[str, float]]:
    """Give a word with its width, or what of it fits line by line where it is too long."""
    start, used = 0, 0
    for position, character in enumerate(word):
        wide = advances[character]
        if used + wide > room and position > start:
            yield word[start:position], room
            start, used = position, 0
        used += wide
    yield word[start:], used


def _shortened(text: str, room: float, advances: Mapping[str, int]) -> str:
    beginning, _ = next(_pieces(text, room - advances[_MORE], advances))
    return beginning.rstrip() + _MORE


def _shown(lines: list[str], width: float, height: float, size: float, base: float) -> bytes:
    """Return the stream: clipped to the box, each line below the one before."""
    shown = b" T* ".join(b"<%b> Tj" % line.encode("utf-16-be").hex().encode() for line in lines)
    return b"/Tx BMC\nq 0 0 %b %b re W n BT %b %b %b Tf %b TL %b %b Td %b ET Q\nEMC\n" % (
        _number(width),
        _number(height),
        COLOUR,
        WIDE.encode(),
        _number(size),
        _number(LINE_HEIGHT * size),
        _number(EDGE),
        _number(base),
        shown,
    )


def _number(value: float) -> bytes:
    return f"{value:.2f}".rstrip("0").rstrip(".").encode()
