"""Choosing the language in which the framework and its questions are read."""

from __future__ import annotations

import contextlib

from webapp.consultations import services
from webapp.consultations.consultation import Consultation
from webapp.consultations.errors import ConsultationNotOpen, NoDraft
from webapp.consultations.views.room import (
    WRITE,
    chosen_language,
    find_responding,
    language_cookie,
    published,
    room,
    take_pace,
)
from webapp.web.errors import NotFound
from webapp.web.replies import Reply, SeeOther
from webapp.web.visit import Visit

PAGES = {"list": "consultations.task_list", "check": "consultations.check"}


@room.post("/consultations/<slug>/language", permission=WRITE)
def choose_language(visit: Visit, slug: str) -> Reply:
    """Remember a language in this browser, and for a response that has begun also in its draft."""
    take_pace(visit, slug)
    consultation = published(visit, slug)
    language = visit.form.get("language", "")
    at = visit.form.get("at", "")
    return remember_language(visit, consultation, language, _leading_back(slug, at))


def remember_language(
    visit: Visit, consultation: Consultation, language: str, reply: SeeOther
) -> Reply:
    """Return the reply with a language remembered for this consultation; no answer is touched.

    Raises NotFound for a language that the consultation cannot be read in.
    """
    asking = services.get_asking(visit.library, consultation)
    if language not in {each.tag for each in asking.languages}:
        raise NotFound
    responding = find_responding(visit, consultation)
    if responding is not None:
        # Once the consultation has closed the choice holds for this browser alone.
        with contextlib.suppress(ConsultationNotOpen, NoDraft):
            services.choose_language(
                visit.session,
                consultation_id=consultation.id,
                token=responding.token,
                language=language,
                now=visit.now,
            )
    if language == chosen_language(visit, consultation.slug):
        return reply
    return reply.remembering(language_cookie(consultation.slug), language)


def _leading_back(slug: str, at: str) -> SeeOther:
    if at in PAGES:
        return SeeOther.to(PAGES[at], slug=slug)
    if at:
        return SeeOther.to("consultations.item", slug=slug, item_key=at)
    return SeeOther.to("consultations.about", slug=slug)
