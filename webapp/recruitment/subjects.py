"""What the guard asks about when somebody opens a vacancy."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from webapp.recruitment.services import find_vacancy
from webapp.security import Subject

if TYPE_CHECKING:
    from webapp.web.visit import Visit


def vacancy_subject(visit: Visit, vacancy_id: uuid.UUID, **_: Any) -> Subject | None:
    """Return the subject of a vacancy, or None where there is none."""
    vacancy = find_vacancy(visit.session, vacancy_id)
    return None if vacancy is None else Subject(organisation_id=vacancy.organisation_id)
