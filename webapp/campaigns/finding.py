"""The job that searches the responses of a consultation for what is alike."""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Mapping

from webapp.campaigns import services
from webapp.campaigns.campaign import Outcome
from webapp.campaigns.errors import SearchedMeanwhile
from webapp.campaigns.rollup import campaigns_of
from webapp.campaigns.rules import RULES
from webapp.consultations.services import get_asking, get_consultation
from webapp.jobs import Handler, JobContext, Slow


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
    outcome = Outcome(
        searched_at=context.present(),
        rules=RULES,
        responses=responses,
        texts=texts.compared,
        campaigns=campaigns_of(texts.set_texts()),
    )
    with contextlib.suppress(SearchedMeanwhile), context.database.writing() as session:
        services.keep_found(session, consultation_id, int(payload["search"]), outcome)


HANDLERS: Mapping[str, Handler] = {services.FIND: Slow(find_campaigns)}
"""What the worker does for each kind of job of this room."""
