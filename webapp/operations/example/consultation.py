"""The open consultation of the example, with what people have said so far."""

from __future__ import annotations

import datetime as dt
import uuid
from itertools import groupby

from frameworks.library import Library
from frameworks.questions import AnswerKey, Given
from webapp.config import Settings
from webapp.consultations.consultation import Actor, Consultation, Details
from webapp.consultations.opening import Period, uk_moment
from webapp.consultations.response import Attempt
from webapp.consultations.services import (
    create_consultation,
    find_draft,
    get_asking,
    open_consultation,
    save_answers,
    save_choices,
    save_respondent,
    start_draft,
    submission_key,
    submit_response,
)
from webapp.operations.example.people import LEAD, PROGRAMME, People
from webapp.operations.example.responses import RESPONSES, ExampleResponse, Said
from webapp.persistence import Session

DAYS_OPEN_SO_FAR = 16
DAYS_LEFT = 40


def hold_consultation(
    session: Session, library: Library, people: People, settings: Settings, now: dt.datetime
) -> None:
    """Open a consultation some weeks ago and send it the example's responses since."""
    by = Actor(people.account_id(LEAD), people.name(LEAD))
    organisation_id = people.organisation_id(PROGRAMME)
    opened = _open(session, library, organisation_id, by, now)
    for place, response in enumerate(RESPONSES):
        day = 1 + place * (DAYS_OPEN_SO_FAR - 2) // len(RESPONSES)
        at = opened.details.period.opens_at + dt.timedelta(days=day, minutes=37 * place)
        _respond(session, opened, library, response, settings, at)
    _prepare_next(session, library, organisation_id, by, now)


def _open(
    session: Session, library: Library, organisation_id: uuid.UUID, by: Actor, now: dt.datetime
) -> Consultation:
    today = now.date()
    period = Period(
        opens_at=uk_moment(today - dt.timedelta(days=DAYS_OPEN_SO_FAR), dt.time(9)),
        closes_at=uk_moment(today + dt.timedelta(days=DAYS_LEFT), dt.time(17)),
    )
    drafted_at = period.opens_at - dt.timedelta(days=2)
    draft = create_consultation(
        session,
        organisation_id=organisation_id,
        details=_details(period),
        library=library,
        by=by,
        now=drafted_at,
    )
    return open_consultation(
        session,
        consultation_id=draft.id,
        revision=draft.revision,
        library=library,
        by=by,
        now=drafted_at + dt.timedelta(hours=3),
    )


def _details(period: Period) -> Details:
    return Details(
        title="Board leadership competencies: what should change in version 1.1?",
        slug="board-leadership-1-1",
        purpose=(
            "The board leadership framework says what members of NHS boards are expected to be "
            "able to do. Boards recruit and appraise with version 1.0 today. "
            "We are consulting on version 1.1, which words several competencies more plainly "
            "and adds behaviours and questions where panels and appraisers asked for them.\n\n"
            "What you say decides which competencies stay, how they are worded and for which "
            "positions they are essential."
        ),
        open_to_change=(
            "Everything in the framework: each competency, its wording and its examples, the "
            "domains, and for each position what is essential and how much it weighs."
        ),
        not_open_to_change=(
            "That there is one framework for providers and commissioners, and the law on who "
            "appoints to board positions."
        ),
        use_of_answers=(
            "A team of six reads every response. For each competency we shall publish what we "
            "heard, what we decided and why, within 12 weeks of closing."
        ),
        contact="The programme team, board.programme@example.org, 020 7946 0101",
        framework_slug="board-leadership",
        framework_version="1.1.0-beta.1",
        questionnaire_slug="competency-consultation",
        questionnaire_version="1.0.0",
        period=period,
    )


def _prepare_next(
    session: Session, library: Library, organisation_id: uuid.UUID, by: Actor, now: dt.datetime
) -> None:
    """Leave a draft for a lead to finish and open."""
    today = now.date()
    details = _details(
        Period(
            opens_at=uk_moment(today + dt.timedelta(days=50), dt.time(9)),
            closes_at=uk_moment(today + dt.timedelta(days=106), dt.time(17)),
        )
    )
    create_consultation(
        session,
        organisation_id=organisation_id,
        details=Details(
            title="Position profiles: are the right competencies essential?",
            slug="position-profiles",
            purpose=(
                "A second round, on the profiles alone: for each board position, which "
                "competencies should be essential and how much each should weigh."
            ),
            open_to_change="The profiles of all board positions.",
            not_open_to_change="The wording of the competencies, which the first round settles.",
            use_of_answers=details.use_of_answers,
            contact=details.contact,
            framework_slug=details.framework_slug,
            framework_version=details.framework_version,
            questionnaire_slug=details.questionnaire_slug,
            questionnaire_version=details.questionnaire_version,
            period=details.period,
        ),
        library=library,
        by=by,
        now=now - dt.timedelta(days=1),
    )


def _respond(
    session: Session,
    consultation: Consultation,
    library: Library,
    response: ExampleResponse,
    settings: Settings,
    now: dt.datetime,
) -> None:
    asking = get_asking(library, consultation)
    token = start_draft(session, consultation_id=consultation.id, now=now)
    save_respondent(
        session,
        consultation_id=consultation.id,
        token=token,
        asking=asking,
        respondent=response.respondent,
        now=now,
    )
    competencies = [key for key in asking.competency_keys if key in response.items]
    save_choices(
        session,
        consultation_id=consultation.id,
        token=token,
        asking=asking,
        chosen=competencies,
        now=now,
    )
    for item, said in groupby(sorted(response.said, key=_item), key=_item):
        save_answers(
            session,
            consultation_id=consultation.id,
            token=token,
            asking=asking,
            item_key=item,
            attempts=[_attempt(each) for each in said],
            now=now + dt.timedelta(minutes=9),
        )
    draft = find_draft(session, consultation_id=consultation.id, token=token)
    if response.is_sent and draft is not None:
        submit_response(
            session,
            slug=consultation.slug,
            token=token,
            key=submission_key(settings.secret_keys[0], draft.id),
            library=library,
            secrets=settings.secret_keys,
            now=now + dt.timedelta(minutes=31),
        )


def _item(said: Said) -> str:
    return said.item


def _attempt(said: Said) -> Attempt:
    choices = (said.choice,) if said.choice else ()
    key = AnswerKey(said.item, said.question, said.position)
    return Attempt(key, Given(choices=choices, text=said.text))
