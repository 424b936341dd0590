"""Files that people send: honest ones, and ones that a form must never be taken from.

Each is made from a sealed form by name, so that a test of a page can send all of them.
"""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Encryption, Name, String

from exports.filled import Reason

_TRUNCATIONS = 40


def honest_files(form: bytes) -> dict[str, bytes]:
    """Return ways in which a form comes back that say what it says."""
    return {
        "as handed out": form,
        "saved again": _changed(form),
        "saved with object streams": _changed(
            form, object_stream_mode=pikepdf.ObjectStreamMode.generate
        ),
        "saved for the web": _changed(form, linearize=True),
        "with blank lines at the end": form + b"\r\n\r\n",
    }


def refused_files(form: bytes) -> dict[str, tuple[bytes, Reason]]:
    """Return files that are refused by what is wrong with them, each with the reason."""
    return {
        "empty": (b"", Reason.NOT_A_PDF),
        "a text": (b"Dear chair,\nI agree.\n", Reason.NOT_A_PDF),
        "a photograph": (b"\xff\xd8\xff\xe0" + bytes(2000), Reason.NOT_A_PDF),
        "a Word document": (b"PK\x03\x04" + bytes(2000), Reason.NOT_A_PDF),
        "garbage": (garbage(1), Reason.CUT_OFF),
        "too large": (b"%PDF-1.7\n" + bytes(10_000_000), Reason.TOO_LARGE),
        "somebody else's": (_somebody_elses(), Reason.NOT_OURS),
        "cut off": (form[: len(form) // 2], Reason.CUT_OFF),
        "without its last line": (form[:-20], Reason.CUT_OFF),
        "encrypted": (_encrypted(form, "secret"), Reason.ENCRYPTED),
        "encrypted without a password": (_encrypted(form, ""), Reason.ENCRYPTED),
        "without its seal": (_changed(form, _remove_seal), Reason.NOT_OURS),
        "with an emptied seal": (_changed(form, _empty_seal), Reason.NOT_OURS),
        "flattened": (_changed(form, _flatten), Reason.FLATTENED),
        "without widgets": (_changed(form, _remove_widgets), Reason.FLATTENED),
        "with a field added": (_changed(form, _add_field), Reason.FIELDS_CHANGED),
        "with a field twice": (_changed(form, _double_field), Reason.FIELDS_CHANGED),
        "with a field removed": (_changed(form, _remove_field), Reason.FIELDS_CHANGED),
        "with an option added": (_changed(form, _add_option), Reason.FIELDS_CHANGED),
        "with a script": (_changed(form, _add_script), Reason.ALTERED),
        "with XFA": (_changed(form, _add_xfa), Reason.ALTERED),
        "with a file attached": (_changed(form, _attach), Reason.ALTERED),
        "with other words": (_changed(form, _reword), Reason.ALTERED),
        "with a note on a page": (_changed(form, _annotate), Reason.ALTERED),
        "with a page more": (_changed(form, _add_page), Reason.ALTERED),
        "with a forged seal": (_forged(form), Reason.ALTERED),
    }


def truncated(form: bytes) -> Iterator[bytes]:
    """Give the beginning of a file, as much as arrived when the line broke."""
    for part in range(_TRUNCATIONS):
        yield form[: len(form) * part // _TRUNCATIONS]


def flipped(form: bytes, seed: int) -> bytes:
    """Return the file with one bit changed."""
    chance = random.Random(seed)  # noqa: S311  The same bit every time, not a secret.
    at = chance.randrange(len(form))
    return form[:at] + bytes([form[at] ^ (1 << chance.randrange(8))]) + form[at + 1 :]


def garbage(seed: int, length: int = 5000) -> bytes:
    """Return random bytes between the beginning and the end of a PDF file."""
    content = random.Random(seed).randbytes(length)  # noqa: S311  The same bytes every time.
    return b"%PDF-1.7\n" + content + b"\nstartxref\n9\n%%EOF\n"


def _changed(form: bytes, change: Callable[[pikepdf.Pdf], None] | None = None, **how: Any) -> bytes:
    with pikepdf.open(io.BytesIO(form)) as pdf:
        if change is not None:
            change(pdf)
        saved = io.BytesIO()
        pdf.save(saved, **how)
        return saved.getvalue()


def _encrypted(form: bytes, password: str) -> bytes:
    return _changed(form, encryption=Encryption(owner="owner", user=password))


def _somebody_elses() -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    saved = io.BytesIO()
    pdf.save(saved)
    return saved.getvalue()


def _forged(form: bytes) -> bytes:
    """Return the form with a seal that says something else under the same signature."""
    before = b'"kind":"'
    at = form.rindex(before) + len(before)
    return form[:at] + bytes([form[at] ^ 1]) + form[at + 1 :]


def _remove_seal(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.PieceInfo


def _empty_seal(pdf: pikepdf.Pdf) -> None:
    pdf.Root.PieceInfo.Boardmark.Private.write(b"{}")


def _flatten(pdf: pikepdf.Pdf) -> None:
    pdf.flatten_annotations("all")


def _remove_widgets(pdf: pikepdf.Pdf) -> None:
    for field in pdf.Root.AcroForm.Fields:
        for each in (field, *field.get(Name.Kids, [])):
            if Name.Subtype in each:
                del each.Subtype
    for page in pdf.pages:
        if Name.Annots in page:
            del page.Annots


def _add_field(pdf: pikepdf.Pdf) -> None:
    added = Dictionary(FT=Name.Tx, T=String("bank-account"), Subtype=Name.Widget, Rect=[0, 0, 9, 9])
    pdf.Root.AcroForm.Fields.append(pdf.make_indirect(added))


def _double_field(pdf: pikepdf.Pdf) -> None:
    doubled = pdf.make_indirect(Dictionary(dict(pdf.Root.AcroForm.Fields[0].items())))
    pdf.Root.AcroForm.Fields.append(doubled)


def _remove_field(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.AcroForm.Fields[0]


def _add_option(pdf: pikepdf.Pdf) -> None:
    for field in pdf.Root.AcroForm.Fields:
        if field.get(Name.FT) == Name.Btn:
            normal = field.Kids[0].AP.N
            normal[Name.excellent] = normal[Name.Off]
            return


def _add_script(pdf: pikepdf.Pdf) -> None:
    script = pdf.make_indirect(Dictionary(S=Name.JavaScript, JS=String("app.alert(1)")))
    names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), script])))
    pdf.Root.Names = names


def _add_xfa(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm.XFA = pdf.make_stream(b"<xdp/>")


def _attach(pdf: pikepdf.Pdf) -> None:
    file = pdf.make_indirect(Dictionary(Type=Name.Filespec, F=String("virus.exe")))
    pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array([String("a"), file])))


def _reword(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0]
    page.contents_add(b"BT ET", prepend=False)


def _annotate(pdf: pikepdf.Pdf) -> None:
    note = Dictionary(
        Type=Name.Annot, Subtype=Name.FreeText, Rect=[0, 0, 99, 99], Contents=String("Agreed")
    )
    pdf.pages[0].Annots.append(pdf.make_indirect(note))


def _add_page(pdf: pikepdf.Pdf) -> None:
    pdf.add_blank_page()
