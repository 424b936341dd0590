"""What respondents were shown, edition by edition."""

from __future__ import annotations

import uuid

from webapp.consultations.editions import Edition
from webapp.consultations.store import editions as store
from webapp.persistence import Session


def list_editions(session: Session, consultation_id: uuid.UUID) -> tuple[Edition, ...]:
    """Return the editions of a consultation, the first in front."""
    return store.list_editions(session, consultation_id)


def find_edition(session: Session, consultation_id: uuid.UUID, number: int) -> Edition | None:
    """Return one edition of a consultation, or None."""
    found = store.list_editions(session, consultation_id)
    return next((each for each in found if each.number == number), None)


def list_revisions(
    session: Session, consultation_id: uuid.UUID, *, since: int
) -> tuple[Edition, ...]:
    """Return the editions after the one that a page showed, each with its notice, oldest first."""
    found = store.list_editions(session, consultation_id)
    return tuple(each for each in found if each.number > max(since, 1))
