"""Chosen options in one column: their keys, one a line."""

from __future__ import annotations

from collections.abc import Sequence


def choices_text(choices: Sequence[str]) -> str:
    """Return option keys as they are stored."""
    return "\n".join(choices)


def choices_in(stored: str) -> tuple[str, ...]:
    """Return the option keys that a column holds."""
    return tuple(stored.split("\n")) if stored else ()
