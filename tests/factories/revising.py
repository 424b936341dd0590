"""Putting a consultation right, by services alone."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.factories.consultations import DURING
from tests.factories.writing import LEAD, LIBRARY
from webapp.consultations import services
from webapp.consultations.consultation import Consultation
from webapp.consultations.revising import Revision
from webapp.persistence import Session

NOTICE = "The question on necessity now says at what moment."


def a_revision(consultation: Consultation, **changes: Any) -> Revision:
    """Make a revision that asks the next version of the questionnaire."""
    values: dict[str, Any] = {
        "notice": NOTICE,
        "questionnaire_version": "1.0.1",
        "privacy_notice": consultation.details.privacy_notice,
    }
    return Revision(**(values | changes))


def revise(
    session: Session, consultation: Consultation, now: dt.datetime = DURING, **changes: Any
) -> Consultation:
    """Put a consultation right."""
    return services.revise_consultation(
        session,
        consultation_id=consultation.id,
        revision=consultation.revision,
        change=a_revision(consultation, **changes),
        library=LIBRARY,
        by=LEAD,
        now=now,
    )
