"""Everything that `frameworks check` looks at: files, folders, and libraries with their LOCK."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from frameworks.digest import content_digest
from frameworks.journal import LOCK
from frameworks.lines import Lines
from frameworks.model import Framework
from frameworks.problems import Problem, Unreadable
from frameworks.reader import Held, locate, read_file
from frameworks.shelf import Shelf
from frameworks.strict_yaml import MAX_BYTES
from frameworks.succession import check_succession
from frameworks.variant_rules import Coverage, check_against, coverage
from frameworks.variants import Source, Variant, VariantOf
from frameworks.versions import Reference, VariantReference, parse_name

_SUFFIX = ".yaml"


FindSource = Callable[[Reference, VariantOf], Source | None]


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found: what is wrong, and how much of its version each sound variant has."""

    problems: tuple[Problem, ...]
    coverage: tuple[tuple[Path, VariantReference, Coverage], ...]


def check_paths(paths: Iterable[Path], find: FindSource | None = None) -> tuple[Problem, ...]:
    """Return every problem of these files and folders, file by file, each in its order."""
    return look_at(paths, find).problems


def look_at(paths: Iterable[Path], find: FindSource | None = None) -> Checked:
    """Check these files and folders, file by file, and measure the language variants among them.

    A file is checked by itself and against the versions beside it; a folder with a LOCK also
    against that, file by file. A variant is checked against its version beside it, or against what
    `find` finds. Names in messages begin as the paths do.
    """
    checker = _Checker(find)
    found = tuple(dict.fromkeys(problem for path in paths for problem in checker.check(path)))
    return Checked(found, tuple(checker.coverage.values()))


class _Checker:
    """Reads each file once, however many others it is compared with."""

    def __init__(self, find: FindSource | None) -> None:
        self.coverage: dict[Path, tuple[Path, VariantReference, Coverage]] = {}
        self._find = find
        self._read: dict[Path, Held | Unreadable] = {}
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
        if isinstance(value, Variant):
            yield from self._variant(path, text, value)

    def _variant(self, path: Path, text: str, variant: Variant) -> Iterator[Problem]:
        source = self._source(path, variant)
        if source is None:
            line = Lines(text).at(("version",))
            message = f"{variant.variant_of} {variant.of} is not there to check this against"
            yield Problem(str(path), line, message)
            return
        findings = check_against(variant, source)
        yield from locate(text, str(path), findings)
        if not findings:
            self.coverage[path] = (path, variant.reference, coverage(variant, source))

    def _source(self, path: Path, variant: Variant) -> Source | None:
        beside = path.with_name(f"{variant.of.stem}{_SUFFIX}")
        value = self._value(beside) if beside.exists() else None
        if isinstance(value, Source) and value.reference == variant.of:
            return value
        return self._find(variant.of, variant.variant_of) if self._find else None

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
            kinds = (Reference, VariantReference)
            shelf: Shelf[Held] = Shelf(folder, read_file, content_digest, kinds)
            self._sealed[folder] = shelf.verify() if locked else []
        return self._sealed[folder]

    def _value(self, path: Path) -> Held | Unreadable:
        if path not in self._read:
            self._read[path] = _read(path)
        return self._read[path]


def _read(path: Path) -> Held | Unreadable:
    try:
        if path.stat().st_size > MAX_BYTES:
            message = f"is larger than {MAX_BYTES // 1_000_000} MB: split it"
            return Unreadable([Problem(str(path), 1, message)])
        return read_file(path.read_bytes(), str(path))
    except OSError as error:
        return Unreadable([Problem(str(path), 1, f"cannot be read: {error.strerror}")])
    except Unreadable as unreadable:
        return unreadable


def _misplaced(path: Path, text: str, value: Held) -> Iterator[Problem]:
    # A draft may be called anything; a file that is named for a version keeps its word.
    in_library = (path.absolute().parent.parent / LOCK).exists()
    if not in_library and not _is_name(f"{value.slug}@{path.stem}"):
        return
    lines = Lines(text)
    if path.parent.resolve().name != value.slug:
        message = f"slug “{value.slug}” does not stand in a folder of that name"
        yield Problem(str(path), lines.at(("slug",)), message)
    stem = value.reference.stem
    if path.stem != stem:
        message = f"version {stem} does not stand in a file of that name"
        yield Problem(str(path), lines.at(("version",)), message)


def _is_name(text: str) -> bool:
    try:
        parse_name(text)
    except ValueError:
        return False
    return True


def _about(name: str, problems: list[Problem]) -> Iterator[Problem]:
    for problem in problems:
        if name in problem.source or name in problem.message:
            yield problem


def _above(folder: Path) -> Path:
    # The parent of a relative folder without parts would be that folder itself.
    return folder.parent if folder.parent != folder else folder.absolute().parent
