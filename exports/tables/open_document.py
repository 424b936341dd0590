"""A table as an OpenDocument spreadsheet (ODF 1.3), every cell of which is text."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from html import escape

from exports.tables.writing import TableWriter
from exports.tables.zipping import add_file, dated_member

MEDIA_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
# What white space a paragraph would swallow: tabs, blanks at its ends, and more than one in a row.
_BLANKS = re.compile("\t|^ +| +$|  +")
_EMPTY = "<table:table-cell/>"
_BOLD = ' table:style-name="heading"'
_NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{last}:1.0"'
    for name, last in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("fo", "xsl-fo-compatible"),
        ("meta", "meta"),
        ("manifest", "manifest"),
    )
)
_START = '<?xml version="1.0" encoding="UTF-8"?>\n'
_MANIFEST = (
    f'{_START}<manifest:manifest {_NAMESPACES} manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3"'
    f' manifest:media-type="{MEDIA_TYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    '<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/>'
    '<manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)
_META = (
    f'{_START}<office:document-meta {_NAMESPACES} office:version="1.3"><office:meta>'
    "<meta:generator>Boardmark</meta:generator></office:meta></office:document-meta>"
)
_STYLES = f'{_START}<office:document-styles {_NAMESPACES} office:version="1.3"/>'
_CONTENT = (
    f'{_START}<office:document-content {_NAMESPACES} office:version="1.3">'
    '<office:automatic-styles><style:style style:name="column" style:family="table-column">'
    '<style:table-column-properties style:column-width="4cm"/></style:style>'
    '<style:style style:name="prose" style:family="table-column">'
    '<style:table-column-properties style:column-width="12cm"/></style:style>'
    '<style:style style:name="text" style:family="table-cell">'
    '<style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top"/></style:style>'
    '<style:style style:name="heading" style:family="table-cell">'
    '<style:text-properties fo:font-weight="bold"/></style:style></office:automatic-styles>'
    "<office:body><office:spreadsheet>"
)
_END = "</office:spreadsheet></office:body></office:document-content>"


class OdsWriter(TableWriter):
    """Writes ODS; a table longer than a sheet goes on on the next, under the same headings."""

    suffix = ".ods"
    media_type = MEDIA_TYPE

    @property
    def is_sheet(self) -> bool:
        """Whether rows, columns and cells are limited as in a spreadsheet."""
        return True

    def _begin(self) -> None:
        # The ZIP's own directory needs the size first, and nobody's memory should hold this.
        self._content = self.scratch / f"{self.path.name}.content"
        self._file = self._content.open("w", encoding="utf-8", newline="")
        self._file.write(_CONTENT)

    def _start_sheet(self, headings: Sequence[str]) -> None:
        name = escape(self.sheet_name)
        # A table has to have a column, even one of which nothing is known.
        styles = ["prose" if each.is_prose else "column" for each in self.columns] or ["column"]
        columns = "".join(
            f'<table:table-column table:style-name="{style}" table:default-cell-style-name="text"/>'
            for style in styles
        )
        self._file.write(f'<table:table table:name="{name}">{columns}<table:table-header-rows>')
        self._put(headings, _BOLD)
        self._file.write("</table:table-header-rows>")

    def _write(self, cells: Sequence[str]) -> None:
        self._put(cells, "")

    def _put(self, cells: Sequence[str], style: str) -> None:
        parts = [_cell(text, style) if text else _EMPTY for text in cells]
        self._file.write(f"<table:table-row>{''.join(parts) or _EMPTY}</table:table-row>\n")

    def _end_sheet(self) -> None:
        self._file.write("</table:table>")

    def leave(self) -> None:
        """Close the file of a table that nobody wants any more."""
        self._file.close()

    def _end(self) -> None:
        self._file.write(_END)
        self._file.close()
        with zipfile.ZipFile(self.path, "w") as archive:
            # By this file, first and not compressed, programs know what they have.
            archive.writestr(dated_member("mimetype", zipfile.ZIP_STORED), MEDIA_TYPE)
            archive.writestr(dated_member("META-INF/manifest.xml"), _MANIFEST)
            archive.writestr(dated_member("meta.xml"), _META)
            archive.writestr(dated_member("styles.xml"), _STYLES)
            add_file(archive, "content.xml", self._content)
        self._content.unlink()


def _cell(text: str, style: str) -> str:
    paragraphs = "".join(f"<text:p>{_paragraph(line)}</text:p>" for line in text.split("\n"))
    # Some programs pass over the tabs of a paragraph, and know this.
    value = f' office:string-value="{_quoted(text)}"' if "\t" in text else ""
    return (
        f'<table:table-cell{style} office:value-type="string"{value}>'
        f"{paragraphs}</table:table-cell>"
    )


def _quoted(text: str) -> str:
    return escape(text).replace("\t", "&#9;").replace("\n", "&#10;")


def _paragraph(line: str) -> str:
    if "  " not in line and "\t" not in line and line == line.strip(" "):
        return escape(line, quote=False)
    return _BLANKS.sub(_said, escape(line, quote=False))


def _said(blanks: re.Match[str]) -> str:
    found = blanks.group()
    if found == "\t":
        return "<text:tab/>"
    return f'<text:s text:c="{len(found)}"/>'
