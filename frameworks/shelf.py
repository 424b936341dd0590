"""One folder of the library: files that its LOCK vouches for, read once and kept."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from frameworks.digest import file_digest
from frameworks.journal import LOCK, Locked, read_journal
from frameworks.lines import Lines
from frameworks.model import Reference
from frameworks.problems import Problem, Unreadable


class Versioned(Protocol):
    """Anything that has a name and a version."""

    @property
    def reference(self) -> Reference:
        """The name and the version."""


Value = TypeVar("Value", bound=Versioned)
_SUFFIX = ".yaml"


class Shelf(Generic[Value]):
    """A folder with a LOCK and `<slug>/<version>.yaml`; safe to share between threads.

    LOCK is read again when it has changed. A file that LOCK does not vouch for is never handed out.
    """

    def __init__(
        self,
        folder: Path,
        read: Callable[[bytes, str], Value],
        digest: Callable[[Value], str],
    ) -> None:
        """Keep a folder, which may be missing and is then empty, and how its files are read."""
        self.folder = folder
        self._read = read
        self._digest = digest
        self._guard = threading.Lock()
        self._seen: tuple[int, int, int] | None = None
        self._locked: dict[Reference, Locked] = {}
        self._values: dict[str, Value] = {}

    def locked(self) -> dict[Reference, Locked]:
        """Return what LOCK says now, by version; raises Unreadable if LOCK is damaged."""
        path = self.folder / LOCK
        try:
            found = path.stat()
        except FileNotFoundError:
            return {}
        stamp = (found.st_mtime_ns, found.st_size, found.st_ino)
        with self._guard:
            if stamp != self._seen:
                self._locked = read_journal(path.read_text("utf-8", "replace"), str(path))
                self._seen = stamp
            return self._locked

    def get(self, locked: Locked) -> Value:
        """Return what a locked file holds; raises Unreadable if it is not what was locked."""
        key = locked.file_digest
        with self._guard:
            kept = self._values.get(key)
        if kept is not None:
            return kept
        value = self._parsed(locked)
        with self._guard:
            return self._values.setdefault(key, value)

    def content(self, locked: Locked) -> bytes:
        """Return a locked file to the byte; raises Unreadable if it is not what was locked."""
        path = self.path(locked.reference)
        try:
            content = path.read_bytes()
        except OSError as error:
            message = f"{self._short(path)} is locked here and missing: restore it"
            raise Unreadable([self._at(locked, message)]) from error
        if file_digest(content) != locked.file_digest:
            message = f"{self._short(path)} is not the file that was locked here: restore it"
            raise Unreadable([self._at(locked, message)])
        return content

    def path(self, reference: Reference) -> Path:
        """Return where the file of a version stands."""
        return self.folder / reference.slug / f"{reference.version}{_SUFFIX}"

    def verify(self) -> list[Problem]:
        """Return everything that is wrong with LOCK and the files; empty if all is well."""
        problems = self.broken_seals()
        for entry in [] if problems else self.locked().values():
            try:
                self._parsed(entry)
            except Unreadable as damaged:
                problems.extend(damaged.problems)
        return problems

    def broken_seals(self) -> list[Problem]:
        """Return where LOCK and the files are at odds, without looking into the files."""
        try:
            locked = self.locked()
        except Unreadable as damaged:
            return list(damaged.problems)
        problems: list[Problem] = []
        for entry in locked.values():
            try:
                self.content(entry)
            except Unreadable as damaged:
                problems.extend(damaged.problems)
        message = f"is not in {self.folder / LOCK}: publish it, or keep it elsewhere"
        return [*problems, *(Problem(str(path), 1, message) for path in self.strays(locked))]

    def strays(self, locked: dict[Reference, Locked]) -> Iterator[Path]:
        """Yield the files that LOCK does not list; a folder with a LOCK of its own is apart."""
        listed = {self.path(reference) for reference in locked}
        for path in sorted(self.folder.rglob("*")):
            apart = any((parent / LOCK).exists() for parent in _between(self.folder, path))
            if path.is_file() and path not in listed and not apart and path.name != LOCK:
                yield path

    def _parsed(self, locked: Locked) -> Value:
        path = self.path(locked.reference)
        content = self.content(locked)
        value = self._read(content, str(path))
        if value.reference != locked.reference:
            line = Lines(content.decode()).at(("version",))
            raise Unreadable([Problem(str(path), line, f"holds {value.reference}")])
        if self._digest(value) != locked.content_digest:
            message = f"{self._short(path)} has another content digest than was locked here"
            raise Unreadable([self._at(locked, message)])
        return value

    def _at(self, locked: Locked, message: str) -> Problem:
        return Problem(str(self.folder / LOCK), locked.line, message)

    def _short(self, path: Path) -> str:
        return path.relative_to(self.folder).as_posix()


def _between(folder: Path, path: Path) -> Iterator[Path]:
    for parent in path.parents:
        if parent == folder:
            return
        yield parent
