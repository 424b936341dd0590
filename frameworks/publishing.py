"""From a draft to a locked file: checked against its history, written once, entered in LOCK."""

from __future__ import annotations

import datetime as dt
import fcntl
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from frameworks.digest import file_digest, framework_digest, questionnaire_digest
from frameworks.journal import HEADER, LOCK, published_line, read_journal, withdrawn_line
from frameworks.model import Framework, Reference, SemVer, Supersedes
from frameworks.problems import Unreadable
from frameworks.questionnaire import Questionnaire
from frameworks.reader import locate, read_framework, read_questionnaire
from frameworks.rules import check_framework
from frameworks.shelf import Versioned
from frameworks.succession import check_succession, earlier_versions
from frameworks.writer import write_framework, write_questionnaire


class CannotPublish(ValueError):
    """A version that may not be added or withdrawn; the message says why and what to do."""


def publish_draft(
    draft: Path, version: str, *, known: list[Framework], folder: Path, on: dt.date
) -> Framework:
    """Write a draft into `folder` as `version`, enter it in LOCK, and return what was written.

    A draft that does not say what it supersedes supersedes the version before it. Raises
    Unreadable with the draft's problems, or CannotPublish; then nothing is written.
    """
    content = draft.read_bytes()
    source = str(draft)
    written = _as_version(read_framework(content, source), version, known)
    _check_place(written, known)
    findings = [*check_framework(written), *check_succession(written, known)]
    if findings:
        raise Unreadable(locate(content, source, findings))
    _add(folder, written.reference, write_framework(written), framework_digest(written), on)
    return written


def publish_questionnaire(
    draft: Path, version: str, *, known: list[Questionnaire], folder: Path, on: dt.date
) -> Questionnaire:
    """Write a questionnaire into `folder` as `version`, enter it in LOCK, and return it.

    Raises Unreadable with the draft's problems, or CannotPublish; then nothing is written.
    """
    read = read_questionnaire(draft.read_bytes(), str(draft))
    written = read.model_copy(update={"version": version})
    _check_place(written, known)
    text, digest = write_questionnaire(written), questionnaire_digest(written)
    _add(folder, written.reference, text, digest, on)
    return written


def withdraw(folder: Path, reference: Reference, reason: str, on: dt.date) -> None:
    """Enter in LOCK that a version was withdrawn; its file stays. Raises CannotPublish."""
    if not reason.strip():
        raise CannotPublish(f"say why {reference} is withdrawn")
    with _held(folder):
        _append(folder, withdrawn_line(reference, on, reason))


def _as_version(draft: Framework, version: str, known: list[Framework]) -> Framework:
    framework = draft.model_copy(update={"version": version})
    earlier = earlier_versions(framework, known)
    if framework.supersedes is None and earlier:
        last = earlier[-1]
        supersedes = Supersedes(version=last.version, digest=framework_digest(last))
        framework = framework.model_copy(update={"supersedes": supersedes})
    return framework


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


def _add(folder: Path, reference: Reference, text: str, digest: str, on: dt.date) -> None:
    content = text.encode()
    target = folder / reference.slug / f"{reference.version}.yaml"
    target.parent.mkdir(parents=True, exist_ok=True)
    line = published_line(reference, on, file_digest(content), digest)
    with _held(folder):
        # The same bytes may stand there from an attempt that was cut off before LOCK.
        if target.exists() and target.read_bytes() != content:
            raise CannotPublish(f"{target} is in the way: it is not in LOCK; move it elsewhere")
        fresh = not target.exists()
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
