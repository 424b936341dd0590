"""Consultations that were opened, and equality forms that were sent after responses to them."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from frameworks.library import Library
from tests.factories.accounts import add_organisation
from tests.factories.consultations import BEFORE, DURING, a_lead, shipped_details
from tests.program import shipped_library
from webapp.consultations.consultation import Consultation
from webapp.consultations.services import create_consultation, open_consultation
from webapp.equality import services
from webapp.equality.key_files import KeyFiles
from webapp.persistence import Session, new_id


def add_consultation(
    session: Session, slug: str = "example-region", **changes: Any
) -> Consultation:
    """Add a consultation of an organisation of its own, open in the summer of 2026."""
    owner = add_organisation(session, slug=f"of-{slug}", name="North Trust")
    by = a_lead()
    created = create_consultation(
        session,
        organisation_id=owner.id,
        details=shipped_details(slug=slug, **changes),
        library=shipped_library(),
        by=by,
        now=BEFORE,
    )
    return open_consultation(
        session,
        consultation_id=created.id,
        revision=created.revision,
        library=shipped_library(),
        by=by,
        now=BEFORE,
    )


def send_form(
    session: Session,
    consultation: Consultation,
    home: Path,
    answers: Mapping[str, str] | None = None,
    *,
    respondent_class: str = "individual",
    form_id: uuid.UUID | None = None,
    library: Library | None = None,
    now: dt.datetime = DURING,
) -> None:
    """Send one form, after which it waits."""
    services.take_form(
        session,
        consultation=consultation,
        respondent_class=respondent_class,
        questions=services.get_questions(library or shipped_library(), consultation),
        answers=answers or {"sex": "female"},
        form_id=form_id or new_id(),
        key_files=KeyFiles(home),
        now=now,
    )
