"""What a respondent is asked, and how far they have come."""

from __future__ import annotations

from frameworks.digest import competency_digest
from frameworks.questionnaire import AskedOf
from frameworks.questions import AnswerKey, Given
from tests.factories.consultations import an_asking
from webapp.consultations.progress import (
    Status,
    answered_in,
    next_unanswered,
    place_among_chosen,
    status_of,
    steps_of,
)

ASKING = an_asking()
CHAIR, MEMBER = "provider-chair", "provider-non-executive"
SPEAKING, LISTENING, RISK = "culture.speaking-up", "culture.listening", "governance.risk"
YES = Given(choices=("keep",))
WORDS = Given(text="A comment")


def necessity(item: str, position: str) -> AnswerKey:
    return AnswerKey(item, "necessity", position)


class TestAsking:
    def test_competencies_come_before_their_domain_then_positions_then_the_whole(self) -> None:
        items = ASKING.items_for({RISK, SPEAKING}, {CHAIR})
        assert [item.key for item in items] == [
            SPEAKING,
            "culture",
            RISK,
            "governance",
            "profile.provider-chair",
            "consultation",
        ]

    def test_a_competency_in_a_nested_domain_belongs_to_the_domain_at_the_top(self) -> None:
        assert ASKING.items[RISK].domain_key == "governance"

    def test_who_chose_nothing_is_still_asked_about_the_whole(self) -> None:
        (item,) = ASKING.items_for((), ())
        assert item.asked_of is AskedOf.CONSULTATION

    def test_a_key_that_the_framework_does_not_have_is_asked_nothing(self) -> None:
        assert len(ASKING.items_for({"culture.gone"}, {"no-such-position"})) == 1

    def test_a_question_for_each_position_is_asked_for_the_chosen_ones_only(self) -> None:
        item = ASKING.items[SPEAKING]
        positions = [
            question.key.position
            for question in ASKING.questions_of(item, (MEMBER, CHAIR))
            if question.key.question == "necessity"
        ]
        assert positions == [CHAIR, MEMBER]
        assert not any(q.key.position for q in ASKING.questions_of(item, ()))

    def test_a_competency_carries_its_own_digest_and_the_rest_the_frameworks(self) -> None:
        competency = ASKING.framework.competency(SPEAKING)
        assert ASKING.items[SPEAKING].digest == competency_digest(competency)
        assert ASKING.items["culture"].digest == ASKING.framework_digest


class TestStatus:
    questions = ASKING.questions_of(ASKING.items[SPEAKING], (CHAIR,))

    def test_nothing_answered_is_not_started(self) -> None:
        assert status_of(self.questions, ()) is Status.NOT_STARTED

    def test_one_choice_of_two_is_started(self) -> None:
        assert status_of(self.questions, {AnswerKey(SPEAKING, "fate")}) is Status.STARTED

    def test_only_a_comment_is_started(self) -> None:
        assert status_of(self.questions, {AnswerKey(SPEAKING, "comment")}) is Status.STARTED

    def test_every_choice_is_answered_also_without_a_comment(self) -> None:
        choices = {AnswerKey(SPEAKING, "fate"), necessity(SPEAKING, CHAIR)}
        assert status_of(self.questions, choices) is Status.ANSWERED

    def test_where_no_choice_is_asked_one_text_is_an_answer(self) -> None:
        questions = ASKING.items["culture"].questions
        assert status_of(questions, {AnswerKey("culture", "missing")}) is Status.ANSWERED

    def test_a_position_chosen_later_opens_an_answered_competency_again(self) -> None:
        answers = {AnswerKey(SPEAKING, "fate"): YES, necessity(SPEAKING, CHAIR): YES}
        assert steps_of(ASKING, {SPEAKING}, {CHAIR}, answers)[0].status is Status.ANSWERED
        assert steps_of(ASKING, {SPEAKING}, {CHAIR, MEMBER}, answers)[0].status is Status.STARTED


class TestWhereNext:
    chosen = (SPEAKING, LISTENING, RISK)

    def next_after(self, current: str, *answered: str) -> str | None:
        answers = {AnswerKey(key, "comment"): WORDS for key in answered}
        found = next_unanswered(steps_of(ASKING, self.chosen, (), answers), current)
        return found.key if found else None

    def test_the_next_one_that_is_not_started(self) -> None:
        assert self.next_after(SPEAKING, SPEAKING, LISTENING) == "culture"

    def test_after_the_last_it_goes_back_to_what_was_left_out(self) -> None:
        answers = {AnswerKey("consultation", "overall"): WORDS}
        steps = steps_of(ASKING, (SPEAKING,), (), answers)
        found = next_unanswered(steps, "consultation")
        assert found is not None
        assert found.key == SPEAKING

    def test_the_page_itself_is_never_next(self) -> None:
        assert next_unanswered(steps_of(ASKING, (), (), {}), "consultation") is None

    def test_from_elsewhere_it_starts_at_the_top(self) -> None:
        assert self.next_after("") == SPEAKING

    def test_the_place_is_among_items_of_the_same_kind(self) -> None:
        steps = steps_of(ASKING, self.chosen, (CHAIR,), {})
        assert place_among_chosen(steps, RISK) == (3, 3)
        assert place_among_chosen(steps, "governance") == (2, 2)

    def test_the_answered_ones_are_counted_of_one_kind_or_of_all(self) -> None:
        answers = {AnswerKey(SPEAKING, "fate"): YES, AnswerKey("culture", "missing"): WORDS}
        steps = steps_of(ASKING, self.chosen, (), answers)
        assert answered_in(steps) == (2, 6)
        assert answered_in(steps, AskedOf.COMPETENCY) == (1, 3)
