"""The engine and the unit of work, the same for SQLite and PostgreSQL."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pysqlite3.dbapi2  # type: ignore[import-untyped]  # It ships no types.
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.orm import Session

WAIT_SECONDS = 10
LOG_TRIES, LOG_SECONDS = 20, 0.05
SQLITE_PRAGMAS = {
    # The numbers are what SQLite answers when it is asked whether a pragma is in force.
    "journal_mode": "wal",
    "synchronous": 2,  # FULL: with less, WAL loses acknowledged commits in a power cut.
    "foreign_keys": 1,
    "busy_timeout": WAIT_SECONDS * 1000,
    "secure_delete": 1,  # What retention erases is gone from the file too.
}
POSTGRESQL_OPTIONS = (
    f"-c timezone=UTC -c lock_timeout={WAIT_SECONDS}s -c statement_timeout=60s "
    "-c idle_in_transaction_session_timeout=120s"
)
POSTGRESQL_BUSY = ("55P03", "40P01", "53300")  # Lock timeout, deadlock, too many connections.


class DatabaseBusy(Exception):
    """The database had no room for this transaction in time; trying again later may work."""


class Database:
    """An engine for `sqlite:///…` or `postgresql://…` and its two kinds of transaction."""

    def __init__(self, url: str) -> None:
        """Prepare the engine; nothing is opened before the first transaction."""
        address = _address(url)
        self.is_sqlite = address.get_backend_name() == "sqlite"
        self.engine: Engine = (
            _sqlite_engine(address) if self.is_sqlite else _postgresql_engine(address)
        )
        if self.is_sqlite:
            self._reader = self.engine.execution_options(query_only=True)
            self._writer = self.engine.execution_options(immediate=True)
        else:
            # One page shows one moment, as it does on SQLite.
            self._reader = self.engine.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
            self._writer = self.engine.execution_options(isolation_level="READ COMMITTED")

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session that sees one moment, refuses to write, and is rolled back at its end."""
        with Session(self._reader, expire_on_commit=False) as session, _busy_is_said():
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Give a session that is committed at its end, or rolled back if that raises.

        On SQLite it waits for its turn to write before it begins. Raises DatabaseBusy.
        """
        with Session(self._writer, expire_on_commit=False) as session, _busy_is_said():
            session.connection()
            yield session
            session.commit()

    def empty_log(self) -> None:
        """Move what SQLite's log holds into the file and cut the log, unless somebody reads it.

        What was deleted is still in the log before; PostgreSQL sees to its own.
        """
        if not self.is_sqlite:
            return
        connection = self.engine.raw_connection()
        try:
            cursor = connection.cursor()
            # It keeps every writer out while it waits for readers, so it never waits for one.
            cursor.execute("PRAGMA busy_timeout = 0")
            for _ in range(LOG_TRIES):
                is_busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
                if not is_busy:
                    break
                time.sleep(LOG_SECONDS)
            cursor.execute(f"PRAGMA busy_timeout = {SQLITE_PRAGMAS['busy_timeout']}")
        finally:
            connection.close()

    def close(self) -> None:
        """Close every connection that is not in use."""
        self.engine.dispose()


@contextmanager
def _busy_is_said() -> Iterator[None]:
    try:
        yield
    except NoConnectionFree as error:
        raise DatabaseBusy("no connection to the database became free in time") from error
    except OperationalError as error:
        if _is_busy(error.orig):
            raise DatabaseBusy("the database was busy for too long") from error
        raise


def _is_busy(error: BaseException | None) -> bool:
    if isinstance(error, pysqlite3.dbapi2.OperationalError):
        return "database is locked" in str(error)
    return getattr(error, "sqlstate", None) in POSTGRESQL_BUSY


def _address(url: str) -> URL:
    address = make_url(url)
    if address.get_backend_name() in ("postgresql", "postgres"):
        return address.set(drivername="postgresql+psycopg")
    if address.get_backend_name() == "sqlite" and address.database not in (None, "", ":memory:"):
        return address
    raise ValueError("a database address starts with sqlite:///FILE or postgresql://")


def _postgresql_engine(address: URL) -> Engine:
    return create_engine(
        address,
        pool_size=10,
        max_overflow=10,
        pool_timeout=WAIT_SECONDS,
        pool_pre_ping=True,
        pool_recycle=1800,
        hide_parameters=True,
        connect_args={
            "connect_timeout": WAIT_SECONDS,
            "application_name": "boardmark",
            "options": POSTGRESQL_OPTIONS,
        },
    )


def _sqlite_engine(address: URL) -> Engine:
    engine = create_engine(
        address,
        # Python's own module may be linked to a SQLite that can lose commits in WAL mode.
        module=pysqlite3.dbapi2,
        pool_size=10,
        max_overflow=10,
        pool_timeout=WAIT_SECONDS,
        # An error is logged, and what people wrote is not.
        hide_parameters=True,
        # The driver begins nothing by itself: `_begin` says which kind of transaction it is.
        connect_args={"isolation_level": None},
    )
    event.listen(engine, "do_connect", _make_private)
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)
    return engine


def _make_private(_dialect: Any, _record: Any, arguments: list[Any], _named: Any) -> None:
    # SQLite would let everybody on the machine read a new file, and its log gets the same rights.
    with suppress(OSError):
        os.close(os.open(arguments[0], os.O_CREAT | os.O_EXCL, 0o600))


def _set_pragmas(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    # The timeout first, since changing the journal mode may have to wait.
    for name in sorted(SQLITE_PRAGMAS, key=lambda name: name != "busy_timeout"):
        cursor.execute(f"PRAGMA {name} = {SQLITE_PRAGMAS[name]}")
    cursor.close()


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    _set_query_only(connection, int(options.get("query_only", False)))
    # A deferred transaction that writes later fails at once when another wrote in between.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("immediate") else "BEGIN")


def _set_query_only(connection: Connection, wanted: int) -> None:
    # The pool hands the same connection to readers and writers, which remembers what it was last.
    if connection.info.get("query_only") != wanted:
        connection.exec_driver_sql(f"PRAGMA query_only = {wanted}")
        connection.info["query_only"] = wanted
