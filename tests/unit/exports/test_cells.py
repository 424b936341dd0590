"""What stands in a cell is harmless, and says without doubt which text it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from exports.tables import cell, restored, shown

ANY_TEXT = st.text(st.characters(exclude_categories=()))
TROUBLE = st.text(
    st.sampled_from(
        list("'=+-@\uff1d\uff0b\uff0d\uff20−_x0041\t\r\n \ufeff\u200b\u202e<r>\x00\x07\ud800")
    )
)

HOSTILE = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "=cmd|' /C calc'!A0",
    "\ufeff=1+1",
    "   =1+1",
    "\t=1+1",
    "\n=1+1",
    "\tplain",
    "\uff1d1+1",
    "\uff0b1",
    "\uff0d1",
    "\uff20SUM(A1)",
    "\u200b=1+1",
    "\u202e=1+1",
    "\u00a0@SUM(A1)",
    "−1",
    "﹢1",
    "'=1+1",
    "''@x",
    "<r></t></is></c><c><f>1+1</f></c></r>",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_a_spreadsheet_could_run_has_an_apostrophe_in_front(text: str) -> None:
    assert shown(text) == f"'{text}"
    assert restored(shown(text)) == text


@pytest.mark.parametrize("text", ["", "a=b", "well-led", "’tis", "'quoted'", "£5", "(-1)", "é@b"])
def test_ordinary_words_stay_as_they_are(text: str) -> None:
    assert shown(text) == text


def test_what_xml_cannot_hold_is_written_out() -> None:
    assert shown("a\x00b\x0bc\ufffed\ud800") == "a_x0000_b_x000B_c_xFFFE_d_xD800_"
    assert shown("_x0041_x0042_") == "_x005F_x0041_x005F_x0042_"


@given(ANY_TEXT | TROUBLE)
def test_a_text_is_found_again_by_the_words_of_its_cell(text: str) -> None:
    assert restored(shown(text)) == text


@given(ANY_TEXT | TROUBLE)
def test_what_is_harmless_stays_harmless(text: str) -> None:
    assert cell(shown(text)).lstrip("'") == shown(text).lstrip("'")
    first = shown(text).strip("\ufeff\u200b\u202e \t\r\n")[:1]
    assert first not in {*"=+-@\uff1d\uff0b\uff0d\uff20−"}


@given(ANY_TEXT | TROUBLE)
def test_a_cell_holds_nothing_that_xml_cannot(text: str) -> None:
    element = etree.Element("t")
    element.text = shown(text)
    assert etree.fromstring(etree.tostring(element)).text in {shown(text), None}
