"""What the tables themselves hold to, with other people's rows around."""

from __future__ import annotations

import dataclasses

import pytest
from sqlalchemy import text

from frameworks.questions import AnswerKey, Given
from tests.factories.reviews import (
    NOW,
    House,
    a_finished_review,
    a_house,
    a_review,
    a_shared_review,
    a_signed_review,
    as_person,
    complete_answers,
    save,
    seen,
    sign,
)
from webapp.appraisals.reviews import Draft, EventKind, Frozen, Review
from webapp.appraisals.services import list_revisions
from webapp.appraisals.signing import place_of, step_of
from webapp.appraisals.states import ReviewState
from webapp.appraisals.store import drafts, events, reviews, revisions
from webapp.appraisals.store.drafts import StaleAnswer
from webapp.appraisals.store.revisions import NewSignature, SignedAlready
from webapp.persistence import IntegrityError, Session
from webapp.security import Relation

KEY = AnswerKey("culture", "assessment")


@pytest.fixture
def house(session: Session) -> House:
    """An organisation whose neighbours have reviews at every stage."""
    other = a_house(session, "south-trust")
    for make in (a_review, a_shared_review, a_signed_review):
        make(session, other)
    return a_house(session)


def test_a_review_comes_back_as_it_was_added(session: Session, house: House) -> None:
    review = a_review(session, house)

    assert review.organisation_id == house.organisation.id
    assert review.state is ReviewState.DRAFT
    assert str(review.reference) == "board-example@1.0.0"
    assert review.rule.signatures[2].words == "I have seen this review and note its outcome."
    assert [(each.relation.value, each.name) for each in review.people] == [
        ("appraisee", "Jo Hall"),
        ("appraiser", "Ada Quill"),
        ("signatory", "Sam Reed"),
    ]


def test_a_list_holds_one_organisation_alone(session: Session, house: House) -> None:
    mine = [a_review(session, house), a_shared_review(session, house)]

    found = reviews.list_reviews(session, house.organisation.id)

    assert {each.id for each in found} == {each.id for each in mine}
    among = reviews.list_reviews(session, house.organisation.id, [mine[0].id])
    assert [each.id for each in among] == [mine[0].id]
    assert reviews.list_reviews(session, house.organisation.id, []) == ()


def test_a_review_moves_on_only_from_where_it_was_seen(session: Session, house: House) -> None:
    review = a_review(session, house)

    assert reviews.set_state(session, review, ReviewState.SHARED, 1)
    assert not reviews.set_state(session, review, ReviewState.WITHDRAWN, 1)
    assert seen(session, review).state is ReviewState.SHARED


def test_two_saves_of_one_revision_are_one(session: Session, house: House) -> None:
    review = a_review(session, house)
    one, other = (
        Draft(KEY, Given(text=words), 1, NOW, Relation.APPRAISER) for words in ("one", "other")
    )
    drafts.add_save(session, review.id, one, "sha256:1", Relation.APPRAISER)

    with pytest.raises(StaleAnswer):
        drafts.add_save(session, review.id, other, "sha256:2", Relation.APPRAISER)

    assert drafts.list_drafts(session, review.id)[KEY].given.text == "one"
    assert drafts.digest_at(session, review.id, KEY, 1) == "sha256:1"
    assert drafts.digest_at(session, review.id, KEY, 2) is None


def test_answers_of_a_revision_keep_the_order_of_the_form(session: Session, house: House) -> None:
    review = a_finished_review(session, house)

    found = revisions.list_answers(session, newest(session, review).id)

    wanted = [key for answers in complete_answers().values() for key in answers]
    assert {each.key for each in found} == set(wanted)
    assert found[0].key.item.startswith("culture")
    assert found[-1].key.item == "fit-and-proper"


def test_what_happened_is_numbered_without_gaps(session: Session, house: House) -> None:
    review = a_shared_review(session, house)

    found = events.list_events(session, review.id)

    assert [each.kind for each in found] == [EventKind.STARTED, EventKind.SHARED]
    assert {each.name for each in found} == {"Ada Quill"}


def test_signed_steps_are_those_of_the_newest_revision(session: Session, house: House) -> None:
    review, unsigned = a_finished_review(session, house), a_review(session, house)
    sign(session, review, "appraisee")

    found = revisions.signed_steps(session, [review.id, unsigned.id])

    assert found == {review.id: frozenset({"appraisee"}), unsigned.id: frozenset()}


def newest(session: Session, review: Review) -> Frozen:
    return list_revisions(session, seen(session, review))[-1].frozen


def a_signature(session: Session, review: Review, step: str, relation: Relation) -> NewSignature:
    person = review.person(relation, step if relation is Relation.SIGNATORY else "")
    frozen = newest(session, review)
    return NewSignature(
        revision_id=frozen.id,
        step=step_of(review.rule, step),
        place=place_of(review.rule, step),
        person=person,
        remark="",
        digest=frozen.digest,
    )


def test_the_database_takes_one_signature_a_step(session: Session, house: House) -> None:
    review = a_finished_review(session, house)
    first = a_signature(session, review, "appraisee", Relation.APPRAISEE)
    revisions.add_signature(session, first, NOW)

    with pytest.raises(SignedAlready):
        revisions.add_signature(session, first, NOW)

    assert newest(session, review).steps_signed == {"appraisee"}


def test_the_database_takes_one_signature_a_place(session: Session, house: House) -> None:
    review = a_finished_review(session, house)
    first = a_signature(session, review, "appraisee", Relation.APPRAISEE)
    second = a_signature(session, review, "appraiser", Relation.APPRAISER)
    revisions.add_signature(session, first, NOW)

    with pytest.raises(SignedAlready):
        revisions.add_signature(session, dataclasses.replace(second, place=1), NOW)


def test_the_database_refuses_a_signature_out_of_order(session: Session, house: House) -> None:
    review = a_finished_review(session, house)
    third = a_signature(session, review, "region", Relation.SIGNATORY)

    with pytest.raises(IntegrityError):
        revisions.add_signature(session, third, NOW)

    assert newest(session, review).signatures == ()


def as_stored(session: Session, review: Review) -> str:
    sqlite = session.get_bind().dialect.name == "sqlite"
    return review.id.hex if sqlite else str(review.id)


def test_the_database_knows_no_other_state(session: Session, house: House) -> None:
    review = a_review(session, house)

    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(
            text("UPDATE review SET state = 'done' WHERE id = :id"),
            {"id": as_stored(session, review)},
        )


def test_a_person_is_invited_once(session: Session, house: House) -> None:
    review = a_review(session, house)
    appraiser = review.appraiser
    assert appraiser.participant_id is not None

    assert not reviews.set_participant(session, appraiser.id, appraiser.participant_id)


def test_a_save_of_another_review_changes_nothing_here(session: Session, house: House) -> None:
    one, other = a_review(session, house), a_review(session, house)
    words = {KEY: Given(text="Only here.")}
    save(session, one, as_person(session, one, Relation.APPRAISER), "domain.culture", words)

    assert drafts.list_drafts(session, other.id) == {}
    assert drafts.list_drafts(session, one.id)[KEY].given.text == "Only here."
