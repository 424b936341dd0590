"""What the stores of other rooms may leave out when they erase: subjects under a hold."""

from __future__ import annotations

import uuid

from sqlalchemy import ScalarSelect, func, select

from webapp.retention.models import HoldEventRow


def held_subjects() -> ScalarSelect[uuid.UUID]:
    """Return the ids of the subjects that are under a hold, for `NOT IN`."""
    # Placed and lifted follow each other, so an odd number of them is a hold.
    return (
        select(HoldEventRow.subject_id)
        .group_by(HoldEventRow.subject_id)
        .having(func.count() % 2 == 1)
        .scalar_subquery()
    )
