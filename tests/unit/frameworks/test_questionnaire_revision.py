"""What a later version of a questionnaire may change while people answer the earlier one."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frameworks.library import Library
from frameworks.questionnaire import Asked, AskedKind, AskedOf, AskedOption, Purpose, Questionnaire
from frameworks.questionnaire_revision import (
    changed_questions,
    problems_with_revision,
    reworded,
)
from tests.factories.frameworks import a_questionnaire, an_asked_question

BEFORE = a_questionnaire()


def later(*questions: Asked, **changes: Any) -> Questionnaire:
    values = {"version": "1.0.1"} | changes
    if questions:
        values["questions"] = questions
    return BEFORE.model_copy(update=values)


def with_change(key: str, **changes: Any) -> Questionnaire:
    return later(*(q.model_copy(update=changes) if q.key == key else q for q in BEFORE.questions))


def options(*keys: str) -> tuple[AskedOption, ...]:
    return tuple(AskedOption(key=key, label=key.title()) for key in keys)


class TestTheRule:
    @pytest.mark.parametrize(
        "after",
        [
            later(),
            with_change("fate", text="What would you do with “{item}”?", hint="Think of all."),
            with_change("fate", options=options("keep", "reword", "remove", "merge")),
            with_change("comment", max_length=9000),
            later(*BEFORE.questions, an_asked_question(key="evidence")),
            later(version="1.1.0", title="Another title"),
        ],
    )
    def test_words_may_change_and_questions_options_and_room_may_be_added(
        self, after: Questionnaire
    ) -> None:
        assert problems_with_revision(BEFORE, after) == ()

    @pytest.mark.parametrize(
        ("after", "problem"),
        [
            (later(version="1.0.0"), "no later version than 1.0.0"),
            (later(version="1.0.0-beta.2"), "no later version than 1.0.0"),
            (later(slug="another"), "another questionnaire than example-consultation@1.0.0"),
            (later(purpose=Purpose.EQUALITY), "for another purpose"),
            (later(language="cy"), "in another language: cy, and not en-GB"),
            (later(*BEFORE.questions[1:]), "“necessity” is gone"),
            (with_change("fate", kind=AskedKind.ONE_OF), "“fate” is answered in another way"),
            (with_change("comment", asked_of=AskedOf.DOMAIN), "“comment” is asked of each domain"),
            (with_change("necessity", per_position=False), "“necessity” is asked once"),
            (with_change("comment", per_position=True), "“comment” is asked for each position"),
            (with_change("fate", options=options("keep", "reword")), "no longer offers “remove”"),
            (with_change("comment", max_length=100), "may have 100 characters"),
        ],
    )
    def test_what_would_lose_or_mix_up_answers_is_refused(
        self, after: Questionnaire, problem: str
    ) -> None:
        (found,) = problems_with_revision(BEFORE, after)
        assert problem in found

    def test_versions_are_compared_as_numbers(self) -> None:
        before = BEFORE.model_copy(update={"version": "1.0.9"})
        assert problems_with_revision(before, later(version="1.0.10")) == ()

    def test_every_problem_is_told_at_once(self) -> None:
        after = with_change("fate", options=options("keep"))
        after = after.model_copy(update={"version": "0.9.0", "questions": after.questions[:-1]})
        assert len(problems_with_revision(BEFORE, after)) == 4


class TestWhatChanged:
    def test_nothing_changes_between_equal_questions(self) -> None:
        assert changed_questions(BEFORE, later()) == ()

    def test_each_text_that_differs_is_there_before_and_after(self) -> None:
        (changed,) = changed_questions(BEFORE, with_change("fate", text="Keep “{item}” or not?"))
        (words,) = changed.words
        assert (words.field, words.change.before) == ("text", "What should happen to “{item}”?")
        assert words.change.after == "Keep “{item}” or not?"
        assert words.change.removed
        assert words.change.added

    def test_blanks_alone_are_no_change(self) -> None:
        after = with_change("fate", text="What  should happen to\n“{item}”?")
        assert changed_questions(BEFORE, after) == ()

    def test_a_choice_that_was_added_has_nothing_before_it(self) -> None:
        after = with_change("fate", options=(*BEFORE.questions[1].options, *options("merge")))
        (changed,) = changed_questions(BEFORE, after)
        (words,) = changed.words
        assert (words.field, words.option, words.change.before) == ("option", "merge", "")

    def test_a_new_question_is_told_apart(self) -> None:
        after = later(*BEFORE.questions, an_asked_question(key="evidence"))
        (changed,) = changed_questions(BEFORE, after)
        assert (changed.key, changed.is_new, changed.may_be_longer) == ("evidence", True, False)

    def test_more_room_is_a_change_and_no_rewording(self) -> None:
        after = with_change("comment", max_length=9000)
        (changed,) = changed_questions(BEFORE, after)
        assert (changed.longest_before, changed.longest_after, changed.words) == (4000, 9000, ())
        assert not reworded(BEFORE.questions[3], after.questions[3])

    def test_the_version_that_ships_mends_one_question_of_the_one_before(self) -> None:
        library = Library.shipped()
        before, after = (
            library.questionnaire("competency-consultation", version)
            for version in ("1.0.0", "1.0.1")
        )
        assert problems_with_revision(before, after) == ()
        (changed,) = changed_questions(before, after)
        assert changed.key == "necessity"


WORDS = st.text("abc “”", min_size=1, max_size=12).map(lambda text: f"{text} {{item}}")
LENGTHS = st.none() | st.integers(1, 20_000)


@st.composite
def revisions(draw: st.DrawFn) -> Questionnaire:
    """Draw what the rule allows, and nothing else."""
    added = options(*draw(st.sampled_from([(), ("added",), ("added", "another")])))
    questions = [
        each.model_copy(
            update={
                "text": draw(st.just(each.text) | WORDS),
                "hint": draw(st.just(each.hint) | WORDS),
                "options": (*each.options, *added) if each.options else (),
            }
        )
        for each in BEFORE.questions
    ]
    if draw(st.booleans()):
        questions.insert(draw(st.integers(0, 3)), an_asked_question(key="new"))
    return later(*questions, version=draw(st.sampled_from(["1.0.1", "1.1.0", "2.0.0", "10.0.0"])))


class TestAnyRevision:
    @given(revisions())
    def test_what_the_rule_allows_passes(self, after: Questionnaire) -> None:
        assert problems_with_revision(BEFORE, after) == ()

    @given(revisions(), revisions())
    def test_two_allowed_steps_are_an_allowed_step(
        self, middle: Questionnaire, last: Questionnaire
    ) -> None:
        last = last.model_copy(update={"version": "11.0.0"})
        if problems_with_revision(middle, last) == ():
            assert problems_with_revision(BEFORE, last) == ()

    @given(revisions())
    def test_nothing_can_be_taken_back(self, after: Questionnaire) -> None:
        assert problems_with_revision(after, BEFORE)

    @given(revisions(), st.data())
    def test_taking_any_question_away_is_refused(
        self, after: Questionnaire, data: st.DataObject
    ) -> None:
        gone = data.draw(st.sampled_from([each.key for each in BEFORE.questions]))
        left = tuple(each for each in after.questions if each.key != gone)
        problems = problems_with_revision(BEFORE, after.model_copy(update={"questions": left}))
        assert any(f"“{gone}” is gone" in each for each in problems)

    @given(LENGTHS, LENGTHS)
    def test_room_may_grow_and_never_shrink(self, before: int | None, after: int | None) -> None:
        was = with_change("comment", max_length=before).model_copy(update={"version": "1.0.0"})
        now = with_change("comment", max_length=after)
        shrinks = (after or 4000) < (before or 4000)
        assert bool(problems_with_revision(was, now)) == shrinks

    @given(revisions())
    def test_what_is_listed_is_exactly_what_reads_otherwise(self, after: Questionnaire) -> None:
        listed = {each.key for each in changed_questions(BEFORE, after)}
        before = {each.key: each for each in BEFORE.questions}
        expected = {
            each.key
            for each in after.questions
            if each.key not in before or reworded(before[each.key], each)
        }
        assert listed == expected
