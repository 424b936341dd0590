"""A folder of files, each under the SHA-256 of its content."""

from __future__ import annotations

import datetime as dt
import fcntl
import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

DIGEST = re.compile(r"[0-9a-f]{64}")


class UnknownFile(Exception):
    """There is no file with this digest."""


class FileDamaged(Exception):
    """What is in a file is no longer what was put there."""


class FileStore:
    """Keeps content under its digest, whole or not at all; any number of processes may share it.

    The same content put twice is one file, so its name tells nobody who sent it.
    """

    def __init__(self, folder: Path) -> None:
        """Take the folder, which is made when the first file comes."""
        self._folder = folder
        self._unfinished = folder / "unfinished"

    def put(self, content: bytes) -> str:
        """Keep content and return its digest, 64 hexadecimal digits; it survives a power cut."""
        unfinished = self.begin()
        try:
            unfinished.write_bytes(content)
            return self._keep(unfinished, hashlib.sha256(content).hexdigest())
        finally:
            unfinished.unlink(missing_ok=True)

    def begin(self) -> Path:
        """Return an empty file to write something large into, for `adopt`."""
        self._make(self._unfinished)
        descriptor, name = tempfile.mkstemp(dir=self._unfinished)
        os.close(descriptor)
        return Path(name)

    def adopt(self, unfinished: Path) -> str:
        """Keep a file that was begun here and return its digest; the file moves."""
        with unfinished.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        try:
            return self._keep(unfinished, sha256)
        finally:
            unfinished.unlink(missing_ok=True)

    def get(self, sha256: str) -> bytes:
        """Return the content under a digest; raises UnknownFile or FileDamaged."""
        try:
            content = self._path(sha256).read_bytes()
        except FileNotFoundError:
            raise UnknownFile(sha256) from None
        if hashlib.sha256(content).hexdigest() != sha256:
            raise FileDamaged(sha256)
        return content

    def open(self, sha256: str) -> BinaryIO:
        """Return the file under a digest, to be read in pieces and closed; raises UnknownFile."""
        try:
            return self._path(sha256).open("rb")
        except FileNotFoundError:
            raise UnknownFile(sha256) from None

    def has(self, sha256: str) -> bool:
        """Say whether there is content under a digest."""
        return self._path(sha256).is_file()

    def delete(self, sha256: str) -> bool:
        """Delete what is under a digest; False where there is nothing."""
        return self._delete(sha256, before=None)

    def delete_older(self, sha256: str, before: dt.datetime) -> bool:
        """Delete what is under a digest unless it was put there, or put again, since a moment."""
        return self._delete(sha256, before=before)

    def list_older(self, before: dt.datetime) -> Iterator[str]:
        """Yield the digests of what was last put before a moment, in no order."""
        for path in self._folder.glob("??/*"):
            if DIGEST.fullmatch(path.name) and _put_at(path) < before.timestamp():
                yield path.name

    def clear_unfinished(self, before: dt.datetime) -> None:
        """Delete what somebody began and wrote to last before a moment."""
        for path in self._unfinished.glob("*"):
            if _put_at(path) < before.timestamp():
                path.unlink(missing_ok=True)

    def _keep(self, unfinished: Path, sha256: str) -> str:
        _sync(unfinished)
        path = self._path(sha256)
        self._make(path.parent)
        with self._locked():
            if path.exists():
                # It is as young as a new one, so that nobody deletes it as left over.
                os.utime(path)
            else:
                os.utime(unfinished)
                unfinished.replace(path)
                _sync(path.parent)
        return sha256

    def _delete(self, sha256: str, before: dt.datetime | None) -> bool:
        path = self._path(sha256)
        if not path.exists():
            return False
        with self._locked():
            if before is not None and _put_at(path) >= before.timestamp():
                return False
            try:
                path.unlink()
            except FileNotFoundError:
                return False
            _sync(path.parent)
        return True

    def _path(self, sha256: str) -> Path:
        if not DIGEST.fullmatch(sha256):
            raise ValueError("a digest has 64 hexadecimal digits")
        return self._folder / sha256[:2] / sha256

    def _make(self, folder: Path) -> None:
        if not folder.is_dir():
            for each in (self._folder, folder):
                each.mkdir(mode=0o700, parents=True, exist_ok=True)
                _sync(each.parent)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Let nobody else put or delete meanwhile: what is put again must not be deleted as old."""
        with (self._folder / ".lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _put_at(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return float("inf")
