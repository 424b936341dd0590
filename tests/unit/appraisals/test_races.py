"""Two people, or two clicks, at the same moment: on both databases, with real threads."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from frameworks.questions import AnswerKey, Given
from tests.factories.review_files import bring, take
from tests.factories.reviews import (
    NOW,
    a_finished_review,
    a_form,
    a_house,
    a_review,
    as_person,
    save,
    seen,
    sign,
)
from webapp.appraisals.reviews import EventKind, Review
from webapp.appraisals.services import (
    finish_review,
    list_answers,
    list_drafts,
    list_events,
    list_forms_taken,
    list_revisions,
    reopen_review,
)
from webapp.appraisals.signing import OutOfTurn
from webapp.appraisals.states import ReviewState, StepRefused
from webapp.persistence import Database, Session
from webapp.security import Relation

MANY = 6
KEY = AnswerKey("culture", "assessment")
COMMENT = AnswerKey("comments", "appraisee")
LATE = Given(text="From the form.")


def set_up(database: Database, make: Callable[[Session], Review]) -> Review:
    with database.writing() as session:
        return make(session)


def shared_again(session: Session) -> Review:
    """Make a review that lacks nothing and is open for writing."""
    made = a_finished_review(session, a_house(session))
    appraiser = as_person(session, made, Relation.APPRAISER)
    reopen_review(session, made.id, identity=appraiser, now=NOW)
    return made


def at_once(database: Database, *acts: Callable[[Session], object]) -> list[BaseException | None]:
    """Do all of these in transactions of their own that begin together; return how each ended."""
    start = threading.Barrier(len(acts))
    ends: list[BaseException | None] = [None] * len(acts)

    def do(place: int, act: Callable[[Session], object]) -> None:
        start.wait()
        try:
            with database.writing() as session:
                act(session)
        except Exception as error:  # Which ones may come is for the test to say.
            ends[place] = error

    threads = [threading.Thread(target=do, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ends


def test_many_clicks_on_sign_are_one_signature(database: Database) -> None:
    review = set_up(database, lambda session: a_finished_review(session, a_house(session)))

    ends = at_once(database, *[lambda session: sign(session, review, "appraisee")] * MANY)

    assert ends == [None] * MANY
    with database.reading() as session:
        (revision,) = list_revisions(session, seen(session, review))
        assert [each.step for each in revision.frozen.signatures] == ["appraisee"]
        kinds = [each.kind for each in list_events(session, review.id)]
        assert kinds.count(EventKind.SIGNED) == 1


def test_two_who_sign_at_once_sign_in_order_or_the_second_is_refused(database: Database) -> None:
    review = set_up(database, lambda session: a_finished_review(session, a_house(session)))

    first, second = at_once(
        database,
        lambda session: sign(session, review, "appraisee"),
        lambda session: sign(session, review, "appraiser"),
    )

    assert first is None
    assert second is None or isinstance(second, OutOfTurn)
    with database.reading() as session:
        (revision,) = list_revisions(session, seen(session, review))
        places = [each.place for each in revision.frozen.signatures]
        assert places == ([1, 2] if second is None else [1])


def test_a_signature_and_a_reopening_do_not_both_happen(database: Database) -> None:
    review = set_up(database, lambda session: a_finished_review(session, a_house(session)))

    signed, reopened = at_once(
        database,
        lambda session: sign(session, review, "appraisee"),
        lambda session: reopen_review(
            session,
            review.id,
            identity=as_person(session, review, Relation.APPRAISER),
            now=NOW,
        ),
    )

    assert (signed is None) != (reopened is None)
    with database.reading() as session:
        stands = seen(session, review).state
        assert stands is (ReviewState.SIGNING if signed is None else ReviewState.SHARED)


def test_many_first_saves_of_one_answer_are_one(database: Database) -> None:
    review = set_up(database, lambda session: a_review(session, a_house(session)))
    stale: list[str] = []

    def write(words: str) -> Callable[[Session], object]:
        def act(session: Session) -> None:
            appraiser = as_person(session, review, Relation.APPRAISER)
            answers = {KEY: Given(text=words)}
            if save(session, review, appraiser, "domain.culture", answers).stale:
                stale.append(words)

        return act

    texts = [f"Text {number}." for number in range(MANY)]
    assert at_once(database, *[write(each) for each in texts]) == [None] * MANY

    with database.reading() as session:
        kept = list_drafts(session, review.id)[KEY]
    assert kept.revision == 1
    assert sorted([kept.given.text, *stale]) == texts


@pytest.mark.parametrize("winner", ["save", "finish"])
def test_what_is_frozen_is_what_was_saved(database: Database, winner: str) -> None:
    review = set_up(database, shared_again)
    key = AnswerKey("culture", "strengths")

    def late_save(session: Session) -> None:
        appraiser = as_person(session, review, Relation.APPRAISER)
        save(session, review, appraiser, "domain.culture", {key: Given(text="Warmth.")})

    def freeze(session: Session) -> None:
        appraiser = as_person(session, review, Relation.APPRAISER)
        finish_review(session, review.id, a_form(), identity=appraiser, now=NOW)

    acts = (late_save, freeze) if winner == "save" else (freeze, late_save)
    at_once(database, *acts)

    with database.reading() as session:
        (revision,) = list_revisions(session, seen(session, review))
        drafted = key in list_drafts(session, review.id)
        assert (key in list_answers(session, revision)) == drafted


def test_two_who_finish_at_once_freeze_one_revision(database: Database) -> None:
    review = set_up(database, shared_again)

    def freeze(session: Session) -> None:
        appraiser = as_person(session, review, Relation.APPRAISER)
        finish_review(session, review.id, a_form(), identity=appraiser, now=NOW)

    ends = at_once(database, *[freeze] * MANY)

    refused = [each for each in ends if each is not None]
    assert len(refused) == MANY - 1
    assert all(isinstance(each, StepRefused) for each in refused)


def test_two_people_who_take_the_same_file_at_once_take_it_once(
    database: Database, tmp_path: Path
) -> None:
    review = set_up(database, shared_again)
    with database.writing() as session:
        people = [
            as_person(session, review, relation)
            for relation in (Relation.APPRAISER, Relation.APPRAISEE)
        ]
        uploads = [
            bring(session, tmp_path, review, each, {KEY: LATE, COMMENT: LATE}) for each in people
        ]

    def taking(place: int) -> Callable[[Session], object]:
        chosen = {"from_file": {KEY: True}}
        return lambda session: take(session, review, people[place], uploads[place], **chosen)

    ends = at_once(database, taking(0), taking(1))

    assert sorted(type(each).__name__ for each in ends) == ["FileRefused", "NoneType"]
    with database.reading() as session:
        assert len(list_forms_taken(session, review.id)) == 1
        drafts = list_drafts(session, review.id)
        taken = [key for key in (KEY, COMMENT) if key in drafts and drafts[key].given == LATE]
        assert len(taken) == 1


def test_many_clicks_on_take_are_one_taking(database: Database, tmp_path: Path) -> None:
    review = set_up(database, shared_again)
    with database.writing() as session:
        appraiser = as_person(session, review, Relation.APPRAISER)
        upload = bring(session, tmp_path, review, appraiser, {KEY: LATE})

    def click(session: Session) -> None:
        take(session, review, appraiser, upload, from_file={KEY: True})

    assert at_once(database, *[click] * MANY) == [None] * MANY
    with database.reading() as session:
        assert len(list_forms_taken(session, review.id)) == 1
        assert list_drafts(session, review.id)[KEY].revision == 2
