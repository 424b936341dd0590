"""Words that are nowhere else, and the search for them in every byte of a folder."""

from __future__ import annotations

import io
import secrets
import zipfile
from collections.abc import Iterator
from pathlib import Path


class Canaries:
    """Words that are nowhere else, by what they were typed as."""

    def __init__(self) -> None:
        self.words: dict[str, str] = {}

    def make(self, what: str) -> str:
        return self.words.setdefault(what, f"canary{secrets.token_hex(12)}")

    def found_in(self, folder: Path, *, only: tuple[str, ...] = ()) -> dict[str, set[str]]:
        """Return in which files each is, packed or not."""
        wanted = {what: word for what, word in self.words.items() if not only or what in only}
        found: dict[str, set[str]] = {}
        for path in folder.rglob("*"):
            if path.is_file():
                for content in _unpacked(path.read_bytes()):
                    for what, word in wanted.items():
                        if word.encode() in content:
                            found.setdefault(what, set()).add(path.name)
        return found


def _unpacked(content: bytes) -> Iterator[bytes]:
    """Yield a file, and everything in it where it is a ZIP."""
    yield content
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield from _unpacked(archive.read(name))
