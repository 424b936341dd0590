"""Parts of a Word file that python-docx has no words for."""

from __future__ import annotations

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

_WIDTH = Mm(166)
_FIRST_OF_MANY = Mm(70)
# What follows in the order that the format wants.
_AFTER_BIDI = tuple(
    f"w:{each}"
    for each in (
        "adjustRightInd",
        "snapToGrid",
        "spacing",
        "ind",
        "contextualSpacing",
        "mirrorIndents",
        "suppressOverlap",
        "jc",
        "textDirection",
        "textAlignment",
        "textboxTightWrap",
        "outlineLvl",
        "divId",
        "cnfStyle",
        "rPr",
        "sectPr",
        "pPrChange",
    )
)
_AFTER_BORDERS = (
    *(f"w:{each}" for each in ("shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap")),
    *(f"w:{each}" for each in ("overflowPunct", "topLinePunct", "autoSpaceDE", "autoSpaceDN")),
    "w:bidi",
    *_AFTER_BIDI,
)
_AFTER_LANG = ("w:eastAsianLayout", "w:specVanish", "w:oMath")


def bar_at_left(style: ParagraphStyle, colour: str) -> None:
    """Draw a bar at the left of every paragraph of a style, in a colour such as 2F5D8A."""
    bar = OxmlElement("w:left")
    for name, value in (("val", "single"), ("sz", "24"), ("space", "8")):
        bar.set(qn(f"w:{name}"), value)
    bar.set(qn("w:color"), colour)  # codespell:ignore color
    borders: Any = OxmlElement("w:pBdr")
    borders.append(bar)
    properties: Any = style.element.get_or_add_pPr()
    properties.insert_element_before(borders, *_AFTER_BORDERS)


def add_field(paragraph: Paragraph, name: str) -> None:
    """Add a field that the word processor fills in, such as PAGE."""
    for kind in ("begin", "", "separate", "1", "end"):
        run: Any = paragraph.add_run("1" if kind == "1" else "")
        if kind in ("begin", "separate", "end"):
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        elif not kind:
            instruction = OxmlElement("w:instrText")
            instruction.text = name
            run._r.append(instruction)


def mark_language(run: Run, language: str) -> None:
    """Say that a run is in another language than its file."""
    mark = OxmlElement("w:lang")
    for name in ("val", "eastAsia", "bidi"):
        mark.set(qn(f"w:{name}"), language)
    properties: Any = run._r.get_or_add_rPr()
    properties.insert_element_before(mark, *_AFTER_LANG)


def turn_round(paragraph: Paragraph) -> None:
    """Let a paragraph run from right to left."""
    properties: Any = paragraph._p.get_or_add_pPr()
    if properties.find(qn("w:bidi")) is None:
        properties.insert_element_before(OxmlElement("w:bidi"), *_AFTER_BIDI)


def add_row(table: Table) -> _Row:
    """Add an empty row to a table."""
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]  # It has no types.
    return row


def describe(table: Table, words: str, *, has_headers: bool) -> None:
    """Give a table a name, and say whether its first row and column are headers."""
    properties: Any = table._tbl.tblPr
    for look in properties.iter(qn("w:tblLook")):
        look.attrib.clear()
        for name in ("firstRow", "firstColumn"):
            look.set(qn(f"w:{name}"), "1" if has_headers else "0")
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), words)
    properties.append(caption)


def repeat_on_each_page(row: _Row) -> None:
    """Make a row the head of its table, on every page that the table runs over."""
    properties: Any = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:tblHeader"))
    keep_whole(row)


def keep_whole(row: _Row) -> None:
    """Never part a row between two pages."""
    properties: Any = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))


def widths(columns: int) -> list[Emu]:
    """Return the widths of so many columns; the first of more than two is the widest."""
    if columns <= 2:
        return [Emu(_WIDTH // columns)] * columns
    return [Emu(_FIRST_OF_MANY), *[Emu((_WIDTH - _FIRST_OF_MANY) // (columns - 1))] * (columns - 1)]
