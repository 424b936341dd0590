"""What a Word file looks like: its paper, its typeface, its styles; and what language it is in."""

from __future__ import annotations

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from exports.word.elements import bar_at_left

TYPEFACE = "Arial"
"""On every machine, or replaced by one of the same widths."""

QUESTION = "Question"
HINT = "Hint"
OPTION = "Option"
SMALL = "Small print"

_INK = RGBColor(0x1B, 0x26, 0x31)
_DEEP = RGBColor(0x17, 0x39, 0x5C)
_QUIET = RGBColor(0x3D, 0x4C, 0x5B)
_MARGIN = Mm(22)
# Word keeps controls that can be ticked only in files of its present kind.
_PRESENT_KIND = "15"
# What the template brings along and nothing of ours needs: a picture, and styles of 2007.
_SUPERFLUOUS = ("metadata/thumbnail", "stylesWithEffects", "customXml")


def blank_file(language: str) -> Document:
    """Return an empty A4 file with our styles, in a language such as en-GB."""
    document = docx.Document()
    _leave_out_the_superfluous(document)
    _set_paper(document)
    _set_typeface(document)
    _set_language(document, language)
    _set_styles(document)
    _set_kind(document)
    return document


def _leave_out_the_superfluous(document: Document) -> None:
    for rels in (document.part.package.rels, document.part.rels):
        for key, relation in list(rels.items()):
            if relation.reltype.endswith(_SUPERFLUOUS):
                del rels[key]


def _set_paper(document: Document) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = _MARGIN
    section.top_margin = section.bottom_margin = _MARGIN


def _set_typeface(document: Document) -> None:
    """Name the typeface wherever the template leaves it to a theme."""
    for fonts in document.styles.element.iter(qn("w:rFonts")):
        if fonts.get(qn("w:asciiTheme")) is None:
            continue
        for name in ("asciiTheme", "hAnsiTheme", "cstheme", "eastAsiaTheme"):
            fonts.attrib.pop(qn(f"w:{name}"), None)
        for name in ("ascii", "hAnsi", "cs"):
            fonts.set(qn(f"w:{name}"), TYPEFACE)


def _set_language(document: Document, language: str) -> None:
    for each in document.styles.element.iter(qn("w:lang")):
        each.set(qn("w:val"), language)
    for each in document.settings.element.iter(qn("w:themeFontLang")):
        each.set(qn("w:val"), language)


def _set_styles(document: Document) -> None:
    normal = _style(document, "Normal", 12, after=6)
    normal.paragraph_format.line_spacing = 1.15
    normal.paragraph_format.widow_control = True
    title = _style(document, "Title", 24, after=6, colour=_DEEP)
    title.font.bold = True
    subtitle = _style(document, "Subtitle", 14, after=12, colour=_DEEP)
    subtitle.font.italic = False
    subtitle.font.bold = True
    for spacing in list(subtitle.element.iter(qn("w:spacing"))):
        # Of the letters, not of the lines.
        if spacing.get(qn("w:after")) is None:
            spacing.getparent().remove(spacing)
    for name, size, before in (("Heading 1", 20, 24), ("Heading 2", 16, 20), ("Heading 3", 13, 12)):
        heading = _style(document, name, size, before=before, after=6, colour=_DEEP)
        heading.paragraph_format.keep_with_next = True
    quote = _style(document, "Quote", 12, after=6)
    quote.font.italic = False
    quote.paragraph_format.left_indent = Mm(6)
    bar_at_left(quote, str(_DEEP))
    _style(document, "List Bullet", 12, after=2)
    _style(document, "Footer", 10, after=0, colour=_QUIET)
    _style(document, "Header", 10, after=0, colour=_QUIET)
    question = _style(document, QUESTION, 12, before=10, after=2)
    question.font.bold = True
    question.paragraph_format.keep_with_next = True
    hint = _style(document, HINT, 12, after=4, colour=_QUIET)
    hint.paragraph_format.keep_with_next = True
    _style(document, OPTION, 12, after=3).paragraph_format.left_indent = Mm(4)
    _style(document, SMALL, 10, after=6, colour=_QUIET)


def _style(
    document: Document,
    name: str,
    size: int,
    *,
    after: int,
    before: int = 0,
    colour: RGBColor = _INK,
) -> ParagraphStyle:
    """Return a style of that name with these sizes in points, made where there is none."""
    styles = document.styles
    found = styles[name] if name in styles else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    if not isinstance(found, ParagraphStyle):
        raise TypeError(f"{name} is no style of paragraphs")
    found.font.size = Pt(size)
    found.font.color.rgb = colour  # codespell:ignore color
    found.paragraph_format.space_before = Pt(before)
    found.paragraph_format.space_after = Pt(after)
    return found


def _set_kind(document: Document) -> None:
    compatibility = document.settings.element.find(qn("w:compat"))
    if compatibility is None:
        raise ValueError("the template says nothing about its kind")
    for each in compatibility.iter(qn("w:compatSetting")):
        if each.get(qn("w:name")) == "compatibilityMode":
            each.set(qn("w:val"), _PRESENT_KIND)
    zoom = document.settings.element.find(qn("w:zoom"))
    if zoom is not None:
        # The template leaves out what a reader may insist on.
        zoom.set(qn("w:percent"), "100")
