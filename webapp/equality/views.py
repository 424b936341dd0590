"""The pages of equality questions: for who has responded, and the counts for leads.

No address here holds a code or a reference: nothing leads back to the response.
"""

from __future__ import annotations

import uuid
from typing import Any

from frameworks.questionnaire import Purpose, Questionnaire
from webapp.accounts.services import find_organisation
from webapp.consultations.consultation import Consultation
from webapp.consultations.opening import State
from webapp.consultations.services import find_consultation
from webapp.consultations.subjects import consultation_subject
from webapp.equality import pages, services
from webapp.equality.errors import NoQuestions
from webapp.equality.forms import FORM_ID, chosen_answers, equality_form
from webapp.equality.key_files import KeyFiles
from webapp.equality.pool import LEAST, SETTLED_AFTER
from webapp.measures.disclosure import USUAL
from webapp.persistence import new_id
from webapp.security import Permission
from webapp.web import ConsultationTask, Room, TaskGroup, Visit
from webapp.web.errors import NotFound
from webapp.web.replies import Page, Reply, SeeOther

ANSWER = Permission.EQUALITY_ANSWER
OF_CONSULTATION = "/consultations/<slug>/equality"

room = Room(
    "equality",
    __name__,
    tasks=(
        ConsultationTask(
            Permission.EQUALITY_READ,
            TaskGroup.RECORD,
            "See who responded, from the equality questions",
            "equality.counts",
        ),
    ),
)


def cookie_name(slug: str) -> str:
    """Return the name, in the signed cookie, of the class of who has just responded."""
    return f"equality:{slug}"


@room.get(OF_CONSULTATION, permission=ANSWER)
def opt_in(visit: Visit, slug: str) -> Reply:
    """Say why these questions are asked and what becomes of the answers, and ask for consent."""
    consultation, _ = _asked(visit, slug)
    return _barred(visit, consultation) or Page.of(
        "equality/opt_in.html", consultation=consultation, least=LEAST
    )


@room.post(f"{OF_CONSULTATION}/decline", permission=ANSWER)
def decline(visit: Visit, slug: str) -> Reply:
    """Forget that these questions were offered."""
    consultation, _ = _asked(visit, slug)
    reply = SeeOther.to("equality.thanks", slug=consultation.slug, answered="no")
    return reply.forgetting(cookie_name(slug))


@room.get(f"{OF_CONSULTATION}/questions", permission=ANSWER)
def questions(visit: Visit, slug: str) -> Reply:
    """Ask the questions, every one of which may be left out."""
    consultation, asked = _asked(visit, slug)
    return _barred(visit, consultation) or _questions_page(consultation, asked, str(new_id()))


@room.post(f"{OF_CONSULTATION}/questions", permission=ANSWER)
def send_answers(visit: Visit, slug: str) -> Reply:
    """Take the answers, sealed, once for each response."""
    consultation, asked = _asked(visit, slug)
    if barred := _barred(visit, consultation):
        return barred
    form = equality_form(asked, visit.form)
    if not form.validate():
        form_id = visit.form.get(FORM_ID, "")
        return _questions_page(consultation, asked, form_id, form, status=422)
    answers = chosen_answers(form)
    if not answers:
        # Nothing was said, and nothing is kept: it would hide nobody among others.
        declined = SeeOther.to("equality.thanks", slug=consultation.slug, answered="no")
        return declined.forgetting(cookie_name(slug))
    services.take_form(
        visit.session,
        consultation=consultation,
        respondent_class=str(visit.cookie[cookie_name(slug)]),
        questions=asked,
        answers=answers,
        form_id=_form_id(visit),
        key_files=KeyFiles(visit.settings.home),
        now=visit.now,
    )
    reply = SeeOther.to("equality.thanks", slug=consultation.slug)
    return reply.forgetting(cookie_name(slug))


@room.get(f"{OF_CONSULTATION}/thanks", permission=ANSWER)
def thanks(visit: Visit, slug: str) -> Reply:
    """Say that it is over."""
    consultation, _ = _asked(visit, slug)
    answered = visit.query.get("answered") != "no"
    return Page.of("equality/thanks.html", consultation=consultation, answered=answered)


@room.get(
    "/organisations/<organisation>/consultations/<slug>/equality",
    permission=Permission.EQUALITY_READ,
    subject=consultation_subject,
)
def counts(visit: Visit, organisation: str, slug: str) -> Reply:
    """Show the counts once they are final, so that no two looks can be compared."""
    consultation, owner = find_consultation(visit.session, slug), _owner(visit, organisation)
    if consultation is None:
        raise NotFound
    is_settled = services.is_settled(visit.session, consultation, visit.now)
    counted = services.list_counts(visit.session, consultation.id) if is_settled else ()
    return Page.of(
        "equality/counts.html",
        organisation=owner,
        consultation=consultation,
        is_settled=is_settled,
        settles_at=consultation.ends_at + SETTLED_AFTER,
        least=LEAST,
        control=USUAL,
        sets=tuple(
            (reference, pages.tables(counted, _question_set(visit, reference)))
            for reference in pages.question_sets(counted)
        ),
    )


def _asked(visit: Visit, slug: str) -> tuple[Consultation, Questionnaire]:
    found = find_consultation(visit.session, slug)
    if found is None or found.state is State.DRAFT:
        raise NotFound
    try:
        return found, services.get_questions(visit.library, found)
    except NoQuestions as error:
        raise NotFound from error


def _barred(visit: Visit, consultation: Consultation) -> Page | None:
    """Return the page for who may not answer (again), or None for who may."""
    has_responded = visit.cookie.get(cookie_name(consultation.slug)) in pages.CLASS_WORDS
    takes_forms = services.takes_forms(consultation, visit.now)
    if has_responded and takes_forms:
        return None
    return Page.of(
        "equality/after_a_response.html",
        status=410 if visit.is_post else 200,
        consultation=consultation,
        takes_forms=takes_forms,
        was_sent=visit.is_post,
    )


def _questions_page(
    consultation: Consultation,
    asked: Questionnaire,
    form_id: str,
    form: Any = None,
    *,
    status: int = 200,
) -> Page:
    return Page.of(
        "equality/questions.html",
        status=status,
        consultation=consultation,
        form=equality_form(asked) if form is None else form,
        form_id=form_id,
    )


def _form_id(visit: Visit) -> uuid.UUID:
    try:
        return uuid.UUID(visit.form.get(FORM_ID, ""))
    except ValueError:
        return new_id()


def _owner(visit: Visit, organisation: str) -> Any:
    return find_organisation(visit.session, organisation)


def _question_set(visit: Visit, reference: str) -> Questionnaire:
    slug, _, version = reference.partition("@")
    return visit.library.questionnaire(slug, version, Purpose.EQUALITY)
