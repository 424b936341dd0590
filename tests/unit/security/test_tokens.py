"""Tokens and codes."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.security.tokens import (
    ALPHABET,
    derive_code,
    hash_token,
    new_code,
    new_token,
    read_code,
    same_secret,
    show_code,
)

codes = st.text(alphabet=ALPHABET, min_size=1, max_size=40)


def test_a_token_has_128_bits_and_fits_in_an_address() -> None:
    token = new_token()
    assert len(base64.urlsafe_b64decode(token + "==")) == 16
    assert token != new_token()


def test_a_hash_does_not_hold_the_token() -> None:
    token = new_token()
    assert token not in hash_token(token)
    assert len(hash_token(token)) == 64
    assert hash_token(token) == hash_token(token) != hash_token(new_token())


def test_a_code_has_no_characters_that_look_alike() -> None:
    assert set(new_code(400)) <= set(ALPHABET)
    assert not set("ILOU") & set(ALPHABET)


@given(codes)
def test_a_code_read_back_as_it_was_shown_is_the_same(code: str) -> None:
    assert read_code(show_code(code)) == code
    assert read_code(f" {show_code(code).lower()} ") == code


def test_look_alikes_are_read_as_what_was_meant() -> None:
    assert read_code("oil0-1234") == "01101234"


def test_a_code_is_shown_in_groups_of_four() -> None:
    assert show_code("7K3M9QRT") == "7K3M-9QRT"


@given(st.text(min_size=1), st.lists(st.text()))
def test_the_same_secret_and_parts_give_the_same_code(secret: str, parts: list[str]) -> None:
    assert derive_code(secret, *parts) == derive_code(secret, *parts)
    assert len(derive_code(secret, *parts)) == 20
    assert derive_code(secret, *parts) != derive_code(secret + "x", *parts)


def test_where_a_part_ends_makes_a_difference() -> None:
    assert derive_code("s", "ab", "c") != derive_code("s", "a", "bc")


def test_nothing_is_derived_from_an_empty_secret() -> None:
    with pytest.raises(ValueError, match="empty secret"):
        derive_code("", "part")


def test_a_code_longer_than_the_digest_is_refused() -> None:
    with pytest.raises(ValueError, match="1 to 51"):
        derive_code("s", "part", length=52)


def test_secrets_of_any_alphabet_can_be_compared() -> None:
    assert same_secret("é", "é")
    assert not same_secret("é", "e")
