"""Disclosure control: counts of people that are shown so that nobody can be found in them.

Small counts are hidden, others rounded, and where one hidden count could be worked out from the
others and a total, more are hidden. Zero is shown: it is about nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Control:
    """Counts from 1 up to `hidden_up_to` are hidden, others rounded to the nearest `rounded_to`."""

    hidden_up_to: int = 7
    rounded_to: int = 5


USUAL = Control()


def disclose(counts: Sequence[int], control: Control = USUAL) -> tuple[int | None, ...]:
    """Return the counts of one question's answers as they may be shown; None is hidden.

    `counts` are of everybody who was asked, each counted once, so that they make up a total,
    which is shown nowhere. Either none is hidden, or at least two that together are more than
    `hidden_up_to`, where there are enough people for that.
    """
    hidden = {place for place, n in enumerate(counts) if 0 < n <= control.hidden_up_to}
    if hidden:
        # The smallest go first: they tell the least about the whole.
        others = sorted(
            (place for place in range(len(counts)) if place not in hidden),
            key=lambda place: (counts[place] == 0, counts[place]),
        )
        for place in others:
            if len(hidden) > 1 and sum(counts[each] for each in hidden) > control.hidden_up_to:
                break
            hidden.add(place)
    return tuple(
        None if place in hidden else rounded(n, control.rounded_to)
        for place, n in enumerate(counts)
    )


def rounded(n: int, to: int) -> int:
    """Return a count rounded to the nearest multiple, halves up."""
    return (2 * n + to) // (2 * to) * to
