"""Readers that a person fills in a form with, and libraries that draw what they write.

PDFium shows PDF files in Chrome and Edge, PDF.js in Firefox. Each is given what is written as
`tests.factories.filling.values` makes it: a text by the name of its field, the key of the option
marked by the name of the group, and of check boxes by the name of the box.
"""

from __future__ import annotations

import base64
import ctypes
import io
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
from pikepdf.form import (
    AppearanceStreamGenerator,
    CheckboxField,
    Form,
    RadioButtonGroup,
    TextField,
)
from playwright.sync_api import Browser, Page, Route

from tests.factories.filling import OFF

ROOT = Path(__file__).parents[2]
PDFJS = ROOT / "node_modules/pdfjs-dist"
# Answered from the folder by the browser's own hand: nothing is asked of any network.
ADDRESS = "http://localhost/pdfjs/"
_TYPES = {".mjs": "text/javascript", ".html": "text/html"}
_BUTTONS = (pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON)


def fill_with_pikepdf(
    form: bytes, written: Mapping[str, str], draws: type[AppearanceStreamGenerator]
) -> bytes:
    """Fill in by pikepdf's interface for forms and let this class of it draw the texts."""
    with pikepdf.open(io.BytesIO(form)) as pdf:
        fields = dict(Form(pdf, draws).items())
        for name, value in written.items():
            match fields[name]:
                case TextField() as text:
                    text.value = value
                case CheckboxField() as box:
                    box.checked = value != OFF
                case RadioButtonGroup() as group:
                    group.value = pikepdf.Name(f"/{value}")
                case other:
                    raise TypeError(f"{name} is filled in as no {other}")
        saved = io.BytesIO()
        pdf.save(saved)
        return saved.getvalue()


def fill_with_pdfium(form: bytes, written: Mapping[str, str]) -> bytes:
    """Fill in with PDFium as somebody does at the screen: click, type, go elsewhere, save."""
    document = pypdfium2.PdfDocument(form)
    try:
        document.init_forms()
        for number in range(len(document)):
            page = document[number]
            _fill_page(document.formenv, page, written)
            page.close()
        saved = io.BytesIO()
        document.save(saved, flags=pdfium.FPDF_NO_INCREMENTAL)
    finally:
        document.close()
    return saved.getvalue()


