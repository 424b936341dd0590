"""What a request of a lead is about, for the guard."""

from __future__ import annotations

from typing import Any

from webapp.accounts.services import find_organisation
from webapp.consultations.services import find_consultation
from webapp.security import Subject
from webapp.web.visit import Visit


def consultation_subject(visit: Visit, organisation: str, slug: str, **_: Any) -> Subject | None:
    """Return the consultation that an address names within its organisation, or None."""
    owner = find_organisation(visit.session, organisation)
    found = find_consultation(visit.session, slug)
    if owner is None or found is None or found.organisation_id != owner.id:
        return None
    return Subject(organisation_id=owner.id, state=found.state)
