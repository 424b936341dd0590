"""Words that are taken out, as pure functions of a text and its spans."""

from __future__ import annotations

import itertools
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.consultations.redacting import (
    Cut,
    DoesNotFit,
    Passage,
    Reason,
    Span,
    mark,
    merged,
    pieces,
    places_of,
    redacted,
)

LETTERS = st.text(min_size=1, max_size=60)


@st.composite
def texts_with_spans(draw: st.DrawFn) -> tuple[str, list[Span]]:
    text = draw(LETTERS)
    spans = []
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        spans.append(Span(start, end, draw(st.sampled_from(Reason))))
    return text, spans


def covered(spans: tuple[Span, ...] | list[Span]) -> set[int]:
    return {place for span in spans for place in range(span.start, span.end)}


class TestMerging:
    @given(texts_with_spans(), st.randoms())
    def test_order_and_overlaps_make_no_difference(
        self, made: tuple[str, list[Span]], random: Random
    ) -> None:
        text, spans = made
        shuffled = [*spans, *spans]
        random.shuffle(shuffled)
        assert merged(shuffled) == merged(spans)
        assert redacted(text, shuffled) == redacted(text, spans)

    @given(texts_with_spans())
    def test_exactly_the_same_places_are_covered_and_again_changes_nothing(
        self, made: tuple[str, list[Span]]
    ) -> None:
        _, spans = made
        once = merged(spans)
        assert covered(once) == covered(spans)
        assert merged(once) == once
        assert all(a.end <= b.start for a, b in itertools.pairwise(once))


class TestRedacting:
    @given(texts_with_spans())
    def test_what_is_kept_and_what_is_taken_out_make_the_text(
        self, made: tuple[str, list[Span]]
    ) -> None:
        text, spans = made
        found = pieces(text, spans)
        assert "".join(each.text for each in found) == text
        taken = {
            place
            for place, letter in enumerate(
                letter
                for each in found
                for letter in ("1" if each.reason else "0") * len(each.text)
            )
            if letter == "1"
        }
        assert taken == covered(spans)

    @given(texts_with_spans())
    def test_nothing_but_marks_stands_where_words_were_taken_out(
        self, made: tuple[str, list[Span]]
    ) -> None:
        text, spans = made
        expected, at = "", 0
        for span in merged(spans):
            expected += text[at : span.start] + mark(span.reason)
            at = span.end
        assert redacted(text, spans) == expected + text[at:]

    @given(st.text(max_size=20), st.text(max_size=20), st.sampled_from(Reason))
    def test_no_redacted_word_survives(self, before: str, after: str, reason: Reason) -> None:
        secret = "🙈secret🙉"
        text = before + secret + after
        assert secret not in redacted(
            text, [Span(start, end, reason) for start, end in places_of(text, secret)]
        )

    @pytest.mark.parametrize("span", [(-1, 2), (0, 0), (3, 2), (0, 5)])
    def test_a_span_outside_the_text_is_refused(self, span: tuple[int, int]) -> None:
        with pytest.raises(DoesNotFit):
            redacted("Four", [Span(*span, Reason.OTHER)])

    def test_code_points_are_counted_and_not_bytes(self) -> None:
        text = "Dŵr 🙂 Siân left"
        start = text.index("Siân")
        assert redacted(text, [Span(start, start + 4, Reason.PERSONAL)]) == (
            "Dŵr 🙂 [taken out: personal details] left"
        )


class TestFitting:
    def test_a_cut_is_never_applied_to_other_words(self) -> None:
        cut = Cut("a" * 32, Span(0, 3, Reason.OTHER), digest="d1", length=9)
        assert cut.fits(Passage("a" * 32, "Ann left.", "d1"))
        assert not cut.fits(Passage("a" * 32, "Ann left.", "d2"))
        assert not cut.fits(Passage("b" * 32, "Ann left.", "d1"))
        assert not cut.fits(Passage("a" * 32, "Ann left!!", "d1"))


class TestFindingWords:
    @pytest.mark.parametrize(
        ("text", "words", "found"),
        [
            ("Ann met ANN.", "ann", ["Ann", "ANN"]),
            ("Ann\nSmith and Ann  Smith", "ann smith", ["Ann\nSmith", "Ann  Smith"]),
            ("Straße, STRASSE", "strasse", ["Straße", "STRASSE"]),
            ("aaaa", "aa", ["aa", "aa"]),
            ("a.b", ".", ["."]),
            ("Nothing", "  ", []),
            ("Nothing", "else", []),
        ],
    )
    def test_words_are_found_whatever_the_case_and_the_blanks(
        self, text: str, words: str, found: list[str]
    ) -> None:
        assert [text[start:end] for start, end in places_of(text, words)] == found

    @given(LETTERS, LETTERS, st.integers(1, 20))
    def test_any_part_of_a_text_is_found_in_it(self, before: str, part: str, times: int) -> None:
        text = before + part * times
        if part.split():
            assert places_of(text, part)