def _fill_page(
    form: pypdfium2.PdfFormEnv, page: pypdfium2.PdfPage, written: Mapping[str, str]
) -> None:
    for number in range(pdfium.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium.FPDFPage_GetAnnot(page, number)
        name = _text_of(pdfium.FPDFAnnot_GetFormFieldName, form, annotation)
        kind = pdfium.FPDFAnnot_GetFormFieldType(form, annotation)
        if name in written and kind in _BUTTONS:
            option = _text_of(pdfium.FPDFAnnot_GetFormFieldExportValue, form, annotation)
            if option == written[name]:
                _click(form, page, annotation)
        elif name in written:
            text = ctypes.create_string_buffer(written[name].encode("utf-16-le") + b"\0\0")
            pdfium.FORM_SetFocusedAnnot(form, annotation)
            pdfium.FORM_SelectAllText(form, page)
            as_wide = ctypes.cast(text, ctypes.POINTER(ctypes.c_ushort))
            pdfium.FORM_ReplaceSelection(form, page, as_wide)
            pdfium.FORM_ForceToKillFocus(form)
        pdfium.FPDFPage_CloseAnnot(annotation)


def _text_of(function: Callable[..., int], form: object, annotation: object) -> str:
    length = function(form, annotation, None, 0)
    buffer = ctypes.create_string_buffer(length)
    function(form, annotation, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
    return buffer.raw.decode("utf-16-le").rstrip("\0")


def _click(form: object, page: object, annotation: object) -> None:
    box = pdfium.FS_RECTF()
    pdfium.FPDFAnnot_GetRect(annotation, box)
    middle = (box.left + box.right) / 2, (box.bottom + box.top) / 2
    pdfium.FORM_OnMouseMove(form, page, 0, *middle)
    pdfium.FORM_OnLButtonDown(form, page, 0, *middle)
    pdfium.FORM_OnLButtonUp(form, page, 0, *middle)


_FILL_WITH_PDFJS = """
async ([encoded, written]) => {
  const pdfjs = await import("./build/pdf.mjs");
  pdfjs.GlobalWorkerOptions.workerSrc = new URL("./build/pdf.worker.mjs", location).href;
  const data = Uint8Array.from(atob(encoded), (each) => each.charCodeAt(0));
  const task = pdfjs.getDocument({ data, standardFontDataUrl: "./standard_fonts/" });
  const pdf = await task.promise;
  const fields = await pdf.getFieldObjects();
  for (const [name, value] of Object.entries(written)) {
    for (const widget of fields.get(name)) {
      if (widget.type === "radiobutton" || widget.type === "checkbox") {
        pdf.annotationStorage.setValue(widget.id, { value: widget.exportValues === value });
      } else if (widget.type === "text") {
        pdf.annotationStorage.setValue(widget.id, { value });
      }
    }
  }
  const saved = await pdf.saveDocument();
  await task.destroy();
  let binary = "";
  for (const each of saved) {
    binary += String.fromCharCode(each);
  }
  return btoa(binary);
}
"""


_SHOW_WITH_PDFJS = """
async (encoded) => {
  const pdfjs = await import("./build/pdf.mjs");
  pdfjs.GlobalWorkerOptions.workerSrc = new URL("./build/pdf.worker.mjs", location).href;
  const data = Uint8Array.from(atob(encoded), (each) => each.charCodeAt(0));
  const task = pdfjs.getDocument({ data, standardFontDataUrl: "./standard_fonts/" });
  const pdf = await task.promise;
  const page = await pdf.getPage(1);
  const viewport = page.getViewport({ scale: 1 });
  const canvas = document.createElement("canvas");
  canvas.width = viewport.width;
  canvas.height = viewport.height;
  await page.render({ canvas, viewport }).promise;
  const context = canvas.getContext("2d");
  const shown = {};
  for (const each of await page.getAnnotations()) {
    const [left, bottom, right, top] = each.rect;
    const box = [left + 2, viewport.height - top + 2, right - left - 4, top - bottom - 4];
    const points = context.getImageData(...box).data;
    let ink = 0;
    for (let at = 0; at < points.length; at += 4) {
      ink += points[at] < 160 ? 1 : 0;
    }
    if (each.fieldName) {
      shown[each.fieldName] = [each.fieldValue ?? "", ink];
    }
  }
  await task.destroy();
  return shown;
}
"""


class PdfJs:
    """A page of a browser that has PDF.js."""

    def __init__(self, page: Page) -> None:
        """Take the page; see `pdfjs`."""
        self._page = page
        self.messages: list[str] = []
        """What it has said on the console, such as that it repairs a file."""
        page.on("console", lambda message: self.messages.append(message.text))

    def fill(self, form: bytes, written: Mapping[str, str]) -> bytes:
        """Fill in and save as the reader of Firefox does."""
        encoded = base64.b64encode(form).decode()
        saved: str = self._page.evaluate(_FILL_WITH_PDFJS, [encoded, dict(written)])
        return base64.b64decode(saved)

    def show(self, form: bytes) -> dict[str, tuple[str, int]]:
        """Draw the first page; return each field's value and how many points in it are dark."""
        encoded = base64.b64encode(form).decode()
        shown = self._page.evaluate(_SHOW_WITH_PDFJS, encoded)
        return {name: (str(value), int(ink)) for name, (value, ink) in shown.items()}


@contextmanager
def pdfjs(browser: Browser) -> Iterator[PdfJs]:
    """Give PDF.js in a browser until the block ends."""
    context = browser.new_context()
    context.route("**/*", _answer)
    page = context.new_page()
    page.goto(ADDRESS)
    yield PdfJs(page)
    context.close()


def _answer(route: Route) -> None:
    address = route.request.url
    if not address.startswith(ADDRESS):
        route.abort()
        return
    file = PDFJS / address.removeprefix(ADDRESS)
    reply = route.fulfill  # codespell:ignore
    if file.is_file():
        kind = _TYPES.get(file.suffix, "application/octet-stream")
        reply(body=file.read_bytes(), content_type=kind)
    else:
        reply(body="<!doctype html><title>PDF.js</title>", content_type="text/html")
