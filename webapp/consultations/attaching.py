"""Which files may be attached to a consultation: told by their content, not by their name."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath

LARGEST = 10 * 1024 * 1024
NAME_LENGTH = 120

PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
TEXT = "text/plain"
ENDINGS = {PDF: ".pdf", WORD: ".docx", ODT: ".odt", TEXT: ".txt"}
SHORT_NAMES = {PDF: "PDF", WORD: "Word", ODT: "OpenDocument", TEXT: "Text"}


class NotADocument(ValueError):
    """The file cannot be attached; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that was looked at and kept under its digest."""

    file_name: str
    media_type: str
    sha256: str
    size: int


def media_type_of(name: str, content: bytes) -> str:
    """Return what a file is, from its content; raises NotADocument.

    Its name must say the same: people open a file by its ending.
    """
    if not content:
        raise NotADocument("The file is empty: choose another")
    if len(content) > LARGEST:
        raise NotADocument("The file must be smaller than 10 MB")
    found = _told_by(content)
    if found is None:
        raise NotADocument(
            "The file must be a PDF, a Word file (.docx), an OpenDocument text (.odt)"
            " or plain text (.txt)"
        )
    if not name.lower().endswith(ENDINGS[found]):
        raise NotADocument(
            f"The content of the file is {SHORT_NAMES[found]}, but its name does not end in"
            f" {ENDINGS[found]}: rename it or choose another"
        )
    return found


def safe_name(name: str) -> str:
    """Return the name of a file without folders and without what no file system takes."""
    last = PurePosixPath(name.replace("\\", "/")).name
    printable = "".join(each for each in last if each.isprintable()).strip() or "document"
    stem, dot, ending = printable.rpartition(".")
    room = NAME_LENGTH - len(dot + ending)
    return f"{stem[:room]}{dot}{ending}" if dot and room > 0 else printable[:NAME_LENGTH]


def size_in_words(size: int) -> str:
    """Return the size of a file as people read it: `740 KB`, `2.4 MB`."""
    if size >= 999_500:
        return f"{size / 1_000_000:.1f} MB"
    return f"{max(1, round(size / 1000))} KB"


def _told_by(content: bytes) -> str | None:
    if content.startswith(b"%PDF-"):
        return PDF if b"%%EOF" in content[-2048:] else None
    if content.startswith(b"PK\x03\x04"):
        return _kind_of_archive(content)
    return TEXT if _is_text(content) else None


def _kind_of_archive(content: bytes) -> str | None:
    # Only the list of parts and one short part are read, however large the others claim to be.
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = {each.filename: each for each in archive.infolist()}
            if "word/vbaProject.bin" in parts:
                return None
            if {"[Content_Types].xml", "word/document.xml"} <= parts.keys():
                return WORD
            named = parts.get("mimetype")
            # OpenDocument has it unpacked; what is packed may grow to any size, whatever it claims.
            if named is None or named.compress_type != zipfile.ZIP_STORED:
                return None
            if named.file_size != len(ODT) or "content.xml" not in parts:
                return None
            return ODT if archive.read(named) == ODT.encode() else None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError):
        return None


def _is_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return all(each.isprintable() or each in "\n\r\t\f" for each in text)
