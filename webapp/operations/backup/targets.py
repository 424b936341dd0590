"""Where a database is restored to: ready beside the present one, then in its place."""

from __future__ import annotations

import datetime as dt
import secrets
import time
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from webapp.config import Settings
from webapp.operations.backup import sqlite
from webapp.operations.backup.errors import BackupFailed, StillRunning
from webapp.operations.backup.making import sync
from webapp.operations.backup.moving import Plan, Renaming
from webapp.operations.backup.postgresql import Server, Tools, count_rows
from webapp.persistence import Database

MAINTENANCE = ("postgres", "template1")
LONGEST_NAME = 63
LOOKS, BETWEEN_LOOKS = 6, 0.5


class Target(Protocol):
    """A place for a database."""

    kind: str

    def is_empty(self) -> bool:
        """Say whether there is no database, or none with rows."""

    def refuse_if_used(self) -> None:
        """Raise StillRunning where anybody is connected."""

    def receives(self, folder: Path) -> Path:
        """Return the file that the rows of a backup are to be extracted to."""

    def stage(self, dump: Path) -> str:
        """Put the rows of a backup beside the present database and return their address."""

    def settle(self, database: Database) -> None:
        """Leave nothing of what was erased in what is staged, and close it."""

    def plan(self, folder: Path) -> Plan:
        """Say what has to be moved, the present database into a folder or under a new name."""

    def discard(self) -> None:
        """Throw away what an earlier restore left half ready."""

    def said_aside(self, folder: Path) -> str:
        """Say where the present database will be."""


def new_stamp(now: dt.datetime) -> str:
    """Return a name for what is moved aside now, which nothing else has."""
    return f"{now:%Y%m%d%H%M%S}_{secrets.token_hex(3)}"


def target_of(settings: Settings, stamp: str) -> Target:
    """Return where this installation has its database."""
    url = make_url(settings.database_url)
    if url.get_backend_name() == "sqlite":
        return SqliteTarget(Path(url.database or ""))
    return PostgresqlTarget(Server.of(settings.database_url), settings, stamp)


def rename_database(settings: Settings, renaming: Renaming) -> None:
    """Give two databases their names in one transaction; again is no error."""
    server = Server.of(settings.database_url)
    with _maintaining(server) as connection:
        names = _databases(connection)
        if renaming.staged not in names:
            return
        with connection.transaction():
            if renaming.target in names:
                _rename(connection, renaming.target, renaming.aside)
            _rename(connection, renaming.staged, renaming.target)


