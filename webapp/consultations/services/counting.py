"""How many responded."""

from __future__ import annotations

import uuid

from webapp.consultations.asking import Asking
from webapp.consultations.counts import Counts, Totals, counted
from webapp.consultations.store import counts as store
from webapp.consultations.store import drafts as draft_store
from webapp.persistence import Session


def totals_of(session: Session, consultation_id: uuid.UUID) -> Totals:
    """Return how many responses count and how many are being written."""
    return Totals(
        submitted=store.count_submissions(session, consultation_id),
        drafts=draft_store.count_drafts(session, consultation_id),
    )


def count_responses(session: Session, consultation_id: uuid.UUID, asking: Asking) -> Counts:
    """Return the responses that count by kind, class, day and item."""
    return counted(
        asking,
        received=store.count_received(session, consultation_id),
        drafts=draft_store.count_drafts(session, consultation_id),
        by_class=store.count_by_class(session, consultation_id),
        by_day=store.count_by_day(session, consultation_id),
        by_item=store.count_by_item(session, consultation_id),
    )
