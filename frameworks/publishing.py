"""From a draft to a locked file: checked against its history, written once, entered in LOCK."""

from __future__ import annotations

import datetime as dt
import fcntl
import os
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from frameworks.digest import (
    content_digest,
    file_digest,
    framework_digest,
    questionnaire_digest,
)
from frameworks.fields import VERSION_PATTERN, Frozen
from frameworks.journal import HEADER, LOCK, published_line, read_journal, withdrawn_line
from frameworks.model import Framework, Reference, SemVer, Supersedes
from frameworks.problems import Unreadable
from frameworks.questionnaire import Questionnaire
from frameworks.reader import locate, read_framework, read_questionnaire, read_variant
from frameworks.rules import check_framework
from frameworks.shelf import Versioned
from frameworks.succession import check_succession, predecessor
from frameworks.variant_rules import check_against
from frameworks.variants import Source, Variant
from frameworks.versions import Name, VariantReference
from frameworks.writer import write_framework, write_questionnaire, write_variant

Value = TypeVar("Value", bound=Frozen)


class CannotPublish(ValueError):
    """A version that may not be added or withdrawn; the message says why and what to do."""


def publish_draft(
    draft: Path,
    version: str,
    *,
    known: Callable[[], Sequence[Framework]],
    folder: Path,
    on: dt.date,
) -> Framework:
    """Write a draft into `folder` as `version`, enter it in LOCK, and return what was written.

    `known` is asked for the versions there are once nobody else can publish. A draft that does not
    say what it supersedes supersedes the version before it. Raises Unreadable with the draft's
    problems, or CannotPublish; then nothing is written.
    """
    content = draft.read_bytes()
    source = str(draft)
    read = read_framework(content, source)
    with _held(folder):
        versions = known()
        written = _as_version(read, version, versions)
        _check_place(written, versions)
        findings = [*check_framework(written), *check_succession(written, versions)]
        if findings:
            raise Unreadable(locate(content, source, findings))
        text, digest = write_framework(written), framework_digest(written)
        _add(folder, written.reference, text, digest, on)
    return written


def publish_questionnaire(
    draft: Path,
    version: str,
    *,
    known: Callable[[], Sequence[Questionnaire]],
    folder: Path,
    on: dt.date,
) -> Questionnaire:
    """Write a questionnaire into `folder` as `version`, enter it in LOCK, and return it.

    Raises Unreadable with the draft's problems, or CannotPublish; then nothing is written.
    """
    read = read_questionnaire(draft.read_bytes(), str(draft))
    with _held(folder):
        written = _as_version_of(Questionnaire, read, version)
        _check_place(written, known())
        text, digest = write_questionnaire(written), questionnaire_digest(written)
        _add(folder, written.reference, text, digest, on)
    return written


def publish_variant(
    draft: Path,
    *,
    source: Callable[[Reference], Source | None],
    known: Callable[[], Sequence[VariantReference]],
    folder: Path,
    on: dt.date,
) -> Variant:
    """Write a language variant into `folder` as its next revision, and enter it in LOCK.

    `source` finds the version that it names. What is not written yet is left out of the file.
    Raises Unreadable with the draft's problems, or CannotPublish; then nothing is written.
    """
    content = draft.read_bytes()
    read = read_variant(content, str(draft))
    version = source(read.of)
    if version is None:
        raise CannotPublish(f"the library has no {read.variant_of} {read.of}: publish that first")
    findings = check_against(read, version)
    if findings:
        raise Unreadable(locate(content, str(draft), findings))
    with _held(folder):
        written = _as_next_revision(read, known())
        _add(folder, written.reference, write_variant(written), content_digest(written), on)
    return written


def withdraw(folder: Path, reference: Name, reason: str, on: dt.date) -> None:
    """Enter in LOCK that a version was withdrawn; its file stays. Raises CannotPublish."""
    if not reason.strip():
        raise CannotPublish(f"say why {reference} is withdrawn")
    with _held(folder):
        _append(folder, withdrawn_line(reference, on, reason))


def _as_version_of(kind: type[Value], draft: Value, version: str) -> Value:
    if not re.fullmatch(VERSION_PATTERN, version):
        raise CannotPublish(f"“{version}” is not a version such as 1.0.0 or 1.0.0-beta.1")
    return kind.model_validate(draft.model_dump(by_alias=True) | {"version": version})


def _as_version(draft: Framework, version: str, known: Sequence[Framework]) -> Framework:
    framework = _as_version_of(Framework, draft, version)
    last = predecessor(framework, known)
    if framework.supersedes is None and last is not None:
        supersedes = Supersedes(version=last.version, digest=framework_digest(last))
        framework = framework.model_copy(update={"supersedes": supersedes})
    return framework


def _as_next_revision(draft: Variant, known: Sequence[VariantReference]) -> Variant:
    taken = [
        each.revision for each in known if each.of == draft.of and each.language == draft.language
    ]
    texts = tuple(each for each in draft.texts if each.given)
    return draft.model_copy(update={"revision": max(taken, default=0) + 1, "texts": texts})


def _check_place(new: Versioned, known: Sequence[Versioned]) -> None:
    version = SemVer.parse(new.reference.version)
    for each in known:
        if each.reference.slug != new.reference.slug:
            continue
        there = SemVer.parse(each.reference.version)
        if there == version:
            raise CannotPublish(f"{new.reference} is published and never changes")
        if there.core == version.core and version < there:
            message = f"{new.reference} cannot follow {each.reference}"
            raise CannotPublish(f"{message}: choose a higher version")


def _add(folder: Path, reference: Name, text: str, digest: str, on: dt.date) -> None:
    content = text.encode()
    target = folder / reference.slug / f"{reference.stem}.yaml"
    target.parent.mkdir(parents=True, exist_ok=True)
    line = published_line(reference, on, file_digest(content), digest)
    # The same bytes may stand there from an attempt that was cut off before LOCK.
    fresh = not target.exists()
    if not fresh and target.read_bytes() != content:
        raise CannotPublish(f"{target} is in the way: it is not in LOCK; move it elsewhere")
    _replace(target, content)
    try:
        _append(folder, line)
    except BaseException:
        if fresh:
            target.unlink()
        raise


def _append(folder: Path, line: str) -> None:
    path = folder / LOCK
    text = (path.read_text("utf-8") if path.exists() else HEADER) + line
    try:
        read_journal(text, str(path))
    except Unreadable as refused:
        raise CannotPublish(str(refused)) from refused
    _replace(path, text.encode())


def _replace(path: Path, content: bytes) -> None:
    # A reader sees the old file or the new one, and a power cut leaves one of them.
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".new")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fchmod(stream.fileno(), 0o644)
            os.fsync(stream.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync(path.parent)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    # The folder itself is locked, since LOCK is replaced by each entry.
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
