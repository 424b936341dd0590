"""Three reviews of the example: one being written, one waiting for approval, one signed."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping

from frameworks.library import Library, Published
from frameworks.model import Reference
from frameworks.questions import AnswerKey, Given
from frameworks.review import COMMENTS, ReviewForm, review_form
from webapp.appraisals import services
from webapp.appraisals.reviews import Review
from webapp.appraisals.starting import Named, Start
from webapp.operations.example.people import (
    CHAIR,
    CHIEF_EXECUTIVE,
    SECRETARY,
    TRUST,
    People,
)
from webapp.operations.example.review_texts import (
    ASSESSMENTS_OF_FINANCE_DIRECTOR,
    COMMENTS_OF_CHIEF_EXECUTIVE,
    COMMENTS_OF_FINANCE_DIRECTOR,
    DRAFT_BY_SECTION,
    REST_OF_FINANCE_DIRECTOR,
    Answers,
)
from webapp.persistence import Session, new_id
from webapp.security import Identity

FRAMEWORK = Reference(slug="board-leadership", version="1.0.0")
FINANCE_DIRECTOR = Named("Joseph Lindqvist", "joseph.lindqvist@example.org")
NON_EXECUTIVE = Named("Farah Iqbal", "farah.iqbal@example.org")
DAY = dt.timedelta(days=1)


def hold_reviews(session: Session, library: Library, people: People, now: dt.datetime) -> None:
    """Hold all three, each as far as it has got."""
    published = library.get(FRAMEWORK)
    _being_written(session, published, people, now)
    _waiting_for_approval(session, published, people, now)
    _signed(session, published, people, now)


def _being_written(
    session: Session, published: Published, people: People, now: dt.datetime
) -> None:
    """The chair appraises the chief executive, who has read the draft and begun to comment."""
    appraisee = Named(people.name(CHIEF_EXECUTIVE), CHIEF_EXECUTIVE)
    start = _start(published, people, "provider-chief-executive", appraisee, now)
    review = services.start_review(
        session,
        start,
        identity=people.as_staff(CHAIR),
        today=now.date(),
        now=now - 12 * DAY,
    )
    form = review_form(published.framework, review.profile_key, now.date())
    chair = people.as_invited(session, CHAIR, review.id)
    for key, answers in DRAFT_BY_SECTION.items():
        _write(session, review, form, key, answers, chair, now - 8 * DAY)
    services.share_review(session, review.id, identity=chair, now=now - 5 * DAY)
    chief_executive = people.as_invited(session, CHIEF_EXECUTIVE, review.id)
    _write(
        session,
        review,
        form,
        COMMENTS,
        COMMENTS_OF_CHIEF_EXECUTIVE,
        chief_executive,
        now - 2 * DAY,
    )


def _waiting_for_approval(
    session: Session, published: Published, people: People, now: dt.datetime
) -> None:
    """The board secretary has prepared the review of a non-executive director for the chair."""
    start = _start(
        published,
        people,
        "provider-ned",
        NON_EXECUTIVE,
        now,
        appraiser=Named(people.name(CHAIR), CHAIR),
    )
    services.start_review(
        session,
        start,
        identity=people.as_staff(SECRETARY),
        today=now.date(),
        now=now - 1 * DAY,
    )


def _signed(session: Session, published: Published, people: People, now: dt.datetime) -> None:
    """The chief executive and the finance director have both signed."""
    start = _start(published, people, "provider-finance-director", FINANCE_DIRECTOR, now)
    review = services.start_review(
        session,
        start,
        identity=people.as_staff(CHIEF_EXECUTIVE),
        today=now.date(),
        now=now - 40 * DAY,
    )
    form = review_form(published.framework, review.profile_key, now.date())
    appraiser = people.as_invited(session, CHIEF_EXECUTIVE, review.id)
    for key, answers in _finance_director(now).items():
        _write(session, review, form, key, answers, appraiser, now - 38 * DAY)
    services.share_review(session, review.id, identity=appraiser, now=now - 35 * DAY)
    appraisee = people.as_invited(session, FINANCE_DIRECTOR.email, review.id)
    _write(session, review, form, COMMENTS, COMMENTS_OF_FINANCE_DIRECTOR, appraisee, now - 33 * DAY)
    services.finish_review(session, review.id, form, identity=appraiser, now=now - 32 * DAY)
    frozen = services.list_revisions(session, _again(session, review.id))[-1].frozen
    for place, (step, signer) in enumerate((("appraisee", appraisee), ("appraiser", appraiser))):
        services.sign_review(
            session,
            review.id,
            step_key=step,
            digest=frozen.digest,
            remark="",
            identity=signer,
            now=now - (31 - place) * DAY,
        )


def _start(
    published: Published,
    people: People,
    profile_key: str,
    appraisee: Named,
    now: dt.datetime,
    *,
    appraiser: Named | None = None,
) -> Start:
    first_of_april = dt.date(now.year - 1, 4, 1)
    return Start(
        review_id=new_id(),
        organisation_id=people.organisation_id(TRUST),
        framework=published.framework,
        digest=published.digest,
        profile_key=profile_key,
        from_on=first_of_april,
        until_on=first_of_april.replace(year=now.year) - DAY,
        appraisee=appraisee,
        appraiser=appraiser,
    )


def _finance_director(now: dt.datetime) -> dict[str, Answers]:
    in_a_year = (now + 330 * DAY).date().isoformat()
    answers: dict[str, Answers] = {
        key: dict(said) for key, said in REST_OF_FINANCE_DIRECTOR.items()
    }
    for domain, text in ASSESSMENTS_OF_FINANCE_DIRECTOR.items():
        answers[f"domain.{domain}"] = {AnswerKey(domain, "assessment"): Given(text=text)}
    for row in (1, 2):
        answers["objectives"][AnswerKey(f"objectives.{row}", "by")] = Given(text=in_a_year)
    confirmed = (now - 45 * DAY).date().isoformat()
    answers["fit-and-proper"] = {AnswerKey("fit-and-proper", "confirmed-on"): Given(text=confirmed)}
    return answers


def _write(
    session: Session,
    review: Review,
    form: ReviewForm,
    section: str,
    answers: Mapping[AnswerKey, Given],
    identity: Identity,
    now: dt.datetime,
) -> None:
    services.save_answers(
        session, review.id, form.section(section), answers, {}, identity=identity, now=now
    )


def _again(session: Session, review_id: uuid.UUID) -> Review:
    found = services.find_review(session, review_id)
    if found is None:
        raise LookupError("the review that was just written is not there")
    return found
