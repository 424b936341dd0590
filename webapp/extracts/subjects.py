"""What the guard asks about when somebody opens an export."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from webapp.consultations.services import find_consultation
from webapp.consultations.subjects import consultation_subject
from webapp.extracts.services import find_extract
from webapp.security import Subject

if TYPE_CHECKING:
    from webapp.web.visit import Visit


def extract_subject(
    visit: Visit, organisation: str, slug: str, extract_id: uuid.UUID, **_: Any
) -> Subject | None:
    """Return the subject of an export of the consultation that the address names, or None."""
    consultation = find_consultation(visit.session, slug)
    if consultation is None or find_extract(visit.session, consultation.id, extract_id) is None:
        return None
    return consultation_subject(visit, organisation=organisation, slug=slug)
