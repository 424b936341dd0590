"""Two wordings of the same sentence."""

from hypothesis import given
from hypothesis import strategies as st

from frameworks.wording import compare_texts


def test_what_went_and_what_came_are_phrases_and_not_shreds() -> None:
    change = compare_texts(
        "I make it safe for anyone to raise a concern.",
        "I make it safe for staff and patients to raise a concern early.",
    )
    assert change.removed == ("anyone", "concern.")
    assert change.added == ("staff and patients", "concern early.")


def test_changes_one_word_apart_are_told_as_one() -> None:
    change = compare_texts("a red car and dog", "a blue car with dog")
    assert change.removed == ("red car and",)
    assert change.added == ("blue car with",)


def test_line_breaks_and_blanks_are_no_change() -> None:
    assert not compare_texts("one  two\r\nthree", "one two three").is_change


@given(st.text(alphabet="ab ", max_size=40), st.text(alphabet="ab ", max_size=40))
def test_every_word_that_differs_is_told(before: str, after: str) -> None:
    change = compare_texts(before, after)
    assert change.is_change == (before.split() != after.split())
    went = sum(len(part.split()) for part in change.removed)
    came = sum(len(part.split()) for part in change.added)
    assert len(after.split()) - len(before.split()) == came - went
