"""Which frozen revisions of a review count, and what each is worth today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from frameworks.model import Accountability
from webapp.appraisals.reviews import Frozen, Review
from webapp.appraisals.signing import next_step


class Standing(StrEnum):
    """What a revision is worth today."""

    DRAFT = "draft"
    FINAL = "final"
    SUPERSEDED = "superseded"

    @property
    def label(self) -> str:
        """The standing in words; a draft in this sense is finished and waits for signatures."""
        return {
            Standing.DRAFT: "Not yet signed by everybody",
            Standing.FINAL: "Signed by everybody",
            Standing.SUPERSEDED: "Superseded by a later revision",
        }[self]


@dataclass(frozen=True, slots=True)
class Revision:
    """A revision that counts, with its standing."""

    frozen: Frozen
    standing: Standing


def revisions_that_count(review: Review, frozen: Iterable[Frozen]) -> tuple[Revision, ...]:
    """Return one revision a number, the oldest first, leaving out those opened again.

    Superseded is what a later revision that everybody has signed replaces.
    """
    newest = {each.number: each for each in sorted(frozen, key=lambda each: each.attempt)}
    if not (review.state.is_signable or review.state.is_complete):
        # The newest number is still drafted: what was frozen under it was opened again.
        newest.pop(review.number, None)
    complete = [each.number for each in newest.values() if is_complete(review.rule, each)]
    last = max(complete, default=0)
    return tuple(Revision(newest[number], _standing(number, last)) for number in sorted(newest))


def is_complete(rule: Accountability, frozen: Frozen) -> bool:
    """Say whether everybody whom the rule names has signed."""
    return next_step(rule, frozen.steps_signed) is None


def _standing(number: int, last_complete: int) -> Standing:
    if number == last_complete:
        return Standing.FINAL
    return Standing.SUPERSEDED if number < last_complete else Standing.DRAFT