@dataclass
class SqliteTarget:
    """A file, with a new one beside it."""

    path: Path
    kind: str = "sqlite"

    @property
    def staged(self) -> Path:
        """Where the new one is made ready."""
        return self.path.with_name(f".{self.path.name}.restoring")

    def is_empty(self) -> bool:
        """Say whether there is no database, or none with rows."""
        return sqlite.is_empty(self.path)

    def refuse_if_used(self) -> None:
        """The lock of the home says it for a file."""

    def receives(self, folder: Path) -> Path:
        """Return the new file itself, which is on the same disk as the present one."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self.staged

    def stage(self, dump: Path) -> str:
        """Take the copy as it is."""
        return f"sqlite:///{dump}"

    def settle(self, database: Database) -> None:
        """Cut the log, which the last connection takes away."""
        database.empty_log()
        database.close()
        for ending in ("-wal", "-shm"):
            self.staged.with_name(self.staged.name + ending).unlink(missing_ok=True)
        sync(self.staged)

    def plan(self, folder: Path) -> Plan:
        """Move the file with its log."""
        present = [self.path.with_name(self.path.name + ending) for ending in ("-wal", "-shm", "")]
        return Plan(
            aside=tuple((str(each), str(folder / each.name)) for each in present if each.exists()),
            into=((str(self.staged), str(self.path)),),
        )

    def discard(self) -> None:
        """Delete what is beside the file."""
        for ending in ("-wal", "-shm", "-journal", ""):
            self.staged.with_name(self.staged.name + ending).unlink(missing_ok=True)

    def said_aside(self, folder: Path) -> str:
        """Say where the present database will be."""
        return f"in {folder}"


@dataclass
class PostgresqlTarget:
    """A database of a server, with a new one beside it."""

    server: Server
    settings: Settings
    stamp: str
    kind: str = "postgresql"

    @property
    def _staged(self) -> str:
        return _named(self.server.database, "restoring")

    @property
    def _aside(self) -> str:
        return _named(self.server.database, f"replaced_{self.stamp}")

    def is_empty(self) -> bool:
        """Say whether there is no database, or none with rows."""
        with _maintaining(self.server) as connection:
            if self.server.database not in _databases(connection):
                return True
        with self.server.connected() as connection:
            rows = count_rows(connection)
        return not any(count for table, count in rows.items() if table != "alembic_version")

    def refuse_if_used(self) -> None:
        """Raise StillRunning where anybody is connected, on whichever machine."""
        with _maintaining(self.server) as connection:
            for _ in range(LOOKS):
                found = connection.execute(
                    "SELECT pid FROM pg_stat_activity WHERE datname = %s",
                    [self.server.database],
                ).fetchall()
                if not found:
                    return
                # The server notices only after a moment that a program has ended.
                time.sleep(BETWEEN_LOOKS)
            raise StillRunning(
                f"{len(found)} programs are connected to the database {self.server.database}: "
                "stop every server and worker, on every machine"
            )

    def receives(self, folder: Path) -> Path:
        """Return a file in the folder of the restore."""
        return folder / "database.dump"

    def stage(self, dump: Path) -> str:
        """Make a database beside the present one and load the dump into it."""
        with _maintaining(self.server) as connection:
            tools = Tools.find(self.settings.pg_bin, connection.info.server_version // 10_000)
            try:
                connection.execute(
                    sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(
                        sql.Identifier(self._staged)
                    )
                )
            except psycopg.errors.InsufficientPrivilege as error:
                raise BackupFailed(
                    "The account of BOARDMARK_DATABASE_URL may not create databases, which a "
                    "restore needs: give it CREATEDB for as long as that takes"
                ) from error
        tools.load(self.server.at(self._staged), dump)
        dump.unlink()
        url = make_url(self.settings.database_url).set(database=self._staged)
        return url.render_as_string(hide_password=False)

    def settle(self, database: Database) -> None:
        """Write every table anew, so that no page has what was erased."""
        database.close()
        with self.server.at(self._staged).connected(autocommit=True) as connection:
            connection.execute("VACUUM (FULL)")

    def plan(self, folder: Path) -> Plan:
        """Rename both, in one transaction."""
        return Plan((), (), Renaming(self._staged, self.server.database, self._aside))

    def discard(self) -> None:
        """Drop the database that an earlier restore began."""
        with _maintaining(self.server) as connection:
            connection.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(
                    sql.Identifier(self._staged)
                )
            )

    def said_aside(self, folder: Path) -> str:
        """Say where the present database will be."""
        return f"as the database {self._aside}"


def _maintaining(server: Server) -> AbstractContextManager[psycopg.Connection]:
    """Give a connection to a database that nobody renames."""
    first, second = MAINTENANCE
    try:
        with server.at(first).connected():
            return server.at(first).connected(autocommit=True)
    except BackupFailed:
        return server.at(second).connected(autocommit=True)


def _databases(connection: psycopg.Connection) -> set[str]:
    return {str(row[0]) for row in connection.execute("SELECT datname FROM pg_database")}


def _rename(connection: psycopg.Connection, old: str, new: str) -> None:
    connection.execute(
        sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(old), sql.Identifier(new))
    )


def _named(database: str, ending: str) -> str:
    # PostgreSQL cuts a longer name without a word.
    return f"{database[: LONGEST_NAME - len(ending) - 1]}_{ending}"
