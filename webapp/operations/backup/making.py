"""Make a backup while the service runs."""

from __future__ import annotations

import datetime as dt
import fcntl
import hashlib
import io
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import IO

from sqlalchemy import make_url

from webapp.config import Settings
from webapp.files import FileStore, UnknownFile
from webapp.operations.backup import sqlite
from webapp.operations.backup.archive import BLOCK, ArchiveWriter
from webapp.operations.backup.errors import BackupFailed
from webapp.operations.backup.manifest import (
    DATABASES,
    ERASURES,
    FILES,
    LIBRARY,
    Manifest,
)
from webapp.operations.backup.postgresql import Server, Tools, look_at
from webapp.retention.journal import Journal

PREFIX = ".boardmark-backup-"


@dataclass(frozen=True, slots=True)
class _Rows:
    """The database as it was at one moment, in a file."""

    kind: str
    path: Path
    revision: str
    rows: dict[str, int]
    held: tuple[str, ...]


def make_backup(
    settings: Settings,
    target: Path,
    now: dt.datetime,
    *,
    is_held: Callable[[str], bool],
    allow_missing: bool = False,
    on_step: Callable[[int, int], None] | None = None,
) -> Manifest:
    """Write everything that an installation is put back from into a new file.

    The file is there whole or not at all. `is_held` says whether something needs a stored file
    now; `allow_missing` makes a backup although a file that is needed is not there, and the
    manifest then says so. Raises BackupFailed.
    """
    if target.exists():
        raise BackupFailed(f"{target} is there already: name a new file")
    with _workplace(target.parent) as folder:
        # The journal after the rows, so that what was erased before the copy is in one of both.
        rows = _copy_rows(settings, folder, on_step)
        writer = ArchiveWriter(folder / "archive")
        try:
            _add_rows(writer, rows)
            _add_file(writer, ERASURES, Journal.of(settings.home).path)
            for path in library_files(settings.library):
                with path.open("rb") as source:
                    writer.add(LIBRARY + path.relative_to(settings.library).as_posix(), source)
            gone, missing = _add_held(writer, settings, rows.held, is_held)
            if missing and not allow_missing:
                raise BackupFailed(
                    f"{len(missing)} stored files are needed and not whole or not there, the "
                    f"first is {missing[0]}: put them back into {settings.home / 'files'}, or "
                    "make the backup without them with --allow-missing"
                )
            manifest = Manifest(
                program=version("boardmark"),
                made_at=now,
                database=rows.kind,
                revision=rows.revision,
                rows=rows.rows,
                parts=tuple(writer.parts),
                gone=gone,
                missing=missing,
            )
            writer.finish(manifest)
        finally:
            writer.abandon()
        _put_in_place(folder / "archive", target)
    return manifest


def library_files(folder: Path) -> tuple[Path, ...]:
    """Return the files of a writable library, in order; none where there is no folder."""
    return tuple(
        sorted(
            path
            for path in folder.rglob("*")
            if path.is_file() and not any(part.startswith(".") for part in path.parts[-2:])
        )
    )


def _copy_rows(
    settings: Settings, folder: Path, on_step: Callable[[int, int], None] | None
) -> _Rows:
    url = make_url(settings.database_url)
    if url.get_backend_name() == "sqlite":
        copy = folder / DATABASES["sqlite"]
        sqlite.copy_database(Path(url.database or ""), copy, on_step)
        return _Rows("sqlite", copy, *sqlite.look_into(copy))
    server = Server.of(settings.database_url)
    tools = Tools.find(settings.pg_bin, server.version())
    copy = folder / DATABASES["postgresql"]
    with server.connected() as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        snapshot = connection.execute("SELECT pg_export_snapshot()").fetchone()
        seen = look_at(connection)
        tools.dump(server, str(snapshot[0]) if snapshot else "", copy)
    return _Rows("postgresql", copy, *seen)


def _add_rows(writer: ArchiveWriter, rows: _Rows) -> None:
    with rows.path.open("rb") as source:
        writer.add(DATABASES[rows.kind], source, is_packed=rows.kind == "postgresql")
    rows.path.unlink()


def _add_file(writer: ArchiveWriter, name: str, path: Path) -> None:
    content = path.read_bytes() if path.exists() else b""
    # What another process was still writing is written anew by it.
    writer.add(name, io.BytesIO(content[: content.rfind(b"\n") + 1]))


def _add_held(
    writer: ArchiveWriter,
    settings: Settings,
    held: tuple[str, ...],
    is_held: Callable[[str], bool],
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Add every stored file that was needed; return those let go meanwhile, and those missing."""
    files = FileStore(settings.home / "files")
    gone: list[str] = []
    missing: list[str] = []
    for sha256 in held:
        try:
            source = files.open(sha256)
        except UnknownFile:
            (missing if is_held(sha256) else gone).append(sha256)
            continue
        with source:
            if not is_whole(source, sha256):
                missing.append(sha256)
                continue
            writer.add(FILES + sha256, source, is_packed=True)
    return tuple(gone), tuple(missing)


def is_whole(source: IO[bytes], sha256: str) -> bool:
    """Say whether a file is what its name says, and go back to its beginning."""
    digest = hashlib.sha256()
    while block := source.read(BLOCK):
        digest.update(block)
    source.seek(0)
    return digest.hexdigest() == sha256


@contextmanager
def _workplace(folder: Path) -> Iterator[Path]:
    """Give a folder beside the backup, and clear away those of backups that were killed."""
    if not folder.is_dir():
        raise BackupFailed(f"{folder} is no folder: make it first")
    for left in folder.glob(f"{PREFIX}*"):
        with _held_lock(left) as is_free:
            if is_free:
                shutil.rmtree(left, ignore_errors=True)
    place = Path(tempfile.mkdtemp(prefix=PREFIX, dir=folder))
    try:
        with _held_lock(place):
            yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


@contextmanager
def _held_lock(folder: Path) -> Iterator[bool]:
    """Lock a folder for as long as this process lives; False where another process does."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except FileNotFoundError:
        yield False
        return
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(descriptor)


def _put_in_place(made: Path, target: Path) -> None:
    made.chmod(0o600)
    sync(made)
    try:
        # A link refuses what is there, which a rename would overwrite.
        os.link(made, target)
    except FileExistsError as error:
        raise BackupFailed(f"{target} is there already: name a new file") from error
    sync(target.parent)


def sync(path: Path) -> None:
    """Wait until a file or folder is on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
