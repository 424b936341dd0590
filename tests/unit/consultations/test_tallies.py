"""The tally of answers: what was chosen, out of how many, to which wording."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from frameworks.questionnaire import AskedOption, Questionnaire
from frameworks.questions import AnswerKey, SomeOf
from tests.factories.consultations import an_asking
from tests.factories.frameworks import a_questionnaire
from webapp.consultations.asking import Asking
from webapp.consultations.tallies import AnswerCount, QuestionTally, less, tally

SPEAKING = "culture.speaking-up"
FATE = AnswerKey(SPEAKING, "fate")
CHAIR = "provider-chair"


def with_one_more_option() -> Questionnaire:
    before = a_questionnaire()
    questions = tuple(
        each.model_copy(
            update={
                "text": "What would you do with “{item}”?",
                "options": (*each.options, AskedOption(key="merge", label="Merge it")),
            }
        )
        if each.key == "fate"
        else each
        for each in before.questions
    )
    return before.model_copy(update={"version": "1.0.1", "questions": questions})


def revised() -> Asking:
    return replace(an_asking(None, with_one_more_option()), earlier=(an_asking(),))


def of(tallies: tuple[QuestionTally, ...], key: AnswerKey) -> QuestionTally:
    (found,) = (each for each in tallies if each.key == key)
    return found


def fate(choice: str, n: int, version: str = "1.0.0", item: str = SPEAKING) -> AnswerCount:
    return AnswerCount(item, "fate", "", version, choice, n)


def chosen(tallied: QuestionTally) -> dict[str, int]:
    return {option.key: option.n for option in tallied.options}


def test_several_choices_count_each_and_their_answer_once() -> None:
    found = of(tally(an_asking(), [fate("keep\nreword", 3), fate("reword", 2)]), FATE)
    assert (found.base, found.takes_several) == (5, True)
    assert chosen(found) == {"keep": 3, "reword": 5, "remove": 0}


def test_an_option_that_a_row_names_twice_is_one_choice() -> None:
    found = of(tally(an_asking(), [fate("keep\nkeep", 3)]), FATE)
    assert (found.base, chosen(found)["keep"]) == (3, 3)


def test_every_question_is_there_with_its_zeros_in_the_order_of_the_list() -> None:
    asking = an_asking()
    found = tally(asking, [])
    asked = [question.key for item in asking.items.values() for question in item.questions]
    assert [each.key for each in found] == asked
    assert not any(each.base or sum(o.n for o in each.options) for each in found)


def test_each_position_and_each_item_is_counted_for_itself() -> None:
    necessity = AnswerKey(SPEAKING, "necessity", CHAIR)
    rows = [
        AnswerCount(SPEAKING, "necessity", CHAIR, "1.0.0", "useful", 2),
        AnswerCount(SPEAKING, "necessity", "provider-chief-executive", "1.0.0", "useful", 4),
        AnswerCount("culture.listening", "necessity", CHAIR, "1.0.0", "useful", 8),
    ]
    assert of(tally(an_asking(), rows), necessity).base == 2


def test_texts_are_counted_without_options() -> None:
    rows = [AnswerCount(SPEAKING, "comment", "", "1.0.0", "", 4)]
    found = of(tally(an_asking(), rows), AnswerKey(SPEAKING, "comment"))
    assert (found.base, found.options, found.takes_several) == (4, (), False)


def test_what_answers_nothing_that_is_asked_is_left_out() -> None:
    rows = [fate("keep", 1, item="gone"), AnswerCount(SPEAKING, "gone", "", "1.0.0", "keep", 1)]
    assert tally(an_asking(), rows) == tally(an_asking(), [])


def test_answers_to_each_wording_stand_apart_in_its_own_words() -> None:
    rows = [fate("keep", 3), fate("keep", 1, "1.0.1"), fate("merge", 2, "1.0.1")]
    found = of(tally(revised(), rows), FATE)
    first, second = found.by_version
    assert (first.version, first.base, second.version, second.base) == ("1.0.0", 3, "1.0.1", 3)
    assert [option.key for option in first.options] == ["keep", "reword", "remove"]
    assert first.text.startswith("What should happen")
    assert second.text.startswith("What would you do")
    assert (found.base, chosen(found)["keep"], chosen(found)["merge"]) == (6, 4, 2)


def test_an_answer_without_a_version_is_of_the_first_edition() -> None:
    first, second = of(tally(revised(), [fate("keep", 3, "")]), FATE).by_version
    assert (first.base, second.base) == (3, 0)


def test_a_choice_that_its_version_did_not_offer_is_counted_all_the_same() -> None:
    found = of(tally(revised(), [fate("merge", 2)]), FATE)
    assert found.by_version[0].base == 2
    assert chosen(found)["merge"] == 2
    stray = of(tally(an_asking(), [fate("abolish", 1)]), FATE)
    assert (stray.base, chosen(stray)["abolish"]) == (1, 1)


def test_a_question_that_is_new_has_no_earlier_version() -> None:
    early = a_questionnaire()
    late = with_one_more_option()
    early = early.model_copy(
        update={"questions": tuple(q for q in early.questions if q.key != "fate")}
    )
    asking = replace(an_asking(None, late), earlier=(an_asking(None, early),))
    (only,) = of(tally(asking, [fate("keep", 2, "1.0.1")]), FATE).by_version
    assert (only.version, only.base) == ("1.0.1", 2)


COUNTS = st.lists(
    st.builds(
        AnswerCount,
        st.sampled_from([SPEAKING, "culture.listening"]),
        st.just("fate"),
        st.just(""),
        st.sampled_from(["", "1.0.0", "1.0.1"]),
        st.lists(st.sampled_from(["keep", "reword", "remove", "merge"]), unique=True, min_size=1)
        .map(sorted)
        .map("\n".join),
        st.integers(1, 50),
    ),
    unique_by=lambda row: row[:-1],
    max_size=12,
)


@given(COUNTS)
def test_versions_add_up_to_the_whole_and_nobody_is_lost(rows: list[AnswerCount]) -> None:
    found = tally(revised(), rows)
    assert sum(each.base for each in found) == sum(row.n for row in rows)
    for each in found:
        assert each.base == sum(version.base for version in each.by_version)
        sums: Counter[str] = Counter()
        for version in each.by_version:
            assert all(option.n <= version.base for option in version.options)
            sums.update({option.key: option.n for option in version.options})
        assert {key: n for key, n in chosen(each).items() if n} == +sums
        question = revised().items[each.key.item].by_key[each.key]
        assert each.takes_several == isinstance(question, SomeOf)


@given(COUNTS, st.data())
def test_taking_some_responses_out_and_counting_the_rest_is_the_same(
    rows: list[AnswerCount], data: st.DataObject
) -> None:
    taken = [row._replace(n=data.draw(st.integers(0, row.n))) for row in rows]
    left = {row[:-1]: row.n for row in less(rows, taken)}
    both = Counter(left)
    for row in taken:
        both[row[:-1]] += row.n
    assert +both == +Counter({row[:-1]: row.n for row in rows})
    assert all(n > 0 for n in left.values())
