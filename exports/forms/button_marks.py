"""The marks of buttons, drawn as lines and curves, so that they need no font.

A check box has a cross from corner to corner, which cannot be taken for a tick that means no; a
radio button a filled dot. The box itself is drawn by the page.
"""

from __future__ import annotations

import pikepdf
from pikepdf import Array, Dictionary, Name

_INK = "0.1 g 0.1 G"
# Parts of the shorter side of the box.
_INSET = 0.2
_STROKE = 0.14
_RADIUS = 0.29
# How far the handles of a curve stand from its ends, so that four of them look like a circle.
_HANDLE = 0.5523


def cross(width: float, height: float) -> bytes:
    """Return the commands that draw a cross in the middle of a box, sizes in points."""
    side = min(width, height)
    x, y = width / 2, height / 2
    reach = side * (0.5 - _INSET)
    lines = (
        f"{x - reach:.2f} {y - reach:.2f} m {x + reach:.2f} {y + reach:.2f} l S",
        f"{x - reach:.2f} {y + reach:.2f} m {x + reach:.2f} {y - reach:.2f} l S",
    )
    return f"q {_INK} {side * _STROKE:.2f} w 1 J {' '.join(lines)} Q".encode()


def dot(width: float, height: float) -> bytes:
    """Return the commands that draw a filled dot in the middle of a box, sizes in points."""
    radius = min(width, height) * _RADIUS
    x, y, handle = width / 2, height / 2, radius * _HANDLE
    curves = " ".join(
        f"{x + a * radius + c * handle:.2f} {y + b * radius + d * handle:.2f} "
        f"{x + e * radius + g * handle:.2f} {y + f * radius + h * handle:.2f} "
        f"{x + e * radius:.2f} {y + f * radius:.2f} c"
        for (a, b), (c, d), (e, f), (g, h) in (
            ((1, 0), (0, 1), (0, 1), (1, 0)),
            ((0, 1), (-1, 0), (-1, 0), (0, 1)),
            ((-1, 0), (0, -1), (0, -1), (-1, 0)),
            ((0, -1), (1, 0), (1, 0), (0, -1)),
        )
    )
    return f"q {_INK} {x + radius:.2f} {y:.2f} m {curves} h f Q".encode()


def picture(pdf: pikepdf.Pdf, commands: bytes, width: float, height: float) -> pikepdf.Object:
    """Return the commands as a picture that a widget can show; nothing else is needed for it."""
    return pdf.make_stream(
        commands,
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, round(width, 2), round(height, 2)]),
        Resources=Dictionary(),
    )
