"""Putting a consultation right while it is open, in one guarded step."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection

from sqlalchemy import CursorResult, update

from webapp.consultations.consultation import Consultation
from webapp.consultations.models import ConsultationDocumentRow, ConsultationRow
from webapp.consultations.opening import State
from webapp.persistence import Session, guarded_update


def mark_revised(
    session: Session, before: Consultation, after: Consultation, now: dt.datetime
) -> bool:
    """Make what is shown the next edition; False if it was changed since, or is over."""
    return guarded_update(
        session,
        update(ConsultationRow)
        .where(
            ConsultationRow.id == before.id,
            ConsultationRow.state == State.OPENED.value,
            ConsultationRow.revision == before.revision,
            ConsultationRow.closes_at > now,
        )
        .values(
            questionnaire_version=after.details.questionnaire_version,
            questionnaire_digest=after.questionnaire_digest,
            privacy_notice=after.details.privacy_notice,
            replaced_questionnaires="\n".join(" ".join(each) for each in after.replaced),
            edition=after.edition,
            revision=before.revision + 1,
        ),
    )


def show_documents(
    session: Session, consultation_id: uuid.UUID, ids: Collection[uuid.UUID], edition: int
) -> int:
    """Show attached documents from an edition on; return how many were waiting for it."""
    shown = session.execute(
        update(ConsultationDocumentRow)
        .where(
            ConsultationDocumentRow.consultation_id == consultation_id,
            ConsultationDocumentRow.id.in_(ids),
            ConsultationDocumentRow.first_edition.is_(None),
            ConsultationDocumentRow.last_edition.is_(None),
        )
        .values(first_edition=edition)
    )
    return shown.rowcount if isinstance(shown, CursorResult) else 0
