"""The keys that seal documents: one file of the installation, outside the database.

The key that signs is in it whole. Of those before it only the public parts are left, which is all
that is needed for old documents to stay verifiable.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import fcntl
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from exports.seals.signing import Keyring, NotAKey, PublicKey, SigningKey
from webapp.config import ConfigurationError

FILE = "signing-keys"
_SIGNS = "signs"
_SIGNED = "signed"
_HEAD = (
    "# The keys that seal documents: `boardmark keys rotate` replaces the one that signs.\n"
    "# Keep a copy: without this file nobody can tell which documents are yours.\n"
)


@dataclass(frozen=True, slots=True)
class ListedKey:
    """A key as it is listed; `since` is the day on which it began to sign, `until` its last."""

    public: PublicKey
    since: dt.date
    until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class _KeyFile:
    current: SigningKey
    since: dt.date
    past: tuple[ListedKey, ...]


class Keys:
    """The file with the keys in the home folder of an installation."""

    def __init__(self, home: Path) -> None:
        """Take the folder; nothing is read or made yet."""
        self.path = home / FILE
        self._read: tuple[tuple[int, ...], Keyring] | None = None

    @property
    def keyring(self) -> Keyring:
        """The keys as they are now, or an empty keyring where none were made.

        The file is read again when it has changed, so that a rotation needs no restart.
        """
        try:
            status = self.path.stat()
        except FileNotFoundError:
            return Keyring()
        version = (status.st_mtime_ns, status.st_size, status.st_ino)
        if self._read is None or self._read[0] != version:
            found = self._file()
            self._read = (version, Keyring(found.current, [key.public for key in found.past]))
        return self._read[1]

    def make_if_missing(self, today: dt.date) -> None:
        """Make the first key unless there is one: of two that try, one wins and both use it.

        Raises ConfigurationError where the file cannot be made or used.
        """
        if not self.path.exists():
            first = _KeyFile(SigningKey.new(), today, ())
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with _unfinished(self.path, first) as unfinished, contextlib.suppress(FileExistsError):
                os.link(unfinished, self.path)
        # So that a file which cannot be used is found at the start and not at the first document.
        self._file()

    def rotate(self, today: dt.date) -> ListedKey:
        """Make a new key that signs from now on, and keep of the one before its public part.

        Raises ConfigurationError where there is no key yet, or the file cannot be used.
        """
        if not self.path.exists():
            raise ConfigurationError(
                "there is no key to replace yet: the first is made by boardmark serve"
            )
        # The folder is locked, not the file, which is about to be another one.
        folder = os.open(self.path.parent, os.O_RDONLY)
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)
            before = self._file()
            ended = ListedKey(before.current.public, before.since, today)
            after = _KeyFile(SigningKey.new(), today, (ended, *before.past))
            with _unfinished(self.path, after) as unfinished:
                unfinished.replace(self.path)
            os.fsync(folder)
        finally:
            os.close(folder)
        return ListedKey(after.current.public, today)

    def list(self) -> tuple[ListedKey, ...]:
        """Return every key, the one that signs first; nothing where none was made."""
        if not self.path.exists():
            return ()
        found = self._file()
        return (ListedKey(found.current.public, found.since), *found.past)

    def _file(self) -> _KeyFile:
        try:
            if self.path.stat().st_mode & 0o077:
                raise ConfigurationError(
                    f"{self.path} can be read by others: chmod 600 {self.path}"
                )
            return _parsed(self.path.read_text("utf-8"))
        except OSError as error:
            raise ConfigurationError(f"{self.path} cannot be read: {error.strerror}") from error
        except (NotAKey, ValueError) as error:
            # The line is not repeated: it may hold the key.
            raise ConfigurationError(
                f"{self.path} is not as Boardmark wrote it: put back the copy of it"
            ) from error


def _parsed(text: str) -> _KeyFile:
    """Return the keys of a file; ValueError where it is not as we write it."""
    lines = [line.split() for line in text.splitlines() if line and not line.startswith("#")]
    signs = [words for words in lines if words[0] == _SIGNS]
    if len(signs) != 1 or any(words[0] not in (_SIGNS, _SIGNED) for words in lines):
        raise ValueError("one key signs")
    [[_, key, since]] = signs
    past = (words for words in lines if words[0] == _SIGNED)
    return _KeyFile(
        current=SigningKey.parse(key),
        since=dt.date.fromisoformat(since),
        past=tuple(
            ListedKey(PublicKey.parse(key), _day(since), _day(until))
            for _, key, since, until in past
        ),
    )


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@contextlib.contextmanager
def _unfinished(path: Path, keys: _KeyFile) -> Iterator[Path]:
    """Write the file whole beside its place, readable by its owner alone."""
    lines = [f"{_SIGNS} {keys.current.text} {keys.since}"]
    lines += [f"{_SIGNED} {each.public.text} {each.since} {each.until}" for each in keys.past]
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{FILE}-")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(_HEAD + "\n".join(lines) + "\n")
            file.flush()
            os.fsync(file.fileno())
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)
