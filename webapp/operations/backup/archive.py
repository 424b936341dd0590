"""The file that a backup is: a ZIP whose parts each have their size and digest on record."""

from __future__ import annotations

import hashlib
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Self

from webapp.operations.backup.manifest import NAME, Manifest, NotAManifest, Part

BLOCK = 1 << 20
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    KeyError,
    NotImplementedError,
    OSError,
    RuntimeError,
    UnicodeDecodeError,
    ValueError,
)
"""What Python's ZIP reader raises, depending on which byte of a file is another."""


class Damaged(Exception):
    """A backup is not as it was made; one line says where."""


class ArchiveWriter:
    """Adds parts to a backup, piece by piece."""

    def __init__(self, path: Path) -> None:
        """Begin a file that is there and empty."""
        self._zip = zipfile.ZipFile(path, "w", allowZip64=True)
        self.parts: list[Part] = []

    def add(self, name: str, source: IO[bytes], *, is_packed: bool = False) -> Part:
        """Add a part; what is packed already is not packed again."""
        info = _info(name, is_packed=is_packed)
        digest, size = hashlib.sha256(), 0
        with self._zip.open(info, "w", force_zip64=True) as target:
            while block := source.read(BLOCK):
                digest.update(block)
                size += len(block)
                target.write(block)
        part = Part(name, size, digest.hexdigest())
        self.parts.append(part)
        return part

    def finish(self, manifest: Manifest) -> None:
        """Write what the backup says of itself, and end it."""
        self._zip.writestr(_info(NAME, is_packed=False), manifest.to_json())
        self._zip.close()

    def abandon(self) -> None:
        """Stop in the middle."""
        self._zip.close()


class ArchiveReader:
    """Reads the parts of a backup, and refuses what is not as it was made."""

    def __init__(self, archive: zipfile.ZipFile, manifest: Manifest) -> None:
        """Take an open archive with its manifest."""
        self._zip = archive
        self.manifest = manifest
        self._parts = {part.name: part for part in manifest.parts}

    @classmethod
    @contextmanager
    def open(cls, path: Path) -> Iterator[Self]:
        """Open a backup; raises Damaged or NotAManifest, and OSError where there is no file."""
        with path.open("rb") as file:
            try:
                archive = zipfile.ZipFile(file)
                manifest = Manifest.from_json(archive.read(NAME).decode())
            except NotAManifest:
                raise
            except DAMAGE as error:
                raise Damaged("this is no whole backup of Boardmark") from error
            with archive:
                yield cls(archive, manifest)

    def names(self) -> tuple[str, ...]:
        """Return the names of all parts, in order."""
        return tuple(self._parts)

    def stray(self) -> tuple[str, ...]:
        """Return what is in only one of the file and its manifest, or twice."""
        there = [name for name in self._zip.namelist() if name != NAME]
        twice = (
            {name for name in there if there.count(name) > 1}
            if len(set(there)) != len(there)
            else set()
        )
        return tuple(sorted(set(there) ^ set(self._parts) | twice))

    def copy(self, name: str, target: IO[bytes] | None = None) -> None:
        """Read a part to its end, into a file where one is given; raises Damaged."""
        part = self._parts[name]
        digest, size = hashlib.sha256(), 0
        try:
            with self._zip.open(name) as source:
                while block := source.read(BLOCK):
                    digest.update(block)
                    size += len(block)
                    if target is not None:
                        target.write(block)
        except DAMAGE as error:
            raise Damaged(f"{name} cannot be read to its end") from error
        if (size, digest.hexdigest()) != (part.size, part.sha256):
            raise Damaged(f"{name} is not what was put in")

    def extract(self, name: str, target: Path) -> None:
        """Write a part into a new file for its owner alone; raises Damaged."""
        target.touch(mode=0o600, exist_ok=False)
        with target.open("wb") as file:
            self.copy(name, file)


def _info(name: str, *, is_packed: bool) -> zipfile.ZipInfo:
    # One time for all: the manifest says when the backup was made.
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.external_attr = 0o600 << 16
    info.compress_type = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
    return info
