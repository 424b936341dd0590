"""What a file is by its content, whatever it is called."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass
from enum import StrEnum

from exports.forms.filled import FileRefused, Reason


class SourceKind(StrEnum):
    """A kind of file in which a response can come."""

    PDF = "pdf"
    JPEG = "jpeg"
    PNG = "png"
    EMAIL = "email"
    WORD = "word"
    ODT = "odt"
    TEXT = "text"

    @property
    def media_type(self) -> str:
        """The type under which it is handed out."""
        return _MEDIA_TYPES[self]

    @property
    def ending(self) -> str:
        """How the name of such a file ends."""
        return _ENDINGS[self]

    @property
    def label(self) -> str:
        """What people call it."""
        return _LABELS[self]

    @property
    def is_image(self) -> bool:
        """Whether a browser shows it as a picture."""
        return self in (SourceKind.JPEG, SourceKind.PNG)


_MEDIA_TYPES = {
    SourceKind.PDF: "application/pdf",
    SourceKind.JPEG: "image/jpeg",
    SourceKind.PNG: "image/png",
    SourceKind.EMAIL: "message/rfc822",
    SourceKind.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    SourceKind.ODT: "application/vnd.oasis.opendocument.text",
    SourceKind.TEXT: "text/plain",
}
_ENDINGS = {
    SourceKind.PDF: "pdf",
    SourceKind.JPEG: "jpg",
    SourceKind.PNG: "png",
    SourceKind.EMAIL: "eml",
    SourceKind.WORD: "docx",
    SourceKind.ODT: "odt",
    SourceKind.TEXT: "txt",
}
_LABELS = {
    SourceKind.PDF: "PDF",
    SourceKind.JPEG: "JPEG picture",
    SourceKind.PNG: "PNG picture",
    SourceKind.EMAIL: "email",
    SourceKind.WORD: "Word document",
    SourceKind.ODT: "OpenDocument text",
    SourceKind.TEXT: "text file",
}
_SIGNS = (
    (b"%PDF-", SourceKind.PDF),
    (b"\xff\xd8\xff", SourceKind.JPEG),
    (b"\x89PNG\r\n\x1a\n", SourceKind.PNG),
)
_OLE = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"
_ODT = _MEDIA_TYPES[SourceKind.ODT].encode()
_HEADERS = re.compile(rb"(?:[!-9;-~]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)+\r?\n")
_NEEDED_HEADERS = re.compile(rb"^(?:from|date|received|subject):", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class LookedAt:
    """What a file is; `text` is what it says, where that is plain text."""

    kind: SourceKind
    text: str = ""


def kind_of(content: bytes) -> SourceKind:
    """Return what a file is; raises FileRefused with what to do instead."""
    for sign, kind in _SIGNS:
        if content.startswith(sign):
            return kind
    if content.startswith(_ZIP):
        return _kind_of_zip(content)
    if content.startswith(_OLE):
        raise _refused(
            "This is an older Word document, spreadsheet or Outlook message. Open it, save it as a"
            " PDF, and attach that."
        )
    head = _HEADERS.match(content)
    if head and len({each.lower() for each in _NEEDED_HEADERS.findall(head[0])}) >= 2:
        return SourceKind.EMAIL
    if _decoded(content) is None:
        raise _refused()
    return SourceKind.TEXT


def text_of(content: bytes) -> str:
    """Return what a text file says, in whichever letters it was written."""
    return readable(_decoded(content) or "")


def readable(text: str) -> str:
    """Return a text with plain line ends and without what nobody sees."""
    plain = re.sub(r"\r\n?|[\u2028\u2029]", "\n", unicodedata.normalize("NFC", text))
    return "".join(
        each for each in plain if each in "\n\t" or unicodedata.category(each) not in _UNSEEN
    ).strip()


_UNSEEN = ("Cc", "Cs", "Co", "Cn")


def _decoded(content: bytes) -> str | None:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        # What is no text has bytes that no text has.
        if not re.search(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]", text):
            return text
    return None


def _kind_of_zip(content: bytes) -> SourceKind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = set(packed.namelist())
            if "word/document.xml" in names:
                return SourceKind.WORD
            if "mimetype" in names and _begins_with(packed, "mimetype", _ODT):
                return SourceKind.ODT
    except (zipfile.BadZipFile, zlib.error, OSError, NotImplementedError, RuntimeError):
        raise _refused("This file is damaged: ask for it to be sent again.") from None
    if any(name.startswith("xl/") for name in names) or "content.xml" in names:
        raise _refused(
            "This is a spreadsheet. To take in many responses from one, import it; to attach it to"
            " one response, save it as a PDF."
        )
    raise _refused()


def _begins_with(packed: zipfile.ZipFile, name: str, wanted: bytes) -> bool:
    with packed.open(name) as member:
        return member.read(len(wanted) + 1) == wanted


def _refused(message: str = "") -> FileRefused:
    return FileRefused(
        Reason.NO_SUCH_KIND,
        message
        or "This is not a PDF, a JPEG or PNG picture, an email, a Word document, an OpenDocument"
        " text or a text file. Save or print what you have as a PDF, and attach that.",
    )
