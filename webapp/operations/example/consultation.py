"""The open consultation of the example, with what people have said so far."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import replace

from frameworks.library import Library
from webapp.config import Settings
from webapp.consultations import services
from webapp.consultations.consultation import Actor, Consultation, Details
from webapp.consultations.opening import Period, uk_day, uk_moment
from webapp.files import FileStore
from webapp.operations.example.afterwards import change_minds, come_late
from webapp.operations.example.changes import change_while_open
from webapp.operations.example.first_round import Team, hear_everybody
from webapp.operations.example.looking_after import look_after
from webapp.operations.example.papers import PRIVACY_NOTICE, attach_papers
from webapp.operations.example.people import (
    LEAD,
    MODERATOR,
    OFFICER,
    PROGRAMME,
    SECOND_MODERATOR,
    People,
)
from webapp.operations.example.post import receive_post
from webapp.operations.example.responding import Responding
from webapp.operations.example.responses import RESPONSES
from webapp.operations.example.telling import tell_everybody
from webapp.persistence import Session

DAYS_OPEN_SO_FAR = 16
DAYS_LEFT = 40
DAYS_SINCE_CLOSING = 4


def hold_consultation(
    session: Session,
    library: Library,
    people: People,
    settings: Settings,
    now: dt.datetime,
    *,
    responses: int,
) -> None:
    """Open a consultation some weeks ago and send it the example's responses since.

    So many `responses` came to the one before, which is closed.
    """
    by = people.actor(LEAD)
    organisation_id = people.organisation_id(PROGRAMME)
    opened = _open(session, library, organisation_id, by, settings, now)
    responding = Responding(session, opened, library, settings)
    for place, response in enumerate(RESPONSES):
        day = 1 + place * (DAYS_OPEN_SO_FAR - 2) // len(RESPONSES)
        at = opened.details.period.opens_at + dt.timedelta(days=day, minutes=37 * place)
        token = responding.write(response, at)
        if response.is_sent:
            responding.send(token, at + dt.timedelta(minutes=31))
    change_minds(responding, now - dt.timedelta(days=1))
    receive_post(session, FileStore(settings.home / "files"), opened, people.actor(OFFICER), now)
    change_while_open(session, opened, library, by, now)
    _prepare_next(session, library, organisation_id, by, now)
    closed = _hold_earlier(session, library, organisation_id, by, settings, now)
    earlier = Responding(session, closed, library, settings)
    team = Team(*map(people.actor, (LEAD, OFFICER, MODERATOR, SECOND_MODERATOR)))
    tell_everybody(session, closed, team.officer)
    hear_everybody(earlier, team, responses, now)
    come_late(earlier, by, now)
    look_after(earlier, team, now)


def _open(
    session: Session,
    library: Library,
    organisation_id: uuid.UUID,
    by: Actor,
    settings: Settings,
    now: dt.datetime,
) -> Consultation:
    today = now.date()
    period = Period(
        opens_at=uk_moment(today - dt.timedelta(days=DAYS_OPEN_SO_FAR), dt.time(9)),
        closes_at=uk_moment(today + dt.timedelta(days=DAYS_LEFT), dt.time(17)),
    )
    return _opened(session, library, organisation_id, _details(period), by, settings)


def _hold_earlier(
    session: Session,
    library: Library,
    organisation_id: uuid.UUID,
    by: Actor,
    settings: Settings,
    now: dt.datetime,
) -> Consultation:
    """Hold a consultation that closed some days ago."""
    today = now.date()
    period = Period(
        opens_at=uk_moment(today - dt.timedelta(days=60), dt.time(9)),
        closes_at=uk_moment(today - dt.timedelta(days=DAYS_SINCE_CLOSING), dt.time(17)),
    )
    details = replace(
        _details(period),
        title="Board leadership competencies: the first draft of version 1.1",
        slug="first-draft",
        purpose=(
            "Before version 1.1 was prepared for a second round, everybody who knows boards from "
            "inside or outside was asked about its first draft: each competency, its wording, "
            "and for which positions it is essential."
        ),
    )
    return _opened(session, library, organisation_id, details, by, settings)


def _opened(
    session: Session,
    library: Library,
    organisation_id: uuid.UUID,
    details: Details,
    by: Actor,
    settings: Settings,
) -> Consultation:
    drafted_at = details.period.opens_at - dt.timedelta(days=2)
    draft = services.create_consultation(
        session,
        organisation_id=organisation_id,
        details=details,
        library=library,
        by=by,
        now=drafted_at,
    )
    attach_papers(session, draft.id, FileStore(settings.home / "files"), by, drafted_at)
    return services.open_consultation(
        session,
        consultation_id=draft.id,
        revision=draft.revision,
        library=library,
        by=by,
        now=drafted_at + dt.timedelta(hours=3),
        authorised_on=drafted_at.date(),
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
        alternatives=(
            "We could keep version 1.0 as it is. Panels and appraisers told us that several of "
            "its competencies are hard to use, so we do not prefer that. We could also wait for "
            "the next full review in two years, which would leave the problems until then."
        ),
        decided_by="The programme board of the Board Leadership Programme",
        decides_on=uk_day(period.closes_at) + dt.timedelta(weeks=10),
        authority="Miriam Castellanos, Director of Leadership Development",
        privacy_notice=PRIVACY_NOTICE,
        formats=(
            "Ask the programme team for large print, Easy Read, British Sign Language or another "
            "language. You can also respond by email, by letter or by telephone."
        ),
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
    services.create_consultation(
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
