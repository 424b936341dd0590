"""All of some words, whatever their case, and nothing that only looks like them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.publication.searching import (
    MOST_WORDS,
    excerpt,
    fold,
    is_plain,
    pattern,
    says,
    words_of,
)


def test_words_are_folded_and_each_is_looked_for_once() -> None:
    assert words_of("  “Boards” must, must LISTEN! ") == ("boards", "must", "listen")
    assert words_of(" ,. ") == ()
    assert len(words_of(" ".join(map(str, range(50))))) == MOST_WORDS


@pytest.mark.parametrize(
    ("word", "like"),
    [("board", "%board%"), ("50%", r"%50\%%"), ("a_b", r"%a\_b%"), ("a\\b", r"%a\\b%")],
)
def test_a_plain_word_is_found_by_the_database_exactly(word: str, like: str) -> None:
    assert is_plain(word)
    assert pattern(word) == like


@pytest.mark.parametrize("word", ["siân", "don't", "straße"])
def test_other_words_are_checked_again(word: str) -> None:
    assert not is_plain(fold(word))


def test_all_words_have_to_stand_in_some_text() -> None:
    texts = ("Siân doesn’t shout.", "Boards LISTEN")
    assert says(texts, words_of("boards SIÂN doesn't"))
    assert not says(texts, words_of("boards sian"))


@given(st.text(max_size=400), st.text(max_size=30))
def test_an_excerpt_is_a_part_of_the_text(text: str, typed: str) -> None:
    shown = excerpt([text], words_of(typed))
    middle = "".join(each.text for each in shown if each.text not in ("… ", " …"))
    assert middle in text or "…" in text
    assert all(words_of(each.text) or not each.text.strip() for each in shown if each.is_found)


def test_an_excerpt_surrounds_the_first_word_and_marks_each() -> None:
    text = "x " * 200 + "a Board that listens to the board " + "y " * 200
    shown = excerpt(["nothing", text], ("board",))
    assert [each.text for each in shown if each.is_found] == ["Board", "board"]
    assert shown[0].text == "… "
    assert shown[-1].text == " …"
