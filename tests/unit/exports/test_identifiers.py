"""Identifiers can be typed from paper, and a slip is noticed."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.seals.identifiers import ALPHABET, NotAnIdentifier, new_identifier, parse_identifier

ONE = new_identifier(hashlib.sha256(b"one").digest())
digests = st.binary(min_size=10, max_size=64)


@given(digests)
def test_it_has_four_groups_of_four_and_is_read_back(digest: bytes) -> None:
    made = new_identifier(digest)
    assert [len(group) for group in made.split("-")] == [4, 4, 4, 4]
    assert set(made) <= {*ALPHABET, "-"}
    assert parse_identifier(made) == made


@pytest.mark.parametrize(
    "typed",
    [
        ONE.lower(),
        ONE.replace("-", ""),
        ONE.replace("-", " "),
        ONE.replace("-", " – "),
        f"  {ONE}\n",
        f"https://boards.example.org/verify/{ONE}",
        f"boards.example.org/VERIFY/{ONE}/",
    ],
)
def test_it_may_be_typed_in_many_ways(typed: str) -> None:
    assert parse_identifier(typed) == ONE


def test_letters_that_look_like_digits_are_read_as_those() -> None:
    made = next(
        each
        for each in (new_identifier(hashlib.sha256(b"%d" % n).digest()) for n in range(1000))
        if "0" in each and "1" in each
    )
    for zero, one in (("O", "I"), ("o", "l"), ("O", "L")):
        assert parse_identifier(made.replace("0", zero).replace("1", one)) == made


@given(digests, st.integers(0, 15), st.sampled_from(ALPHABET))
def test_every_wrong_character_is_noticed(digest: bytes, place: int, other: str) -> None:
    letters = new_identifier(digest).replace("-", "")
    wrong = letters[:place] + other + letters[place + 1 :]
    if wrong != letters:
        with pytest.raises(NotAnIdentifier, match="not as printed"):
            parse_identifier(wrong)


@given(digests, st.integers(0, 15), st.integers(0, 15))
def test_any_two_exchanged_characters_are_noticed(digest: bytes, one: int, other: int) -> None:
    letters = list(new_identifier(digest).replace("-", ""))
    exchanged = letters.copy()
    exchanged[one], exchanged[other] = letters[other], letters[one]
    if exchanged != letters:
        with pytest.raises(NotAnIdentifier, match="not as printed"):
            parse_identifier("".join(exchanged))


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "Enter the identifier"),
        (" - - ", "Enter the identifier"),
        (ONE[:-1], "and this has 15"),
        (f"{ONE}A", "and this has 17"),
        ("U" + ONE[1:], "no letter U"),
        ("é" + ONE[1:], "“É” is neither"),
        ("😀" * 16, "is neither"),
        ("A" * 1000, "has 16 letters and digits"),
    ],
)
def test_what_cannot_be_one_says_why(typed: str, says: str) -> None:
    with pytest.raises(NotAnIdentifier, match=says):
        parse_identifier(typed)


def test_too_little_to_make_one_of_is_an_error() -> None:
    with pytest.raises(ValueError, match="at least 10 bytes"):
        new_identifier(b"123456789")
