"""The journal of erasures: a file beside the database that says what must stay erased."""

from __future__ import annotations

import datetime as dt
import fcntl
import json
import os
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

NAME = "erasures"


class JournalDamaged(Exception):
    """A line of the journal cannot be read; one line says which."""


@dataclass(frozen=True, slots=True, order=True)
class Erasure:
    """What was erased and when; ids and a kind, and nothing of a person."""

    happened_at: dt.datetime
    id: uuid.UUID
    kind: str
    subject_id: uuid.UUID

    def line(self) -> str:
        """Return the line of the journal that says so."""
        said = {
            "id": str(self.id),
            "kind": self.kind,
            "subject": str(self.subject_id),
            "at": self.happened_at.astimezone(dt.UTC).isoformat(),
        }
        return json.dumps(said) + "\n"

    @classmethod
    def from_line(cls, line: str) -> Self:
        """Read a line back; ValueError where it is none."""
        said = json.loads(line)
        if not isinstance(said, dict) or set(said) != {"id", "kind", "subject", "at"}:
            raise ValueError("not a line of a journal")
        at = dt.datetime.fromisoformat(said["at"])
        if at.tzinfo is None:
            raise ValueError("a moment without a time zone")
        return cls(at, uuid.UUID(said["id"]), str(said["kind"]), uuid.UUID(said["subject"]))


class Journal:
    """A file of lines that is only ever added to, by any number of processes."""

    def __init__(self, path: Path) -> None:
        """Take the file, which is made when the first line comes."""
        self.path = path

    @classmethod
    def of(cls, home: Path) -> Self:
        """Return the journal of an installation."""
        return cls(home / NAME)

    def add(self, erasures: Iterable[Erasure]) -> None:
        """Add lines that survive a power cut once this returns; the same twice does no harm."""
        text = "".join(each.line() for each in erasures).encode()
        if not text:
            return
        with self._locked() as descriptor:
            _cut_torn_line(descriptor)
            os.lseek(descriptor, 0, os.SEEK_END)
            while text:
                text = text[os.write(descriptor, text) :]
            os.fsync(descriptor)

    def read(self) -> tuple[Erasure, ...]:
        """Return what was erased, in the order in which it happened, each once.

        A last line that somebody was still writing is left out: the database has it still.
        Raises JournalDamaged.
        """
        try:
            content = self.path.read_bytes()
        except FileNotFoundError:
            return ()
        return read_lines(content, str(self.path))

    @contextmanager
    def _locked(self) -> Iterator[int]:
        is_new = not self.path.exists()
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            if is_new:
                _sync_folder(self.path.parent)
            yield descriptor
        finally:
            os.close(descriptor)


def read_lines(content: bytes, source: str) -> tuple[Erasure, ...]:
    """Read a whole journal; `source` is how a message names it. Raises JournalDamaged."""
    whole = content[: content.rfind(b"\n") + 1]
    found: dict[uuid.UUID, Erasure] = {}
    for number, line in enumerate(whole.decode("utf-8", "replace").splitlines(), start=1):
        try:
            erasure = Erasure.from_line(line)
        except (ValueError, TypeError) as error:
            raise JournalDamaged(
                f"{source}, line {number}: this is no line of a journal of erasures"
            ) from error
        found[erasure.id] = erasure
    return tuple(sorted(found.values()))


def _cut_torn_line(descriptor: int) -> None:
    """Take away what somebody was writing when their process ended: it is written anew."""
    size = os.fstat(descriptor).st_size
    keep = size
    while keep:
        start = max(0, keep - 4096)
        block = os.pread(descriptor, keep - start, start)
        at = block.rfind(b"\n")
        if at >= 0:
            keep = start + at + 1
            break
        keep = start
    if keep != size:
        os.ftruncate(descriptor, keep)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
