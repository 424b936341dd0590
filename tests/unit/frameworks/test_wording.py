"""Two wordings of the same sentence."""

from itertools import combinations
from time import process_time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from frameworks.wording import (
    Edit,
    EditsDoNotFit,
    Piece,
    apply_edits,
    compare_texts,
    edits,
    edits_from_text,
    edits_text,
    marked,
)

PRESENT = "I make it safe for anyone to raise a concern, and I see that it is acted on."
FEW_WORDS = st.text(alphabet="ab \n", max_size=40)
A_LIST_OF_WORDS = st.lists(st.sampled_from(["a", "b", "c"]), max_size=7)
ANY_TEXTS = st.text(max_size=60) | FEW_WORDS


class TestInWords:
    def test_what_went_and_what_came_are_phrases_and_not_shreds(self) -> None:
        change = compare_texts(
            "I make it safe for anyone to raise a concern.",
            "I make it safe for staff and patients to raise a concern early.",
        )
        assert change.removed == ("anyone", "concern.")
        assert change.added == ("staff and patients", "concern early.")

    def test_changes_one_word_apart_are_told_as_one(self) -> None:
        change = compare_texts("a red car and dog", "a blue car with dog")
        assert change.removed == ("red car and",)
        assert change.added == ("blue car with",)

    def test_line_breaks_and_blanks_are_no_change(self) -> None:
        assert not compare_texts("one  two\r\nthree", "one two three").is_change

    @given(FEW_WORDS, FEW_WORDS)
    def test_every_word_that_differs_is_told(self, before: str, after: str) -> None:
        change = compare_texts(before, after)
        assert change.is_change == (before.split() != after.split())
        went = sum(len(part.split()) for part in change.removed)
        came = sum(len(part.split()) for part in change.added)
        assert len(after.split()) - len(before.split()) == came - went


class TestEdits:
    @given(ANY_TEXTS, ANY_TEXTS)
    @example(PRESENT, "")
    @example("", PRESENT)
    @example("a  b\t", "a b \n")
    def test_they_make_the_new_text_of_the_old_to_the_last_blank(
        self, before: str, after: str
    ) -> None:
        made = edits(before, after)
        assert apply_edits(before, made) == after
        assert bool(made) == (before != after)

    @given(A_LIST_OF_WORDS, A_LIST_OF_WORDS)
    def test_they_touch_no_more_words_than_they_must(self, old: list[str], new: list[str]) -> None:
        made = edits(" ".join(old), " ".join(new))
        touched = sum(len(each.removed.split()) + len(each.added.split()) for each in made)
        assert touched == len(old) + len(new) - 2 * longest_common(old, new)

    def test_they_name_whole_words_and_leave_the_rest_alone(self) -> None:
        after = "I make it safe for anyone to raise concerns, and I see that it is acted on."
        assert edits(PRESENT, after) == (Edit(35, "a concern,", "concerns,"),)

    def test_what_is_put_in_has_its_blanks_on_one_side(self) -> None:
        assert edits("one two", "one and two") == (Edit(4, "", "and "),)
        assert edits("one and two", "one two") == (Edit(4, "and ", ""),)

    @given(ANY_TEXTS, ANY_TEXTS)
    def test_what_was_written_down_is_read_back(self, before: str, after: str) -> None:
        made = edits(before, after)
        assert edits_from_text(edits_text(made)) == made

    def test_they_are_written_down_in_few_characters(self) -> None:
        made = edits("one two", "one “ŵ” two")
        assert edits_text(made) == '[[4,"","“ŵ” "]]'
        assert edits_text(()) == ""

    @pytest.mark.parametrize(
        "text", ["no", "{}", "[1]", '[["1","a","b"]]', '[[1,"a"]]', "[[1,2,3]]", "null"]
    )
    def test_what_is_no_list_of_edits_is_refused(self, text: str) -> None:
        with pytest.raises(EditsDoNotFit):
            edits_from_text(text)

    @pytest.mark.parametrize(
        "made",
        [
            [Edit(0, "We", "They")],
            [Edit(2, "make", "give"), Edit(0, "I", "We")],
            [Edit(2, "make", "give"), Edit(4, "ke", "")],
            [Edit(500, "", "more")],
            [Edit(-3, "on.", "")],
        ],
        ids=["another text", "out of order", "overlapping", "past the end", "before the start"],
    )
    def test_edits_of_another_text_are_refused(self, made: list[Edit]) -> None:
        with pytest.raises(EditsDoNotFit):
            apply_edits(PRESENT, made)
        with pytest.raises(EditsDoNotFit):
            marked(PRESENT, made)

    def test_two_long_texts_with_little_in_common_take_no_time(self) -> None:
        words = [f"w{each % 7}" for each in range(2000)]
        others = [f"w{each * each % 11}" for each in range(2000)]
        started = process_time()
        edits(" ".join(words), " ".join(others))
        assert process_time() - started < 0.5


class TestMarked:
    @given(ANY_TEXTS, ANY_TEXTS)
    def test_both_texts_stand_in_it_whole(self, before: str, after: str) -> None:
        pieces = marked(before, edits(before, after))
        assert "".join(each.text for each in pieces if each.kind != "added") == before
        assert "".join(each.text for each in pieces if each.kind != "removed") == after

    def test_changes_that_a_word_keeps_apart_are_one(self) -> None:
        pieces = compare_texts("a red car and dog", "a blue car with dog").pieces
        assert pieces == (
            Piece("kept", "a "),
            Piece("removed", "red car and"),
            Piece("added", "blue car with"),
            Piece("kept", " dog"),
        )

    @given(FEW_WORDS, FEW_WORDS)
    def test_it_marks_the_phrases_that_are_listed(self, before: str, after: str) -> None:
        change = compare_texts(before, after)
        for kind, listed in (("removed", change.removed), ("added", change.added)):
            shown = (each.text for each in change.pieces if each.kind == kind)
            assert tuple(" ".join(text.split()) for text in shown if text.strip()) == listed


def longest_common(old: list[str], new: list[str]) -> int:
    """Return the length of the longest common subsequence, by trying every one of the shorter."""
    shorter, longer = sorted((old, new), key=len)
    for length in range(len(shorter), 0, -1):
        for chosen in combinations(shorter, length):
            rest = iter(longer)
            if all(word in rest for word in chosen):
                return length
    return 0
