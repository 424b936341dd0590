"""Put an installation back as a backup has it, without what was erased since."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from frameworks.journal import LOCK
from webapp.accounts.services import end_every_session
from webapp.config import Settings
from webapp.equality.services import drop_waiting_forms
from webapp.files import FileStore, UnknownFile, list_held
from webapp.jobs import requeue_leased
from webapp.operations.backup import running
from webapp.operations.backup.archive import ArchiveReader
from webapp.operations.backup.errors import BackupFailed
from webapp.operations.backup.making import is_whole, library_files, sync
from webapp.operations.backup.manifest import ERASURES, FILES, LIBRARY, Manifest
from webapp.operations.backup.moving import Plan, find_plan, finish_plan
from webapp.operations.backup.targets import Target, new_stamp, rename_database, target_of
from webapp.operations.backup.verifying import find_problems
from webapp.operations.erasers import ERASERS
from webapp.persistence import Database
from webapp.retention.journal import Erasure, Journal, read_lines
from webapp.retention.services import list_erasures, replay_erasures

STAGE = ".restoring"


@dataclass(frozen=True, slots=True)
class Tables:
    """What is known of tables above this room: every revision, and how to reach the newest."""

    revisions: frozenset[str]
    upgrade: Callable[[Database], None]


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did, in numbers; `aside` says where that is which was there before."""

    manifest: Manifest
    erased_again: int
    files: int
    sessions: int
    jobs: int
    forms: int
    aside: str
    could_not_read_old: bool


def restore_backup(
    settings: Settings,
    archive: Path,
    now: dt.datetime,
    *,
    tables: Tables,
    replace: bool = False,
    journals: Sequence[Path] = (),
) -> Restored | None:
    """Put an installation back as a backup has it; raises BackupFailed, and then nothing changed.

    None where a restore that was killed while it moved things into place was finished instead.

    `replace` lets it take the place of an installation that has rows, which are moved aside.
    `journals` are further journals of erasures, kept elsewhere. Killed in the middle, either the
    old installation is in force or the whole new one is; doing it again is safe.
    """
    with running.alone(settings.home):
        if finish_interrupted(settings):
            return None
        stamp = new_stamp(now)
        target = target_of(settings, stamp)
        manifest = _checked(settings, archive, target, tables, replace=replace)
        stage = settings.home / STAGE
        _discard(stage, target)
        stage.mkdir(mode=0o700)
        try:
            return _Restore(settings, archive, now, target, manifest, stage, tables, stamp).run(
                journals
            )
        finally:
            # What a plan names stays: it is what comes into force.
            if find_plan(settings.home) is None:
                _discard(stage, target)


def finish_interrupted(settings: Settings) -> bool:
    """Finish a restore that was killed while it moved things into place; False without one.

    Whoever calls holds the lock of the home.
    """
    return finish_plan(settings.home, lambda renaming: rename_database(settings, renaming))


