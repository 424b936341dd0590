"""Texts that cannot be drawn glyph by glyph, as appearances rendered like a page.

Letters that join or turn round, marks to be placed, scripts and signs of other typefaces: the
layout library sets them, each text on a small page of the size of its field, and the page becomes
the field's appearance with everything that it needs.
"""

from __future__ import annotations

import copy
import html
import io
import math
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import pikepdf
from pikepdf import Array, ContentStreamInstruction, Name, Operator

from exports.forms.field_font import typeface
from exports.forms.field_objects import TextField
from exports.forms.field_text import EDGE, LINE_HEIGHT, SMALLEST, on_one_line

_MARKING = frozenset({"BMC", "BDC", "EMC", "MP", "DP"})
_WIDE = frozenset({"W", "F"})
_EM = 1000
# What is one character of a line to the layout is never divided between pages.
_BOX = (
    "span { display: inline-block; vertical-align: top; box-sizing: border-box; overflow: hidden; "
    "color: #1a1a1a }"  # codespell:ignore
)
# Neither is known before the text is set, so the estimate is on the wide side.
_USUAL_LETTER = 650
_MARGIN = 1.05
# No letter is narrower than this part of the size, and a mark sits on a letter.
_NARROWEST = 0.1
_LIFT = 0.12


class Prints(Protocol):
    """What renders a print page, such as the press."""

    def print_page(self, html: str) -> bytes:
        """Return the page as a PDF file."""


class Box(Protocol):
    """What a text is set in, in points."""

    @property
    def width(self) -> float:
        """How wide it is."""

    @property
    def height(self) -> float:
        """How high it is."""

    @property
    def multiline(self) -> bool:
        """Whether a text is wrapped in it."""

    @property
    def text_size(self) -> float:
        """How large a text is in it at most."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """Appearances: the number of each and all objects that they consist of."""

    numbers: tuple[int, ...]
    objects: dict[int, bytes]


def render_texts(
    form: bytes, first: int, texts: Sequence[tuple[TextField, str]], press: Prints
) -> Rendered:
    """Return the appearances of texts in their fields, as objects that are new to the form.

    `first` is the first number that is free in it. Whatever the press raises is handed on.
    """
    with pikepdf.open(io.BytesIO(form)) as pdf:
        copied = rendered_into(pdf, texts, press)
        objects: dict[int, bytes] = {}
        for appearance in copied:
            _collect(appearance, first, objects)
        return Rendered(tuple(each.objgen[0] for each in copied), objects)


def rendered_into(
    pdf: pikepdf.Pdf, texts: Sequence[tuple[Box, str]], press: Prints
) -> list[pikepdf.Object]:
    """Return the appearances of texts in boxes of a form that is open, as new objects of it."""
    printed = press.print_page(_pages(texts))
    with pikepdf.open(io.BytesIO(printed)) as source:
        if len(source.pages) != len(texts):
            raise ValueError("every text has one page of its own")
        return [
            pdf.copy_foreign(_appearance(source, page, box))
            for page, (box, _) in zip(source.pages, texts, strict=True)
        ]


def _pages(texts: Sequence[tuple[Box, str]]) -> str:
    rules, boxes = [], []
    for number, (field, text) in enumerate(texts):
        shown = _seen(text if field.multiline else on_one_line(text), field)
        rules.append(_rule(number, field, shown))
        boxes.append(f'<p class="t{number}"><span dir="auto">{html.escape(shown)}</span></p>')
    return (
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Fields</title>'
        f"<style>p {{ margin: 0; line-height: 0 }} {_BOX} {' '.join(rules)}</style>"
        f"</head><body style='margin: 0'>{''.join(boxes)}</body></html>"
    )


def _seen(text: str, field: Box) -> str:
    """Leave out what cannot come into sight, because laying it out could take minutes."""
    lines = math.ceil(field.height / SMALLEST)
    most = math.ceil(field.width / (_NARROWEST * SMALLEST)) * (lines if field.multiline else 1)
    return text[:most]


def _rule(number: int, field: Box, text: str) -> str:
    if field.multiline:
        size = field.text_size
        setting = f"white-space: pre-wrap; overflow-wrap: anywhere; padding: {EDGE}pt"
    else:
        size = _fitting_size(text, field)
        # Taller typefaces push the line down; lifted a little it stays inside the box.
        above = max(0.0, (field.height - LINE_HEIGHT * size) / 2 - _LIFT * size)
        setting = f"white-space: nowrap; text-overflow: ellipsis; padding: {above:.2f}pt {EDGE}pt 0"
    width, height = f"{field.width:.2f}pt", f"{field.height:.2f}pt"
    return (
        f"@page t{number} {{ size: {width} {height}; margin: 0 }} "
        f".t{number} {{ page: t{number} }} .t{number} span {{ width: {width}; height: {height}; "
        f'font: {size:.1f}pt/{LINE_HEIGHT} "Source Sans 3", sans-serif; {setting} }}'
    )


def _fitting_size(text: str, field: Box) -> float:
    wide = _MARGIN * sum(map(_width, text))
    room = (field.width - 2 * EDGE) * _EM
    size = min(field.text_size, field.height / LINE_HEIGHT)
    return max(SMALLEST, min(size, room / wide) if wide else size)


def _width(character: str) -> int:
    """Estimate the width of a character in thousandths of the size."""
    known = typeface().advances.get(character)
    if known is not None:
        return known
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return _EM if unicodedata.east_asian_width(character) in _WIDE else _USUAL_LETTER


def _appearance(source: pikepdf.Pdf, page: pikepdf.Page, field: Box) -> pikepdf.Object:
    """Return a page as an appearance; its marks of structure would lead to no structure."""
    content = [
        command
        for command in pikepdf.parse_content_stream(page)
        if str(command.operator) not in _MARKING
    ]
    content.insert(0, ContentStreamInstruction([Name.Tx], Operator("BMC")))
    content.append(ContentStreamInstruction([], Operator("EMC")))
    if Name.Properties in page.resources:
        del page.resources[Name.Properties]
    return source.make_stream(
        pikepdf.unparse_content_stream(content),
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, round(field.width, 2), round(field.height, 2)]),
        Resources=page.resources,
    )


def _collect(item: Any, first: int, objects: dict[int, bytes]) -> None:
    """Add an object and whatever it leads to, if it is new, as it is written into a file."""
    waiting = [item]
    while waiting:
        each = waiting.pop()
        if each.is_indirect:
            number = each.objgen[0]
            if number in objects:
                continue
            if number < first:
                raise ValueError("an appearance leads to nothing that was in the form before")
            objects[number] = _written(each)
        waiting.extend(_parts(each))


def _parts(item: Any) -> Iterator[Any]:
    if isinstance(item, pikepdf.Stream):
        item = item.stream_dict
    if isinstance(item, pikepdf.Dictionary):
        item = [part for _, part in item.items()]
    if isinstance(item, list | pikepdf.Array):
        yield from (part for part in item if isinstance(part, pikepdf.Object))


def _written(item: Any) -> bytes:
    if not isinstance(item, pikepdf.Stream):
        plain: bytes = item.unparse(resolved=True)
        return plain
    content = item.read_raw_bytes()
    head = copy.copy(item.stream_dict)
    head.Length = len(content)
    return b"%b\nstream\n%b\nendstream" % (head.unparse(resolved=True), content)
