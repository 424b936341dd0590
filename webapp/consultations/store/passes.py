"""The ways into drafts: hashes of the secrets that people, browsers and mails hold."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy import insert

from webapp.consultations.models import DraftPassRow, table_of
from webapp.persistence import Session

_INSERT = insert(table_of(DraftPassRow))


def add_pass(
    session: Session,
    draft_id: uuid.UUID,
    token_hash: str,
    now: dt.datetime,
    *,
    member_id: uuid.UUID | None = None,
    place: str = "",
) -> None:
    """Let whoever holds the secret of this hash into a draft, as a member where it has some."""
    session.connection().execute(
        _INSERT,
        {
            "token_hash": token_hash,
            "draft_id": draft_id,
            "member_id": member_id,
            "place": place,
            "made_at": now,
        },
    )
