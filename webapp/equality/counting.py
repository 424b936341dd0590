"""Forms taken apart into counts of single answers, which nothing puts together again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from webapp.equality.pool import Pool

LEFT_BLANK = ""
"""The choice of whoever left a question out, which is not ‘prefer not to say’."""


@dataclass(frozen=True, slots=True, order=True)
class Answer:
    """One answer to one question, or none."""

    question: str
    choice: str


@dataclass(frozen=True, slots=True)
class Count:
    """How many people of a pool gave one answer."""

    pool: Pool
    answer: Answer
    n: int


def add_forms(
    before: Iterable[Count], taken: Mapping[Pool, Iterable[Mapping[str, str]]]
) -> tuple[Count, ...]:
    """Return the counts with the answers of some forms added, in no order that means anything."""
    counts = Counter({(each.pool, each.answer): each.n for each in before})
    for pool, forms in taken.items():
        for form in forms:
            counts.update((pool, Answer(*answer)) for answer in form.items())
    return tuple(Count(pool, answer, n) for (pool, answer), n in counts.items())
