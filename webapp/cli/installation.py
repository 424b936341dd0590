"""What the commands of one run share, each part made when it is first needed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import cached_property
from pathlib import Path

from exports.issuing import Issuer
from frameworks.library import Library
from webapp.config import (
    Settings,
    home_folder,
    library_folder,
    pg_bin_folder,
    public_address,
)
from webapp.issued.keys import Keys
from webapp.migrations import newest_revision
from webapp.operations.backup.errors import BackupFailed
from webapp.operations.backup.moving import find_plan
from webapp.operations.backup.running import in_use
from webapp.persistence import Database, Session, check_database
from webapp.retention.journal import Journal


class Installation:
    """The settings, the database and the library that the environment names."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        """Remember the environment; nothing is read or made yet."""
        self._environment = environment
        self._in_use = ExitStack()

    @cached_property
    def settings(self) -> Settings:
        """The settings, with the home folder made."""
        return Settings.from_environment(self._environment)

    @cached_property
    def database(self) -> Database:
        """The database, checked by nobody yet; raises BackupFailed where it is half restored.

        Until this is closed no restore begins: what a command writes meanwhile would be lost.
        """
        self._in_use.enter_context(in_use(self.settings.home))
        if find_plan(self.settings.home) is not None:
            raise BackupFailed(
                "A restore was interrupted while it moved things into place: "
                "boardmark restore, with the same file, finishes it"
            )
        return Database(self.settings.database_url)

    @cached_property
    def library(self) -> Library:
        """The library, which needs no other setting and makes no folder."""
        return Library.shipped(library_folder(self._environment))

    @cached_property
    def keys(self) -> Keys:
        """The keys that seal documents, which need no other setting; none is made."""
        return Keys(home_folder(self._environment))

    @property
    def journal(self) -> Journal:
        """The journal of erasures."""
        return Journal.of(self.settings.home)

    @property
    def pg_bin(self) -> Path | None:
        """Where PostgreSQL's programs are, which needs no other setting and makes nothing."""
        return pg_bin_folder(self._environment)

    @property
    def issuer(self) -> Issuer:
        """Who issues documents here: unsigned while the installation has no key."""
        return Issuer(public_address(self._environment), self.keys.keyring)

    def now(self) -> dt.datetime:
        """The clock."""
        return dt.datetime.now(dt.UTC)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Give a writing session on a database that was checked first."""
        check_database(self.database, newest_revision())
        with self.database.writing() as session:
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a reading session on a database that was checked first."""
        check_database(self.database, newest_revision())
        with self.database.reading() as session:
            yield session

    def close(self) -> None:
        """Close the database, if it was opened."""
        if "database" in self.__dict__:
            self.database.close()
        self._in_use.close()
