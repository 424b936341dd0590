"""Details that a moderator should look at, and figures that are none."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.publication.suggesting import Kind, is_nhs_number, suggest


def found(text: str, sender: str = "") -> list[tuple[str, Kind]]:
    return [(text[each.start : each.end], each.kind) for each in suggest(text, sender)]


class TestWhatIsFound:
    @pytest.mark.parametrize(
        ("text", "words", "kind"),
        [
            ("Write to jo.o'neil+x@trust.nhs.uk.", "jo.o'neil+x@trust.nhs.uk", Kind.EMAIL),
            ("Ring 020 7946 0018, please", "020 7946 0018", Kind.TELEPHONE),
            ("Ring (0161) 496 0123 now", "0161) 496 0123", Kind.TELEPHONE),
            ("or 07700 900123.", "07700 900123", Kind.TELEPHONE),
            ("or +44 (0)113 496 0123", "+44 (0)113 496 0123", Kind.TELEPHONE),
            ("or 0044 7700 900123", "0044 7700 900123", Kind.TELEPHONE),
            ("number 943 476 5919.", "943 476 5919", Kind.NHS_NUMBER),
            ("number 943-476-5919", "943-476-5919", Kind.NHS_NUMBER),
            ("number 9434765919", "9434765919", Kind.NHS_NUMBER),
            ("I am QQ123456C no more: AB 12 34 56 C", "AB 12 34 56 C", Kind.NATIONAL_INSURANCE),
            ("at LS1 4AP", "LS1 4AP", Kind.POSTCODE),
            ("at SW1A 2AA, London", "SW1A 2AA", Kind.POSTCODE),
            ("at M11AA", "M11AA", Kind.POSTCODE),
            ("14 Orchard Rise, ZZ99 3VZ.", "ZZ99 3VZ", Kind.POSTCODE),
            ("at ZZ993CZ", "ZZ993CZ", Kind.POSTCODE),
            ("see linkedin.com/in/jo-bloggs.", "linkedin.com/in/jo-bloggs", Kind.PROFILE),
            ("see https://x.com/@jo", "https://x.com/@jo", Kind.PROFILE),
        ],
    )
    def test_a_detail_is_found_whole(self, text: str, words: str, kind: Kind) -> None:
        assert found(text) == [(words, kind)]

    @pytest.mark.parametrize(
        "text",
        [
            "In 2023/24 and in 2024-25 there were 1,200,000 of 56,286,961.",
            "It costs £0207946001 and 0.2079460018 of it.",
            "Between 2019 2020 2021 we met 12 times, on 01/02/2023 and 01-02-2023.",
            "943 476 5918 has the wrong check digit, as has 1234567890.",
            "0000000000 and 1111111111 are nobody's.",
            "Competency 3.2.1, indicator B2 4, section A1 to C3.",
            "Ring 0900 123 4567 or 0300 1 for a premium.",
            "www.england.nhs.uk and https://example.org/page",
            "x@y is no address, nor is @jo or a @ b.",
            "The ISBN 0306406152 is a book, and version 10.0.19045.3693 a program.",
            "ICB 2023 4AB, and the Q3 2024 report. Band 8A and a B12 deficiency.",
        ],
    )
    def test_figures_of_other_kinds_are_left_in_peace(self, text: str) -> None:
        assert [each for each in found(text) if each[1] is not Kind.TELEPHONE] == []
        assert not [each for each in found(text) if "0306406152" not in each[0]]

    def test_the_sender_is_found_whatever_the_case(self) -> None:
        text = "We at MEADOW  Trust agree; Meadows do not."
        assert found(text, "Meadow Trust") == [("MEADOW  Trust", Kind.SENDER)]
        assert found(text, "") == []
        assert found("We is I", "I") == []

    @given(st.text(max_size=200), st.text(max_size=10))
    def test_suggestions_lie_in_the_text_in_order_and_apart(self, text: str, sender: str) -> None:
        suggestions = suggest(text, sender)
        places = [place for each in suggestions for place in (each.start, each.end)]
        assert places == sorted(places)
        assert all(0 <= each.start < each.end <= len(text) for each in suggestions)

    @pytest.mark.parametrize(
        "text",
        ["a'" * 20_000, "a'" * 10_000 + "@" + "a" * 20_000, "jo@x.uk " * 5_000, "Jo " * 13_000],
    )
    def test_a_text_made_to_be_slow_is_not(self, text: str) -> None:
        began = time.process_time()
        suggest(text, "Jo Jo")
        assert time.process_time() - began < 2

    def test_the_longest_address_is_found_whole(self) -> None:
        address = f"{'a' * 64}@{'b' * 63}.{'c' * 63}.uk"
        assert found(f"Write to '{address}'.") == [(address, Kind.EMAIL)]


class TestNhsNumbers:
    @given(st.from_regex(r"[0-9]{9}", fullmatch=True))
    def test_of_ten_check_digits_one_fits_at_most(self, nine: str) -> None:
        assert sum(is_nhs_number(f"{nine}{digit}") for digit in range(10)) <= 1
