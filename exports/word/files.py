"""Which Word file a value becomes, and what else it depends on."""

from __future__ import annotations

import functools
import hashlib
from importlib.metadata import version
from pathlib import Path

from exports.documents.consultation_form import ConsultationForm
from exports.recipe import printing_digest
from exports.word.blank import blank_consultation
from exports.word.response import DraftResponse, draft_file

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

WordDocument = ConsultationForm | DraftResponse


def word_file(document: WordDocument) -> bytes:
    """Return a value as a Word file; the same value gives the same bytes."""
    match document:
        case ConsultationForm():
            return blank_consultation(document)
        case DraftResponse():
            return draft_file(document)


def word_digest(form: ConsultationForm) -> str:
    """Return 64 hexadecimal digits that are the same while the file of a form would be."""
    return hashlib.sha256(f"{_recipe()}\n{printing_digest(form)}".encode()).hexdigest()


@functools.cache
def _recipe() -> str:
    digest = hashlib.sha256(version("python-docx").encode())
    for file in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()
