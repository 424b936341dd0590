"""Files that people send: honest ones, and ones that a form must never be taken from.

Each is made from a sealed form by name, so that a test of a page can send all of them.
"""

from __future__ import annotations

import functools
import io
import random
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Encryption, Name, String

from exports.forms.filled import Reason

Make = Callable[[bytes], bytes]
_TRUNCATIONS = 40


def honest_files(form: bytes) -> dict[str, bytes]:
    """Return ways in which a form comes back that say what it says."""
    return {name: make(form) for name, make in HONEST.items()}


def refused_files(form: bytes) -> dict[str, tuple[bytes, Reason]]:
    """Return files that are refused by what is wrong with them, each with the reason."""
    return {name: (make(form), reason) for name, (make, reason) in REFUSED.items()}


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


def _by(change: Callable[[pikepdf.Pdf], None]) -> Make:
    return functools.partial(_changed, change=change)


def _saved(**how: Any) -> Make:
    return functools.partial(_changed, **how)


def _encrypted(password: str) -> Make:
    return _saved(encryption=Encryption(owner="owner", user=password))


def _always(content: bytes) -> Make:
    return lambda _form: content


def _somebody_elses(_form: bytes) -> bytes:
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
    removed = pdf.Root.AcroForm.Fields[0]
    del pdf.Root.AcroForm.Fields[0]
    annotations = pdf.pages[0].Annots
    pdf.pages[0].Annots = Array([each for each in annotations if each.objgen != removed.objgen])


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


HONEST: Mapping[str, Make] = {
    "as handed out": lambda form: form,
    "saved again": _saved(),
    "saved with object streams": _saved(object_stream_mode=pikepdf.ObjectStreamMode.generate),
    "saved for the web": _saved(linearize=True),
    "with blank lines at the end": lambda form: form + b"\r\n\r\n",
}
"""Ways in which a form comes back that say what it says."""

REFUSED: Mapping[str, tuple[Make, Reason]] = {
    "empty": (_always(b""), Reason.NOT_A_PDF),
    "a text": (_always(b"Dear chair,\nI agree.\n"), Reason.NOT_A_PDF),
    "a photograph": (_always(b"\xff\xd8\xff\xe0" + bytes(2000)), Reason.NOT_A_PDF),
    "a Word document": (_always(b"PK\x03\x04" + bytes(2000)), Reason.NOT_A_PDF),
    "garbage": (_always(garbage(1)), Reason.CUT_OFF),
    "too large": (_always(b"%PDF-1.7\n" + bytes(10_000_000)), Reason.TOO_LARGE),
    "somebody else's": (_somebody_elses, Reason.NOT_OURS),
    "cut off": (lambda form: form[: len(form) // 2], Reason.CUT_OFF),
    "without its last line": (lambda form: form[:-20], Reason.CUT_OFF),
    "without its last letters": (lambda form: form[:-4], Reason.CUT_OFF),
    "encrypted": (_encrypted("secret"), Reason.ENCRYPTED),
    "encrypted without a password": (_encrypted(""), Reason.ENCRYPTED),
    "without its seal": (_by(_remove_seal), Reason.NOT_OURS),
    "with an emptied seal": (_by(_empty_seal), Reason.NOT_OURS),
    "flattened": (_by(_flatten), Reason.FLATTENED),
    "without widgets": (_by(_remove_widgets), Reason.FLATTENED),
    "with a field added": (_by(_add_field), Reason.FIELDS_CHANGED),
    "with a field twice": (_by(_double_field), Reason.FIELDS_CHANGED),
    "with a field removed": (_by(_remove_field), Reason.FIELDS_CHANGED),
    "with an option added": (_by(_add_option), Reason.FIELDS_CHANGED),
    "with a script": (_by(_add_script), Reason.ALTERED),
    "with XFA": (_by(_add_xfa), Reason.ALTERED),
    "with a file attached": (_by(_attach), Reason.ALTERED),
    "with other words": (_by(_reword), Reason.ALTERED),
    "with a note on a page": (_by(_annotate), Reason.ALTERED),
    "with a page more": (_by(_add_page), Reason.ALTERED),
    "with a forged seal": (_forged, Reason.ALTERED),
}
"""Files that are refused by what is wrong with them, each with the reason."""
