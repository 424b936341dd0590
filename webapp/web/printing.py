"""Documents that are the same for everybody are printed once and kept as files."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from exports.document import Document
from exports.recipe import printing_digest
from exports.worker import Press


def printed_once(press: Press, document: Document, folder: Path) -> bytes:
    """Return a document as a PDF file, from the folder where it was printed before.

    Raises PressBusy where too many documents are waiting, and what else the press raises.
    """
    path = folder / f"{printing_digest(document)}.pdf"
    if path.is_file():
        return path.read_bytes()
    # Two first visitors may both print it: that is cheaper than making the second one wait
    # behind a lock while a document that fails blocks all others.
    content = press.make(document)
    folder.mkdir(parents=True, exist_ok=True)
    descriptor, unfinished = tempfile.mkstemp(dir=folder, prefix=".")
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    Path(unfinished).replace(path)
    return content
