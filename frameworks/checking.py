"""Everything that `frameworks check` looks at: files, folders, and libraries with their LOCK."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from frameworks.digest import framework_digest, questionnaire_digest
from frameworks.fields import VERSION_PATTERN
from frameworks.journal import LOCK
from frameworks.lines import Lines
from frameworks.model import Framework
from frameworks.problems import Problem, Unreadable
from frameworks.questionnaire import Questionnaire
from frameworks.reader import locate, read_file
from frameworks.shelf import Shelf
from frameworks.strict_yaml import MAX_BYTES
from frameworks.succession import check_succession

_SUFFIX = ".yaml"


def check_paths(paths: Iterable[Path]) -> tuple[Problem, ...]:
    """Return every problem of these files and folders, file by file, each in its order.

    A file is checked by itself and against the versions beside it; a folder with a LOCK also
    against that, file by file. Names in messages begin as the paths do.
    """
    checker = _Checker()
    found = (problem for path in paths for problem in checker.check(path))
    return tuple(dict.fromkeys(found))


def content_digest(value: Framework | Questionnaire) -> str:
    """Return the content digest of what a file holds."""
    if isinstance(value, Framework):
        return framework_digest(value)
    return questionnaire_digest(value)


class _Checker:
    """Reads each file once, however many others it is compared with."""

    def __init__(self) -> None:
        self._read: dict[Path, Framework | Questionnaire | Unreadable] = {}
        self._sealed: dict[Path, list[Problem]] = {}

    def check(self, path: Path) -> Iterator[Problem]:
        if path.is_dir():
            yield from self._folder(path)
        elif path.exists():
            yield from self._file(path)
            name = f"{path.absolute().parent.name}/{path.name}"
            yield from _about(name, self._seals(_above(path.parent)))
        else:
            yield Problem(str(path), 1, "is not there")

    def _folder(self, folder: Path) -> Iterator[Problem]:
        files = sorted(folder.rglob(f"*{_SUFFIX}"))
        locks = sorted(folder.rglob(LOCK))
        if not files and not locks:
            yield Problem(str(folder), 1, f"holds no framework: no file ends in {_SUFFIX}")
        for path in files:
            yield from self._file(path)
        for lock in locks:
            yield from self._seals(lock.parent)
        if not locks:
            yield from _about(f"{folder.absolute().name}/", self._seals(_above(folder)))

    def _file(self, path: Path) -> Iterator[Problem]:
        value = self._value(path)
        if isinstance(value, Unreadable):
            yield from value.problems
            return
        text = path.read_text("utf-8")
        yield from _misplaced(path, text, value)
        if isinstance(value, Framework) and self._can_be_followed(path, value):
            beside = [self._sound(each) for each in sorted(path.parent.glob(f"*{_SUFFIX}"))]
            known = [each for each in beside if each is not None]
            yield from locate(text, str(path), check_succession(value, known))

    def _can_be_followed(self, path: Path, value: Framework) -> bool:
        # What follows from a damaged file before this one would only distract.
        before = value.supersedes and path.with_name(f"{value.supersedes.version}{_SUFFIX}")
        return not before or not before.exists() or self._sound(before) is not None

    def _sound(self, path: Path) -> Framework | None:
        value = self._value(path)
        name = f"{path.absolute().parent.name}/{path.name}"
        broken = any(name in each.message for each in self._seals(_above(path.parent)))
        return value if isinstance(value, Framework) and not broken else None

    def _seals(self, folder: Path) -> list[Problem]:
        if folder not in self._sealed:
            locked = (folder / LOCK).is_file()
            shelf = Shelf(folder, read_file, content_digest)
            self._sealed[folder] = shelf.verify() if locked else []
        return self._sealed[folder]

    def _value(self, path: Path) -> Framework | Questionnaire | Unreadable:
        if path not in self._read:
            self._read[path] = _read(path)
        return self._read[path]


def _read(path: Path) -> Framework | Questionnaire | Unreadable:
    try:
        if path.stat().st_size > MAX_BYTES:
            message = f"is larger than {MAX_BYTES // 1_000_000} MB: split it"
            return Unreadable([Problem(str(path), 1, message)])
        return read_file(path.read_bytes(), str(path))
    except OSError as error:
        return Unreadable([Problem(str(path), 1, f"cannot be read: {error.strerror}")])
    except Unreadable as unreadable:
        return unreadable


def _misplaced(path: Path, text: str, value: Framework | Questionnaire) -> Iterator[Problem]:
    # A draft may be called anything; a file that is named for a version keeps its word.
    in_library = (path.absolute().parent.parent / LOCK).exists()
    if not in_library and not re.fullmatch(VERSION_PATTERN, path.stem):
        return
    lines = Lines(text)
    if path.parent.resolve().name != value.slug:
        message = f"slug “{value.slug}” does not stand in a folder of that name"
        yield Problem(str(path), lines.at(("slug",)), message)
    if path.stem != value.version:
        message = f"version {value.version} does not stand in a file of that name"
        yield Problem(str(path), lines.at(("version",)), message)


def _about(name: str, problems: list[Problem]) -> Iterator[Problem]:
    for problem in problems:
        if name in problem.source or name in problem.message:
            yield problem


def _above(folder: Path) -> Path:
    # The parent of a relative folder without parts would be that folder itself.
    return folder.parent if folder.parent != folder else folder.absolute().parent
