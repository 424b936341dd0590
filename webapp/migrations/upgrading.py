"""Bring a database to the newest tables, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from webapp.persistence import Database, DatabaseUnfit

FOLDER = Path(__file__).parent
# Any number will do, so long as nothing else in the database locks it.
UPGRADE_LOCK = 0x626F617264


def newest_revision() -> str:
    """Return the name of the revision that this program needs."""
    head = ScriptDirectory.from_config(alembic_config(None)).get_current_head()
    if head is None:
        raise LookupError("there is no migration")
    return head


def known_revisions() -> frozenset[str]:
    """Return the name of every revision that this program can start from."""
    script = ScriptDirectory.from_config(alembic_config(None))
    return frozenset(each.revision for each in script.walk_revisions())


def upgrade(database: Database) -> None:
    """Bring the tables to the newest revision; safe when several processes start at once.

    Raises DatabaseUnfit where the database is newer than the program, cannot be reached, or
    holds rows that point at nothing afterwards; then nothing has changed.
    """
    try:
        with changing_tables(database) as connection:
            command.upgrade(alembic_config(connection), "head")
    except CommandError as error:
        raise DatabaseUnfit(
            f"The tables cannot be brought up to date ({error}): "
            "was this database used by a newer version of Boardmark?"
        ) from error
    except DBAPIError as error:
        reason = str(error.orig).strip().partition("\n")[0]
        raise DatabaseUnfit(
            f"The tables cannot be brought up to date ({reason}): check BOARDMARK_DATABASE_URL"
        ) from error


def alembic_config(connection: Connection | None) -> Config:
    """Return Alembic's settings, made here so that no other file holds a part of them."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "os")
    config.set_main_option("file_template", "v%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    return config


@contextmanager
def changing_tables(database: Database) -> Iterator[Connection]:
    """Give the one connection that may change tables now, in one transaction."""
    with database.engine.connect().execution_options(immediate=True) as connection:
        if database.is_sqlite:
            with _without_foreign_keys(connection), connection.begin():
                yield connection
                _refuse_dangling_rows(connection)
        else:
            with connection.begin():
                connection.execute(text("SET LOCAL statement_timeout = 0"))
                connection.execute(text("SET LOCAL lock_timeout = 0"))
                connection.execute(
                    text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": UPGRADE_LOCK}
                )
                yield connection


@contextmanager
def _without_foreign_keys(connection: Connection) -> Iterator[None]:
    """Switch them off while a table is rebuilt: dropping the old one deletes its children.

    Inside a transaction SQLite ignores the switch, so it goes around SQLAlchemy, which begins
    one before every statement.
    """
    driver = connection.connection.driver_connection
    if driver is None:
        raise LookupError("the connection has gone")
    driver.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys = ON")


def _refuse_dangling_rows(connection: Connection) -> None:
    found = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if found is not None:
        raise DatabaseUnfit(
            f"A migration left rows in {found[0]} that point at nothing in {found[2]}; "
            "nothing was changed"
        )
