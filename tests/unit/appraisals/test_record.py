"""A review as a document, and the form that it is pinned to."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from exports.documents.review_record import RecordState, ReviewRecord
from frameworks.digest import framework_digest
from frameworks.library import Library, Published, Status
from frameworks.model import Framework
from tests.factories.reviews import (
    NOW,
    POSITION,
    TODAY,
    House,
    a_finished_review,
    a_form,
    a_house,
    a_reviewed_framework,
    a_shared_review,
    a_signed_review,
    seen,
    sign,
)
from webapp.appraisals.pinning import NotAsPinned, find_offered, form_of, offered_versions
from webapp.appraisals.record import blank_record, draft_record, revision_record
from webapp.appraisals.reviews import Frozen, Review, Signature
from webapp.appraisals.revisions import Standing, revisions_that_count
from webapp.appraisals.services import list_answers, list_drafts, list_events, list_revisions
from webapp.appraisals.states import ReviewState
from webapp.persistence import Session, new_id
from webapp.security import Relation

SQLITE_ONLY = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


class Shelf(Library):
    """A library of frameworks that a test hands it."""

    def __init__(self, *frameworks: tuple[Framework, Status]) -> None:
        super().__init__()
        self.held = tuple(
            Published(framework, framework_digest(framework), status)
            for framework, status in frameworks
        )

    def list(self, on: dt.date | None = None) -> tuple[Published, ...]:
        return self.held


@pytest.fixture
def house(session: Session) -> House:
    return a_house(session)


@SQLITE_ONLY
class TestPinning:
    def test_the_form_is_that_of_the_pinned_version_with_the_pinned_rule(
        self, session: Session, house: House
    ) -> None:
        review = a_shared_review(session, house)
        form = form_of(review, Shelf((a_reviewed_framework(), Status.SUPERSEDED)))

        assert form.rule == review.rule
        assert str(form.reference) == "board-example@1.0.0"

    def test_another_text_under_the_same_version_is_refused(
        self, session: Session, house: House
    ) -> None:
        review = a_shared_review(session, house)
        with pytest.raises(NotAsPinned):
            form_of(review, Shelf((a_reviewed_framework(summary="Other."), Status.FINAL)))
        with pytest.raises(NotAsPinned):
            form_of(review, Shelf())


def test_only_versions_in_force_or_final_are_offered_and_those_in_force_first() -> None:
    versions = {
        status: a_reviewed_framework(version=version)
        for status, version in (
            (Status.SUPERSEDED, "0.9.0"),
            (Status.IN_FORCE, "1.0.0"),
            (Status.CONSULTATION, "1.1.0-beta.1"),
            (Status.FINAL, "2.0.0"),
            (Status.WITHDRAWN, "3.0.0"),
        )
    }
    library = Shelf(*((framework, status) for status, framework in versions.items()))

    offered = [each.framework.version for each in offered_versions(library, TODAY)]
    assert offered == ["1.0.0", "2.0.0"]
    assert find_offered(library, "board-example@2.0.0", TODAY) is not None
    for reference in ("board-example@0.9.0", "board-example@9.9.9", "board-example", ""):
        assert find_offered(library, reference, TODAY) is None


@SQLITE_ONLY
class TestRecords:
    def record(self, session: Session, review: Review, number: int = 1) -> ReviewRecord:
        revision = list_revisions(session, review)[number - 1]
        return revision_record(
            review,
            revision,
            a_form(),
            list_answers(session, revision),
            organisation="The north-trust",
            events=list_events(session, review.id),
        )

    def test_a_signed_review_is_final_with_names_words_and_digest(
        self, session: Session, house: House
    ) -> None:
        review = a_signed_review(session, house)
        record = self.record(session, review)
        words = repr(record)

        assert record.state is RecordState.FINAL
        digest = list_revisions(session, review)[0].frozen.digest.removeprefix("sha256:")[:12]
        for expected in ("Jo Hall", "This is my assessment.", "Halve the ethnicity gap.", digest):
            assert expected in words

    def test_what_was_recorded_with_a_signature_is_printed(
        self, session: Session, house: House
    ) -> None:
        review = a_finished_review(session, house)
        sign(session, review, "appraisee", remark="I remember it otherwise.")
        record = self.record(session, seen(session, review))

        assert record.state is RecordState.DRAFT
        assert "I remember it otherwise." in repr(record)

    def test_a_draft_says_that_it_is_one(self, session: Session, house: House) -> None:
        review = a_shared_review(session, house)
        drafts = list_drafts(session, review.id)
        record = draft_record(
            review,
            a_form(),
            {key: each.given for key, each in drafts.items()},
            organisation="The north-trust",
            events=list_events(session, review.id),
            saved_at=NOW,
        )

        assert (record.state, record.mark, record.made_on) == (RecordState.DRAFT, "DRAFT", TODAY)


def test_a_blank_form_is_dated_by_its_version() -> None:
    framework = a_reviewed_framework()
    published = Published(
        framework, framework_digest(framework), Status.IN_FORCE, dt.date(2026, 1, 5)
    )
    record = blank_record(published, POSITION, organisation="The north-trust", on=TODAY)

    assert (record.is_blank, record.made_on) == (True, dt.date(2026, 1, 5))
    assert [each.title for each in record.signatures] == [
        "Person appraised",
        "Appraiser",
        "Regional director",
    ]


@SQLITE_ONLY
class TestRevisionsThatCount:
    def frozen(self, number: int, attempt: int, *steps: str) -> Frozen:
        signatures = tuple(
            Signature(
                step=step,
                place=place,
                relation=Relation.APPRAISER,
                title=step,
                words="Signed.",
                name="Ada",
                remark="",
                digest="sha256:0",
                person_id=new_id(),
                signed_at=NOW,
            )
            for place, step in enumerate(steps, start=1)
        )
        return Frozen(new_id(), number, attempt, "sha256:0", NOW, "", "", signatures)

    def standings(
        self, review: Review, state: ReviewState, number: int, *frozen: Frozen
    ) -> list[tuple[int, int, Standing]]:
        stands = dataclasses.replace(review, state=state, number=number)
        return [
            (each.frozen.number, each.frozen.attempt, each.standing)
            for each in revisions_that_count(stands, frozen)
        ]

    def test_each_has_the_standing_that_later_signatures_give_it(
        self, session: Session, house: House
    ) -> None:
        review = a_shared_review(session, house)
        everybody = ("appraisee", "appraiser", "region")
        signed, partly = self.frozen(1, 1, *everybody), self.frozen(1, 1, "appraisee")
        second, waiting = self.frozen(2, 1, *everybody), self.frozen(2, 1)

        draft, final, superseded = Standing.DRAFT, Standing.FINAL, Standing.SUPERSEDED
        assert self.standings(review, ReviewState.SIGNED, 1, signed) == [(1, 1, final)]
        assert self.standings(review, ReviewState.AMENDING, 2, signed) == [(1, 1, final)]
        assert self.standings(review, ReviewState.READY, 2, signed, waiting) == [
            (1, 1, final),
            (2, 1, draft),
        ]
        assert self.standings(review, ReviewState.SIGNED, 2, signed, second) == [
            (1, 1, superseded),
            (2, 1, final),
        ]
        assert self.standings(review, ReviewState.SIGNED, 2, partly, second) == [
            (1, 1, superseded),
            (2, 1, final),
        ]

    def test_what_was_opened_again_does_not_count(self, session: Session, house: House) -> None:
        review = a_shared_review(session, house)
        first, again = self.frozen(1, 1), self.frozen(1, 2)

        assert self.standings(review, ReviewState.SHARED, 1, first) == []
        assert self.standings(review, ReviewState.READY, 1, first, again) == [
            (1, 2, Standing.DRAFT)
        ]
