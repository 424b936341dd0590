"""Consultations that were opened, and equality forms that were sent after responses to them."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from pathlib import Path

from frameworks.library import Library
from tests.factories.accounts import add_organisation
from tests.factories.consultations import BEFORE, DURING, a_lead, create_and_open, shipped_details
from tests.program import Program, shipped_library
from webapp.consultations.consultation import Consultation, Details
from webapp.consultations.opening import Period
from webapp.equality import services
from webapp.equality.key_files import KeyFiles
from webapp.persistence import Session, new_id


def add_consultation(session: Session, slug: str = "example-region") -> Consultation:
    """Add a consultation of an organisation of its own, open in the summer of 2026."""
    owner = add_organisation(session, slug=f"of-{slug}", name="North Trust")
    return _opened(session, owner.id, shipped_details(slug=slug), BEFORE)


def open_for(program: Program) -> Consultation:
    """Open a consultation of the program's organisation, from now until 5 February 2027, 5pm."""
    now = program.clock()
    period = Period(now - dt.timedelta(minutes=30), dt.datetime(2027, 2, 5, 17, tzinfo=dt.UTC))
    organisation = program.organisation
    with program.database.writing() as session:
        return _opened(session, organisation.id, shipped_details(period=period), now)


def _opened(
    session: Session, organisation_id: uuid.UUID, details: Details, now: dt.datetime
) -> Consultation:
    by, library = a_lead(), shipped_library()
    return create_and_open(
        session,
        organisation_id=organisation_id,
        details=details,
        library=library,
        by=by,
        now=now,
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
