"""Reviews at every stage, and the people in them, through the same services that pages use."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from frameworks.digest import framework_digest
from frameworks.library import Library
from frameworks.model import Framework, SignatureStep, Signer
from frameworks.questions import AnswerKey, Given
from frameworks.review import ReviewForm, review_form
from tests.factories.frameworks import a_framework, a_profile, an_accountability
from webapp.accounts.people import OrganisationValue
from webapp.accounts.services import add_account, add_organisation, grant_role
from webapp.appraisals.pinning import form_of
from webapp.appraisals.reviews import Person, Review
from webapp.appraisals.services import (
    find_review,
    finish_review,
    list_revisions,
    save_answers,
    share_review,
    sign_review,
    start_review,
)
from webapp.appraisals.starting import Named, Start
from webapp.persistence import Session
from webapp.security import Identity, Membership, Participation, Relation, Role

NOW = dt.datetime(2026, 6, 1, 9, 30, tzinfo=dt.UTC)
TODAY = NOW.date()
POSITION = "provider-chair"

APPRAISEE = Named("Jo Hall", "jo.hall@example.org")
SIGNATORY = Named("Sam Reed", "sam.reed@example.org")


def a_reviewed_framework(**changes: Any) -> Framework:
    """Make a final framework whose chair is signed for by three people."""
    rule = an_accountability(
        signatures=(
            SignatureStep(
                key="appraisee",
                by=Signer.APPRAISEE,
                title="Person appraised",
                words="I have read this review and added my comments.",
            ),
            SignatureStep(
                key="appraiser",
                by=Signer.APPRAISER,
                title="Appraiser",
                words="This is my assessment.",
            ),
            SignatureStep(
                key="region",
                by=Signer.SIGNATORY,
                title="Regional director",
                words="I have seen this review and note its outcome.",
            ),
        )
    )
    values = {"version": "1.0.0", "profiles": (a_profile(accountability=(rule,)),)}
    return a_framework(**(values | changes))


@dataclass(frozen=True)
class House:
    """An organisation with an appraiser and a board secretary, signed in."""

    organisation: OrganisationValue
    appraiser: Identity
    secretary: Identity


def a_house(session: Session, slug: str = "north-trust") -> House:
    """Add an organisation with its appraiser and its board secretary."""
    organisation = add_organisation(
        session, slug=slug, name=f"The {slug}", kind="nhs-provider", now=NOW
    )
    return House(
        organisation,
        _member(session, organisation, "Ada Quill", Role.APPRAISER),
        _member(session, organisation, "Sue Board", Role.BOARD_SECRETARY),
    )


def _member(session: Session, organisation: OrganisationValue, name: str, role: Role) -> Identity:
    email = f"{name.casefold().replace(' ', '.')}@{organisation.slug}.example"
    account = add_account(session, email=email, name=name, now=NOW)
    grant_role(session, email=email, organisation=organisation.slug, role=role, now=NOW)
    return Identity(
        account_id=account.id,
        name=name,
        memberships=frozenset({Membership(organisation.id, role)}),
    )


def a_start(house: House, **changes: Any) -> Start:
    """Ask for a review of Jo Hall, chair, over a year, by whoever asks."""
    framework = changes.pop("framework", None) or a_reviewed_framework()
    values: dict[str, Any] = {
        "review_id": uuid.uuid4(),
        "organisation_id": house.organisation.id,
        "framework": framework,
        "digest": framework_digest(framework),
        "profile_key": POSITION,
        "from_on": dt.date(2025, 4, 1),
        "until_on": dt.date(2026, 3, 31),
        "appraisee": APPRAISEE,
        "signatories": {"region": SIGNATORY},
    }
    return Start(**(values | changes))


def a_form(framework: Framework | None = None) -> ReviewForm:
    """Make the form of the example position."""
    return review_form(framework or a_reviewed_framework(), POSITION, TODAY)


def a_review(session: Session, house: House, **changes: Any) -> Review:
    """Start a review as the house's appraiser."""
    started = start_review(
        session, a_start(house, **changes), identity=house.appraiser, today=TODAY, now=NOW
    )
    return seen(session, started)


def seen(session: Session, review: Review) -> Review:
    """Return a review as it stands now."""
    found = find_review(session, review.id)
    assert found is not None
    return found


def as_person(session: Session, review: Review, relation: Relation, step: str = "") -> Identity:
    """Return somebody named in a review as they come in by their link."""
    return coming_in(seen(session, review).person(relation, step), review)


def coming_in(person: Person, review: Review) -> Identity:
    """Return the identity that a person's link brings."""
    assert person.participant_id is not None, f"{person.name} has not been invited"
    return Identity(
        name=person.name,
        participations=frozenset(
            {Participation(person.participant_id, review.id, person.relation)}
        ),
    )


