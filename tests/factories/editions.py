"""Another edition of a consultation that is open."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import update

from tests.factories.consultations import DURING
from webapp.consultations import services
from webapp.consultations.consultation import Consultation
from webapp.consultations.models import ConsultationRow
from webapp.consultations.store import editions
from webapp.persistence import Session


def revise(session: Session, consultation: Consultation, notice: str) -> None:
    """Publish another edition that says the same."""
    newest = services.list_editions(session, consultation.id)[-1]
    following = replace(newest, number=newest.number + 1, shown_from=DURING, notice=notice)
    editions.add_edition(session, consultation.id, following)
    session.execute(
        update(ConsultationRow)
        .where(ConsultationRow.id == consultation.id)
        .values(edition=following.number)
    )
