"""What a request about a review is about, for the guard."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from webapp.appraisals.acting import relations_of
from webapp.appraisals.services import find_review
from webapp.security import Subject

if TYPE_CHECKING:
    from webapp.web.visit import Visit


def review_subject(visit: Visit, review_id: uuid.UUID, **_: Any) -> Subject | None:
    """Return a review with what whoever asks is to it, or None where there is none."""
    review = find_review(visit.session, review_id)
    if review is None:
        return None
    return Subject(
        organisation_id=review.organisation_id,
        relations=relations_of(visit.identity, review),
        state=review.state,
    )
