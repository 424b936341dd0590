"""How many forms wait for one another, and which of them are counted together."""

from __future__ import annotations

import datetime as dt
import random
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

LEAST = 10
"""The fewest forms that are ever counted together."""

TAKEN_FOR = dt.timedelta(days=1)
"""How long after closing a form is taken, from whoever responded at the last moment."""

SETTLED_AFTER = TAKEN_FOR + dt.timedelta(hours=1)
"""How long after closing what still waits is counted: nothing can come in any more by then."""

Form = TypeVar("Form")


@dataclass(frozen=True, slots=True)
class Pool:
    """The forms that are counted together: of one consultation, set of questions and class.

    Each pool waits on its own, because its counts can be told apart from those of others.
    """

    consultation_id: uuid.UUID
    question_set: str
    respondent_class: str

    def __str__(self) -> str:
        """Return the pool in one line, to which a sealed form is bound."""
        return f"{self.consultation_id} {self.question_set} {self.respondent_class}"


def draw(
    waiting: Sequence[Form], *, is_over: bool, chance: random.Random
) -> tuple[tuple[Form, ...], tuple[Form, ...]]:
    """Return the forms of a pool that are counted now, and those that wait on, both shuffled.

    Once twice LEAST are there, all but LEAST are counted, chosen by chance, so that nobody can
    tell whether the newest is among them. When it is over all that are left are counted, which
    are LEAST or more; fewer are in neither part, and are never counted.
    """
    forms = list(waiting)
    chance.shuffle(forms)
    if is_over:
        return (tuple(forms) if len(forms) >= LEAST else ()), ()
    kept = LEAST if len(forms) >= 2 * LEAST else len(forms)
    return tuple(forms[kept:]), tuple(forms[:kept])
