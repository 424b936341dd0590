"""Responses that two people have agreed to publish, by services alone."""

from __future__ import annotations

import datetime as dt
import uuid

from tests.factories.consultations import a_lead
from webapp.persistence import Session
from webapp.publication import services
from webapp.publication.ruling import NotedCut, Outcome, Verdict

ANN, BOB = a_lead(), a_lead()


def publish(
    session: Session,
    consultation_id: uuid.UUID,
    reference: str,
    now: dt.datetime,
    *cuts: NotedCut,
    outcome: Outcome = Outcome.PUBLISH,
) -> None:
    """Propose a ruling on a response as one person, and approve it as another."""
    found = services.find_case(session, consultation_id, reference)
    assert found is not None
    ruling = services.propose_ruling(
        session,
        consultation_id=consultation_id,
        reference=reference,
        seen=found.seen,
        outcome=outcome,
        cuts=cuts,
        note="" if outcome is Outcome.PUBLISH else "Not for everybody.",
        by=ANN,
        now=now,
    )
    services.look_at_ruling(
        session,
        consultation_id=consultation_id,
        reference=reference,
        number=ruling.number,
        verdict=Verdict.APPROVED,
        by=BOB,
        now=now,
    )
