"""Searching the responses of a consultation for what is alike, as a job or at once."""

from __future__ import annotations

import contextlib
import datetime as dt
import uuid
from collections.abc import Mapping

from frameworks.library import Library
from webapp.campaigns import services
from webapp.campaigns.campaign import Outcome
from webapp.campaigns.errors import SearchedMeanwhile
from webapp.campaigns.grouping import Texts
from webapp.campaigns.rollup import campaigns_of
from webapp.campaigns.rules import RULES
from webapp.consultations.consultation import Actor, Consultation
from webapp.consultations.services import get_asking, get_consultation
from webapp.jobs import Handler, JobContext, Slow
from webapp.persistence import Session


def find_campaigns(context: JobContext, payload: Mapping[str, str]) -> None:
    """Read, compare, and write down in one transaction; safe to repeat, and to be killed anywhere.

    Nothing is locked while texts are compared, so responses come in and are decided about
    meanwhile. Of two workers with the same search one is let in.
    """
    consultation_id = uuid.UUID(payload["consultation"])
    with context.database.reading() as session:
        consultation = get_consultation(session, consultation_id)
        asking = get_asking(context.library, consultation)
        texts, responses = services.read_texts(
            session, consultation_id, asking, context.still_working
        )
    outcome = _outcome(texts, responses, context.present())
    with contextlib.suppress(SearchedMeanwhile), context.database.writing() as session:
        services.keep_found(session, consultation_id, int(payload["search"]), outcome)


def find_at_once(
    session: Session, library: Library, consultation: Consultation, *, by: Actor, now: dt.datetime
) -> None:
    """Search in the caller's transaction, for the example, where nobody waits meanwhile."""
    number = services.begin_search(session, consultation.id, by=by, now=now)
    asking = get_asking(library, consultation)
    texts, responses = services.read_texts(session, consultation.id, asking, lambda: None)
    services.keep_found(session, consultation.id, number, _outcome(texts, responses, now))


def _outcome(texts: Texts, responses: int, now: dt.datetime) -> Outcome:
    return Outcome(
        searched_at=now,
        rules=RULES,
        responses=responses,
        texts=texts.compared,
        campaigns=campaigns_of(texts.set_texts()),
    )


HANDLERS: Mapping[str, Handler] = {services.FIND: Slow(find_campaigns)}
"""What the worker does for each kind of job of this room."""
