"""The links with which somebody without an account sees what is not open yet."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy import select, update

from webapp.consultations.consultation import Actor
from webapp.consultations.models import ConsultationPreviewRow
from webapp.consultations.previewing import PreviewLink
from webapp.persistence import Session, guarded_update, new_id


def add_link(
    session: Session,
    consultation_id: uuid.UUID,
    secret_hash: str,
    by: Actor,
    now: dt.datetime,
    ends_at: dt.datetime,
) -> None:
    """Keep the hash of a new link."""
    session.add(
        ConsultationPreviewRow(
            id=new_id(),
            consultation_id=consultation_id,
            secret_hash=secret_hash,
            made_at=now,
            account_id=by.account_id,
            account_name=by.name,
            ends_at=ends_at,
            ended_at=None,
        )
    )
    session.flush()


def list_links(session: Session, consultation_id: uuid.UUID) -> tuple[PreviewLink, ...]:
    """Return the links of a consultation, the newest in front."""
    rows = session.scalars(
        select(ConsultationPreviewRow)
        .where(ConsultationPreviewRow.consultation_id == consultation_id)
        .order_by(ConsultationPreviewRow.made_at.desc(), ConsultationPreviewRow.id)
    )
    return tuple(
        PreviewLink(row.id, row.made_at, row.account_name, row.ends_at, row.ended_at)
        for row in rows
    )


def find_by_hash(session: Session, secret_hash: str, now: dt.datetime) -> uuid.UUID | None:
    """Return which consultation a link shows at a moment, or None where it shows none."""
    return session.scalars(
        select(ConsultationPreviewRow.consultation_id).where(
            ConsultationPreviewRow.secret_hash == secret_hash,
            ConsultationPreviewRow.ends_at > now,
            ConsultationPreviewRow.ended_at.is_(None),
        )
    ).one_or_none()


def end_link(
    session: Session, consultation_id: uuid.UUID, link_id: uuid.UUID, now: dt.datetime
) -> bool:
    """End a link; False where it had ended."""
    return guarded_update(
        session,
        update(ConsultationPreviewRow)
        .where(
            ConsultationPreviewRow.id == link_id,
            ConsultationPreviewRow.consultation_id == consultation_id,
            ConsultationPreviewRow.ends_at > now,
            ConsultationPreviewRow.ended_at.is_(None),
        )
        .values(ended_at=now),
    )