def complete_answers() -> dict[str, dict[AnswerKey, Given]]:
    """Return, by section, what a review needs before it can be signed."""
    return {
        "domain.culture": {
            AnswerKey("culture", "assessment"): Given(text="Listens, and acts on what is said."),
            AnswerKey("culture.speaking-up", "level"): Given(choices=("frequently",)),
            AnswerKey("culture.listening", "level"): Given(choices=("no-chance",)),
        },
        "domain.governance": {
            AnswerKey("governance", "assessment"): Given(text="Asks the second question.")
        },
        "feedback": {AnswerKey("feedback", "summary"): Given(text="Nine asked, seven answered.")},
        "objectives": {
            AnswerKey("objectives.1", "objective"): Given(text="Halve the ethnicity gap."),
            AnswerKey("objectives.1", "measure"): Given(text="Relative likelihood below 1.2."),
            AnswerKey("objectives.1", "by"): Given(text="2027-03-31"),
            AnswerKey("objectives.1", "equality"): Given(choices=("yes",)),
        },
        "development": {
            AnswerKey("development.1", "need"): Given(text="Finance of integrated care."),
            AnswerKey("development.1", "action"): Given(text="A day with the finance team."),
        },
        "fit-and-proper": {AnswerKey("fit-and-proper", "confirmed-on"): Given(text="2026-03-01")},
    }


def save(
    session: Session,
    review: Review,
    identity: Identity,
    section: str,
    answers: dict[AnswerKey, Given],
    revisions: dict[AnswerKey, int] | None = None,
) -> Any:
    """Save answers of a section, at the revisions given or as a first save."""
    return save_answers(
        session,
        review.id,
        a_form().section(section),
        answers,
        revisions or {},
        identity=identity,
        now=NOW,
    )


def a_shared_review(session: Session, house: House) -> Review:
    """Make a review with everything that signing needs, shared with the person appraised."""
    review = a_review(session, house)
    appraiser = as_person(session, review, Relation.APPRAISER)
    for section, answers in complete_answers().items():
        save(session, review, appraiser, section, answers)
    share_review(session, review.id, identity=appraiser, now=NOW)
    return seen(session, review)


def a_finished_review(session: Session, house: House) -> Review:
    """Make a review that is ready to sign."""
    review = a_shared_review(session, house)
    finish(session, review)
    return seen(session, review)


def finish(session: Session, review: Review) -> None:
    """Finish a review as its appraiser."""
    appraiser = as_person(session, review, Relation.APPRAISER)
    finish_review(session, review.id, a_form(), identity=appraiser, now=NOW)


WRITTEN = {
    "feedback:summary": Given(text="Nine were asked and seven answered."),
    "objectives.1:objective": Given(text="Halve the gap in appointments from shortlisting."),
    "objectives.1:measure": Given(text="A relative likelihood below 1.2."),
    "objectives.1:by": Given(text="2028-03-31"),
    "objectives.1:equality": Given(choices=("yes",)),
    "development.1:need": Given(text="Finance across the system."),
    "fit-and-proper:confirmed-on": Given(text="2027-03-01"),
}


def write_what_signing_needs(
    session: Session, library: Library, path: str, now: dt.datetime
) -> None:
    """Write as the appraiser of the review at `/reviews/<id>`, faster than page by page."""
    review = find_review(session, uuid.UUID(path.rpartition("/")[2]))
    assert review is not None
    for section in form_of(review, library).sections:
        answers = {
            question.key: WRITTEN[str(question.key)]
            for question in section.questions()
            if str(question.key) in WRITTEN
        }
        if section.key.startswith("domain."):
            key = AnswerKey(section.key.removeprefix("domain."), "assessment")
            answers[key] = Given(text=f"Strong on {section.title}.")
        if answers:
            appraiser = coming_in(review.appraiser, review)
            save_answers(session, review.id, section, answers, {}, identity=appraiser, now=now)


SIGNERS = {
    "appraisee": (Relation.APPRAISEE, ""),
    "appraiser": (Relation.APPRAISER, ""),
    "region": (Relation.SIGNATORY, "region"),
}


def sign(session: Session, review: Review, step: str, remark: str = "") -> None:
    """Sign the newest revision as whoever signs a step."""
    revision = list_revisions(session, seen(session, review))[-1]
    sign_review(
        session,
        review.id,
        step_key=step,
        digest=revision.frozen.digest,
        remark=remark,
        identity=as_person(session, review, *SIGNERS[step]),
        now=NOW,
    )


def a_signed_review(session: Session, house: House) -> Review:
    """Make a review that all three have signed."""
    review = a_finished_review(session, house)
    for step in SIGNERS:
        sign(session, review, step)
    return seen(session, review)
