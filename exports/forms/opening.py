"""Files that others send, opened with every doubt: what is no whole, plain PDF is refused."""

from __future__ import annotations

import io
import re

import pikepdf

from exports.forms.filled import FileRefused, Reason
from exports.forms.one_reading import has_one_reading

LARGEST = 10_000_000
"""How many bytes a file that comes back may have."""

_BEGINNING = 1024
# How far from the end every reader looks for the last table.
_END = 1000
_MARK = b"%PDF-"
# Of a file that was saved section upon section, what is left after a cut is an earlier save, and
# it would be read without a word. So nothing may follow the last section's end.
_WHOLE = re.compile(rb"startxref\s+\d+\s+%%EOF[\s\x00]*\Z")

# What people send instead of a PDF, by how such files begin.
_OTHER_KINDS = (
    (b"\xff\xd8\xff", "a photograph"),
    (b"\x89PNG", "a picture"),
    (b"GIF8", "a picture"),
    (b"II*\x00", "a picture"),
    (b"MM\x00*", "a picture"),
    (b"PK\x03\x04", "a Word document, a spreadsheet or a ZIP file"),
    (b"\xd0\xcf\x11\xe0", "an older Word document or spreadsheet"),
    (b"{\\rtf", "a text document"),
)


class Guessed(ValueError):
    """A part of a file is not as it should be, and the library went on with a guess."""


def limit_the_library() -> None:
    """Let the PDF library of this process refuse what only a harmful file needs.

    For a process that reads the files of others and nothing else: the limits hold for all of it.
    """
    pikepdf.settings.set_qpdf_limits(
        doc_max_warnings=20,
        parser_max_nesting=100,
        parser_max_container_size=200_000,
        max_stream_filters=3,
        dct_max_memory=1,
        dct_max_progressive_scans=1,
        flate_max_memory=50_000_000,
        png_max_memory=10_000_000,
        run_length_max_memory=10_000_000,
        tiff_max_memory=10_000_000,
    )


def check_size(size: int) -> None:
    """Raise FileRefused where a file of so many bytes is not looked at."""
    if size > LARGEST:
        raise FileRefused(
            Reason.TOO_LARGE,
            f"This file has {size / 1e6:,.1f} MB, and at most {LARGEST / 1e6:,.0f} MB can be sent."
            " Send the form itself, without scans or attachments.",
        )


def open_sent(content: bytes) -> pikepdf.Pdf:
    """Return a file that somebody sent, opened without repairing anything.

    Raises FileRefused (too large, not a PDF, cut off, encrypted) and PdfError for damage.
    """
    check_size(len(content))
    if _MARK not in content[:_BEGINNING]:
        raise _not_a_pdf(content)
    if not _WHOLE.search(content, max(0, len(content) - _END)):
        raise damaged()
    try:
        pdf = pikepdf.open(io.BytesIO(content), attempt_recovery=False, suppress_warnings=True)
    except pikepdf.PasswordError:
        raise _encrypted() from None
    if pdf.is_encrypted:
        pdf.close()
        raise _encrypted()
    if not has_one_reading(pdf, content):
        pdf.close()
        raise damaged()
    return pdf


def limits_hit() -> int:
    """Return how often a file has gone beyond the limits of the library in this process."""
    return pikepdf.settings.qpdf_limit_errors()


def check_undamaged(pdf: pikepdf.Pdf) -> None:
    """Raise Guessed where the library had to guess at anything that it has read so far."""
    if warnings := pdf.get_warnings():
        raise Guessed(str(warnings[0]))


def too_much() -> FileRefused:
    """Return the refusal of a file that is made to do harm, or might as well be."""
    return FileRefused(
        Reason.TOO_MUCH,
        "This file needs more time or memory to read than a form of ours ever does. Fill in the"
        " form as you got it, save it and send that file.",
    )


def damaged() -> FileRefused:
    """Return the refusal of a file that cannot be read without guessing."""
    return FileRefused(
        Reason.CUT_OFF,
        "This file is cut off or damaged. Open the form, save it again and send the new file; if"
        " it was downloaded or came by mail, get it once more.",
    )


def _not_a_pdf(content: bytes) -> FileRefused:
    for beginning, kind in _OTHER_KINDS:
        if content.startswith(beginning):
            what = f"This is not a PDF file but {kind}."
            break
    else:
        what = "This is not a PDF file." if content else "This file is empty."
    return FileRefused(
        Reason.NOT_A_PDF,
        f"{what} Send the form that you filled in as a PDF; a scanned, photographed or handwritten"
        " form can be attached and typed in.",
    )


def _encrypted() -> FileRefused:
    return FileRefused(
        Reason.ENCRYPTED,
        "This file is encrypted or protected by a password. Save it without protection and send"
        " it again.",
    )
