"""Whether what is drawn for a field stays inside it, so that it cannot cover the page around."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pikepdf

_MOST_DRAWINGS = 20
_SMALLEST = Decimal("0.01")
_LARGEST = 1_000_000


def stays_in_its_field(appearances: Any) -> bool:
    """Say whether every drawing of a field (its /AP, or None) has an area of its own.

    That area is fitted into the field and the drawing is cut off at it. Where there is none, or
    none that can be fitted, some readers cut nothing off.
    """
    if appearances is None:
        return True
    if not isinstance(appearances, pikepdf.Dictionary):
        return False
    drawings = list(_drawings(appearances))
    return len(drawings) <= _MOST_DRAWINGS and all(_has_an_area(each) for each in drawings)


def _drawings(appearances: Any) -> Iterator[Any]:
    for each in dict(appearances.items()).values():
        # One drawing, or one for each state of the field.
        if isinstance(each, pikepdf.Dictionary) and not isinstance(each, pikepdf.Stream):
            yield from dict(each.items()).values()
        else:
            yield each


def _has_an_area(drawing: Any) -> bool:
    if not isinstance(drawing, pikepdf.Stream):
        return False
    box = _numbers(drawing.stream_dict.get("/BBox"), 4)
    if box is None or abs(box[2] - box[0]) < _SMALLEST or abs(box[3] - box[1]) < _SMALLEST:
        return False
    if "/Matrix" not in drawing.stream_dict:
        return True
    matrix = _numbers(drawing.stream_dict.get("/Matrix"), 6)
    return matrix is not None and abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]) >= _SMALLEST


def _numbers(value: Any, count: int) -> list[Decimal] | None:
    """Return so many numbers of a usual size, or None."""
    if not isinstance(value, pikepdf.Array) or len(value) != count:
        return None
    numbers = list[Decimal]()
    for each in value.as_list():
        number: Any = each
        if not isinstance(number, int | Decimal) or not -_LARGEST <= number <= _LARGEST:
            return None
        numbers.append(Decimal(number))
    return numbers
