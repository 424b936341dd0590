"""The only door to WeasyPrint: a print page in, a tagged PDF out.

Nothing is fetched but our own style sheets, by the scheme `boardmark:`. The same page gives the
same bytes, in every process and on every day.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pikepdf

from exports import archive, typefaces
from exports.forms.controls import Controls, hold_places, take_controls
from exports.forms.form_finishing import finish_form

typefaces.use_own_typefaces()

# WeasyPrint reads the font configuration when it is imported, so the line above comes first.
import pydyf  # noqa: E402
from weasyprint import CSS, HTML, Document  # noqa: E402
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse  # noqa: E402

from exports.legibility import (  # noqa: E402
    breakable,
    heading_sized,
    printable,
    runs_right_to_left,
)

SCHEME = "boardmark"
_STYLES = Path(__file__).parent / "styles"
_CONTROLS = CSS(filename=_STYLES / "controls.css")
# Read here: the variants that use it by themselves leave the file open.
_COLOURS = (files("weasyprint.pdf") / "sRGB2014.icc").read_bytes()
_STYLE_ADDRESS = re.compile(rf"{SCHEME}:styles/([a-z_]+\.css)")


class AddressRefused(Exception):
    """A page asked for something that is not one of our own style sheets."""


class StyleFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint ships no types.
    """Fetches our style sheets from their folder, and nothing else from anywhere."""

    def __init__(self) -> None:
        """Make every refusal end the rendering: a page that asks for more is a defect."""
        super().__init__(allowed_protocols=(SCHEME,), allow_redirects=False, fail_on_errors=True)

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """Return the style sheet at `boardmark:styles/NAME.css`; AddressRefused for the rest."""
        found = _STYLE_ADDRESS.fullmatch(url)
        if not found:
            raise AddressRefused(url)
        content = (_STYLES / found.group(1)).read_bytes()
        return URLFetcherResponse(url, content, {"Content-Type": "text/css; charset=utf-8"})


def make_pdf(page: str) -> bytes:
    """Return the print page as a PDF/UA-1 file; one without fields is PDF/A-2a as well.

    The page is a whole HTML document; its title, language, dates and keywords become the
    file's, and what it lists as fields its form (see `exports.forms.controls`). AddressRefused
    if it asks for anything but our own style sheets, FieldsDisagree if list and controls differ.
    """
    html = HTML(string=page, url_fetcher=StyleFetcher())
    controls = take_controls(html.etree_element)
    _make_legible(html)
    identifier = hashlib.sha256(page.encode(errors="backslashreplace")).hexdigest()[:32]
    try:
        laid_out = _laid_out(html, controls, identifier)
    except FatalURLFetchingError as refusal:
        raise AddressRefused(str(refusal)) from refusal
    return _finished(laid_out, controls)


class _ThisPress:
    """Renders small pages for a form on the way to its file."""

    def print_page(self, html: str) -> bytes:
        """Return the page as a PDF file."""
        return make_pdf(html)


def _laid_out(html: HTML, controls: Controls, identifier: str) -> bytes:
    has_form = bool(controls.fields)
    options = {
        "stylesheets": [_CONTROLS] if has_form else [],
        "pdf_forms": has_form,
        "pdf_variant": "pdf/ua-1",
        "pdf_identifier": identifier.encode(),
    }
    document = html.render(**options)
    hold_places(html.etree_element)
    pdf: bytes = document.write_pdf(finisher=_take_running_text_out, **options)
    return pdf


def _finished(laid_out: bytes, controls: Controls) -> bytes:
    with pikepdf.open(io.BytesIO(laid_out)) as pdf:
        if controls.fields:
            finish_form(pdf, controls, _ThisPress())
        else:
            archive.make_archival(pdf, _COLOURS)
        archive.leave_place_for_the_seal(pdf)
        return archive.as_bytes(pdf)


def _make_legible(html: HTML) -> None:
    covered = typefaces.covered_characters()
    for element in html.etree_element.iter():
        if element.text:
            element.text = breakable(printable(element.text, covered))
        if element.tail:
            element.tail = breakable(printable(element.tail, covered))
        for name, value in element.attrib.items():
            # They end up in the file's metadata, and in the head and foot of each page.
            if name == "content":
                element.attrib[name] = printable(value, covered)
            elif name.startswith("data-"):
                element.attrib[name] = heading_sized(printable(value, covered))
        # A browser finds this out by itself; the layout library has to be told.
        if element.get("dir") == "auto" and runs_right_to_left("".join(element.itertext())):
            element.set("dir", "rtl")


def _take_running_text_out(_document: Document, pdf: pydyf.PDF) -> None:
    """Mark the running heads and feet as pagination, which a screen reader skips.

    WeasyPrint marks their text as content and then leaves its elements out of the structure
    tree, so that a reader finds text that belongs nowhere.
    """
    objects = {each.reference: each for each in pdf.objects}
    root = objects[pdf.catalog["StructTreeRoot"]]
    attached = set(_descendants(objects, root["K"]))
    # Pairs of page number and the elements of its marked content, in order.
    numbers = objects[root["ParentTree"]]["Nums"]
    for position, page_reference in enumerate(pdf.page_references):
        parents = numbers[2 * position + 1]
        loose = {mcid for mcid, parent in enumerate(parents) if parent not in attached}
        for mcid in loose:
            parents[mcid] = b"null"
        _mark_as_pagination(objects[objects[page_reference]["Contents"]].stream, loose)
    for reference, each in objects.items():
        if _is_structure_element(each) and reference not in attached:
            # Emptied and not freed: pydyf miscounts free objects in a compressed file.
            each.clear()


def _descendants(objects: dict[bytes, pydyf.Object], kids: pydyf.Array) -> Iterator[bytes]:
    waiting = list(kids)
    while waiting:
        kid = waiting.pop()
        element = objects.get(kid) if isinstance(kid, bytes) else None
        if element is not None:
            yield kid
            waiting.extend(element.get("K", ()))


def _is_structure_element(each: pydyf.Object) -> bool:
    return isinstance(each, pydyf.Dictionary) and each.get("Type") == "/StructElem"


def _mark_as_pagination(commands: list[object], loose: set[int]) -> None:
    for position, command in enumerate(commands):
        if isinstance(command, pydyf.Dictionary) and command.get("MCID") in loose:
            # Marked content is three entries: its tag, its properties and BDC.
            commands[position - 1] = "/Artifact"
            commands[position] = pydyf.Dictionary({"Type": "/Pagination"})
