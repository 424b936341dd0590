"""What a lead decides about responses: those that are held, those that came late, removal."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection

from webapp.consultations.consultation import Actor
from webapp.consultations.errors import NotThatDecision
from webapp.consultations.response import Submission
from webapp.consultations.services.submissions import REFERENCE_PREFIX
from webapp.consultations.store import counts, events
from webapp.consultations.store import submissions as store
from webapp.consultations.submissions import (
    DECIDED,
    Decision,
    EventKind,
    SubmissionEvent,
    Waiting,
    decisions_on,
)
from webapp.persistence import Session
from webapp.security import tokens

SHOWN = 100
AT_ONCE = 500


def list_waiting(session: Session, consultation_id: uuid.UUID) -> Waiting:
    """Return the responses that somebody has to decide about, the oldest of each kind first."""
    return Waiting(
        held=store.list_held(session, consultation_id, SHOWN),
        late=store.list_late(session, consultation_id, SHOWN),
        held_number=counts.count_held(session, consultation_id),
        surge_number=counts.count_surge(session, consultation_id),
        late_number=counts.count_late(session, consultation_id),
    )


def list_late_decisions(
    session: Session, consultation_id: uuid.UUID
) -> tuple[SubmissionEvent, ...]:
    """Return the decisions about responses that came late, the oldest first, for everybody."""
    return events.list_late_decisions(session, consultation_id)


def count_waiting(session: Session, consultation_id: uuid.UUID) -> int:
    """Return how many responses wait for a decision."""
    held = counts.count_held(session, consultation_id)
    return held + counts.count_late(session, consultation_id)


def find_response(session: Session, consultation_id: uuid.UUID, typed: str) -> Submission | None:
    """Return a response of a consultation by its public reference as somebody typed it, or None."""
    return store.find_by_reference(session, consultation_id, read_reference(typed))


def read_reference(typed: str) -> str:
    """Return the reference that somebody meant, whatever the case, spaces and hyphens."""
    code = tokens.read_code(typed).removeprefix(REFERENCE_PREFIX)
    return f"{REFERENCE_PREFIX}-{tokens.show_code(code)}"


def decide(
    session: Session,
    *,
    consultation_id: uuid.UUID,
    reference: str,
    decision: Decision,
    reason: str,
    by: Actor,
    now: dt.datetime,
) -> Submission:
    """Decide about one response, for a reason that its sender can read.

    A late one that is admitted takes the place of what it was to replace. Raises LookupError for
    a reference that the consultation does not have, and NotThatDecision where the decision does
    not fit how the response stands, for example because somebody else decided first.
    """
    submission = store.lock_by_reference(session, consultation_id, reference)
    if submission is None:
        raise LookupError(f"no response {reference}")
    if decision not in decisions_on(submission.standing):
        raise NotThatDecision(f"{reference} is {submission.standing}")
    events.add_event(session, submission.id, DECIDED[decision], now, by=by, reason=reason)
    if decision is Decision.ADMIT and submission.replaces_id is not None:
        earlier = store.lock_by_id(session, submission.replaces_id)
        if not earlier.standing.is_over:
            events.add_event(session, earlier.id, EventKind.REPLACED, now, by=by)
    after = store.lock_by_reference(session, consultation_id, reference)
    if after is None:
        raise LookupError(f"no response {reference}")
    return after


def release_responses(
    session: Session,
    *,
    consultation_id: uuid.UUID,
    references: Collection[str] | None,
    reason: str,
    by: Actor,
    now: dt.datetime,
    at_once: int = AT_ONCE,
) -> int:
    """Release those of the named responses that are still held, and return how many they were.

    None stands for every one that is held only because very many came at once; so many of them
    are locked and recorded `at_once`.
    """
    if references is not None:
        held = store.lock_held(session, consultation_id, references)
        events.add_events(session, held, EventKind.RELEASED, now, by=by, reason=reason)
        return len(held)
    released = 0
    while held := store.lock_surge(session, consultation_id, at_once):
        events.add_events(session, held, EventKind.RELEASED, now, by=by, reason=reason)
        released += len(held)
    return released
