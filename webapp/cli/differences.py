"""Changes between two versions as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from frameworks.comparison import (
    Added,
    Change,
    Changed,
    Comparison,
    Moved,
    Removed,
    Reordered,
    Reworded,
)
from frameworks.model import Frozen
from frameworks.outline import Place


def describe(comparison: Comparison) -> Iterator[str]:
    """Yield the lines of every change: + came, - went, ~ is different, > stands elsewhere.

    Two texts follow in full, the earlier and the later, since a mark inside a sentence is
    easily overlooked.
    """
    for change in comparison.changes:
        yield from _lines(change)


def _lines(change: Change) -> Iterator[str]:
    where = _name(change.place)
    match change:
        case Added():
            yield f"+ {where}{_words(change.value)}"
        case Removed():
            yield f"- {where}{_words(change.value)}"
        case Reworded():
            yield f"~ {where}: {_field(change.field)}"
            yield f"    was: {_one_line(change.text.before)}"
            yield f"    is:  {_one_line(change.text.after)}"
        case Changed():
            values = f"{_shown(change.before)} → {_shown(change.after)}"
            yield f"~ {where}: {_field(change.field)} {values}"
        case Moved():
            yield f"> {where}: from {change.before or 'the top'} to {change.after or 'the top'}"
        case Reordered():
            yield f"> {where}: {_field(change.field)} in another order"
        case _:
            assert_never(change)


def _name(place: Place) -> str:
    owner = f" of {place.owner}" if place.owner else ""
    return f"{place.kind} {place.key}".rstrip() + owner


def _words(value: Frozen) -> str:
    for field in ("title", "text", "label"):
        if words := getattr(value, field, ""):
            return f": {_one_line(words)}"
    return ""


def _field(name: str) -> str:
    return name.replace("_", " ")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _shown(value: object) -> str:
    if value is None or value in ("", ()):
        return "nothing"
    if isinstance(value, tuple):
        return ", ".join(_shown(each) for each in value)
    if isinstance(value, Frozen):
        return ", ".join(f"{name} {_shown(each)}" for name, each in value)
    return _one_line(str(value))
