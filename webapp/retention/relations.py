"""What the stores of other rooms may join: subjects under a hold, and what was erased."""

from __future__ import annotations

import uuid

from sqlalchemy import ScalarSelect, Subquery, func, select

from webapp.retention.holds import HOLD_LIFTED, HOLD_PLACED
from webapp.retention.models import ErasureRow, HoldEventRow


def held_subjects() -> ScalarSelect[uuid.UUID]:
    """Return the ids of the subjects that are under a hold, for `NOT IN`."""
    # Placed and lifted follow each other, so an odd number of them is a hold.
    return (
        select(HoldEventRow.subject_id)
        .group_by(HoldEventRow.subject_id)
        .having(func.count() % 2 == 1)
        .scalar_subquery()
    )


def erasures() -> Subquery:
    """Return every time that something was erased: `id`, `kind` and `subject_id`.

    Holds are in the journal too, and not here: they erase nothing. No row ever goes.
    """
    return (
        select(ErasureRow.id, ErasureRow.kind, ErasureRow.subject_id)
        .where(ErasureRow.kind.not_in([HOLD_PLACED, HOLD_LIFTED]))
        .subquery("erased")
    )