@dataclass
class _Restore:
    settings: Settings
    archive: Path
    now: dt.datetime
    target: Target
    manifest: Manifest
    stage: Path
    tables: Tables
    stamp: str

    def run(self, journals: Sequence[Path]) -> Restored:
        was_empty = self.target.is_empty()
        folder = self.settings.home / f"replaced_{self.stamp}"
        old, could_not_read = self._erasures_of_present(was_empty)
        with ArchiveReader.open(self.archive) as archive:
            erasures = self._all_erasures(archive, old, journals)
            dump = self.target.receives(self.stage)
            archive.extract(self.manifest.database_part, dump)
            database = Database(self.target.stage(dump))
            try:
                restored = self._bring_up(database, erasures)
                with database.reading() as session:
                    held = list_held(session)
            finally:
                self.target.settle(database)
            files = self._put_files(archive, held)
            library = self._plan_library(archive, folder)
        # From here on, whatever happens, what was erased is known to be.
        Journal.of(self.settings.home).add(
            sorted(set(erasures) - set(Journal.of(self.settings.home).read()))
        )
        moved = self.target.plan(folder)
        Plan(moved.aside + library.aside, moved.into + library.into, moved.renaming).write(
            self.settings.home
        )
        finish_interrupted(self.settings)
        return Restored(
            manifest=self.manifest,
            files=files,
            aside=" and ".join(
                ([] if was_empty else [self.target.said_aside(folder)])
                + ([f"in {folder / 'library'}"] if library.aside else [])
            ),
            could_not_read_old=could_not_read,
            **restored,
        )

    def _erasures_of_present(self, was_empty: bool) -> tuple[tuple[Erasure, ...], bool]:
        """Return what the present database knows and its journal may not say yet."""
        if was_empty:
            return (), False
        database = Database(self.settings.database_url)
        try:
            with database.reading() as session:
                return list_erasures(session), False
        except Exception:  # It may be restored because it is damaged, in whatever way.
            return (), True
        finally:
            database.close()

    def _all_erasures(
        self, archive: ArchiveReader, old: Iterable[Erasure], journals: Sequence[Path]
    ) -> tuple[Erasure, ...]:
        content = io.BytesIO()
        archive.copy(ERASURES, content)
        found = set(old) | set(read_lines(content.getvalue(), "the backup's journal"))
        for path in journals:
            found |= set(read_lines(path.read_bytes(), str(path)))
        found |= set(Journal.of(self.settings.home).read())
        return tuple(sorted(found))

    def _bring_up(self, database: Database, erasures: Iterable[Erasure]) -> dict[str, int]:
        self.tables.upgrade(database)
        with database.writing() as session:
            return {
                "erased_again": replay_erasures(session, erasures, ERASERS, self.now),
                "forms": drop_waiting_forms(session),
                "sessions": end_every_session(session, self.now),
                "jobs": requeue_leased(session),
            }

    def _put_files(self, archive: ArchiveReader, held: Iterable[str]) -> int:
        """Put back what is still needed, also where the present file is damaged."""
        files, names, count = FileStore(self.settings.home / "files"), set(archive.names()), 0
        for sha256 in held:
            if FILES + sha256 not in names:
                continue
            try:
                with files.open(sha256) as present:
                    if is_whole(present, sha256):
                        continue
                files.delete(sha256)
            except UnknownFile:
                pass
            unfinished = files.begin()
            with unfinished.open("wb") as file:
                archive.copy(FILES + sha256, file)
            files.adopt(unfinished)
            count += 1
        return count

    def _plan_library(self, archive: ArchiveReader, folder: Path) -> Plan:
        """Leave a library that has everything; otherwise plan to put the backup's in its place."""
        parts = {
            part.name.removeprefix(LIBRARY): part.sha256
            for part in self.manifest.parts
            if part.name.startswith(LIBRARY)
        }
        present = self.settings.library
        if not parts or self._has_all(archive, parts):
            return Plan((), ())
        staged = present.with_name(f".{present.name}.restoring")
        shutil.rmtree(staged, ignore_errors=True)
        for name in parts:
            path = staged / name
            if not path.resolve().is_relative_to(staged.resolve()):
                raise BackupFailed(f"{name} would be written outside the library")
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            archive.extract(LIBRARY + name, path)
            sync(path)
        aside = ((str(present), str(folder / "library")),) if present.exists() else ()
        return Plan(aside, ((str(staged), str(present)),))

    def _has_all(self, archive: ArchiveReader, parts: Mapping[str, str]) -> bool:
        """Say whether the present library holds all that the backup's does: it may hold more."""
        library = self.settings.library
        there = {path.relative_to(library).as_posix(): path for path in library_files(library)}
        for name, sha256 in parts.items():
            if name not in there:
                return False
            content = there[name].read_bytes()
            if name == LOCK:
                # It is only ever added to.
                lines = io.BytesIO()
                archive.copy(LIBRARY + name, lines)
                if not content.startswith(lines.getvalue()):
                    return False
            elif hashlib.sha256(content).hexdigest() != sha256:
                return False
        return True


def _checked(
    settings: Settings, archive: Path, target: Target, tables: Tables, *, replace: bool
) -> Manifest:
    manifest, problems = find_problems(archive, settings.pg_bin)
    if manifest is None or problems:
        more = f" and {len(problems) - 1} more" if len(problems) > 1 else ""
        raise BackupFailed(f"{archive} is not whole: {problems[0]}{more}")
    if manifest.revision not in tables.revisions:
        raise BackupFailed(
            f"{archive} was made by a newer Boardmark ({manifest.program}): restore it with that"
        )
    if manifest.database != target.kind:
        raise BackupFailed(
            f"{archive} holds a {manifest.database} database and BOARDMARK_DATABASE_URL names "
            f"{target.kind}"
        )
    target.refuse_if_used()
    if not replace and not target.is_empty():
        raise BackupFailed(
            "This installation has data: with --replace its database is moved aside, not deleted"
        )
    return manifest


def _discard(stage: Path, target: Target) -> None:
    shutil.rmtree(stage, ignore_errors=True)
    target.discard()
