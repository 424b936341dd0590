"""Answer keys: one name for a form field, a PDF field and a column."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frameworks.fields import ITEM_KEY_PATTERN, SLUG_PATTERN
from frameworks.questions import AnswerKey, Given, LongText, SomeOf, is_an_answer

words = st.text("abz019", min_size=1, max_size=4)
slugs = st.lists(words, min_size=1, max_size=3).map("-".join)
items = st.lists(slugs, min_size=1, max_size=3).map(".".join)
keys = st.builds(AnswerKey, items, slugs, st.just("") | slugs)


@given(items, slugs)
def test_the_keys_below_are_keys_of_the_model(item: str, slug: str) -> None:
    assert re.fullmatch(ITEM_KEY_PATTERN, item)
    assert re.fullmatch(SLUG_PATTERN, slug)


@given(keys)
def test_a_key_comes_back_from_its_field_name(key: AnswerKey) -> None:
    assert AnswerKey.parse(str(key)) == key


@given(keys)
def test_a_key_comes_back_from_its_pdf_field_name(key: AnswerKey) -> None:
    assert "." not in key.pdf_name
    assert AnswerKey.parse_pdf_name(key.pdf_name) == key


@given(keys, keys)
def test_two_keys_never_share_a_name(one: AnswerKey, other: AnswerKey) -> None:
    assert (str(one) == str(other)) == (one == other)
    assert (one.pdf_name == other.pdf_name) == (one == other)


@pytest.mark.parametrize("text", ["", "a", "a:", ":b", "a:b:c:d", "a::c", "a:b:"])
def test_anything_else_is_no_key(text: str) -> None:
    with pytest.raises(ValueError, match="is not an answer key"):
        AnswerKey.parse(text)


@pytest.mark.parametrize(
    ("given", "counts"),
    [(Given(), False), (Given(text=" \n"), False), (Given(text="x"), True)],
)
def test_blanks_are_no_answer(given: Given, counts: bool) -> None:
    question = LongText(key=AnswerKey("a", "b"), text="Why?")

    assert is_an_answer(question, given) is counts


def test_a_choice_is_an_answer() -> None:
    question = SomeOf(key=AnswerKey("a", "b"), text="Which?", options=())

    assert is_an_answer(question, Given(choices=("x",)))
