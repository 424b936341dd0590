"""Files put into a ZIP in pieces, dated alike: the same content makes the same bytes."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable
from pathlib import Path

PIECE = 1 << 20


def dated_member(name: str, method: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    """Return the entry of a file of 1980, the first year that the format knows."""
    member = zipfile.ZipInfo(name)
    member.compress_type = method
    member.create_system = 3
    member.external_attr = 0o600 << 16
    return member


def add_file(
    archive: zipfile.ZipFile,
    name: str,
    path: Path,
    method: int = zipfile.ZIP_DEFLATED,
    heard: Callable[[], None] = lambda: None,
) -> str:
    """Put a file into a ZIP and return its SHA-256 as 64 hexadecimal digits."""
    member = dated_member(name, method)
    # The entry stands before the content and has to say whether that is very large.
    member.file_size = path.stat().st_size
    digest = hashlib.sha256()
    with path.open("rb") as source, archive.open(member, "w") as target:
        while piece := source.read(PIECE):
            digest.update(piece)
            target.write(piece)
            heard()
    return digest.hexdigest()
