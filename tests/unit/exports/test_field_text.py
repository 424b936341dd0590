"""What we write into a field is set in glyphs, inside its box, or not by us at all."""

from __future__ import annotations

import io
import re

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Name

from exports.forms.field_font import field_fonts, typeface
from exports.forms.field_text import EMPTY, SMALLEST, draw_text

SHOWN = re.compile(rb"<([0-9a-f]*)> Tj")
SIZE = re.compile(rb"/BmWide ([0-9.]+) Tf")
DRAWABLE = st.text(st.sampled_from(sorted(typeface().advances)))


def lines_of(content: bytes | None) -> list[str]:
    """Return the lines that a content stream shows."""
    assert content is not None
    return [bytes.fromhex(line.decode()).decode("utf-16-be") for line in SHOWN.findall(content)]


def size_of(content: bytes | None) -> float:
    """Return the size of the type."""
    assert content is not None
    found = SIZE.search(content)
    assert found
    return float(found.group(1))


def width_of(line: str, size: float) -> float:
    """Return how wide a line is, in points."""
    return sum(typeface().advances[each] for each in line) * size / 1000


class TestOneLine:
    def test_a_name_is_shown_whole(self) -> None:
        assert lines_of(draw_text("Zoë Łukasiewicz", 200, 18)) == ["Zoë Łukasiewicz"]

    def test_an_accent_joins_its_letter(self) -> None:
        assert lines_of(draw_text("Zoe\u0308", 200, 18)) == ["Zoë"]

    def test_a_long_name_is_set_smaller(self) -> None:
        name = "Wilhelmina Featherstonehaugh-Cholmondeley"
        drawn = draw_text(name, 160, 18)
        assert lines_of(drawn) == [name]
        assert SMALLEST <= size_of(drawn) < 10
        assert width_of(name, size_of(drawn)) <= 156

    def test_what_is_longer_still_ends_in_an_ellipsis(self) -> None:
        drawn = draw_text("Wilhelmina " * 20, 160, 18)
        (line,) = lines_of(drawn)
        assert line.endswith("…")
        assert size_of(drawn) == SMALLEST
        assert width_of(line, SMALLEST) <= 156

    def test_line_breaks_are_spaces(self) -> None:
        assert lines_of(draw_text("Ada\r\nLovelace", 200, 18)) == ["Ada  Lovelace"]

    def test_nothing_is_an_empty_appearance(self) -> None:
        assert draw_text("", 200, 18) == EMPTY

    @given(text=DRAWABLE, width=st.floats(40, 500))
    def test_whatever_is_shown_fits(self, text: str, width: float) -> None:
        drawn = draw_text(text, width, 18)
        if drawn is not None and text:
            (line,) = lines_of(drawn)
            assert width_of(line, size_of(drawn)) <= width - 4 + 0.01


class TestSeveralLines:
    def test_lines_end_between_words(self) -> None:
        drawn = draw_text("one two three four five", 60, 100, multiline=True)
        assert lines_of(drawn) == ["one two", "three four", "five"]

    @pytest.mark.parametrize("mark", ["\n", "\r", "\r\n"])
    def test_breaks_and_empty_lines_are_kept(self, mark: str) -> None:
        drawn = draw_text(f"one{mark}{mark}two", 60, 100, multiline=True)
        assert lines_of(drawn) == ["one", "", "two"]

    def test_a_word_wider_than_the_box_is_broken(self) -> None:
        lines = lines_of(draw_text("m" * 40, 60, 400, multiline=True))
        assert "".join(lines) == "m" * 40
        assert all(width_of(line, 10) <= 56 for line in lines)

    def test_what_is_far_below_the_box_is_left_out(self) -> None:
        assert len(lines_of(draw_text("word\n" * 500, 200, 60, multiline=True))) <= 6

    @given(text=DRAWABLE, width=st.floats(20, 500))
    def test_no_line_is_wider_than_the_box(self, text: str, width: float) -> None:
        drawn = draw_text(text, width, 5000, multiline=True)
        if drawn is not None and text:
            for line in lines_of(drawn):
                assert len(line) == 1 or width_of(line.rstrip(" "), 10) <= width - 4 + 0.01


@pytest.mark.parametrize(
    "text",
    [
        "محمد",
        "שלום",
        "नमस्ते",
        "王小明",
        "x\u0323\u0302",
        "A\u200dB",
        "co\u00adop",
        "\U0001f469",
        "\ue000",
        "\x80",
    ],
)
class TestWhatMustBeRendered:
    """Letters that join, other typefaces, marks, joiners, emoji, characters of nobody."""

    def test_a_line_is_left_to_others(self, text: str) -> None:
        assert draw_text(f"Ada {text}", 200, 18) is None

    def test_lines_are_left_to_others(self, text: str) -> None:
        assert draw_text(f"Ada {text}", 200, 60, multiline=True) is None


class TestFonts:
    @pytest.mark.parametrize("text", ["Zoë", "Łódź", "Ελένη", "Олена", "£5 – “so” … €", "Ștefan"])
    def test_the_scripts_of_europe_are_covered(self, text: str) -> None:
        assert lines_of(draw_text(text, 400, 18)) == [text]

    def test_the_program_is_small_and_always_the_same(self) -> None:
        first = typeface().program
        typeface.cache_clear()
        assert typeface().program == first
        assert len(first) < 120_000

    def test_widths_are_those_of_the_program(self) -> None:
        with pikepdf.new() as pdf:
            fonts = field_fonts(pdf)
            (descendant,) = fonts.BmWide.DescendantFonts
            widths = _widths(descendant.W)
            simple = [int(each) for each in fonts.BmText.Widths]
        assert {chr(code): width for code, width in widths.items()} == typeface().advances
        for code in range(0x20, 0x7F):
            assert simple[code - 0x20] == widths[code]
        assert simple[0x80 - 0x20] == widths[ord("€")]

    def test_a_code_is_its_character(self) -> None:
        with pikepdf.new() as pdf:
            fonts = field_fonts(pdf)
            (descendant,) = fonts.BmWide.DescendantFonts
            glyphs = descendant.CIDToGIDMap.read_bytes()
            unicode = fonts.BmWide.ToUnicode.read_bytes()
        for code, glyph in typeface().glyphs.items():
            assert int.from_bytes(glyphs[2 * code : 2 * code + 2], "big") == glyph
        for first, last, character in re.findall(
            rb"<([0-9A-F]{4})> <([0-9A-F]{4})> <([0-9A-F]{4})>", unicode
        ):
            assert first == character
            assert first[:2] == last[:2]

    def test_one_program_serves_both(self) -> None:
        with pikepdf.new() as pdf:
            fonts = field_fonts(pdf)
            (descendant,) = fonts.BmWide.DescendantFonts
            assert fonts.BmText.FontDescriptor.objgen == descendant.FontDescriptor.objgen
            program = descendant.FontDescriptor.FontFile2
            assert program.stream_dict.Filter == Name.FlateDecode
            assert program.read_bytes() == typeface().program
            written = io.BytesIO()
            pdf.Root.Fonts = fonts
            pdf.save(written)
        assert len(written.getvalue()) < 80_000


def _widths(listed: pikepdf.Object) -> dict[int, int]:
    entries = list(listed)
    found = dict[int, int]()
    for first, widths in zip(entries[::2], entries[1::2], strict=True):
        found |= {int(first) + offset: int(width) for offset, width in enumerate(widths)}
    return found
