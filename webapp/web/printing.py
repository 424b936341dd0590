"""How documents leave the service: printed, sealed and entered in the register, in one place."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from exports.document import Document
from exports.documents.consultation_form import ConsultationForm
from exports.forms.field_objects import values_by_name
from exports.forms.prefill import Base, Copy, Values, as_given, copy_of
from exports.issuing import Issued, Issuer, issue, stamp_of
from exports.recipe import printing_digest
from exports.seals.sealing import copy_identifier, read_seal
from exports.word.files import WordDocument, word_digest, word_file
from exports.worker import Press
from webapp.issued.register import Series
from webapp.issued.services import register_document
from webapp.persistence import Database


@dataclass(frozen=True)
class Counter:
    """Where documents are handed out: what prints and seals them, and where each is noted down.

    `folder` keeps the documents that are the same for everybody.
    """

    press: Press
    issuer: Issuer
    folder: Path
    database: Database

    def hand_out(
        self,
        document: Document,
        now: dt.datetime,
        *,
        once: bool = False,
        series: Series | None = None,
    ) -> bytes:
        """Return a document as a sealed file that is in the register.

        `once` is for what everybody gets alike: it is printed once and kept. Raises what the press
        raises.
        """
        issued = self.issued_once(document) if once else issue(self.press, document, self.issuer)
        register_document(self.database, issued.seal, now=now, series=series)
        return issued.content

    def hand_out_word(self, document: WordDocument) -> bytes:
        """Return a Word file; it carries no seal, and one that all get alike is made once."""
        if not isinstance(document, ConsultationForm):
            return word_file(document)
        path = self.folder / f"{word_digest(document)}.docx"
        if path.is_file():
            return path.read_bytes()
        content = word_file(document)
        _write(path, content)
        return content

    def hand_out_copy(self, document: Document, values: Values, now: dt.datetime) -> Copy:
        """Return a prefilled copy of a form that is in the register, as its form then is.

        Raises what the press and the copying raise.
        """
        base = self.issued_once(document)
        copy = copy_of(Base.of(base.content), values, self.issuer.keyring, self.press)
        register_document(self.database, base.seal, now=now)
        register_document(self.database, copy.seal, now=now)
        return copy

    def identify_copy(self, document: Document, values: Values) -> tuple[str, str]:
        """Return the identifiers of a form and of its copy, without printing either."""
        base = stamp_of(document, self.issuer.address).identifier
        written = values_by_name(as_given(values))
        return base, copy_identifier(self.issuer.keyring, base, written)

    def issued_once(self, document: Document) -> Issued:
        """Return a document as a sealed file, from the folder if it was printed before."""
        path = self.folder / f"{_printed_digest(document, self.issuer)}.pdf"
        if path.is_file():
            kept = path.read_bytes()
            if (sealed := read_seal(kept)) is not None:
                return Issued(sealed.seal.identifier, kept, sealed.seal)
        # Two first visitors may both print it: that is cheaper than making the second one wait
        # behind a lock while a document that fails blocks all others.
        issued = issue(self.press, document, self.issuer)
        _write(path, issued.content)
        return issued


def _printed_digest(document: Document, issuer: Issuer) -> str:
    """Return 64 hexadecimal digits that are the same while the sealed file would be the same."""
    parts = (printing_digest(document), issuer.address, issuer.keyring.key_id)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, unfinished = tempfile.mkstemp(dir=path.parent, prefix=".")
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(unfinished).replace(path)
