"""What came, as one file to take away: for who reads it after words were taken out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable


def packed(words: str, files: Iterable[tuple[str, bytes]]) -> bytes:
    """Return a ZIP of the words that came without a file, and of files by name.

    The files are numbered, since two may have one name.
    """
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        if words:
            archive.writestr(zipfile.ZipInfo("words.txt"), words)
        for number, (name, file) in enumerate(files, start=1):
            archive.writestr(zipfile.ZipInfo(f"{number}-{name}"), file)
    return content.getvalue()
