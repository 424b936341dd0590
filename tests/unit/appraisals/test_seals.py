"""Digests that a signature is put under."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from frameworks.questions import AnswerKey, Given
from webapp.appraisals.seals import salted_digest, seal_answer, seal_revision

KEY = AnswerKey("culture", "assessment")
texts = st.lists(st.text(max_size=20), max_size=4)


def test_the_same_words_with_another_salt_have_another_digest() -> None:
    one, other = (seal_answer(KEY, Given(text="Yes"), salt) for salt in ("a", "b"))

    assert one.digest != other.digest


def test_a_revision_changes_with_any_answer_its_order_and_its_header() -> None:
    yes, no = (seal_answer(KEY, Given(text=text), "salt") for text in ("Yes", "No"))
    digests = {
        seal_revision({"number": "1"}, [yes, no]),
        seal_revision({"number": "1"}, [no, yes]),
        seal_revision({"number": "1"}, [yes]),
        seal_revision({"number": "2"}, [yes, no]),
    }

    assert len(digests) == 4


def test_a_choice_is_not_a_text() -> None:
    chosen = seal_answer(KEY, Given(choices=("yes",)), "salt")
    typed = seal_answer(KEY, Given(text="yes"), "salt")

    assert chosen.digest != typed.digest


@given(texts, texts)
def test_where_one_text_ends_and_the_next_begins_counts(one: list[str], other: list[str]) -> None:
    assert (salted_digest("salt", *one) == salted_digest("salt", *other)) == (one == other)
