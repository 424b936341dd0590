"""What a request is about, for the guard: an organisation by its slug, or the sent mail."""

from __future__ import annotations

from typing import Any

from webapp.accounts.services import find_organisation
from webapp.security import Subject
from webapp.web.visit import Visit


def organisation_subject(visit: Visit, organisation: str, **_: Any) -> Subject | None:
    """Return the organisation that an address names, or None."""
    found = find_organisation(visit.session, organisation)
    return Subject(organisation_id=found.id) if found else None


def sent_mail_subject(visit: Visit) -> Subject:
    """Return the outbox, which is open only where the data are examples."""
    return Subject(state="example" if visit.settings.demo else "")
