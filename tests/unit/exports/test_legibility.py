"""Whatever people write, a page shows it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.legibility import (
    BREAK,
    LONGEST_WORD,
    breakable,
    printable,
    runs_right_to_left,
)
from exports.typefaces import FOLDER, Coverage, by_turn, covered_characters

COVERED = covered_characters()


@given(st.text(max_size=2000))
def test_break_points_change_no_character(text: str) -> None:
    assert breakable(text).replace(BREAK, "") == text.replace(BREAK, "")


@given(st.text(st.sampled_from("ab\u00a0\u0301\u200d😀"), max_size=2000))
def test_no_line_is_without_a_break_point_for_long(text: str) -> None:
    pieces = breakable(text).replace(" ", BREAK).split(BREAK)
    assert max(map(len, pieces)) <= LONGEST_WORD


@pytest.mark.parametrize(
    "text",
    [
        "https://www.example.org/a/rather/long/address/that/somebody/wants/to/copy?and=more",
        "word " * 1000,
        "first\nsecond",
    ],
)
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert breakable(text) == text
    assert printable(text, COVERED) == text


def test_a_break_point_tears_no_accent_and_no_emoji_apart() -> None:
    accents = breakable("e\u0301" * 200)
    assert f"{BREAK}\u0301" not in accents
    nurse = "\U0001f469\U0001f3fd\u200d\u2695\ufe0f"
    assert breakable(nurse * 60).replace(BREAK, "") == nurse * 60
    assert all(each.startswith("\U0001f469") for each in breakable(nurse * 60).split(BREAK))


@pytest.mark.parametrize(
    "text",
    [
        "Llŷn a Phen-y-bont",
        "ŠŽřů",
        "Ελληνικά",
        "Кириллица",
        "العربية",
        "اردو گلزار ٹھیک",
        "עברית",
        "中文 張偉 \u9b2d",
        "やまもと ヤマモト 山本",
        "हिन्दी",
        "বাংলা",
        "ਪੰਜਾਬੀ",
        "ગુજરાતી",
        "தமிழ்",
        "😀",
        "½ ≥ → “ ” …",
    ],
)
def test_the_scripts_of_our_fonts_are_printed_as_they_are(text: str) -> None:
    assert printable(text, COVERED) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("한", "[U+D55C]"),
        ("a\x07b", "a[U+0007]b"),
        ("pay \u202e001", "pay [U+202E]001"),
        ("a\u2028b", "a[U+2028]b"),
        ("\ud800", "[U+D800]"),
        ("\U0010ffff", "[U+10FFFF]"),
    ],
)
def test_what_no_font_has_is_shown_by_its_number(text: str, shown: str) -> None:
    assert printable(text, COVERED) == shown


@pytest.mark.parametrize(
    ("text", "is_so"),
    [
        ("محمد الفاتح", True),
        ("דוד", True),
        ("(1) «شركة ABC»", True),
        ("ABC شركة", False),
        ("中文", False),
        ("12.5", False),
        ("", False),
    ],
)
def test_the_first_letter_says_from_where_a_text_is_read(text: str, is_so: bool) -> None:
    assert runs_right_to_left(text) == is_so


class TestCoverage:
    """Which fonts are read to know what can be drawn."""

    def test_a_font_is_read_only_for_what_those_before_it_lack(self, tmp_path: Path) -> None:
        covered = Coverage([FOLDER / "SourceSans3-Regular.ttf", tmp_path / "missing.ttf"])
        assert ord("é") in covered
        with pytest.raises(FileNotFoundError):
            assert ord("中") in covered

    def test_the_text_typeface_is_asked_first_and_the_largest_file_last(self) -> None:
        files = by_turn(FOLDER.glob("*.ttf"))
        assert files[0].name == "SourceSans3-It.ttf"
        assert files[-1].name == "NotoSansSC_400Regular.ttf"
