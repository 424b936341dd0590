"""What a request about an item or an import is about, for the guard."""

from __future__ import annotations

import uuid
from typing import Any

from webapp.consultations.services import find_consultation
from webapp.consultations.subjects import consultation_subject
from webapp.intake import services
from webapp.intake.items import UnknownItem
from webapp.security import Subject
from webapp.web.visit import Visit


def item_subject(
    visit: Visit, organisation: str, slug: str, intake_id: uuid.UUID, **_: Any
) -> Subject | None:
    """Return the consultation of an item that an address names as one of its own, or None."""
    subject = consultation_subject(visit, organisation, slug)
    found = find_consultation(visit.session, slug)
    if subject is None or found is None:
        return None
    try:
        services.get_item(visit.session, found.id, intake_id)
    except UnknownItem:
        return None
    return subject


def import_subject(
    visit: Visit, organisation: str, slug: str, import_id: uuid.UUID, **_: Any
) -> Subject | None:
    """Return the consultation of an import that an address names as one of its own, or None."""
    subject = consultation_subject(visit, organisation, slug)
    found = find_consultation(visit.session, slug)
    if subject is None or found is None:
        return None
    try:
        services.get_import(visit.session, found.id, import_id)
    except UnknownItem:
        return None
    return subject
