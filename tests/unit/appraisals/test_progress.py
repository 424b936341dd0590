"""How far a review is, told without a word of what is in it."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from frameworks.questions import AnswerKey, Given
from tests.factories.reviews import (
    House,
    a_finished_review,
    a_form,
    a_house,
    a_review,
    a_reviewed_framework,
    a_shared_review,
    a_signed_review,
    complete_answers,
    seen,
    sign,
)
from webapp.appraisals import pages
from webapp.appraisals.levels import count_levels
from webapp.appraisals.progress import section_progress, signer_of, signers, waits_for
from webapp.appraisals.reviews import EventKind, Review
from webapp.appraisals.services import (
    list_drafts,
    list_events,
    list_revisions,
    list_signed_steps,
)
from webapp.appraisals.states import ReviewState
from webapp.appraisals.wording import HAPPENED
from webapp.persistence import Session
from webapp.security import Relation

ALL = {key: given for each in complete_answers().values() for key, given in each.items()}


@pytest.fixture
def house(session: Session) -> House:
    return a_house(session)


def standing_at(review: Review, state: ReviewState) -> Review:
    return dataclasses.replace(review, state=state)


def test_a_section_counts_what_is_answered_and_not_what_was_blanked() -> None:
    answers = {**ALL, AnswerKey("culture", "assessment"): Given(text="  ")}
    found = {each.key: each for each in section_progress(a_form(), answers)}

    assert (found["domain.culture"].answered, found["domain.culture"].is_begun) == (2, True)
    assert (found["last-year"].answered, found["last-year"].is_begun) == (0, False)


class TestLevels:
    def test_no_chance_to_demonstrate_is_counted_apart(self) -> None:
        found = count_levels(a_form().section("domain.culture"), ALL)

        assert found is not None
        assert found.on_scale == (("Frequently", 1),)
        assert found.outside == (("No chance to demonstrate", 1),)
        assert found.unanswered == 0

    def test_levels_come_in_the_order_of_the_scale(self) -> None:
        answers = {
            AnswerKey("culture.speaking-up", "level"): Given(choices=("rarely-or-never",)),
            AnswerKey("culture.listening", "level"): Given(choices=("almost-always",)),
        }
        found = count_levels(a_form().section("domain.culture"), answers)

        assert found is not None
        assert found.on_scale == (("Almost always", 1), ("Rarely or never", 1))

    def test_where_no_levels_are_asked_there_is_nothing_to_count(self) -> None:
        assert count_levels(a_form().section("feedback"), ALL) is None
        framework = a_reviewed_framework(uses=())
        assert count_levels(a_form(framework).section("domain.culture"), ALL) is None


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
class TestWhomItWaitsFor:
    @pytest.mark.parametrize(
        ("state", "whom"),
        [
            (ReviewState.PREPARED, "Ada Quill to approve it"),
            (ReviewState.DRAFT, "Ada Quill to share it"),
            (ReviewState.SHARED, "Ada Quill to finish it"),
            (ReviewState.READY, "Jo Hall to sign it"),
            (ReviewState.SIGNED, ""),
            (ReviewState.AMENDING, "Ada Quill to finish the amendment"),
            (ReviewState.WITHDRAWN, ""),
        ],
    )
    def test_each_state_waits_for_somebody_or_nobody(
        self, session: Session, house: House, state: ReviewState, whom: str
    ) -> None:
        assert waits_for(standing_at(a_review(session, house), state), ()) == whom

    def test_after_each_signature_it_waits_for_the_next(
        self, session: Session, house: House
    ) -> None:
        review = standing_at(a_review(session, house), ReviewState.SIGNING)
        said = [
            waits_for(review, each) for each in ((), ("appraisee",), ("appraisee", "appraiser"))
        ]

        assert said == ["Jo Hall to sign it", "Ada Quill to sign it", "Sam Reed to sign it"]

    def test_the_signers_are_those_of_the_rule_in_order(
        self, session: Session, house: House
    ) -> None:
        review = a_signed_review(session, house)
        (revision,) = list_revisions(session, review)
        found = signers(review, revision.frozen.signatures)

        assert [(each.person.name, each.is_next) for each in found] == [
            ("Jo Hall", False),
            ("Ada Quill", False),
            ("Sam Reed", False),
        ]
        assert all(isinstance(each.signed_at, dt.datetime) for each in found)
        with pytest.raises(KeyError):
            signer_of(review, "nobody")


def test_every_kind_of_event_has_words() -> None:
    assert set(HAPPENED) == set(EventKind)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
class TestPages:
    def overview(
        self, session: Session, review: Review, *relations: Relation, reads: bool
    ) -> pages.Overview:
        return pages.overview(
            review,
            a_form(),
            list_drafts(session, review.id),
            list_revisions(session, review),
            list_events(session, review.id),
            relations=frozenset(relations),
            person_ids=frozenset(),
            reads=reads,
        )

    def test_progress_alone_has_no_content_in_it(self, session: Session, house: House) -> None:
        review = a_shared_review(session, house)
        page = self.overview(session, review, reads=False)

        words = [each.text for each in (given for given in ALL.values()) if each.text]
        assert not [each for each in words if each in repr(page)]
        assert (page.levels, page.revisions, page.steps) == ((), (), frozenset())
        assert not page.reads_draft
        assert all(section.key == "" for section in page.sections)

    def test_the_appraiser_sees_what_they_can_do(self, session: Session, house: House) -> None:
        review = a_shared_review(session, house)
        page = self.overview(session, review, Relation.APPRAISER, reads=True)

        assert {str(step) for step in page.steps} == {"finish", "withdraw"}
        assert page.grants
        assert page.missing == ()
        assert [section.title for section in page.sections if not section.key] == [
            "Comments of the person appraised"
        ]

    def test_a_list_says_whose_signature_is_missing(self, session: Session, house: House) -> None:
        review = a_finished_review(session, house)
        sign(session, review, "appraisee")
        stands = seen(session, review)
        (line,) = pages.review_lines((stands,), list_signed_steps(session, (stands,)))

        assert (line.appraisee, line.waits_for) == ("Jo Hall", "Ada Quill to sign it")
        assert line.period == "1 April 2025 to 31 March 2026"
