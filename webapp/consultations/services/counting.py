"""How many responded."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from webapp.consultations.asking import Asking
from webapp.consultations.counts import Counts, Totals, counted
from webapp.consultations.revising import (
    RewordedQuestion,
    reworded_counts,
    reworded_questions,
)
from webapp.consultations.store import counts as store
from webapp.consultations.store import drafts as draft_store
from webapp.consultations.tallies import QuestionTally, less, tally
from webapp.persistence import Session

AT_ONCE = 500
"""How many responses one statement names: databases take only so many values."""


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


def count_rewordings(
    session: Session, consultation_id: uuid.UUID, asking: Asking
) -> tuple[RewordedQuestion, ...]:
    """Return the questions that were reworded with how many answers there are to each wording.

    Only answers in responses that count are counted.
    """
    keys = reworded_questions(asking)
    if not keys:
        return ()
    return reworded_counts(asking, keys, store.count_by_version(session, consultation_id, keys))


def tally_answers(
    session: Session,
    consultation_id: uuid.UUID,
    asking: Asking,
    *,
    without: Collection[uuid.UUID] | None = None,
) -> tuple[QuestionTally, ...]:
    """Return how often each answer was chosen in the responses that count, question by question.

    `without` names responses that are not to be counted in it, such as those of a campaign;
    naming one that does not count anyhow changes nothing.
    """
    rows = store.count_choices(session, consultation_id)
    named = sorted(set(without or ()))
    for start in range(0, len(named), AT_ONCE):
        some = named[start : start + AT_ONCE]
        rows = less(rows, store.count_choices(session, consultation_id, only=some))
    return tally(asking, rows)
