"""See whether a backup is whole, and could be restored."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from webapp.operations.backup import sqlite
from webapp.operations.backup.archive import ArchiveReader, Damaged
from webapp.operations.backup.manifest import ERASURES, FILES, Manifest, NotAManifest
from webapp.operations.backup.postgresql import Tools
from webapp.retention.journal import JournalDamaged, read_lines


def find_problems(
    path: Path, pg_bin: Path | None = None
) -> tuple[Manifest | None, tuple[str, ...]]:
    """Return what a backup says of itself and everything that is wrong with it, a line each.

    Raises OSError where the file cannot be opened, and BackupFailed where PostgreSQL's programs
    are needed and not there.
    """
    try:
        with ArchiveReader.open(path) as archive:
            return archive.manifest, tuple(_problems(archive, pg_bin))
    except (Damaged, NotAManifest) as error:
        return None, (str(error),)


def _problems(archive: ArchiveReader, pg_bin: Path | None) -> list[str]:
    found = [f"{name} is not in both the file and its manifest" for name in archive.stray()]
    with tempfile.TemporaryDirectory(prefix="boardmark-verify-") as folder:
        for name in archive.names():
            extracted = Path(folder) / "part"
            try:
                if name == archive.manifest.database_part:
                    archive.extract(name, extracted)
                    found += _problems_of_rows(archive, extracted, pg_bin)
                elif name == ERASURES:
                    archive.extract(name, extracted)
                    read_lines(extracted.read_bytes(), name)
                else:
                    archive.copy(name)
            except (Damaged, JournalDamaged) as error:
                found.append(str(error))
            extracted.unlink(missing_ok=True)
    for needed in (archive.manifest.database_part, ERASURES):
        if needed not in archive.names():
            found.append(f"{needed} is missing")
    return found


def _problems_of_rows(archive: ArchiveReader, path: Path, pg_bin: Path | None) -> list[str]:
    manifest = archive.manifest
    try:
        if manifest.database == "sqlite":
            found = sqlite.find_problems(path)
            revision, rows, held = sqlite.look_into(path)
            if revision != manifest.revision:
                found.append(f"the database is at {revision}, not at {manifest.revision}")
        else:
            # A dump is read by programs as new as those that wrote it, or newer.
            found = []
            rows, held = Tools.find(pg_bin, 0).look_into(path)
    except sqlite.DAMAGE as error:
        return [f"the database: {error}"]
    return found + _different_rows(manifest.rows, rows) + _files_missing(archive, held)


def _different_rows(said: Mapping[str, int], found: Mapping[str, int]) -> list[str]:
    return [
        f"the table {table} has {found.get(table, 'no')} rows and the manifest says "
        f"{said.get(table, 'none')}"
        for table in sorted(set(said) | set(found))
        if said.get(table) != found.get(table)
    ]


def _files_missing(archive: ArchiveReader, held: tuple[str, ...]) -> list[str]:
    there = set(archive.names())
    excused = set(archive.manifest.gone) | set(archive.manifest.missing)
    return [
        f"{FILES}{sha256} is needed and not in the backup"
        for sha256 in held
        if FILES + sha256 not in there and sha256 not in excused
    ]
