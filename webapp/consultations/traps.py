"""Traps for programs that fill in whatever they find; being caught only means a second look.

Nobody is refused: a password manager fills fields in, and somebody may come upon the trap with a
screen reader. How quickly somebody sends is no trap: people paste what they prepared, replacing a
response takes seconds, and a program can wait as long as it likes. There is no puzzle either: it
would keep out people rather than programs.
"""

from __future__ import annotations

from typing import Protocol

FIELD = "further_details"
"""The name of the field that people leave empty; neither browsers nor address books know it."""

FILLED_IN = "trap"
"""Why a response is held whose sender filled in that field."""


class Posted(Protocol):
    """What was posted, with every value of a name."""

    def getlist(self, key: str) -> list[str]:
        """Return the values of a name in order, none where it is missing."""


def caught(form: Posted) -> tuple[str, ...]:
    """Return why a response should be looked at before it counts; usually nothing."""
    return (FILLED_IN,) if any(value.strip() for value in form.getlist(FIELD)) else ()
