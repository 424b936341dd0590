"""A PostgreSQL database within a backup, by PostgreSQL's own programs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict
from psycopg.pq import Conninfo
from sqlalchemy import make_url

from webapp.operations.backup.archive import Damaged
from webapp.operations.backup.errors import BackupFailed

COPY = re.compile(rb"COPY (?:public\.)?\"?(?P<table>\w+)\"? \((?P<columns>[^)]*)\) FROM stdin;")
VERSION = re.compile(r"(\d+)(?:\.\d+)?")
UNLIMITED = "-c statement_timeout=0 -c idle_in_transaction_session_timeout=0 -c timezone=UTC"


@dataclass(frozen=True)
class Server:
    """How to reach a database: as settings of libpq, so that no password is in a command."""

    settings: Mapping[str, str]

    @classmethod
    def of(cls, url: str) -> Server:
        """Read an address as the other settings have it."""
        plain = make_url(url).set(drivername="postgresql")
        found = conninfo_to_dict(plain.render_as_string(hide_password=False))
        return cls({name: str(value) for name, value in found.items() if value is not None})

    @property
    def database(self) -> str:
        """The name of the database."""
        return self.settings.get("dbname", "")

    def at(self, database: str) -> Server:
        """Return another database of the same server."""
        return Server({**self.settings, "dbname": database})

    def environment(self) -> dict[str, str]:
        """Return the environment in which PostgreSQL's programs find the database."""
        known = {
            option.keyword.decode(): option.envvar.decode()
            for option in Conninfo.get_defaults()
            if option.envvar
        }
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        return {
            **kept,
            **{known[name]: value for name, value in self.settings.items() if name in known},
            "PGAPPNAME": "boardmark-backup",
        }

    @contextmanager
    def connected(self, *, autocommit: bool = False) -> Iterator[psycopg.Connection]:
        """Give a connection that may take its time; raises BackupFailed."""
        try:
            connection = psycopg.connect(
                **{
                    **self.settings,
                    "options": f"{self.settings.get('options', '')} {UNLIMITED}".strip(),
                    "application_name": "boardmark-backup",
                    "connect_timeout": "10",
                },  # type: ignore[arg-type]  # Every setting of libpq is a text.
                autocommit=autocommit,
            )
        except psycopg.OperationalError as error:
            # What libpq says may have the address in it, and never the password.
            reason = str(error).strip().splitlines()[-1]
            raise BackupFailed(f"The database does not answer ({reason})") from error
        with connection:
            yield connection

    def version(self) -> int:
        """Return the major version of the server."""
        with self.connected() as connection:
            return connection.info.server_version // 10_000


@dataclass(frozen=True)
class Tools:
    """PostgreSQL's programs, as new as the server or newer."""

    pg_dump: Path
    pg_restore: Path

    @classmethod
    def find(cls, folder: Path | None, at_least: int) -> Tools:
        """Find the programs in a folder or on the path; raises BackupFailed."""
        return cls(*(_find(name, folder, at_least) for name in ("pg_dump", "pg_restore")))

    def dump(self, server: Server, snapshot: str, target: Path) -> None:
        """Write what a snapshot shows, into a new file; raises BackupFailed."""
        target.touch(mode=0o600, exist_ok=False)
        self._run(
            server,
            self.pg_dump,
            "--format=custom",
            "--no-owner",
            "--no-privileges",
            "--no-password",
            f"--snapshot={snapshot}",
            f"--file={target}",
        )

    def load(self, server: Server, source: Path) -> None:
        """Put a dump into an empty database, whole or not at all; raises BackupFailed."""
        self._run(
            server,
            self.pg_restore,
            "--no-owner",
            "--no-privileges",
            "--no-password",
            "--single-transaction",
            "--exit-on-error",
            f"--dbname={server.database}",
            str(source),
        )

    def look_into(self, source: Path) -> tuple[dict[str, int], tuple[str, ...]]:
        """Return the rows of each table of a dump, and the files that are held; raises Damaged."""
        listing = subprocess.run(  # Our own program and file.
            [self.pg_restore, "--list", source], capture_output=True, check=False
        )
        if listing.returncode:
            raise Damaged(f"the database: pg_restore cannot list it ({_last(listing.stderr)})")
        with subprocess.Popen(  # Our own program and file.
            [self.pg_restore, "--data-only", "--file=-", source],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as process:
            if process.stdout is None:
                raise LookupError("pg_restore writes to nobody")
            counted = _count(process.stdout)
        if process.returncode:
            raise Damaged("the database: pg_restore cannot read it to its end")
        return counted

    def _run(self, server: Server, program: Path, *arguments: str) -> None:
        done = subprocess.run(  # Our own program; the address is in the environment.
            [program, *arguments],
            env=server.environment(),
            capture_output=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )
        if done.returncode:
            raise BackupFailed(f"{program.name} failed: {_last(done.stderr)}")


def look_at(connection: psycopg.Connection) -> tuple[str, dict[str, int], tuple[str, ...]]:
    """Return the revision, the rows of each table and the files that are held."""
    return (
        ", ".join(_column(connection, "SELECT version_num FROM alembic_version")),
        count_rows(connection),
        tuple(_column(connection, "SELECT DISTINCT sha256 FROM file_hold ORDER BY sha256")),
    )


def count_rows(connection: psycopg.Connection) -> dict[str, int]:
    """Count the rows of every table."""
    tables = _column(
        connection,
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename",
    )
    counted = {}
    for table in tables:
        statement = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier("public", table))
        counted[table] = int(connection.execute(statement).fetchone()[0])  # type: ignore[index]  # A count is a row.
    return counted


def _column(connection: psycopg.Connection, statement: str) -> list[str]:
    return [str(row[0]) for row in connection.execute(statement.encode())]


def _find(name: str, folder: Path | None, at_least: int) -> Path:
    found = str(folder / name) if folder else shutil.which(name)
    if found is None or not Path(found).is_file():
        where = f"in {folder}" if folder else "on the path"
        raise BackupFailed(
            f"{name} is not {where}: install PostgreSQL's client programs, or set "
            "BOARDMARK_PG_BIN to the folder that they are in"
        )
    said = subprocess.run(  # The program that was just found.
        [found, "--version"], capture_output=True, text=True, check=False
    ).stdout
    version = VERSION.search(said)
    if version is None or int(version[1]) < at_least:
        which = version[1] if version else "an unknown version"
        raise BackupFailed(
            f"{found} is of PostgreSQL {which} and the server of {at_least}: set BOARDMARK_PG_BIN "
            f"to a folder with {name} {at_least} or newer"
        )
    return Path(found)


def _count(lines: IO[bytes]) -> tuple[dict[str, int], tuple[str, ...]]:
    """Count the lines of each table in what pg_restore writes, and note which files are held."""
    rows: dict[str, int] = {}
    held: set[str] = set()
    table, column = None, -1
    for line in lines:
        if table is None:
            if begun := COPY.match(line):
                table = begun["table"].decode()
                rows[table] = 0
                names = [name.strip() for name in begun["columns"].split(b",")]
                column = names.index(b"sha256") if table == "file_hold" else -1
        elif line == b"\\.\n":
            table = None
        else:
            rows[table] += 1
            if column >= 0:
                held.add(line.rstrip(b"\n").split(b"\t")[column].decode())
    return rows, tuple(sorted(held))


def _last(output: bytes) -> str:
    lines = output.decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else "it says nothing"
