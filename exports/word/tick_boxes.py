"""Boxes that are ticked in a word processor with a click, and on paper with a pen."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import quoteattr

from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml
from docx.text.paragraph import Paragraph

_EMPTY, _TICKED = "\N{BALLOT BOX}", "\N{BALLOT BOX WITH X}"
_TYPEFACE = "MS Gothic"
# Word takes a longer name of a control for damage.
_LONGEST_NAME = 64
_WORD_2010 = "http://schemas.microsoft.com/office/word/2010/wordml"


def add_tick_box(paragraph: Paragraph, name: str) -> None:
    """Add an empty box to a paragraph; its name is what a screen reader says."""
    short = name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"
    states = "".join(
        f'<w14:{state} w14:val="{ord(sign):04X}" w14:font="{_TYPEFACE}"/>'
        for state, sign in (("checkedState", _TICKED), ("uncheckedState", _EMPTY))
    )
    fonts = " ".join(f'w:{each}="{_TYPEFACE}"' for each in ("ascii", "eastAsia", "hAnsi"))
    box = parse_xml(
        f'<w:sdt {nsdecls("w")} xmlns:w14="{_WORD_2010}"><w:sdtPr>'
        f"<w:alias w:val={quoteattr(short)}/>"
        f'<w14:checkbox><w14:checked w14:val="0"/>{states}</w14:checkbox></w:sdtPr>'
        f'<w:sdtContent><w:r><w:rPr><w:rFonts {fonts}/><w:sz w:val="28"/></w:rPr>'
        f"<w:t>{_EMPTY}</w:t></w:r></w:sdtContent></w:sdt>"
    )
    holder: Any = paragraph._p
    holder.append(box)
