"""One folder of the library: files that its LOCK vouches for, read once and kept."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from frameworks.digest import file_digest
from frameworks.journal import LOCK, Locked, read_journal
from frameworks.lines import Lines
from frameworks.problems import Problem, Unreadable
from frameworks.versions import Name, Reference


class Versioned(Protocol):
    """Anything that is known by a name and a version."""

    @property
    def reference(self) -> Name:
        """The name and the version, and the language where it is a variant."""


Value = TypeVar("Value", bound=Versioned)
_SUFFIX = ".yaml"


class Shelf(Generic[Value]):
    """A folder with a LOCK and `<slug>/<version>.yaml`; safe to share between threads.

    It hands out what is of its kinds, versions or language variants, which stand beside each other.
    LOCK is read again when it has changed. A file that LOCK does not vouch for is never handed out.
    """

    def __init__(
        self,
        folder: Path,
        read: Callable[[bytes, str], Value],
        digest: Callable[[Value], str],
        kinds: tuple[type[Name], ...] = (Reference,),
    ) -> None:
        """Keep a folder, which may be missing and is then empty, and how its files are read."""
        self.folder = folder
        self._read = read
        self._digest = digest
        self._kinds = kinds
        self._guard = threading.Lock()
        self._seen: tuple[int, int, int] | None = None
        self._listed: frozenset[Path] = frozenset()
        self._locked: dict[Name, Locked] = {}
        self._values: dict[str, Value] = {}

    def locked(self) -> dict[Name, Locked]:
        """Return what LOCK says now of this kind; raises Unreadable if LOCK is damaged."""
        path = self.folder / LOCK
        try:
            found = path.stat()
        except FileNotFoundError:
            with self._guard:
                self._seen, self._listed = None, frozenset()
            return {}
        stamp = (found.st_mtime_ns, found.st_size, found.st_ino)
        with self._guard:
            if stamp != self._seen:
                entries = read_journal(path.read_text("utf-8", "replace"), str(path))
                self._listed = frozenset(self.path(name) for name in entries)
                self._locked = {
                    name: entry for name, entry in entries.items() if isinstance(name, self._kinds)
                }
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

    def path(self, name: Name) -> Path:
        """Return where the file of a version or variant stands."""
        return self.folder / name.slug / f"{name.stem}{_SUFFIX}"

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
        return [*problems, *(Problem(str(path), 1, message) for path in self.strays())]

    def strays(self) -> Iterator[Path]:
        """Yield the files that LOCK does not list; a folder with a LOCK of its own is apart."""
        for path in sorted(self.folder.rglob("*")):
            apart = any((parent / LOCK).exists() for parent in _between(self.folder, path))
            if path.is_file() and path not in self._listed and not apart and path.name != LOCK:
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


def intact(shelves: Iterable[Shelf[Value]]) -> Iterator[tuple[Locked, Value]]:
    """Yield what the shelves hold unharmed; where two hold the same, that of the first one."""
    seen: set[Name] = set()
    for shelf in shelves:
        for name, locked in journal_of(shelf).items():
            if name in seen:
                continue
            try:
                value = shelf.get(locked)
            except Unreadable:
                continue
            seen.add(name)
            yield locked, value


def content_of(shelves: Iterable[Shelf[Any]], name: Name) -> bytes | None:
    """Return a file to the byte as it was locked, or None; raises Unreadable if it is damaged."""
    for shelf in shelves:
        locked = journal_of(shelf).get(name)
        if locked is not None:
            return shelf.content(locked)
    return None


def journal_of(shelf: Shelf[Any]) -> dict[Name, Locked]:
    """Return what a shelf's LOCK says; one that is damaged vouches for nothing."""
    try:
        return shelf.locked()
    except Unreadable:
        # `verify` says what is wrong with it.
        return {}


def _between(folder: Path, path: Path) -> Iterator[Path]:
    for parent in path.parents:
        if parent == folder:
            return
        yield parent
