"""What was shown to respondents, edition by edition; only ever added to."""

from __future__ import annotations

import json
import uuid

from sqlalchemy import select

from webapp.consultations.editions import Edition
from webapp.consultations.models import ConsultationEditionRow
from webapp.persistence import Session, new_id


def add_edition(session: Session, consultation_id: uuid.UUID, edition: Edition) -> None:
    """Keep an edition of a consultation whose row this transaction has changed."""
    session.add(
        ConsultationEditionRow(
            id=new_id(),
            consultation_id=consultation_id,
            number=edition.number,
            shown_from=edition.shown_from,
            notice=edition.notice,
            texts=json.dumps(edition.texts, sort_keys=True, ensure_ascii=False),
            texts_digest=edition.texts_digest,
            privacy_notice_digest=edition.privacy_notice_digest,
            framework_digest=edition.framework_digest,
            questionnaire_version=edition.questionnaire_version,
            questionnaire_digest=edition.questionnaire_digest,
            documents=json.dumps(edition.documents, ensure_ascii=False),
            impact_assessment_digest=edition.impact_assessment_digest,
        )
    )
    session.flush()


def list_editions(session: Session, consultation_id: uuid.UUID) -> tuple[Edition, ...]:
    """Return the editions of a consultation, the first in front."""
    rows = session.scalars(
        select(ConsultationEditionRow)
        .where(ConsultationEditionRow.consultation_id == consultation_id)
        .order_by(ConsultationEditionRow.number)
    )
    return tuple(
        Edition(
            number=row.number,
            shown_from=row.shown_from,
            notice=row.notice,
            texts=json.loads(row.texts),
            texts_digest=row.texts_digest,
            privacy_notice_digest=row.privacy_notice_digest,
            framework_digest=row.framework_digest,
            questionnaire_version=row.questionnaire_version,
            questionnaire_digest=row.questionnaire_digest,
            documents=tuple((title, digest) for title, digest in json.loads(row.documents)),
            impact_assessment_digest=row.impact_assessment_digest,
        )
        for row in rows
    )
