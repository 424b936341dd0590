"""Installations with a home of their own, to be backed up and restored."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, field
from pathlib import Path

from frameworks.questions import Given
from tests.databases import postgres_bin, postgres_url, sqlite_url
from tests.factories.consultations import DURING
from tests.factories.writing import COMMENT, SPEAKING, Writer
from webapp.config import Settings
from webapp.consultations.consultation import Consultation
from webapp.files import FileStore, hold_file, is_held
from webapp.migrations import known_revisions, upgrade
from webapp.operations.backup.making import make_backup
from webapp.operations.backup.manifest import Manifest
from webapp.operations.backup.restoring import Restored, Tables, restore_backup
from webapp.operations.backup.verifying import find_problems
from webapp.persistence import Database, Session
from webapp.retention.journal import Journal
from webapp.retention.services import flush_erasures

NOW = DURING + dt.timedelta(hours=1)
TABLES = Tables(known_revisions(), upgrade)


@dataclass
class Installation:
    """A home and a database, which may have no tables yet."""

    home: Path
    url: str
    pg_bin: Path | None = None
    now: dt.datetime = NOW
    settings: Settings = field(init=False)

    def __post_init__(self) -> None:
        """Make the home."""
        self.home.mkdir(parents=True, exist_ok=True)
        self.settings = Settings(
            home=self.home,
            bind="127.0.0.1",
            port=8000,
            url="http://localhost",
            database_url=self.url,
            library=self.home / "library",
            secret_keys=("a secret of at least thirty-two characters",),
            pg_bin=self.pg_bin,
        )

    @property
    def files(self) -> FileStore:
        """The stored files."""
        return FileStore(self.home / "files")

    @property
    def journal(self) -> Journal:
        """The journal of erasures."""
        return Journal.of(self.home)

    def hold(self, database: Database, content: bytes, holder: uuid.UUID | None = None) -> str:
        """Keep a file that something needs."""
        sha256 = self.files.put(content)
        with database.writing() as session:
            hold_file(session, sha256, holder or uuid.uuid4(), self.now)
        return sha256

    def back_up(self, database: Database, name: str = "backup", **options: bool) -> Path:
        """Make a backup beside the home and return it."""
        path = self.home.parent / name
        self.make(database, path, **options)
        return path

    def make(self, database: Database, path: Path, **options: bool) -> Manifest:
        """Make a backup."""
        flush_erasures(database, self.journal, self.now)

        def needed(sha256: str) -> bool:
            with database.reading() as session:
                return is_held(session, sha256)

        return make_backup(
            self.settings,
            path,
            self.now,
            is_held=needed,
            **options,  # type: ignore[arg-type]  # `allow_missing` alone.
        )

    def problems(self, path: Path) -> tuple[str, ...]:
        """Return what is wrong with a backup."""
        return find_problems(path, self.settings.pg_bin)[1]

    def restore(
        self, path: Path, *, replace: bool = False, journals: tuple[Path, ...] = ()
    ) -> Restored:
        """Restore a backup."""
        done = restore_backup(
            self.settings, path, self.now, tables=TABLES, replace=replace, journals=journals
        )
        assert done is not None
        return done

    def open(self) -> Database:
        """Return the database as it is now; whoever asks closes it."""
        return Database(self.url)


def another_like(installation: Installation, folder: Path) -> Installation:
    """Return an empty installation of the same kind, somewhere else."""
    folder.mkdir(parents=True, exist_ok=True)
    is_sqlite = installation.url.startswith("sqlite")
    return Installation(
        folder / "elsewhere",
        sqlite_url(folder) if is_sqlite else postgres_url(),
        installation.pg_bin,
    )


def an_installation(kind: str, folder: Path) -> Installation:
    """Return an installation with tables and no rows, on a database of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    url = sqlite_url(folder) if kind == "sqlite" else postgres_url(with_tables)
    if kind == "sqlite":
        with_tables(url)
    made = Installation(folder / "home", url, None if kind == "sqlite" else postgres_bin())
    # What the consultations of the factories are opened with.
    made.files.put(b"Nobody is worse off.")
    return made


def with_tables(url: str) -> None:
    """Make the tables of a database."""
    database = Database(url)
    upgrade(database)
    database.close()


def respond(session: Session, consultation: Consultation, words: str, **about: object) -> str:
    """Send a response that says these words, and return its private code."""
    writer = Writer(session, consultation)
    writer.introduce(**about)
    writer.choose(SPEAKING)
    writer.answer(COMMENT, Given(text=words))
    return writer.send().code
