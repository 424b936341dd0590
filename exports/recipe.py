"""What a printed document depends on besides its words: styles, typefaces, code and libraries."""

from __future__ import annotations

import functools
import hashlib
from importlib.metadata import version
from pathlib import Path

from exports.document import Document
from exports.templating import page

_HERE = Path(__file__).parent
_PARTS = ("*.py", "forms/*.py", "seals/*.py", "fonts.conf", "styles/*.css", "fonts/*.ttf")
_LIBRARIES = ("weasyprint", "pikepdf", "pydyf", "fonttools", "segno")


def printing_digest(document: Document) -> str:
    """Return 64 hexadecimal digits that are the same exactly while the PDF would be the same."""
    return hashlib.sha256(f"{_recipe()}\n{page(document)}".encode()).hexdigest()


@functools.cache
def _recipe() -> str:
    digest = hashlib.sha256()
    for name in _LIBRARIES:
        digest.update(f"{name} {version(name)}\n".encode())
    for pattern in _PARTS:
        for file in sorted(_HERE.glob(pattern)):
            digest.update(f"{file.name} {hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()
