"""A Word file while it is being written: headings, paragraphs, tables, boxes, and its bytes."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from exports.legibility import runs_right_to_left
from exports.word.elements import (
    add_field,
    add_row,
    describe,
    keep_whole,
    mark_language,
    repeat_on_each_page,
    turn_round,
    widths,
)
from exports.word.styles import HINT, OPTION, QUESTION, SMALL, blank_file
from exports.word.tick_boxes import add_tick_box
from exports.word.zipping import without_times
from frameworks.wording import Piece

_UNSTORABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
"""What XML cannot hold, or no reader can show."""

_LONGEST_PROPERTY = 255
_LONGEST_ROW = 1200
"""In characters; a longer one may break over pages, since it may be longer than one."""
_GONE = RGBColor(0x8A, 0x1C, 0x1C)
_CAME = RGBColor(0x0B, 0x5A, 0x2B)


def storable(text: str) -> str:
    """Return a text with one line end and a sign for each character that no file can hold."""
    plain = re.sub(r"\r\n?|[\u2028\u2029]", "\n", text)
    return _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", plain)


class Sheet:
    """Writes one file from its beginning to its end; the same calls give the same bytes."""

    def __init__(self, *, title: str, subject: str, language: str, made_at: dt.datetime) -> None:
        """Begin a file; `made_at` is an aware time and stands in its properties."""
        self._document = blank_file(language)
        self._language = language
        # The library looks through hundreds of styles for each paragraph.
        self._style_ids = {each.name: each.style_id for each in self._document.styles}
        properties = self._document.core_properties
        properties.title = storable(title)[:_LONGEST_PROPERTY]
        properties.subject = storable(subject)[:_LONGEST_PROPERTY]
        properties.language = language
        properties.author = properties.last_modified_by = ""
        properties.comments = properties.keywords = ""
        properties.revision = 1
        properties.created = properties.modified = made_at.astimezone(dt.UTC).replace(tzinfo=None)

    def head(self, text: str) -> None:
        """Put a line at the head of every page."""
        self._write(self._document.sections[0].header.paragraphs[0], text)

    def foot(self, text: str) -> None:
        """Put a line at the foot of every page, and the page's number below it."""
        footer = self._document.sections[0].footer
        self._write(footer.paragraphs[0], text)
        numbers = footer.add_paragraph(style="Footer")
        for words, field in (("Page ", "PAGE"), (" of ", "NUMPAGES")):
            numbers.add_run(words)
            add_field(numbers, field)

    def title(self, text: str, below: str = "") -> None:
        """Write the title of the file, and what stands below it."""
        self._paragraph(text, "Title")
        if below:
            self._paragraph(below, "Subtitle")

    def heading(self, level: int, text: str, language: str = "") -> None:
        """Write a heading; levels begin at 1."""
        self._paragraph(text, f"Heading {level}", language)

    def fact(self, label: str, value: str) -> None:
        """Write what something is called and what it is."""
        paragraph = self._document.add_paragraph()
        paragraph.add_run(f"{storable(label)}: ").bold = True
        self._write(paragraph, value)

    def text(self, text: str, style: str = "Normal", language: str = "") -> None:
        """Write a text, a paragraph for each of its own; its line breaks are kept."""
        for block in re.split(r"\n\s*\n", storable(text).strip("\n")):
            self._paragraph(block, style, language)

    def small(self, text: str) -> None:
        """Write small print, such as a citation."""
        self._paragraph(text, SMALL)

    def bullet(self, text: str, language: str = "") -> None:
        """Write an entry of a list."""
        self._paragraph(text, "List Bullet", language)

    def question(self, text: str, hint: str = "", language: str = "") -> None:
        """Write a question and its help."""
        self._paragraph(text, QUESTION, language)
        if hint:
            self.hint(hint, language)

    def hint(self, text: str, language: str = "") -> None:
        """Write what helps to answer; it stays with what follows."""
        self._paragraph(text, HINT, language)

    def none(self, text: str) -> None:
        """Say that there is nothing."""
        self._paragraph(text, HINT).paragraph_format.keep_with_next = False

    def options(self, labels: Sequence[str], language: str = "") -> None:
        """Write options, each with a box to tick on a screen or by hand."""
        for place, label in enumerate(labels):
            paragraph = self._empty(OPTION)
            paragraph.paragraph_format.keep_with_next = place + 1 < len(labels)
            add_tick_box(paragraph, storable(label))
            self._write(paragraph, f" {label}", language)

    def room(self, words: str, millimetres: int) -> None:
        """Leave a box to write in, which grows; `words` say what it is for."""
        table = self._table(1, words, has_headers=False)
        row = add_row(table)
        row.height = Mm(millimetres)
        self._document.add_paragraph().paragraph_format.space_after = Pt(2)

    def table(
        self, words: str, head: Sequence[str], rows: Iterable[Sequence[str]], language: str = ""
    ) -> None:
        """Write a table whose first row and column are headers; `words` say what it is about."""
        table = self._table(len(head), words)
        self._row(table, head, is_head=True, language=language)
        for row in rows:
            self._row(table, row, language=language)
        self._document.add_paragraph().paragraph_format.space_after = Pt(2)

    def boxes(
        self, words: str, head: Sequence[str], rows: Iterable[str], language: str = ""
    ) -> None:
        """Write a table with a box to tick below each header but the first, in each row."""
        table = self._table(len(head), words)
        self._row(table, head, is_head=True)
        for title in rows:
            cells = self._row(table, (title, *("" for _ in head[1:])), language=language)
            for cell, label in zip(cells[1:], head[1:], strict=True):
                add_tick_box(cell.paragraphs[0], storable(f"{title}: {label}"))
        self._document.add_paragraph().paragraph_format.space_after = Pt(2)

    def marked(self, pieces: Iterable[Piece], language: str = "") -> None:
        """Write a text with what went struck through and what came underlined, and say so."""
        paragraph = self._empty("Quote")
        for before, piece in pairwise((Piece("kept", ""), *pieces)):
            words = piece.text.strip()
            if piece.kind == "kept" or not words:
                self._write(paragraph, piece.text if piece.kind != "removed" else "", language)
                continue
            # The blanks round it stay outside the brackets.
            lead, trail = piece.text.split(words)
            if before.kind != "kept" and not before.text[-1:].isspace():
                lead = lead or " "
            removed = piece.kind == "removed"
            self._write(paragraph, lead)
            run = self._write(
                paragraph, f"[{'Removed' if removed else 'Added'}: {words}]", language
            )
            run.font.strike = removed
            run.font.underline = not removed
            run.font.color.rgb = _GONE if removed else _CAME  # codespell:ignore color
            self._write(paragraph, trail)

    def content(self) -> bytes:
        """Return the file."""
        written = io.BytesIO()
        self._document.save(written)
        return without_times(written)

    def _paragraph(self, text: str, style: str, language: str = "") -> Paragraph:
        paragraph = self._empty(style)
        self._write(paragraph, text, language)
        return paragraph

    def _empty(self, style: str) -> Paragraph:
        paragraph = self._document.add_paragraph()
        paragraph._p.style = self._style_ids[style]
        return paragraph

    def _write(self, paragraph: Paragraph, text: str, language: str = "") -> Run:
        run = paragraph.add_run(storable(text))
        if language and language != self._language:
            mark_language(run, language)
        if runs_right_to_left(text):
            run.font.rtl = True
            turn_round(paragraph)
        return run

    def _table(self, columns: int, words: str, *, has_headers: bool = True) -> Table:
        table: Table = self._document.add_table(rows=0, cols=columns)
        table.style = "Table Grid"
        table.autofit = False
        describe(table, storable(words), has_headers=has_headers)
        for column, width in zip(table.columns, widths(columns), strict=True):
            column.width = width
        return table

    def _row(
        self, table: Table, texts: Sequence[str], *, is_head: bool = False, language: str = ""
    ) -> list[_Cell]:
        row = add_row(table)
        if is_head:
            repeat_on_each_page(row)
        elif sum(map(len, texts)) < _LONGEST_ROW:
            keep_whole(row)
        # Asked for once: the library looks for every cell of the table anew each time.
        cells = list(row.cells)
        for cell, text in zip(cells, texts, strict=True):
            self._write(cell.paragraphs[0], text, language).bold = is_head or None
            cell.paragraphs[0].paragraph_format.space_before = Pt(2)
            cell.paragraphs[0].paragraph_format.space_after = Pt(2)
        return cells
