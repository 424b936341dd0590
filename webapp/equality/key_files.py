"""The keys that seal forms: files beside the database, so that no copy of it opens a form."""

from __future__ import annotations

import os
import uuid
from contextlib import suppress
from pathlib import Path

from webapp.equality.sealing import KEY_BYTES, new_key

FOLDER = "equality-keys"


class KeyFiles:
    """One file a key, named by its id, for the owner of the installation alone."""

    def __init__(self, home: Path) -> None:
        """Take the home folder of the installation; nothing is made yet."""
        self.folder = home / FOLDER

    def make(self) -> uuid.UUID:
        """Make a key that outlives a power cut and return its id."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        key_id = uuid.uuid4()
        descriptor = os.open(self._path(key_id), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        _write(descriptor, new_key())
        self._sync()
        return key_id

    def find(self, key_id: uuid.UUID) -> bytes | None:
        """Return a key, or None where it was destroyed, never was, or is not whole."""
        try:
            key = self._path(key_id).read_bytes()
        except FileNotFoundError:
            return None
        return key if len(key) == KEY_BYTES else None

    def list(self) -> frozenset[uuid.UUID]:
        """Return the ids of all keys."""
        found = set()
        for path in self.folder.glob("*"):
            with suppress(ValueError):
                found.add(uuid.UUID(path.name))
        return frozenset(found)

    def destroy(self, key_id: uuid.UUID) -> None:
        """Overwrite a key and delete its file; what it sealed can never be opened again."""
        path = self._path(key_id)
        with suppress(FileNotFoundError):
            _write(os.open(path, os.O_WRONLY), bytes(KEY_BYTES))
            path.unlink()
            self._sync()

    def _path(self, key_id: uuid.UUID) -> Path:
        return self.folder / str(key_id)

    def _sync(self) -> None:
        descriptor = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _write(descriptor: int, content: bytes) -> None:
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
